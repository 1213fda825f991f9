"""One contact: when and how it went, leg by leg, and what its customer said."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from floorwalker.web.pulse.queries import Desk
from floorwalker.web.pulse.record_words import ENDED_BY, OUTCOMES, RECORD_DIRECTIONS, STATUSES, SURVEYS, TRANSFERS
from floorwalker.web.pulse.rows import agent_words
from floorwalker.web.pulse.words import called
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Leg:
    """One stay in a queue, with its times written."""

    title: str
    when: str
    agent: str
    times: tuple[tuple[str, str], ...]
    outcome: str


@dataclass(frozen=True)
class Said:
    """One answer of the customer."""

    asked: str
    score: str
    comment: str
    when: str


@dataclass(frozen=True)
class ContactPage:
    """Everything on the page, written."""

    name: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    legs: tuple[Leg, ...]
    said: tuple[Said, ...]


def contact_page(key: int, desk: Desk, reader: Reader) -> ContactPage | None:
    """The page of one contact; None when there is no such contact, or an agent asks for one that was not theirs."""
    tables = desk.contacts.contact(key)
    legs = list(tables["leg"].iter_rows(named=True))
    if not tables["contact"].height:
        return None
    contact = tables["contact"].row(0, named=True)
    if desk.own and not {contact["agent"], *(leg["agent"] for leg in legs)} & set(desk.viewer.agent_names):
        return None
    return ContactPage(
        name=contact["native_id"],
        sentence=_sentence(contact, legs, reader),
        facts=_facts(contact, reader),
        legs=tuple(_leg(leg, desk, reader) for leg in legs),
        said=tuple(_said(row, reader) for row in tables["survey"].iter_rows(named=True)),
    )


def _sentence(contact: dict[str, Any], legs: list[dict[str, Any]], reader: Reader) -> str:
    answered = [leg for leg in legs if leg["outcome"] == "answered"]
    waits = [leg["wait_s"] for leg in legs if leg["wait_s"] is not None]
    waited = sum(waits)
    if answered and not waits:
        return gettext("The customer was answered; nothing says how long it took.")
    if answered:
        return gettext("The customer waited %(wait)s and was answered.") % {"wait": reader.duration(waited)}
    if waits and any(leg["outcome"] == "abandoned" for leg in legs):
        return gettext("The customer waited %(wait)s and gave up.") % {"wait": reader.duration(waited)}
    return gettext("A contact of %(day)s.") % {"day": reader.day(contact["day"], "long")}


def _facts(contact: dict[str, Any], reader: Reader) -> tuple[tuple[str, str], ...]:
    reopened = contact["reopen_count"]
    facts = (
        (gettext("Began"), reader.instant(contact["started_at"])),
        (gettext("Ended"), reader.instant(contact["ended_at"]) if contact["ended_at"] else ""),
        (gettext("Queue"), contact["queue"] or ""),
        (gettext("Channel"), called("channel", contact["channel"], reader)),
        (gettext("Reason"), contact["topic"] or ""),
        (gettext("Direction"), _word(RECORD_DIRECTIONS, contact["direction"])),
        (gettext("State"), _word(STATUSES, contact["status"])),
        (gettext("First reply"), reader.instant(contact["first_response_at"]) if contact["first_response_at"] else ""),
        (gettext("Resolved"), reader.instant(contact["resolved_at"]) if contact["resolved_at"] else ""),
        (gettext("Opened again"), _times(reopened, reader) if reopened else ""),
        (gettext("Brought in from"), contact["source"]),
    )
    return tuple((term, words) for term, words in facts if words)


def _times(count: int, reader: Reader) -> str:
    return ngettext("%(n)s time", "%(n)s times", count) % {"n": reader.number(count)}


def _word(words: Any, value: str | None) -> str:
    return "" if value is None else str(words.get(value, value))


def _leg(leg: dict[str, Any], desk: Desk, reader: Reader) -> Leg:
    times = (
        (gettext("Wait"), leg["wait_s"]),
        (gettext("Talk"), leg["talk_s"]),
        (gettext("Hold"), leg["hold_s"]),
        (gettext("After-contact work"), leg["acw_s"]),
        (gettext("Handle time"), leg["handle_s"]),
    )
    ended = [
        _word(OUTCOMES, leg["outcome"]),
        _word(TRANSFERS, leg["transfer_kind"] if leg["transfer_kind"] != "none" else None),
    ]
    return Leg(
        title=leg["queue"] or called("queue", None, reader),
        when=reader.instant(leg["enqueued_at"]),
        agent=agent_words(leg["agent"], desk),
        times=tuple((term, reader.duration(seconds)) for term, seconds in times if seconds is not None),
        outcome=" · ".join(word for word in (*ended, _ended_by(leg["ended_by"])) if word),
    )


def _ended_by(who: str | None) -> str:
    if who in (None, "unknown"):
        return ""
    return gettext("Ended by: %(who)s") % {"who": ENDED_BY[str(who)]}


def _said(row: dict[str, Any], reader: Reader) -> Said:
    score = gettext("no answer")
    if row["score"] is not None and row["scale_max"] is not None:
        values = {"score": reader.number(row["score"]), "most": reader.number(row["scale_max"])}
        score = gettext("%(score)s of %(most)s") % values
    elif row["score_raw"]:
        score = row["score_raw"]
    at = row["answered_at"] or row["asked_at"]
    return Said(_word(SURVEYS, row["kind"]), score, row["comment"] or "", reader.instant(at) if at else "")
