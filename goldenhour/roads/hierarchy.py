"""The contraction hierarchy of a network: built once, customised once per metric, kept in files that can be mapped."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenhour.errors import BadInput
from goldenhour.roads import hierarchy_kernels, order_kernels
from goldenhour.roads.network import UNREACHABLE_US, Network

_TIMES = ("up_us", "down_us", "up_via", "down_via")


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """Return a plain view that cannot be written: kernels are compiled once, for arrays of this kind."""
    view = np.asarray(array).view()
    view.flags.writeable = False
    return view


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """The hierarchy's shape, and its times in each metric. Positions and slots: see `hierarchy_kernels`."""

    position: NDArray[np.int32]  # (nodes,) of each node, 0 at the top
    node_at: NDArray[np.int32]  # (nodes,) the node at each position
    least_depth: NDArray[np.int32]  # (levels, nodes) [k, p]: least depth at the positions p .. p + 2**k - 1
    label_ptr: NDArray[np.int64]  # (nodes + 1,) the depths plus one, summed up
    slot_ptr: NDArray[np.int64]  # (nodes + 1,) slots of position p: [ptr[p]:ptr[p + 1]]
    slot_head: NDArray[np.int32]  # (slots,) the position above
    slot_tail: NDArray[np.int32]  # (slots,) the position below
    arc_slot: NDArray[np.int64]  # (arcs,) index where the arc climbs, -1 - index where it falls
    up_us: NDArray[np.int64]  # (metrics, slots) microseconds from tail to head
    down_us: NDArray[np.int64]  # (metrics, slots) microseconds from head to tail
    up_via: NDArray[np.int32]  # (metrics, slots, 2) the slots that the way up consists of, -1: a road itself
    down_via: NDArray[np.int32]  # (metrics, slots, 2)

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, read_only(getattr(self, field.name)))

    @property
    def metrics(self) -> int:
        """Return the number of metrics."""
        return len(self.up_us)

    @property
    def slots(self) -> int:
        """Return the number of links upwards."""
        return len(self.slot_head)

    def customised(self, metric: int, time_us: NDArray[np.int64]) -> "Hierarchy":
        """Return the same hierarchy with other times on the arcs of one metric, (arcs,) microseconds.

        Takes milliseconds for a city: a closed road, a new hour. A closed arc takes UNREACHABLE_US.
        """
        times = {name: getattr(self, name).copy() for name in _TIMES}
        _customise(self, time_us, [times[name][metric] for name in _TIMES])
        return replace(self, **times)


def build(network: Network) -> Hierarchy:
    """Return the hierarchy of a network, customised for each of its metrics.

    Raises:
        ValueError: an arc's time is negative or above UNREACHABLE_US, or it joins a node that does not exist.
    """
    _check(network)
    tail, head = read_only(np.ascontiguousarray(network.tail)), read_only(np.ascontiguousarray(network.head))
    ptr, adjacent, twin = order_kernels.neighbours(network.nodes, tail, head)
    x, y = network.node_lon * network.km_per_lon, network.node_lat * network.km_per_lat
    rank = order_kernels.dissect(ptr, adjacent, twin, x, y)
    up_ptr, up_rank, parent = hierarchy_kernels.complete(tail, head, rank)
    position_of_rank, depth = hierarchy_kernels.number_from_the_top(parent)
    slot_ptr, slot_head, slot_tail = hierarchy_kernels.lay_out(up_ptr, up_rank, position_of_rank)
    position = position_of_rank[rank]
    slots, metrics = len(slot_head), network.metrics
    times: dict[str, NDArray[Any]] = {
        "up_us": np.empty((metrics, slots), np.int64),
        "down_us": np.empty((metrics, slots), np.int64),
        "up_via": np.empty((metrics, slots, 2), np.int32),
        "down_via": np.empty((metrics, slots, 2), np.int32),
    }
    made = Hierarchy(
        position=position,
        node_at=np.argsort(position).astype(np.int32),
        least_depth=_least_depth(depth),
        label_ptr=np.concatenate([np.zeros(1, np.int64), np.cumsum(depth.astype(np.int64) + 1)]),
        slot_ptr=slot_ptr,
        slot_head=slot_head,
        slot_tail=slot_tail,
        arc_slot=hierarchy_kernels.slots_of_arcs(position[tail], position[head], slot_ptr, slot_head),
        **times,
    )
    for metric, time_us in enumerate(network.time_us):
        _customise(made, time_us, [times[name][metric] for name in _TIMES])
    return made


def save(hierarchy: Hierarchy, folder: Path) -> None:
    """Write one .npy file an array into the folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for field in fields(hierarchy):
        np.save(folder / f"{field.name}.npy", getattr(hierarchy, field.name), allow_pickle=False)


def load(folder: Path) -> Hierarchy:
    """Return the hierarchy that `save` wrote into a folder, memory-mapped.

    Raises:
        BadInput: a file is missing or cut short.
    """
    arrays = {}
    for field in fields(Hierarchy):
        file = folder / f"{field.name}.npy"
        try:
            arrays[field.name] = np.load(file, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as fault:
            raise BadInput(
                code="hierarchy_unreadable",
                where=str(file),
                what=f"the road hierarchy cannot be read ({fault}).",
                do="Build the region anew with `goldenhour region build`.",
            ) from fault
    return Hierarchy(**arrays)


def _check(network: Network) -> None:
    """Refuse what no hierarchy can be built on."""
    for name in ("tail", "head"):
        ends = getattr(network, name)
        if ends.size and not (ends.min() >= 0 and ends.max() < network.nodes):
            msg = f"An arc's {name} is not a node: nodes are 0 to {network.nodes - 1}."
            raise ValueError(msg)
    if network.time_us.shape != (network.metrics, network.arcs):
        msg = f"time_us must be ({network.metrics}, {network.arcs}), got {network.time_us.shape}."
        raise ValueError(msg)


def _customise(shape: Hierarchy, time_us: NDArray[np.int64], rows: list[NDArray[Any]]) -> None:
    """Fill in the times of one metric: up_us, down_us (slots,), up_via, down_via (slots, 2)."""
    if time_us.shape != shape.arc_slot.shape or time_us.dtype != np.int64:
        msg = f"time_us must be int64, {shape.arc_slot.shape}, got {time_us.dtype}, {time_us.shape}."
        raise ValueError(msg)
    if time_us.size and not (time_us.min() >= 0 and time_us.max() <= UNREACHABLE_US):
        msg = f"Times are from 0 to UNREACHABLE_US, got {time_us.min()} to {time_us.max()} us."
        raise ValueError(msg)
    contiguous_us = read_only(np.ascontiguousarray(time_us))
    hierarchy_kernels.customise(shape.slot_ptr, shape.slot_head, shape.arc_slot, contiguous_us, *rows)


def _least_depth(depth: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the least depth over each stretch of 2**k positions: the least over any stretch is then two look-ups."""
    levels = [depth]
    for k in range(1, len(depth).bit_length()):
        level = levels[-1].copy()
        half = 1 << (k - 1)
        np.minimum(level[:-half], levels[-1][half:], out=level[:-half])
        levels.append(level)
    return np.stack(levels)
