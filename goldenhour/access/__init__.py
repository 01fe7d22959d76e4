"""Access: who may ask for what. Until accounts exist there is one rule: only this machine."""

from goldenhour.access.rules import AT, Asked, Caller, Rule, this_machine

__all__ = ["AT", "Asked", "Caller", "Rule", "this_machine"]
