"""The fleet: stations, units, crews and their status, with the 17 NEMSIS time stamps."""
