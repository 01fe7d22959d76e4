"""Finding a place while it is typed: the time from a key to its list.

    python benchmarks/addresses.py [REGION ...] [--json]

A region is a built one; without one, San Francisco of the shared data (GOLDENHOUR_SHARED, or `shared` beside the
repository) and the demo county. People are played who type addresses, crossings and names drawn from the region, one
key after the other, a slip of the finger in every third; every key is one search, as the page asks. The index is made
before, as at the start of the server, and its time is told.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from goldenhour.roads import region
from goldenhour.roads.addresses import Gazetteer, Named
from goldenhour.roads.build import demo, sf

BAR_MS = 50.0
PEOPLE = 60
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def gazetteer_of(source: Path | None, name: str) -> tuple[Gazetteer, int]:
    """Return a region's gazetteer and how many blocks it has."""
    if source is not None:
        opened = region.load(source)
        return opened.gazetteer, len(opened.blocks)
    shared = Path(os.environ.get("GOLDENHOUR_SHARED", Path(__file__).parents[2] / "shared"))
    draft = demo.build(1) if name == "demo county" else sf.build(shared / "data" / "san_francisco")
    named = [
        Named(name=row["name"], kind="hospital", lon=float(row["lon"]), lat=float(row["lat"]))
        for row in draft.hospitals
    ]
    return Gazetteer(draft.network, draft.blocks, named), len(draft.blocks)


def typed(gazetteer: Gazetteer, rng: np.random.Generator) -> list[str]:
    """Return what people would type in the end."""
    keys = list(gazetteer._blocks)  # noqa: SLF001
    streets = [gazetteer._blocks[keys[at]] for at in rng.integers(0, len(keys), 2 * PEOPLE)]  # noqa: SLF001
    texts = []
    for at in range(PEOPLE):
        one, other = streets[2 * at][0], streets[2 * at + 1][0]
        text = [
            f"{one.low} {one.street}",
            f"{one.low} {one.street}, {one.municipality}",
            f"{one.street} & {other.street}",
            one.street,
        ][at % 4]
        if at % 3 == 0:
            where = int(rng.integers(1, len(text)))
            text = text[:where] + LETTERS[int(rng.integers(26))] + text[where + 1 :]
        texts.append(text)
    return texts


def measure(name: str, source: Path | None) -> dict[str, object]:
    """Return the figures of one region."""
    gazetteer, blocks = gazetteer_of(source, name)
    begin = time.perf_counter()
    gazetteer.warm()
    index_s = time.perf_counter() - begin
    took = []
    for text in typed(gazetteer, np.random.default_rng(1)):
        for length in range(2, len(text) + 1):
            begin = time.perf_counter()
            gazetteer.search(text[:length])
            took.append(time.perf_counter() - begin)
    return {
        "region": name,
        "blocks": blocks,
        "keys": len(took),
        "index_ms": round(index_s * 1e3, 1),
        "median_ms": round(statistics.median(took) * 1e3, 2),
        "p95_ms": round(float(np.quantile(took, 0.95)) * 1e3, 2),
        "worst_ms": round(max(took) * 1e3, 2),
        "bar_ms": BAR_MS,
        "met": statistics.median(took) * 1e3 < BAR_MS,
    }


def main() -> int:
    """Print the figures beside their bar; return 1 when one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("regions", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    sources = [(one.name, one) for one in asked.regions] or [("San Francisco", None), ("demo county", None)]
    found = [measure(name, source) for name, source in sources]
    if asked.json:
        print(json.dumps(found, indent=2))
    else:
        for one in found:
            print(
                f"{one['region']}: {one['blocks']:,} blocks, {one['keys']:,} keys; median {one['median_ms']} ms"
                f" (bar {BAR_MS:g}), p95 {one['p95_ms']} ms, worst {one['worst_ms']} ms; index {one['index_ms']} ms"
            )
    return 0 if all(one["met"] for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
