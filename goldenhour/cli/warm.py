"""`goldenhour warm`: compile every kernel into the cache, so that no person ever waits for a compiler."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from rich.console import Console
from rich.progress import track

import goldenhour
from goldenhour.compiled import cache_folder

err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def kernel_modules() -> Iterator[ModuleType]:
    """Yield every module of kernels: kernels.py and *_kernels.py of each room."""
    for file in sorted(Path(goldenhour.__path__[0]).glob("*/*kernels.py")):
        yield importlib.import_module(f"goldenhour.{file.parent.name}.{file.stem}")


def command() -> None:
    """Compile every kernel once, at set-up. The next start finds them on disk."""
    for module in track(list(kernel_modules()), "Compiling kernels", console=err, transient=True):
        if hasattr(module, "warm"):
            module.warm()
        else:
            err.print(f"{module.__name__} has no warm(): it is compiled when it is first used.")
    err.print(f"Kernels are compiled and kept in {cache_folder()}.")
