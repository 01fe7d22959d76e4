"""Paging on Django: tables, projections, services, delivery, endpoints."""
