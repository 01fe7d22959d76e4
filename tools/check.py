"""`make check`: every rule of the house, all at once, each failure with its own output.

The checks run side by side; what they print is shown only when they fail.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HOUSE = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PATHS = ["goldenhour", "tests", "benchmarks", "tools"]

WEB = ["npm", "--prefix", "web", "run", "--silent"]
CHECKS = {  # The longest first: the others are done beside it.
    "web lint": [*WEB, "lint"],
    "web compiles": [*WEB, "compile"],
    "lint": [BIN / "ruff", "check", "--quiet", *PATHS],
    "format": [BIN / "ruff", "format", "--check", "--quiet", *PATHS],
    "types": [BIN / "mypy"],
    "house rules": [BIN / "lint-imports"],
    "hazards": [sys.executable, "tools/hazards.py"],
    "committed text": [sys.executable, "tools/committed_text.py"],
    "icons": [sys.executable, "tools/icons.py", "--check"],
    "web types": [sys.executable, "tools/web_types.py", "--check"],
}


def run(check: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
    """Run one check from the top of the repository."""
    started = time.perf_counter()
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603 -- The commands stand above.
        CHECKS[check], cwd=HOUSE, env={**os.environ, "PATH": path}, text=True, capture_output=True, check=False
    )
    return check, time.perf_counter() - started, done


def main() -> int:
    """Run all checks, two at a time, and print one line each."""
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for check, seconds, done in pool.map(run, CHECKS):
            print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {check:15} {seconds:5.1f} s", flush=True)
            if done.returncode:
                failed += 1
                print(done.stdout + done.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
