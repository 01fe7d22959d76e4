"""Telling people who are not at a screen: the outbox, its channels, pages to volunteers on call, station alerts."""
