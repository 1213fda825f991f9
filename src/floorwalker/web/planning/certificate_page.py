"""A certificate and the record of promises, written for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning import room_words
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.people_page import people_strip
from floorwalker.web.planning.promises import sums_of
from floorwalker.web.planning.staffing_day import shortage, staffing_day
from floorwalker.web.ui.charts import Hand, Picture, Room, Score, Table, score
from floorwalker.web.ui.reader import Reader

LISTED = 100


@dataclass(frozen=True)
class CertificatePage:
    """One certificate as it is shown and printed."""

    sentence: str
    how_sure: str
    stretches: tuple[str, ...]
    binding: str
    ground: tuple[str, ...]
    made: str
    promised: str
    outcome: str
    measured: str
    picture: Picture | None
    may_promise: bool
    may_take_back: bool


def certificate_page(certificate: Certificate, now: datetime, may_plan: bool, reader: Reader) -> CertificatePage:
    """Everything that a certificate states."""
    is_ahead = certificate.day > now.date()
    return CertificatePage(
        sentence=room_words.headline(certificate, reader),
        how_sure=room_words.how_sure(certificate, reader),
        stretches=tuple(room_words.stretches(certificate, reader)),
        binding=room_words.binding(certificate, reader),
        ground=tuple(room_words.ground(certificate, reader)),
        made=_made(certificate, reader),
        promised=_promised(certificate, reader),
        outcome=room_words.outcome(certificate, reader),
        measured=room_words.measured(certificate, reader),
        picture=_picture(certificate, now, reader),
        may_promise=may_plan and is_ahead and certificate.promised_at is None and certificate.grants,
        may_take_back=may_plan and is_ahead and certificate.by_id is not None,
    )


def _made(certificate: Certificate, reader: Reader) -> str:
    words = {"when": reader.instant(certificate.made_at)}
    if certificate.made == Certificate.Made.HINDSIGHT:
        return gettext("Worked out on %(when)s by looking back, from what was known on the evening before the day.") % words
    return gettext("Worked out on %(when)s.") % words


def _promised(certificate: Certificate, reader: Reader) -> str:
    if certificate.by is None or certificate.promised_at is None:
        return ""
    return gettext("Promised by %(who)s on %(when)s.") % {
        "who": f"\u2068{certificate.by}\u2069",
        "when": reader.instant(certificate.promised_at),
    }


def _picture(certificate: Certificate, now: datetime, reader: Reader) -> Picture | None:
    """Room under needed and planned people, as long as the day's forecast is there; else room alone."""
    plan = certificate.plan
    room = Room(plan["spare"], gettext("Room to spare"), (gettext("people at a time"),))
    finding = room_words.headline(certificate, reader)
    table = _table(certificate, finding, reader)
    day = staffing_day(certificate.site, certificate.day) if certificate.day >= now.date() else None
    one = day.one(certificate.queue) if day else None
    if one is None or list(one.minutes) != plan["minutes"]:
        return score(Hand(reader), Score(plan["minutes"], plan["length"], room=room), finding, table)
    short = shortage(one)
    strip = people_strip(one, reader)
    at = now.hour * 60 + now.minute if certificate.day == now.date() else None
    whole = Score(one.minutes, one.length, people=strip, room=room, now=at, peak=(short.start, short.end) if short else None)
    return score(Hand(reader), whole, finding, table)


def _table(certificate: Certificate, caption: str, reader: Reader) -> Table:
    plan = certificate.plan
    rows = tuple(
        (
            reader.clock(minute),
            reader.number(planned, 0 if float(planned).is_integer() else 1),
            reader.number(spare),
            "–" if level is None else reader.percent(level),
        )
        for minute, planned, spare, level in zip(plan["minutes"], plan["planned"], plan["spare"], plan["level"], strict=True)
    )
    head = (gettext("From"), gettext("Planned"), gettext("May leave"), gettext("Answered in time"))
    return Table(caption, head, rows)


@dataclass(frozen=True)
class PromiseLine:
    """One certificate whose day is over."""

    pk: str
    day: str
    queue: str
    hours: str
    chance: str
    level: str
    word: str
    is_broken: bool
    is_hindsight: bool


@dataclass(frozen=True)
class RecordPage:
    """The record of kept and broken promises."""

    sentence: str
    ledes: tuple[str, ...]
    lines: tuple[PromiseLine, ...]


def record_page(site: Site, queue: str, reader: Reader) -> RecordPage:
    """All certificates whose day is over, the latest first; those that promised nothing are counted, and listed as well."""
    over = Certificate.objects.filter(~Q(outcome={}), site=site, confidence=0.9)
    if queue:
        over = over.filter(queue=queue)
    listed = list(over.select_related("by__person").order_by("-day", "queue"))
    kept, given = sums_of(listed)
    return RecordPage(
        sentence=room_words.record(kept, given, reader),
        ledes=tuple(_ledes(listed, reader)) if listed else (),
        lines=tuple(_promise_line(each, reader) for each in listed[:LISTED]),
    )


def _ledes(listed: Sequence[Certificate], reader: Reader) -> list[str]:
    """What is asked of promises, what was to be expected of these, and why nothing was promised on some days."""
    ledes = [
        gettext("9 of 10 are to be kept: fewer would be a broken word, more means that people were kept at work for nothing.")
    ]
    given = [each for each in listed if each.kept is not None]
    if given:
        told = sum(each.chance for each in given)
        ledes.append(
            gettext("By the chances that were told, about %(n)s of them were to be kept.") % {"n": reader.number(told)}
        )
    return [*ledes, *_refused(listed, reader), *_hindsight(given, reader)]


def _refused(listed: Sequence[Certificate], reader: Reader) -> list[str]:
    holidays = sum(room_words.is_unknown_holiday(each) for each in listed)
    refused = sum(each.kept is None for each in listed) - holidays
    doubt = ngettext(
        "On one day nothing was promised, since the goal was in doubt even with everybody in place.",
        "On %(n)s days of a queue nothing was promised, since the goal was in doubt even with everybody in place.",
        refused,
    ) % {"n": reader.number(refused)}
    too_few = ngettext(
        "On one day nothing was promised, since it was a public holiday of which too little was known.",
        "On %(n)s days of a queue nothing was promised, since they were public holidays of which too little was known.",
        holidays,
    ) % {"n": reader.number(holidays)}
    return [told for told, many in ((doubt, refused), (too_few, holidays)) if many]


def _hindsight(given: Sequence[Certificate], reader: Reader) -> list[str]:
    many = sum(each.made == Certificate.Made.HINDSIGHT for each in given)
    told = ngettext(
        "One of them was worked out by looking back, from what was known on the evening before.",
        "%(n)s of them were worked out by looking back, from what was known on the evening before each day.",
        many,
    ) % {"n": reader.number(many)}
    return [told] if many else []


def _promise_line(certificate: Certificate, reader: Reader) -> PromiseLine:
    level = certificate.outcome.get("level")
    return PromiseLine(
        pk=str(certificate.pk),
        day=reader.day(certificate.day, "full"),
        queue=certificate.queue,
        hours=reader.number(room_words.hours(certificate), 1),
        chance=gettext("%(n)s of 100") % {"n": room_words.of_hundred(certificate.chance, reader)},
        level="–" if level is None else reader.percent(level),
        word=room_words.word_kept(certificate),
        is_broken=certificate.kept is False,
        is_hindsight=certificate.made == Certificate.Made.HINDSIGHT,
    )
