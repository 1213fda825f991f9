"""A measure's value in its unit, written for a reader."""

from django.utils.translation import gettext, ngettext

from floorwalker.core.measures import Unit
from floorwalker.web.ui.reader import Reader

MINUS = "\u2212"
UNKNOWN = "–"
LEFT_TO_RIGHT, END = "\u2066", "\u2069"
DAY_S = 86_400
LONG_S = 2 * DAY_S
LONG_DAYS = 730


def written(reader: Reader, unit: Unit, value: float | None) -> str:
    """`value` with what makes it readable: a per cent sign, a colon, a sign for points; a dash when unknown."""
    if value is None:
        return UNKNOWN
    if unit is Unit.SHARE:
        return reader.percent(value, 0 if round(abs(value), 3) >= 0.1 or not value else 1)
    if unit is Unit.SECONDS:
        return _days(reader, value / DAY_S) if abs(value) >= LONG_S else reader.duration(value)
    if unit is Unit.POINTS:
        signed = f"+{reader.number(value)}" if round(value) > 0 else reader.number(value).replace("-", MINUS)
        return f"{LEFT_TO_RIGHT}{signed}{END}" if reader.direction == "rtl" else signed
    if unit is Unit.DAYS:
        return _days(reader, value)
    return reader.number(value, 0 if unit is Unit.COUNT else 1)


def rounded(unit: Unit, value: float) -> float:
    """`value` as precisely as it is written: two values that read the same are the same."""
    if unit is Unit.SHARE:
        return round(value, 2 if round(abs(value), 3) >= 0.1 else 3)
    if unit in (Unit.PER_HOUR, Unit.DAYS):
        return round(value, 1)
    return float(round(value))


def _days(reader: Reader, days: float) -> str:
    if days >= LONG_DAYS:
        return gettext("%(years)s years") % {"years": reader.number(days / 365.25, 1)}
    shown = reader.number(days, 1 if days < 10 else 0)
    return ngettext("%(days)s day", "%(days)s days", round(days)) % {"days": shown}
