"""The dispatch decision in plain Python: it tries every combination. The specification of dispatch.kernels."""

from itertools import product

NOBODY = -1
CANNOT_US = 1 << 60
FREE = {"available", "returning"}
UNDER_WAY = {"notified", "en_route"}


def may_go(status, current_priority, new_priority, redispatch):
    """`redispatch` is the set of (from, to) priorities that the policy allows."""
    return status in FREE or (status in UNDER_WAY and (current_priority, new_priority) in redispatch)


def first_to_arrive(able, arrive_us):
    could = [(arrive_us[u], u) for u in range(len(arrive_us)) if able[u] and arrive_us[u] < CANNOT_US]
    return min(could)[1] if could else NOBODY


def choose(able, arrive_us, outside, target_us, weight, required):
    """Return the unit of each slot, NOBODY for none."""
    units, slots = range(len(arrive_us)), range(len(target_us))

    def late(unit, slot):
        return weight[slot] * max(0, arrive_us[unit] - target_us[slot])

    def cost(answer):
        sent = [(slot, unit) for slot, unit in enumerate(answer) if unit != NOBODY]
        empty = [slot for slot in slots if answer[slot] == NOBODY]
        return (
            sum(required[slot] for slot in empty),
            sum(not required[slot] for slot in empty),
            sum(late(unit, slot) for slot, unit in sent),
            sum(outside[unit] for _, unit in sent),
            sum(arrive_us[unit] for _, unit in sent),
            sorted(unit for _, unit in sent),
            [
                (unit == NOBODY, *((late(unit, slot), outside[unit], arrive_us[unit], unit) if unit != NOBODY else ()))
                for slot, unit in enumerate(answer)
            ],
        )

    could = [[unit for unit in units if able[unit][slot] and arrive_us[unit] < CANNOT_US] + [NOBODY] for slot in slots]
    answers = (
        answer
        for answer in product(*could)
        if len(sent := [unit for unit in answer if unit != NOBODY]) == len(set(sent))
    )
    return list(min(answers, key=cost))


def choose_or_lesser(able, lesser, arrive_us, outside, target_us, weight, required):
    """Return the unit of each slot, and which slots were opened to lesser units."""
    units, slots = range(len(arrive_us)), range(len(target_us))
    first = choose(able, arrive_us, outside, target_us, weight, required)
    opened = [
        first[slot] == NOBODY
        and any(lesser[unit][slot] and not able[unit][slot] and arrive_us[unit] < CANNOT_US for unit in units)
        for slot in slots
    ]
    wider = [[able[unit][slot] or (opened[slot] and lesser[unit][slot]) for slot in slots] for unit in units]
    return choose(wider, arrive_us, outside, target_us, weight, required), opened


def respond(able, lesser, arrive_us, outside, target_us, weight, required, bridges):
    """Return the unit of each slot, which were opened to lesser units, and which bridges are needless.

    `bridges[slot]` is the slot it bridges the time to, NOBODY for none.
    """
    needless = set()
    while True:
        now = [[row[slot] and slot not in needless for slot in range(len(row))] for row in able]
        then = [[row[slot] and slot not in needless for slot in range(len(row))] for row in lesser]
        answer, opened = choose_or_lesser(now, then, arrive_us, outside, target_us, weight, required)
        more = {
            slot
            for slot, main in enumerate(bridges)
            if main != NOBODY
            and NOBODY not in (answer[slot], answer[main])
            and (arrive_us[answer[main]] <= target_us[main] or arrive_us[answer[slot]] >= arrive_us[answer[main]])
        }
        if not more:
            return answer, opened, [slot in needless for slot in range(len(bridges))]
        needless |= more
