"""Local clock readings of a table export as instants. The autumn hour that happens twice is settled by evidence or refused."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from floorwalker.sources.asterisk.lines import EARLIEST, HOUR, LATEST, SECOND
from floorwalker.sources.reading import Unreadable

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  a local reading has no zone yet
_EPOCH_SECONDS = re.compile(r"[0-9]{9,11}(\.[0-9]{1,9})?")
_SECONDS = re.compile(r":([0-5][0-9])(?:\.([0-9]{1,6}))?")
_MICROSECOND = timedelta(microseconds=1)
_BACK = 5 * SECOND
"""Rows of one table may stand a moment out of order; further back in the autumn hour is the clock being set back."""


class Reading(NamedTuple):
    """What a clock reading means: microseconds since 1970 UTC, and the later instant where the hour happens twice."""

    first: int
    second: int | None = None


class Clock:
    """Reads the times of one table, in zone `tz` unless they carry an offset or are epoch seconds.

    Raises
    ------
    Unreadable
        `zone_unknown`.
    """

    def __init__(self, tz: str) -> None:
        try:
            self.zone = ZoneInfo(tz)
        except (ZoneInfoNotFoundError, ValueError, IsADirectoryError) as error:
            raise Unreadable("zone_unknown", zone=tz) from error
        self._minute = lru_cache(maxsize=4096)(self._written)

    def read(self, text: str) -> Reading | str:
        """The instant of a reading, or the code of why there is none: `time_unreadable`, `hour_never_happens`."""
        text = text.strip()
        seconds = _SECONDS.fullmatch(text, 16)
        if seconds is None:
            return self._written(text)
        minute = self._minute(text[:16])
        if isinstance(minute, str):
            return minute
        past = int(seconds[1]) * SECOND + int((seconds[2] or "").ljust(6, "0"))
        return Reading(minute.first + past, None if minute.second is None else minute.second + past)

    def _written(self, text: str) -> Reading | str:
        """Any way of writing a time. Minutes are read once and remembered, seconds added to them."""
        if _EPOCH_SECONDS.fullmatch(text):
            return _within(round(float(text) * SECOND) if "." in text else int(text) * SECOND)
        try:
            said = datetime.fromisoformat(text)
        except ValueError:
            return "time_unreadable"
        if said.tzinfo is not None:
            return _within((said - _EPOCH) // _MICROSECOND)
        local = (said - _NAIVE_EPOCH) // _MICROSECOND
        if not EARLIEST < local < LATEST:
            return "time_unreadable"
        offsets = self._offsets_of(said.replace(second=0, microsecond=0))
        return Reading(*(local - offset for offset in offsets)) if offsets else "hour_never_happens"

    def _offsets_of(self, minute: datetime) -> tuple[int, ...]:
        """Microseconds from UTC that a local minute may have: one value, two in the autumn hour, none in the spring one."""
        both = [minute.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1)]
        offsets = [(each.utcoffset() or timedelta()) // _MICROSECOND for each in both]
        if offsets[0] == offsets[1]:
            return (offsets[0],)
        back = both[0].astimezone(UTC).astimezone(self.zone).replace(tzinfo=None)
        return tuple(offsets) if back == minute else ()


def _within(at: int) -> Reading | str:
    return Reading(at) if EARLIEST < at < LATEST else "time_unreadable"


def settled(readings: Sequence[Reading], callids: Sequence[str], entering: Sequence[bool]) -> list[int | None]:
    """The instants of rows, in their order, whose hour happens twice; None where nothing tells which of the two.

    Evidence: a call id begins with the second in which the call began, so nothing of it is earlier, and its entry into a
    queue follows within the hour; and a table is in time order, so that all after the clock went back are in the second hour,
    all before an instant known to be in the first are in the first.
    """
    known = [_by_call(*row) for row in zip(readings, callids, entering, strict=True)]
    firsts = [index for index, second in enumerate(known) if second is False]
    seconds = [index for index, second in enumerate(known) if second]
    for index in range(1, len(readings)):
        if readings[index].first < readings[index - 1].first - _BACK:
            firsts.append(index - 1)
            seconds.append(index)
    last_first, first_second = max(firsts, default=-1), min(seconds, default=len(readings))
    if last_first >= first_second:
        return [None] * len(readings)
    return [
        reading.first if index <= last_first else reading.second if index >= first_second else None
        for index, reading in enumerate(readings)
    ]


def _by_call(reading: Reading, callid: str, entering: bool) -> bool | None:
    """True for the second hour, False for the first, None when the call id does not say."""
    began = _began(callid)
    if began is None or reading.second is None or began > reading.second + SECOND:
        return None
    if began > reading.first + SECOND:
        return True
    return False if entering and reading.first - began < HOUR else None


def _began(callid: str) -> int | None:
    """The instant in a call id such as `1795309134.1` or `pbx1-1795309134.1`."""
    seconds = callid.rpartition("-")[2].partition(".")[0]
    return int(seconds) * SECOND if seconds.isdigit() and len(seconds) in (9, 10) else None
