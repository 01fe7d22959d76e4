"""goldenhour: takes the 911 call, sends the right people, keeps the record, measures, simulates.

Each sub-package is a room: a part of EMS, never a kind of code. ARCHITECTURE.md has the plan of the house.
"""
