"""`python -m goldenhour.cli` is the `goldenhour` command."""

from goldenhour.cli.main import main

main()
