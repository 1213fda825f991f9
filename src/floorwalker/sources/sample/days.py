"""The centre's calendar: how long each day really is, how busy it is meant to be, and its own source of chance."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zlib import crc32
from zoneinfo import ZoneInfo

import holidays
import numpy as np
from numpy.typing import NDArray

ZONE = "Europe/Warsaw"
COUNTRY = "PL"
HISTORY_DAYS = 400

_SEED = 20_14
_WEEKDAY = (1.28, 1.17, 1.1, 1.07, 1.03, 0.77, 0.58)
_ON_HOLIDAY = 0.35
_SEASON = 0.04
_COLDEST = 20
_SITE_NOISE = 0.025
_CARRIED_OVER = 0.3
_HOLIDAYS = holidays.country_holidays(COUNTRY)


@dataclass(frozen=True)
class Day:
    """A local day: its date, the epoch second of its midnight, and the clock's hour for each of its 23, 24 or 25 hours."""

    date: date
    midnight: int
    clock: NDArray[np.int64]

    def at(self, clock_s: int) -> int:
        """The epoch second at which the clock shows `clock_s` seconds of the day, once it has been set right."""
        return self.midnight + clock_s + (len(self.clock) - 24) * 3600


def chance(day: date, *about: str) -> np.random.Generator:
    """The source of chance for one matter on one day. No day and no matter ever draws from another's."""
    return np.random.default_rng([_SEED, day.toordinal(), crc32("/".join(about).encode())])


@lru_cache(maxsize=64)
def day_of(date_: date) -> Day:
    """The day as the clocks of Warsaw show it."""
    zone = ZoneInfo(ZONE)
    midnight, end = (int(datetime(d.year, d.month, d.day, tzinfo=zone).timestamp()) for d in (date_, date_ + timedelta(1)))
    clock = [datetime.fromtimestamp(second, UTC).astimezone(zone).hour for second in range(midnight, end, 3600)]
    return Day(date_, midnight, np.array(clock))


def is_holiday(date_: date) -> bool:
    """Whether it is a public holiday in Poland."""
    return date_ in _HOLIDAYS


@lru_cache(maxsize=64)
def busyness(date_: date) -> float:
    """How much comes on this day, 1 on an average one: weekday, holiday, a mild winter, and a chance that lingers overnight."""
    usual = _ON_HOLIDAY if is_holiday(date_) else _WEEKDAY[date_.weekday()]
    season = 1 + _SEASON * np.cos(2 * np.pi * (date_.timetuple().tm_yday - _COLDEST) / 365.25)
    own, before = (chance(d, "site").normal() for d in (date_, date_ - timedelta(1)))
    return float(usual * season * np.exp(_SITE_NOISE * (own + _CARRIED_OVER * before)))
