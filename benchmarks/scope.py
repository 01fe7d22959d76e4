"""How fast scope of practice answers, beside its bars.

    python benchmarks/scope.py [--json]

`decide` is asked a mix drawn from a seed: every shipped place and level, any skill, any day, with and without
endorsements and licences of elsewhere: again and again as a desk does ("decides"), with only the words kept from
before ("worked out"), and for the very first time ("first"). A mask test is `mask.allow >> bit & 1`, in plain Python
and inside a kernel. Compiling is from the files on disk to the mask of every place and level of care. Every figure is
the median of 5, except the first time. The reference loop is the same plain Python on every machine, and the processes
that shared the cores are counted: read absolute figures beside both.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from goldenhour.workforce.books import load_books
from goldenhour.workforce.levels import levels
from goldenhour.workforce.masks import bit_of, mask_of, stack
from goldenhour.workforce.scope import Ask, decide
from goldenhour.workforce.skills import skills

ASKS, TESTS, UNITS = 20_000, 1_000_000, 400
BARS = {"decides_per_s": 50_000.0, "mask_tests_per_s": 1_000_000.0, "compile_s": 0.5}
HIGHER = {"decides_per_s", "mask_tests_per_s", "kernel_tests_per_s"}
_COMPILE = """
import time
from datetime import date
from goldenhour.workforce import books, levels, masks, skills
levels.levels(), skills.skills()  # The vocabularies are no books.
begin = time.perf_counter()
loaded = books.load_books()
read = time.perf_counter() - begin
made = masks.compile_all(date(2026, 6, 1), loaded)
print(time.perf_counter() - begin, read, len(made))
"""


def seconds(work: Callable[[], Any], times: int = 5) -> float:
    """Return the median time of one run; a first one is not counted."""
    work()
    took = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return statistics.median(took)


def reference_loop() -> int:
    """Return a number that takes a while to find: plain Python, no library."""
    mixed = 0
    for i in range(2_000_000):
        mixed ^= i * i
    return mixed


def asks() -> list[Ask]:
    """Return a mix of questions, the same for every run."""
    luck = random.Random(0)
    books = load_books()
    places = sorted(place for place in books.places if "/" not in place)
    care = [key for key, level in levels().items() if level.care]
    national = ["emr", "emt", "aemt", "paramedic"]
    names = [
        name
        for book in books.places.values()
        for one in book.about.values()
        for line in one
        for name in line.when.endorsement
    ]
    return [
        Ask(
            level=luck.choice(national) if luck.random() < 0.8 else luck.choice(care),
            skill=luck.choice(list(skills())),
            place=luck.choice(places),
            on=date(2012, 1, 1) + timedelta(luck.randrange(6_000)),
            licence=luck.choice(["", "", "", "", "KS", "PA", "NREMT"]),
            endorsements=frozenset({luck.choice(names)}) if luck.random() < 0.3 else frozenset(),
            order=luck.choice(["", "online", "standing"]),
        )
        for _ in range(ASKS)
    ]


def decides_per_s(mix: list[Ask]) -> dict[str, float]:
    """Return decisions a second: asked again, worked out anew, and the very first time."""
    books = load_books()

    def work() -> None:
        for ask in mix:
            decide(ask, books)

    def anew() -> None:
        books.decided.clear()
        work()

    begin = time.perf_counter()
    work()
    first = time.perf_counter() - begin
    return {
        "decides_per_s": len(mix) / seconds(work),
        "worked_out_per_s": len(mix) / seconds(anew),
        "first_per_s": len(mix) / first,
    }


def mask_tests_per_s() -> float:
    """Return mask tests a second in plain Python."""
    mask = mask_of("paramedic", "US", date(2026, 1, 1))
    allow, bits = mask.allow, [bit_of(skill) for skill in skills()]
    rounds = TESTS // len(bits)

    def work() -> int:
        found = 0
        for _ in range(rounds):
            for bit in bits:
                found += allow >> bit & 1
        return found

    return rounds * len(bits) / seconds(work)


@njit
def _count(words: NDArray[np.uint64], bits: NDArray[np.int64], rounds: int) -> int:
    found = 0
    for turn in range(rounds):
        for unit in range(words.shape[0]):
            bit = bits[(turn + unit) % len(bits)]
            found += (words[unit, bit >> 6] >> np.uint64(bit & 63)) & np.uint64(1)
    return found


def kernel_tests_per_s() -> float:
    """Return mask tests a second inside a kernel, over the masks of many units."""
    people = [mask_of(level, "US", date(2026, 1, 1)) for level in ("emr", "emt", "aemt", "paramedic")]
    words = stack([people[k % 4] for k in range(UNITS)])
    bits = np.array([bit_of(skill) for skill in skills()])
    rounds = 10_000
    return rounds * UNITS / seconds(lambda: _count(words, bits, rounds))


def compiled() -> tuple[float, float, int]:
    """Return the seconds from the files to every mask, those of loading alone, and how many masks; fresh processes."""
    runs = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", _COMPILE], capture_output=True, text=True, check=True)
        runs.append([float(one) for one in done.stdout.split()])
    whole, read, made = (statistics.median(one[k] for one in runs) for k in range(3))
    return whole, read, int(made)


def main() -> int:
    """Measure and print. A missed bar is printed: the machine may be shared."""
    parser = argparse.ArgumentParser(description="How fast scope of practice answers.")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    given = parser.parse_args()
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    found: dict[str, Any] = {"reference_loop_ms": 1e3 * seconds(reference_loop), "others_per_core": round(busy, 1)}
    found |= decides_per_s(asks())
    found["mask_tests_per_s"] = mask_tests_per_s()
    found["kernel_tests_per_s"] = kernel_tests_per_s()
    found["compile_s"], found["load_s"], found["masks"] = compiled()
    found["met"] = all((found[name] > bar) == (name in HIGHER) for name, bar in BARS.items())
    if given.json:
        print(json.dumps(found, indent=2))
        return 0
    print(f"reference loop {found['reference_loop_ms']:.0f} ms; {found['others_per_core']} other processes a core\n")
    for name, value in found.items():
        if name in {"reference_loop_ms", "others_per_core", "met"}:
            continue
        bar = BARS.get(name)
        beside = "" if bar is None else f"   bar {'above' if name in HIGHER else 'below'} {bar:,g}"
        missed = "" if bar is None or (value > bar) == (name in HIGHER) else "   MISSED"
        print(f"  {name:22} {value:16,.3f}{beside}{missed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
