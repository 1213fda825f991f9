"""Floorwalker: what a contact centre records, turned into a manager's day."""

__version__ = "0.1.0"
