"""Fail when a hazard in docs/hazards.md names no test, or a test that does not exist."""

import re
import sys
from pathlib import Path

HOUSE = Path(__file__).parent.parent
HAZARDS = HOUSE / "docs" / "hazards.md"
TEST_ID = re.compile(r"`(tests/[\w/]+\.py|web/src/[\w/.]+\.test\.tsx?)::([^`]+)`")


def faults() -> list[str]:
    """Return what is wrong with the table, a sentence each."""
    found = []
    rows = [line for line in HAZARDS.read_text().splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    for row in rows[1:]:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        hazard, proof = cells[0], cells[-1]
        if proof.startswith("planned: "):  # The room that brings this guard is not built yet, and the cell says which.
            continue
        tests = TEST_ID.findall(proof)
        if not tests:
            found.append(f"{hazard}: no test is named, and it is not marked `planned: <room>`.")
        for file, name in tests:
            path = HOUSE / file
            if not path.exists() or not re.search(rf"(def {name}\(|['\"]{re.escape(name)}['\"])", path.read_text()):
                found.append(f"{hazard}: {file}::{name} does not exist.")
    return found


if __name__ == "__main__":
    wrong = faults()
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)
