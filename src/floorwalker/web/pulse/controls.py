"""What can be chosen on the Pulse page, and what is chosen now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from floorwalker.core.measures import MEASURES
from floorwalker.web.pulse import rules, wording
from floorwalker.web.pulse.asked import CHOSEN_BY, NOT_KNOWN, Asked, periods
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.pulse.record_words import ANY, CUTS, DIMENSIONS
from floorwalker.web.pulse.words import called
from floorwalker.web.ui.day_field import is_jalali, write_day
from floorwalker.web.ui.reader import Reader

GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("How much"), ("offered", "answered", "abandoned")),
    (
        _("How soon"),
        (
            *("service_level", "answer_rate", "abandonment_rate", "asa", "asa_median", "asa_p90"),
            *("first_response_time", "first_response_median", "resolution_time", "resolution_median"),
        ),
    ),
    (
        _("How long"),
        ("aht", "aht_median", "aht_p90", "talk_time", "hold_time", "acw_time", "short_contact_share"),
    ),
    (
        _("How well"),
        ("fcr", "fcr_asked", "repeat_rate", "reopen_rate", "transfer_rate", "csat", "csat_response_rate", "nps"),
    ),
    (_("How people fare"), ("contacts_per_hour", "occupancy", "utilisation", "tenure", "turnover")),
)


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what the address says, what the reader sees, and whether it is chosen."""

    value: str
    words: str
    chosen: bool = False


@dataclass(frozen=True)
class Select:
    """One list to choose from; `groups` are named lists of choices."""

    name: str
    label: str
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]


@dataclass(frozen=True)
class Link:
    """A filter that can be taken away, or a period that can be taken."""

    words: str
    url: str
    chosen: bool = False


@dataclass(frozen=True)
class Controls:
    """The form of the Pulse page. `kept` are filters without a list to choose from, as name and value.

    `since` and `until` are written as the reader writes days into a form.
    """

    measure: Select
    cut: Select
    filters: tuple[Select, ...]
    kept: tuple[tuple[str, str], ...]
    since: str
    until: str
    day_input: str
    periods: tuple[Link, ...]
    narrowed: tuple[Link, ...]


def controls(ask: Asked, desk: Desk, known: tuple[date, date], reader: Reader) -> Controls:
    """The controls for a question, offering only what this viewer may see."""
    choices: dict[str, Sequence[str]] = {**desk.choices(ask.since, ask.until)}
    if not desk.own and rules.may_cut_by_agent(desk.visible):
        choices["agent"] = desk.agents()
    if not desk.own:
        choices["team"] = sorted(desk.teams)
    return Controls(
        measure=_measures(ask),
        cut=_cuts(ask, choices),
        filters=tuple(_filter(ask, name, choices[name], reader) for name in CHOSEN_BY if choices.get(name)),
        kept=tuple(
            (each.dimension, value or NOT_KNOWN)
            for each in ask.where
            if not choices.get(each.dimension)
            for value in each.values
        ),
        since=write_day(ask.since),
        until=write_day(ask.until),
        day_input="text" if is_jalali() else "date",
        periods=tuple(_period(ask, weeks, span, reader) for weeks, span in periods(known).items()),
        narrowed=tuple(_taken(ask, each.dimension, reader) for each in ask.where),
    )


def _measures(ask: Asked) -> Select:
    groups = tuple(
        (str(label), tuple(Choice(name, wording.name(name), name == ask.measure) for name in names)) for label, names in GROUPS
    )
    return Select("measure", "", groups)


def _cuts(ask: Asked, choices: Mapping[str, Sequence[str]]) -> Select:
    """Every cut but those of which there is nothing to see, or which the measure does not have."""
    hidden = {name for name in ("agent", "team") if not choices.get(name)}
    if not MEASURES[ask.measure].personal:
        hidden |= {"agent"}
    shown = tuple(Choice(name, str(words), name == ask.cut) for name, words in CUTS.items() if name not in hidden)
    return Select("by", "", (("", shown),))


def _filter(ask: Asked, name: str, values: Sequence[str], reader: Reader) -> Select:
    chosen = ask.values(name)
    listed = [*values, *(value for value in chosen if value and value not in values)]
    offered = [Choice("", str(ANY[name]), not chosen)]
    offered += [Choice(value, called(name, value, reader), value in chosen) for value in listed]
    if "" in chosen:
        offered.append(Choice(NOT_KNOWN, called(name, None, reader), True))
    return Select(name, str(DIMENSIONS[name]), (("", tuple(offered)),))


def _period(ask: Asked, weeks: str, span: tuple[date, date], reader: Reader) -> Link:
    words = ngettext("%(n)s week", "%(n)s weeks", int(weeks)) % {"n": reader.number(int(weeks))}
    asked = Asked(ask.measure, ask.cut, *span, ask.where, ask.definition)
    return Link(words, f"{reverse('pulse')}?{asked.query()}", (ask.since, ask.until) == span)


def _taken(ask: Asked, dimension: str, reader: Reader) -> Link:
    names = [called(dimension, value, reader) for value in ask.values(dimension)]
    return Link(", ".join(names), f"{reverse('pulse')}?{ask.widened(dimension).query()}", True)
