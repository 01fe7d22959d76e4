"""`goldenhour ...`: one module a command. Results to stdout, progress and faults to stderr; exit 2 for a wrong call."""

from goldenhour.cli.main import main

__all__ = ["main"]
