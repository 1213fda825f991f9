"""What the worker listens to."""

from django.dispatch import Signal

words_changed = Signal()
"""Sent after a person ruled, or chose another alarm budget: the numbers are to be judged anew. Carries `site`."""
