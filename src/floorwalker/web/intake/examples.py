"""What a format means, shown by an example: `%d.%m.%Y %H:%M` looks like 23.11.2026 14:30."""

from datetime import datetime

from persiantools.jdatetime import JalaliDateTime

_WHEN = datetime(2026, 11, 23, 14, 30, 5)  # noqa: DTZ001 - a clock on a wall
_YEARS_LATER = {"minguo": -1911, "buddhist": 543}
_DURATIONS = {"seconds": "125", "minutes": "2.1", "hours": "0.03", "ms": "125000"} | {
    "mm:ss": "2:05",
    "h:mm": "0:02",
    "h:mm:ss": "0:02:05",
}


def example_of(form: str) -> str:
    """An example of a time format, in its own calendar (`jalali %Y/%m/%d`), or of a form of durations; others stay."""
    if "%" not in form:
        return _DURATIONS.get(form, form)
    calendar, _blank, pattern = form.partition(" ") if not form.startswith("%") else ("", "", form)
    pattern = pattern.replace("%.f", ".250").replace("%z", "+01:00")
    if calendar == "jalali":
        return str(JalaliDateTime(_WHEN).strftime(pattern))
    if calendar in _YEARS_LATER:
        pattern = pattern.replace("%Y", str(_WHEN.year + _YEARS_LATER[calendar]))
    return _WHEN.strftime(pattern)
