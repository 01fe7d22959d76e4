"""The one way to compile a kernel, and where the compiled code is kept.

Numba's disk cache does not notice that a kernel called by another one has changed. So each kernel file's cache folder
is named after a hash of its own source, of every kernel file that it imports, and of the versions that compile it:
after a change the kernels concerned are compiled anew, at set-up (`goldenhour warm`), and no person ever waits for it.
"""

import ast
import hashlib
import os
import platform
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import llvmlite
import numba
import numpy as np

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

_HOUSE = Path(__file__).parent
_VERSIONS = repr((numba.__version__, llvmlite.__version__, np.__version__, sys.version, platform.machine()))


def _file_of(module: str) -> Path | None:
    """Return the file of a goldenhour module, or None."""
    if not module.startswith("goldenhour."):
        return None
    path = _HOUSE.joinpath(*module.split(".")[1:]).with_suffix(".py")
    return path if path.exists() else None


@cache
def _sources(file: Path) -> frozenset[Path]:
    """Return the file and every goldenhour file that it imports, directly or not."""
    found: set[Path] = set()
    ahead = [file]
    while ahead:
        one = ahead.pop()
        if one in found:
            continue
        found.add(one)
        for node in ast.walk(ast.parse(one.read_bytes())):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
                ahead += [path for path in map(_file_of, names) if path]
    return frozenset(found)


@cache
def kernel_key(file: Path) -> str:
    """Return the hash of a kernel file, of the files it draws on, and of the versions of all that compiles it."""
    digest = hashlib.sha256(_VERSIONS.encode())
    for source in sorted(_sources(file)):
        digest.update(source.relative_to(_HOUSE).as_posix().encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Return the folder of compiled kernels: under GOLDENHOUR_CACHE, else the user's cache folder."""
    base = os.environ.get("GOLDENHOUR_CACHE")
    home = Path(base) if base else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "goldenhour"
    return home / "kernels"


def kernel(function: Kernel) -> Kernel:
    """Compile a decision or travel-time kernel: strict arithmetic, no Python objects, no lock, kept on disk.

    Arrays and scalars in and out. Every kernel has a plain twin in `tests/reference/` that it must equal.
    """
    return _compile(function)


def kernel_lean(function: Kernel) -> Kernel:
    """Compile a kernel that creates no array, list or other object: views and scalars only.

    Numba then leaves out the counting of references, which is atomic and costs a kernel that reads many arrays from a
    named tuple several times its own work (a travel time: 57 ns with it, 10 ns without). One that creates something
    does not compile.
    """
    return _compile(function, _nrt=False)


def kernel_step(function: Kernel) -> Kernel:
    """Compile a step of one large kernel: lean, and made part of each kernel that calls it.

    A call hands over every array of its named tuples one by one, which costs a small step more than its own work.
    """
    return _compile(function, _nrt=False, forceinline=True)


def kernel_inner(function: Kernel) -> Kernel:
    """Compile a step that only kernels call, never Python: without the entry that takes its arrays apart.

    For a step that takes hundreds of them in named tuples, that entry takes longer to compile than the step itself.
    """
    return _compile(function, _nrt=False, forceinline=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def kernel_aside(function: Kernel) -> Kernel:
    """Compile a step that only kernels call, and seldom: as `kernel_inner`, but apart from its callers, not within."""
    return _compile(function, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def kernel_apart(function: Kernel) -> Kernel:
    """Compile a step as `kernel_aside` that makes arrays of its own: with the counting of references."""
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _compile(function: Kernel, **options: Any) -> Kernel:
    file = Path(function.__code__.co_filename)
    numba.config.CACHE_DIR = str(cache_folder() / kernel_key(file))  # type: ignore[attr-defined]  # Made at run time.
    compiled: Kernel = numba.njit(cache=True, fastmath=False, nogil=True, **options)(function)
    return compiled
