"""Write the web's types of what the interface answers, from its own description: `web_types.py [--check]`.

Only the shapes of answers are written, not the addresses: they change when an answer does. With --check nothing is
written, and the exit code is 1 where the file says something else.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parent.parent
OUT = HOUSE / "web" / "src" / "api" / "generated.ts"
HEAD = "// Written by `make types` from the description of the interface. Not to be changed by hand.\n\n"
_NAMED = re.compile(r"#/components/schemas/([\w.]+)")


def description() -> dict[str, Any]:
    """Return what the house says of its interface."""
    sys.path.insert(0, str(HOUSE))
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"GOLDENHOUR_DATA": data, "DJANGO_SETTINGS_MODULE": "goldenhour.site.settings"}
        os.environ.pop("DATABASE_URL", None)
        from goldenhour.log.live import database  # noqa: PLC0415 -- The environment has to stand before.

        database.connect()
        from goldenhour.site.api import description as said  # noqa: PLC0415

        found: dict[str, Any] = json.loads(said())
    return found


def answers(said: dict[str, Any]) -> dict[str, Any]:
    """Return a description of nothing but the shapes that answers are made of."""
    shapes = said["components"]["schemas"]
    todo = [
        name
        for operations in said["paths"].values()
        for operation in operations.values()
        for name in _NAMED.findall(json.dumps(operation["responses"]))
    ]
    kept: dict[str, Any] = {}
    while todo:
        name = todo.pop()
        if name not in kept:
            kept[name] = shapes[name]
            todo += _NAMED.findall(json.dumps(shapes[name]))
    return {
        **{key: said[key] for key in ("openapi", "info")},
        "paths": {},
        "components": {"schemas": dict(sorted(kept.items()))},
    }


def written(said: dict[str, Any]) -> str:
    """Return the types."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "openapi.json", Path(folder) / "generated.ts"
        source.write_text(json.dumps(said))
        program = HOUSE / "web" / "node_modules" / ".bin" / "openapi-typescript"
        options = ["--root-types", "--root-types-no-schema-prefix", "--default-non-nullable", "false"]
        subprocess.run([program, source, "-o", made, *options], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        return HEAD + made.read_text().partition("*/\n")[2].lstrip()


def main() -> int:
    """Write the file, or hold it against what it should be."""
    types = written(answers(description()))
    if "--check" in sys.argv[1:]:
        if OUT.exists() and OUT.read_text() == types:
            return 0
        print(f"{OUT.relative_to(HOUSE)} is not what the interface says of itself. Run `make types`.")
        return 1
    OUT.write_text(types)
    return 0


if __name__ == "__main__":
    sys.exit(main())
