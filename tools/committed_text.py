"""Fail when a committed file names a registry's host or a path of somebody's machine."""

import re
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parent.parent
# Written in pieces, so that this file does not find itself.
HOSTS = ("py" + "pi.org", "files.python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian.org")
MACHINE = re.compile(r"(?<![\w.])/(?:ho" + r"me/\w+|ro" + r"ot/|wo" + r"rk/)")
BINARY = {".png", ".npy", ".parquet", ".woff2", ".pbf", ".ico"}


def main() -> int:
    """Print each offending line; return 1 when there is one."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=True)  # noqa: S607
    wrong = 0
    for name in filter(None, listed.stdout.split("\0")):
        path = HOUSE / name
        if path.suffix in BINARY or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if any(host in line for host in HOSTS) or MACHINE.search(line):
                print(f"{name}:{number}: names a registry's host or a machine's path: {line.strip()[:120]}")
                wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
