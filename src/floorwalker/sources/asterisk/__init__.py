"""Asterisk, FreePBX, Issabel, Wazo: the queue_log file, its rotated parts, and exports of its realtime table."""

from floorwalker.sources.asterisk.opening import sniff
from floorwalker.sources.asterisk.source import AsteriskSource

__all__ = ["AsteriskSource", "sniff"]
