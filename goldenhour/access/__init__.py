"""Access: who may ask for what. Accounts, their roles in an agency, and the rule that every endpoint names."""
