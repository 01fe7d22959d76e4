"""The live side of this room: tables projected from the log, commands and queries."""
