"""The rows behind a number, written: contacts, surveys or stretches of time, whichever the number counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.core.measures import MEASURES
from floorwalker.core.measures.adding import fact_behind
from floorwalker.web.pulse import wording
from floorwalker.web.pulse.asked import Asked
from floorwalker.web.pulse.panels import sample_words
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.pulse.record_words import OUTCOMES, SURVEYS
from floorwalker.web.pulse.rules import may_see_agent
from floorwalker.web.pulse.words import called
from floorwalker.web.ui.charts import Hand
from floorwalker.web.ui.reader import Reader

PAGE = 50
PLACE = re.compile(r"\d{4}-\d{2}-\d{2}:\d{1,9}")
LEG = ("enqueued_at", "native_id", "queue", "channel", "topic", "agent", "wait_s", "handle_s", "outcome")
CONTACT = ("started_at", "native_id", "queue", "channel", "topic", "agent", "reopen_count")
SURVEY = ("asked_at", "contact_native_id", "queue", "agent", "kind", "score", "comment")
STATE = ("from_at", "agent", "state", "reason", "seconds")
COLUMNS = {"leg": LEG, "contact": CONTACT, "follow": CONTACT, "survey": SURVEY, "agent_state": STATE}
FIGURES = frozenset({"wait_s", "handle_s", "reopen_count", "score", "seconds"})
SECRET = frozenset({"customer_key", "row_hash", "import_id", "line", "contact_key", "survey_key"})
MAY_NAME_AGENTS = frozenset({"custom", "transfer_to", "disposition"})
"""Texts in a source's own words: somebody may stand in them."""

HEADS: dict[str, Promise] = {
    "enqueued_at": _("When"),
    "started_at": _("When"),
    "asked_at": _("When"),
    "from_at": _("When"),
    "native_id": _("Contact"),
    "contact_native_id": _("Contact"),
    "queue": _("Queue"),
    "channel": _("Channel"),
    "topic": _("Reason"),
    "agent": _("Agent"),
    "wait_s": _("Wait"),
    "handle_s": _("Handle time"),
    "outcome": _("How it ended"),
    "reopen_count": _("Opened again"),
    "kind": _("Asked about"),
    "score": _("Answer"),
    "comment": _("In the customer’s words"),
    "state": _("State"),
    "reason": _("Reason of the break"),
    "seconds": _("How long"),
}

STATES: dict[str, Promise] = {
    "available": _("Available"),
    "busy": _("At work on contacts"),
    "break": _("On a break"),
    "offline": _("Signed out"),
    "on_contact": _("On a contact"),
    "acw": _("After-contact work"),
}


@dataclass(frozen=True)
class Cell:
    """One written value; `url` leads to the contact, `is_figure` puts it at the end of its column."""

    words: str
    url: str = ""
    is_figure: bool = False
    is_foreign: bool = False


@dataclass(frozen=True)
class RowsPage:
    """One page of rows. `next_url` is empty on the last page; `hidden` says what is not shown to this viewer."""

    sentence: str
    lede: str
    head: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    next_url: str
    first_url: str
    back_url: str
    csv_url: str
    hidden: str
    nothing: str


def rows_page(ask: Asked, desk: Desk, after: str, reader: Reader) -> RowsPage:
    """The rows behind the number that `ask` asks for, the latest first, from where `after` points."""
    columns = COLUMNS.get(fact_behind(ask.measure), LEG)
    begin = after if PLACE.fullmatch(after) else None
    page = desk.behind(ask.question(), ask.measure).page(PAGE, begin)
    total = desk.ask(ask.question()).frame[f"{ask.measure}.n"][0]
    frame = page.frame
    shown = [name for name in columns if name in frame.columns]
    query = ask.query()
    return RowsPage(
        sentence=_sentence(ask, total, reader),
        lede=_lede(ask, reader),
        head=tuple((str(HEADS[name]), name in FIGURES) for name in shown),
        rows=tuple(tuple(_cell(name, row, desk, reader) for name in shown) for row in frame.iter_rows(named=True)),
        next_url=f"{reverse('pulse-contacts')}?{query}&after={page.after}" if page.after else "",
        first_url=f"{reverse('pulse-contacts')}?{query}" if begin else "",
        back_url=f"{reverse('pulse')}?{query}",
        csv_url=f"{reverse('pulse-contacts-csv')}?{query}",
        hidden="" if desk.visible is None or desk.own else gettext("Names of agents outside your team are not shown."),
        nothing=gettext("Sums that a source gave for whole intervals have no single contacts behind them."),
    )


def _sentence(ask: Asked, total: float | None, reader: Reader) -> str:
    hand = Hand(reader, MEASURES[ask.measure].unit)
    values = {"measure": wording.name(ask.measure), "n": sample_words(ask.measure, total, hand)}
    if not total:
        return gettext("Nothing lies behind this number.")
    return gettext("What lies behind “%(measure)s”: %(n)s.") % values


def _lede(ask: Asked, reader: Reader) -> str:
    days = {"since": reader.day(ask.since, "long"), "until": reader.day(ask.until, "long")}
    return gettext("%(since)s to %(until)s, the latest first.") % days


def _cell(name: str, row: dict[str, Any], desk: Desk, reader: Reader) -> Cell:
    value = row[name]
    if name == "agent":
        return Cell(agent_words(value, desk), is_foreign=True)
    if value is None:
        return Cell("–", is_figure=name in FIGURES)
    if name.endswith("_at"):
        return Cell(reader.instant(value))
    if name in ("native_id", "contact_native_id"):
        key = row.get("contact_key")
        return Cell(str(value), reverse("pulse-contact", args=(key,)) if key is not None else "", is_foreign=True)
    if name in ("wait_s", "handle_s", "seconds"):
        return Cell(reader.duration(value), is_figure=True)
    if name in FIGURES:
        return Cell(reader.number(value), is_figure=True)
    return Cell(_worded(name, value, reader), is_foreign=name not in ("outcome", "kind", "state", "channel"))


def _worded(name: str, value: str, reader: Reader) -> str:
    words: dict[str, Any] = {"outcome": OUTCOMES, "kind": SURVEYS, "state": STATES}
    if name in words:
        return str(words[name].get(value, value))
    return called(name, value, reader) if name in ("queue", "channel", "topic") else str(value)


def agent_words(agent: str | None, desk: Desk) -> str:
    """An agent's name for those who may see that agent, else a dash."""
    return agent if agent and may_see_agent(desk.visible, agent) else "–"


def rows_to_save(ask: Asked, desk: Desk) -> Iterator[pl.DataFrame]:
    """All rows behind a number, day by day, without keys of ours or of customers, and without names that may not be seen."""
    return (_to_save(frame, desk) for frame in desk.behind(ask.question(), ask.measure).all())


def _to_save(frame: pl.DataFrame, desk: Desk) -> pl.DataFrame:
    kept = frame.drop([name for name in SECRET if name in frame.columns])
    if "agent" in kept.columns and desk.visible is not None:
        may_see = pl.col("agent").is_in(list(desk.visible))
        kept = kept.with_columns(pl.when(may_see).then(pl.col("agent")).alias("agent"))
    if desk.visible is not None:
        kept = kept.drop([name for name in MAY_NAME_AGENTS if name in kept.columns])
    return kept
