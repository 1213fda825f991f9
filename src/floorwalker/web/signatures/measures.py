"""The measures of a signature: what each is to the engine, and which change of it is worth a word."""

from collections.abc import Mapping
from dataclasses import dataclass

from floorwalker.core.measures import MEASURES, Unit

HOURS = "hours"
"""Time signed in on a day at work. It is no measure of the site, so it is declared here."""


@dataclass(frozen=True)
class Kept:
    """`kind` as the engine knows it. A lasting change below `matters` (in the measure's unit) is not worth a word.

    Of fewer than `enough` observations in four weeks nothing can be said.
    """

    kind: str
    unit: Unit
    matters: float
    enough: float


def _kept(name: str, kind: str, matters: float, enough: float) -> Kept:
    return Kept(kind, MEASURES[name].unit, matters, enough)


SIGNATURE: Mapping[str, Kept] = {
    "aht": _kept("aht", "mean", 8, 40),
    "talk_time": _kept("talk_time", "mean", 8, 40),
    "hold_time": _kept("hold_time", "mean", 4, 40),
    "acw_time": _kept("acw_time", "mean", 4, 40),
    "transfer_rate": _kept("transfer_rate", "rate", 0.02, 60),
    "repeat_rate": _kept("repeat_rate", "rate", 0.02, 60),
    "csat": _kept("csat", "rate", 0.04, 20),
    "short_contact_share": _kept("short_contact_share", "rate", 0.02, 60),
    HOURS: Kept("mean", Unit.SECONDS, 1200, 8),
}
"""In the order of the page. First contact resolution is the other side of repeat contacts; contacts per hour follow from how
busy the queue is, not from the person: neither is told twice."""
