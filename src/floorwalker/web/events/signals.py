"""What other apps may listen to."""

from django.dispatch import Signal

events_changed = Signal()
"""Sent after the calendar of a site changed and is kept. Carries `site`, and `queues` that it is about (none: all)."""
