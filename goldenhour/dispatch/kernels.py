"""The dispatch decision: which units go, arrays in and arrays out. The desk and the simulator call this, nothing else.

The plain twin of each kernel stands in tests/reference/dispatch.py.
"""

import numpy as np
from numpy.typing import NDArray

from goldenhour.compiled import kernel, kernel_step
from goldenhour.fleet.status_codes import AVAILABLE, EN_ROUTE, NOTIFIED, RETURNING

NOBODY = -1
CANNOT_US = 1 << 60  # Same as roads.network.UNREACHABLE_US: it cannot get there, or may not go.


@kernel_step
def may_go(
    status: int,
    current_priority: int,
    new_priority: int,
    redispatch: NDArray[np.bool_],
) -> bool:
    """Return whether a unit in that status may be sent to a call of `new_priority`.

    Available and returning units may. A unit notified for, or on the way to, a call of `current_priority` may where the
    policy says so: `redispatch[current_priority, new_priority]`, shape (5, 5), priorities 1 to 4. Nobody else may.
    """
    if status in (AVAILABLE, RETURNING):
        return True
    if status in (NOTIFIED, EN_ROUTE):
        return bool(redispatch[current_priority, new_priority])
    return False


@kernel
def first_to_arrive(able: NDArray[np.bool_], arrive_us: NDArray[np.int64]) -> int:
    """Return the able unit that arrives soonest, or NOBODY.

    Shapes: able and arrive_us are (units,); arrive_us in microseconds from now, turnout included, CANNOT_US for a unit
    that cannot get there or may not go. Ties go to the lowest index.
    """
    best, best_us = NOBODY, np.int64(CANNOT_US)
    for u in range(arrive_us.shape[0]):
        if arrive_us[u] < best_us and able[u]:
            best, best_us = u, arrive_us[u]
    return best


@kernel_step
def choose_one(
    able: NDArray[np.bool_],
    arrive_us: NDArray[np.int64],
    outside: NDArray[np.bool_],
    target_us: int,
    weight: int,
    slot: int,
) -> int:
    """Return the best unit of one slot: least lateness, then not from outside, then soonest, then lowest index."""
    best = NOBODY
    best_late, best_out, best_us = np.int64(0), False, np.int64(CANNOT_US)
    for u in range(arrive_us.shape[0]):
        us = arrive_us[u]
        if us >= CANNOT_US or not able[u, slot]:
            continue
        if outside[u] == best_out and us >= best_us:
            continue  # The common case: lateness grows with arrival, so it cannot be better.
        late = weight * max(np.int64(0), us - target_us)
        if (
            best == NOBODY
            or late < best_late
            or (late == best_late and (outside[u] < best_out or (outside[u] == best_out and us < best_us)))
        ):
            best, best_late, best_out, best_us = u, late, outside[u], us
    return best


@kernel
def _best_of_slot(
    able: NDArray[np.bool_],
    arrive_us: NDArray[np.int64],
    outside: NDArray[np.bool_],
    target_us: int,
    weight: int,
    slot: int,
    out_unit: NDArray[np.int64],
    out_late: NDArray[np.int64],
) -> int:
    """Write the slot's best units, best first, as many as `out_unit` holds; return how many.

    Best: least weighted lateness, then not from outside, then soonest, then lowest index.
    """
    most = out_unit.shape[0]
    count = 0
    for u in range(arrive_us.shape[0]):
        us = arrive_us[u]
        if us >= CANNOT_US or not able[u, slot]:
            continue
        late = weight * max(np.int64(0), us - target_us)
        at = count
        while at > 0:
            v, v_late = out_unit[at - 1], out_late[at - 1]
            if v_late < late or (
                v_late == late and (outside[v] < outside[u] or (outside[v] == outside[u] and arrive_us[v] <= us))
            ):
                break
            if at < most:
                out_unit[at], out_late[at] = v, v_late
            at -= 1
        if at < most:
            out_unit[at], out_late[at] = u, late
            count = min(count + 1, most)
    return count


@kernel
def _assign(cost: NDArray[np.int64], possible: NDArray[np.bool_], out_column: NDArray[np.int64]) -> None:
    """Give every row a column of its own at the least total cost, where a cost is a tuple compared first to last.

    Shapes: cost (rows, columns, parts), possible (rows, columns), out_column (rows,). Every row must have a possible
    column left whatever the others take. Sums of costs must fit an int64. The Hungarian method with shortest
    augmenting paths: rows^2 * columns * parts steps.

    Source: Kuhn (1955), Naval Research Logistics 2; Jonker and Volgenant (1987), Computing 38. Both need only sums,
    differences and an order, and tuples of integers have these.
    """
    rows, columns, parts = cost.shape
    row_price = np.zeros((rows, parts), np.int64)
    column_price = np.zeros((columns, parts), np.int64)
    owner = np.full(columns, NOBODY, np.int64)
    for start in range(rows):
        slack = np.zeros((columns, parts), np.int64)
        seen = np.zeros(columns, np.bool_)  # The slack of this column is known.
        done = np.zeros(columns, np.bool_)
        via = np.full(columns, NOBODY, np.int64)
        column, row = NOBODY, start
        while True:
            nearest = NOBODY
            for c in range(columns):
                if done[c]:
                    continue
                if possible[row, c]:
                    smaller = not seen[c]
                    for k in range(parts):
                        if smaller:
                            break
                        now = cost[row, c, k] - row_price[row, k] - column_price[c, k]
                        if now != slack[c, k]:
                            smaller = now < slack[c, k]
                            break
                    if smaller:
                        for k in range(parts):
                            slack[c, k] = cost[row, c, k] - row_price[row, k] - column_price[c, k]
                        seen[c], via[c] = True, column
                if seen[c]:
                    if nearest == NOBODY:
                        nearest = c
                    else:
                        for k in range(parts):
                            if slack[c, k] != slack[nearest, k]:
                                if slack[c, k] < slack[nearest, k]:
                                    nearest = c
                                break
            for k in range(parts):
                delta = slack[nearest, k]
                row_price[start, k] += delta
                for c in range(columns):
                    if done[c]:
                        row_price[owner[c], k] += delta
                        column_price[c, k] -= delta
                    elif seen[c]:
                        slack[c, k] -= delta
            column = nearest
            done[column] = True
            if owner[column] == NOBODY:
                break
            row = owner[column]
        while column != NOBODY:  # Along the path each row moves up one column.
            before = via[column]
            owner[column] = start if before == NOBODY else owner[before]
            column = before
    for c in range(columns):
        if owner[c] != NOBODY:
            out_column[owner[c]] = c


@kernel
def choose(
    able: NDArray[np.bool_],
    arrive_us: NDArray[np.int64],
    outside: NDArray[np.bool_],
    target_us: NDArray[np.int64],
    weight: NDArray[np.int64],
    required: NDArray[np.bool_],
    out_unit: NDArray[np.int64],
) -> int:
    """Fill the slots of a call with units, jointly; return how many are filled. `out_unit[slot]` is a unit or NOBODY.

    One unit fills one slot. The answer is the least, in this order, of: required slots left empty; optional slots left
    empty; sum over filled slots of weight * max(0, arrival - target); units from outside the district; sum of arrivals;
    the chosen units' indices in rising order; and then, slot by slot, how good the unit is for that slot. So there is
    only one answer.

    Shapes and units: able (units, slots); arrive_us (units,) in microseconds from now, turnout included, at least 0,
    CANNOT_US for a unit that cannot get there or may not go; outside (units,), all False unless the policy puts a
    call's own district first; target_us (slots,) from now, may be negative; weight (slots,), 0 or more;
    required (slots,). At most 60 slots. Weighted lateness, summed over twice the slots, must fit an int64.

    Exact: a slot never needs more than its best S units of S slots, for if it used a worse one, one of those S would
    be unused and better; among these, the least total is found by the Hungarian method over the tuple above.
    """
    slots = target_us.shape[0]
    if slots == 0:
        return 0
    if slots == 1:
        out_unit[0] = choose_one(able, arrive_us, outside, target_us[0], weight[0], 0)
        return 0 if out_unit[0] == NOBODY else 1

    best = np.empty((slots, slots), np.int64)
    late = np.empty((slots, slots), np.int64)
    count = np.empty(slots, np.int64)
    column_of = np.full(arrive_us.shape[0], NOBODY, np.int64)
    for s in range(slots):
        count[s] = _best_of_slot(able, arrive_us, outside, target_us[s], weight[s], s, best[s], late[s])
        for k in range(count[s]):
            column_of[best[s, k]] = 0
    columns = 0
    unit_of = np.empty(slots * slots, np.int64)
    for u in range(
        arrive_us.shape[0]
    ):  # Columns are the units that matter, in rising order, then "nobody" for each slot.
        if column_of[u] != NOBODY:
            column_of[u], unit_of[columns] = columns, u
            columns += 1

    sets = (columns + 31) // 32  # The set of units, 32 a part: the one with the lowest index first is the least.
    parts = 4 + sets + (slots + 7) // 8  # Then eight slots a part: the rank of the unit in its slot, in base 64.
    cost = np.zeros((slots, columns + slots, parts), np.int64)
    possible = np.zeros((slots, columns + slots), np.bool_)
    for s in range(slots):
        place, digit = 4 + sets + s // 8, np.int64(1) << (6 * (7 - s % 8))
        for k in range(count[s]):
            u = best[s, k]
            c = column_of[u]
            possible[s, c] = True
            cost[s, c, 1], cost[s, c, 2], cost[s, c, 3] = late[s, k], outside[u], arrive_us[u]
            cost[s, c, 4 + c // 32] = -(np.int64(1) << (31 - c % 32))
            cost[s, c, place] = k * digit
        for c in range(columns, columns + slots):
            possible[s, c] = True
            cost[s, c, 0] = 1024 if required[s] else 1
            cost[s, c, place] = slots * digit

    chosen = np.empty(slots, np.int64)
    _assign(cost, possible, chosen)
    filled = 0
    for s in range(slots):
        out_unit[s] = unit_of[chosen[s]] if chosen[s] < columns else NOBODY
        filled += chosen[s] < columns
    return filled


@kernel
def choose_or_lesser(
    able: NDArray[np.bool_],
    lesser: NDArray[np.bool_],
    arrive_us: NDArray[np.int64],
    outside: NDArray[np.bool_],
    target_us: NDArray[np.int64],
    weight: NDArray[np.int64],
    required: NDArray[np.bool_],
    out_unit: NDArray[np.int64],
    out_lesser: NDArray[np.bool_],
) -> int:
    """Fill the slots as `choose`; for those that stay empty accept a lesser unit, and choose once more.

    `lesser` has the shape of `able`: who may fill a slot when nobody who is able can, such as an EMT ambulance where a
    paramedic is wanted and none is free. `out_lesser[slot]` says where the slot was opened to them. Returns how many
    slots are filled.
    """
    slots = target_us.shape[0]
    filled = choose(able, arrive_us, outside, target_us, weight, required, out_unit)
    opened = False
    for s in range(slots):
        out_lesser[s] = False
        if out_unit[s] == NOBODY:
            for u in range(arrive_us.shape[0]):
                if lesser[u, s] and not able[u, s] and arrive_us[u] < CANNOT_US:
                    out_lesser[s] = True
                    opened = True
                    break
    if not opened:
        return filled
    wider = able.copy()
    for s in range(slots):
        if out_lesser[s]:
            for u in range(arrive_us.shape[0]):
                wider[u, s] = able[u, s] or lesser[u, s]
    return choose(wider, arrive_us, outside, target_us, weight, required, out_unit)


@kernel
def respond(
    able: NDArray[np.bool_],
    lesser: NDArray[np.bool_],
    arrive_us: NDArray[np.int64],
    outside: NDArray[np.bool_],
    target_us: NDArray[np.int64],
    weight: NDArray[np.int64],
    required: NDArray[np.bool_],
    bridges: NDArray[np.int64],
    out_unit: NDArray[np.int64],
    out_lesser: NDArray[np.bool_],
    out_needless: NDArray[np.bool_],
) -> int:
    """Fill the slots as `choose_or_lesser`, with bridges only where they help; return how many slots are filled.

    A slot s with `bridges[s]` = b, the index of another slot, is a bridge to b (NOBODY: it is none), such as a
    responder near by until the ambulance is there. Where the unit of b arrives by b's target, or no later than that of
    s, the bridge is left out (`out_needless[s]`) and the choice is made again, until no bridge is needless.
    """
    slots = target_us.shape[0]
    filled = choose_or_lesser(able, lesser, arrive_us, outside, target_us, weight, required, out_unit, out_lesser)
    out_needless[:] = False
    may, might = able, lesser
    while True:
        again = False
        for s in range(slots):
            b = bridges[s]
            if b == NOBODY or out_unit[s] == NOBODY or out_unit[b] == NOBODY:
                continue
            there_us = arrive_us[out_unit[b]]
            if there_us <= target_us[b] or arrive_us[out_unit[s]] >= there_us:
                if not again:
                    may, might, again = may.copy(), might.copy(), True
                out_needless[s] = True
                may[:, s] = False
                might[:, s] = False
        if not again:
            return filled
        filled = choose_or_lesser(may, might, arrive_us, outside, target_us, weight, required, out_unit, out_lesser)


def warm() -> None:
    """Compile every kernel of this file once: two units, two slots."""
    able, yes, no = np.ones((2, 2), np.bool_), np.ones(2, np.bool_), np.zeros(2, np.bool_)
    us, units = np.ones(2, np.int64), np.empty(2, np.int64)
    may_go(0, 0, 1, np.zeros((5, 5), np.bool_))
    first_to_arrive(yes, us)
    respond(able, able, us, no, us, us, yes, np.full(2, NOBODY, np.int64), units, yes.copy(), yes.copy())
