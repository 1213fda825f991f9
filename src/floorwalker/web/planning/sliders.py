"""The three sliders of what might be otherwise."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from floorwalker.web.planning.staffing_day import WhatIf
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import END, LEFT_TO_RIGHT, MINUS


@dataclass(frozen=True)
class Slider:
    """One slider as a form wants it, with its value in words."""

    name: str
    label: str
    least: str
    most: str
    step: str
    value: str
    words: str


def sliders_of(what: WhatIf, reader: Reader) -> tuple[Slider, ...]:
    """Volume, handle time, people sick."""
    volume = _signed(reader.percent(abs(what.volume) / 100), what.volume, reader)
    aht = gettext("%(n)s s") % {"n": _signed(reader.number(abs(what.aht)), what.aht, reader)}
    sick = ngettext("%(n)s person", "%(n)s people", what.sick) % {"n": reader.number(what.sick)}
    return (
        Slider("volume", gettext("More or fewer contacts"), "-50", "100", "5", str(what.volume), volume),
        Slider("aht", gettext("Handle time, seconds more or less"), "-180", "180", "5", str(what.aht), aht),
        Slider("sick", gettext("People sick, in each queue"), "0", "30", "1", str(what.sick), sick),
    )


def _signed(text: str, value: int, reader: Reader) -> str:
    signed = f"+{text}" if value > 0 else f"{MINUS}{text}" if value < 0 else text
    return f"{LEFT_TO_RIGHT}{signed}{END}" if reader.direction == "rtl" else signed
