"""What other apps may listen to."""

from django.dispatch import Signal

thresholds_changed = Signal()
"""Sent after a site's thresholds changed and are kept: sums counted under the old ones are stale. Carries `site`."""
