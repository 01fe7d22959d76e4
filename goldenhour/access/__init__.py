"""Access: who may ask for what. Until accounts exist there is one rule: only this machine."""
