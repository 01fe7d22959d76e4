"""Measure: intervals from time stamps, percentiles, and dated targets to hold them against."""
