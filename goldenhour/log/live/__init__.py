"""The log in a database: append, verify, rebuild, feed, export."""
