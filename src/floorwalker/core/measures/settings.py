"""The few numbers that a centre may choose and that change what a measure counts."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Thresholds behind the sums. The defaults are the field's usual ones (80/20, five seconds, a week)."""

    answer_within_s: float = 20.0
    answer_within_s_by_queue: tuple[tuple[str, float], ...] = ()
    short_abandon_s: float = 5.0
    short_contact_s: float = 10.0
    repeat_days: int = 7
    satisfied_from: float = 0.75

    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that change when any setting changes: sums kept under another one are stale."""
        return hashlib.blake2b(repr(self).encode(), digest_size=8).hexdigest()
