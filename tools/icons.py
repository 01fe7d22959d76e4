"""Draw the icons that phones ask for, from our own web/public/icon.svg: `icons.py [--check]`.

Knows as much of SVG as that file uses: a rounded square, a circle's line and one path of straight lines. With --check
nothing is written, and the exit code is 1 where a file shows something else.
"""

import re
import struct
import sys
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

PUBLIC = Path(__file__).parent.parent / "web" / "public"
# Name, pixels a side, and whether the ground fills the square: whoever shows it then cuts the corners as they like.
ICONS = (
    ("icon-192.png", 192, False),
    ("icon-512.png", 512, False),
    ("icon-maskable-512.png", 512, True),
    ("apple-touch-icon.png", 180, True),
)
_SVG = "{http://www.w3.org/2000/svg}"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_STEP = re.compile(r"([MLHVlhv])((?:\s*-?[\d.]+)+)")

Ends = tuple[float, float, float, float]
Plane = NDArray[np.float64]  # One value a pixel.


def draw(svg: str, size: int, *, filled: bool) -> NDArray[np.uint8]:
    """Return the picture as (size, size, 4) bytes of red, green, blue and opacity."""
    root = ET.fromstring(svg)  # noqa: S314 -- Our own file.
    shapes = {one.tag.removeprefix(_SVG): one for one in root}
    rect, circle, path = shapes["rect"], shapes["circle"], shapes["path"]
    side = float(root.attrib["viewBox"].split()[2])
    at = (np.arange(size) + 0.5) * side / size
    x, y = np.meshgrid(at, at)
    soft = side / size  # An edge goes from all to nothing within one pixel.

    def covers(distance: Plane) -> Plane:
        """Return how much of each pixel lies inside, by its distance to the edge, negative inside."""
        return np.clip(0.5 - distance / soft, 0.0, 1.0)

    radius = float(rect.attrib["rx"])
    ground = np.ones((size, size)) if filled else covers(_to_square(x - side / 2, y - side / 2, side / 2, radius))
    ring = np.abs(np.hypot(x - _number(circle, "cx"), y - _number(circle, "cy")) - _number(circle, "r"))
    lines = [_to_line(x, y, ends) for ends in _lines(path.attrib["d"])]
    mark = np.maximum(
        covers(ring - _number(circle, "stroke-width") / 2),
        covers(np.minimum.reduce(lines) - _number(path, "stroke-width") / 2),
    )
    below, above = (np.array(_colour(one)) for one in (rect.attrib["fill"], circle.attrib["stroke"]))
    colour = below + mark[..., None] * (above - below)
    return np.rint(np.dstack([colour, 255 * ground])).astype(np.uint8)


def _number(shape: ET.Element, name: str) -> float:
    return float(shape.attrib[name])


def _colour(text: str) -> list[float]:
    return [float(int(text[k : k + 2], 16)) for k in (1, 3, 5)]


def _to_square(x: Plane, y: Plane, half: float, radius: float) -> Plane:
    """Return the distance to the edge of a rounded square around 0, negative inside."""
    dx, dy = np.abs(x) - half + radius, np.abs(y) - half + radius
    distance: Plane = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0)) + np.minimum(np.maximum(dx, dy), 0) - radius
    return distance


def _to_line(x: Plane, y: Plane, ends: Ends) -> Plane:
    """Return the distance to a line from a to b; beyond its ends, to them: so they are round."""
    ax, ay, bx, by = ends
    dx, dy = bx - ax, by - ay
    along = np.clip(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0.0, 1.0)
    distance: Plane = np.hypot(x - ax - along * dx, y - ay - along * dy)
    return distance


def _lines(path: str) -> list[Ends]:
    """Return the straight lines of a path as their ends."""
    found, x, y = [], 0.0, 0.0
    for step, said in _STEP.findall(path):
        numbers = [float(one) for one in said.split()]
        from_x, from_y = (x, y) if step.islower() else (0.0, 0.0)
        way = step.lower()
        to_x = x if way == "v" else from_x + numbers[0]
        to_y = y if way == "h" else from_y + numbers[-1]
        if way != "m":
            found.append((x, y, to_x, to_y))
        x, y = to_x, to_y
    return found


def png(picture: NDArray[np.uint8]) -> bytes:
    """Return a picture as a PNG file."""
    rows = b"".join(b"\0" + row.tobytes() for row in picture)
    head = struct.pack(">2I5B", picture.shape[1], picture.shape[0], 8, 6, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pixels(file: bytes) -> bytes:
    """Return what a PNG that was written here shows; two may be packed otherwise and show the same."""
    found, at = b"", len(_SIGNATURE)
    while at < len(file):
        (length,) = struct.unpack(">I", file[at : at + 4])
        if file[at + 4 : at + 8] == b"IDAT":
            found += file[at + 8 : at + 8 + length]
        at += 12 + length
    return zlib.decompress(found)


def main() -> int:
    """Write the icons, or say which show something else."""
    svg, check, wrong = (PUBLIC / "icon.svg").read_text(), "--check" in sys.argv[1:], []
    for name, size, filled in ICONS:
        made = png(draw(svg, size, filled=filled))
        if not check:
            (PUBLIC / name).write_bytes(made)
        elif not (PUBLIC / name).exists() or pixels((PUBLIC / name).read_bytes()) != pixels(made):
            wrong.append(name)
    if wrong:
        print(f"{', '.join(wrong)} in web/public: not what icon.svg shows. Run `tools/icons.py`.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
