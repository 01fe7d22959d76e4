"""A dispatch desk as small as can be: what the log is tested with."""
