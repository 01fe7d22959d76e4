"""Signing in to the site: sessions, the doors of django-allauth that are open, and the endpoints of accounts."""
