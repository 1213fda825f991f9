"""A conversation guide, written for one reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.signatures import rules, wording
from floorwalker.web.signatures.examples import Example
from floorwalker.web.signatures.models import Finding, Guide
from floorwalker.web.signatures.queries import circle_of
from floorwalker.web.ui.reader import Reader
from floorwalker.web.voice.models import State


@dataclass(frozen=True)
class Contact:
    """A contact to talk about, with its page."""

    url: str
    words: str


@dataclass(frozen=True)
class Said:
    """An answer of the subject."""

    text: str
    by: str
    contests: bool


@dataclass(frozen=True)
class GuidePage:
    """Everything on the page, written."""

    pk: str
    person_pk: str
    name: str
    readers: str
    sentence: str
    levels: str
    by: str
    kept_until: str
    contacts: tuple[Contact, ...]
    questions: tuple[str, ...]
    words: str
    offers: tuple[str, ...]
    agreed: str
    follow_up: str
    is_due: bool
    replies: tuple[Said, ...]
    may_change: bool
    may_answer: bool
    may_withdraw: bool


def guide_page(guide: Guide, viewer: Viewer, reader: Reader) -> GuidePage:
    """The page of a guide that the viewer may read."""
    facts = guide.facts
    own = "" if rules.is_self(viewer, guide.person) else f"\u2068{guide.person.name}\u2069"
    sizes = (facts["size"], facts["size_low"], facts["size_high"])
    return GuidePage(
        pk=str(guide.pk),
        person_pk=str(guide.person_id),
        name="" if not own else guide.person.name,
        readers=wording.readers_of_guide(own, circle_of(guide.person, viewer.on), str(guide.by)),
        sentence=wording.changed(guide, facts["size"], reader),
        levels=wording.levels(guide.measure, facts["usual"], sizes, reader),
        by=wording.by(str(guide.by), guide.at, reader),
        kept_until=gettext("Kept until %(day)s, then deleted for good.") % {"day": reader.day(guide.expires_on, "long")},
        contacts=tuple(_contact(each, guide.measure, reader) for each in guide.examples),
        questions=tuple(str(wording.QUESTIONS[code]) for code in guide.questions if code in wording.QUESTIONS),
        words=guide.words,
        offers=tuple(guide.offers),
        agreed=guide.agreed,
        follow_up=_follow_up(guide.follow_up_on, _looked_again(guide), reader),
        is_due=guide.follow_up_on is not None and _looked_again(guide) is None,
        replies=tuple(
            Said(each.text, wording.by(str(each.by), each.at, reader), each.contests)
            for each in guide.replies.select_related("by__person")
        ),
        may_change=rules.may_change_guide(viewer, guide),
        may_answer=rules.may_answer(viewer, guide),
        may_withdraw=rules.may_withdraw(viewer, guide),
    )


def _contact(kept: Mapping[str, Any], measure: str, reader: Reader) -> Contact:
    example = Example(int(kept["key"]), date.fromisoformat(kept["day"]), kept["name"], kept["queue"], kept["value"])
    return Contact(reverse("pulse-contact", args=[example.key]), example_words(example, measure, reader))


def example_words(example: Example, measure: str, reader: Reader) -> str:
    """A contact in a list: its day, its queue and its value."""
    words = {
        "day": reader.day(example.day, "medium"),
        "queue": f"\u2068{example.queue}\u2069",
        "contact": f"\u2068{example.name}\u2069",
    }
    if example.value is None:
        return gettext("%(day)s, %(queue)s, contact %(contact)s") % words
    words["value"] = wording.value(measure, example.value, reader)
    return gettext("%(day)s, %(queue)s, contact %(contact)s: %(value)s") % words


def _looked_again(guide: Guide) -> datetime | None:
    """When it was looked at again: noted here, or closed among the follow-ups."""
    owed = guide.follow_up
    return guide.followed_up_at or (owed.closed_at if owed and owed.state in (State.DONE, State.ANSWERED) else None)


def _follow_up(on: date | None, done: datetime | None, reader: Reader) -> str:
    if done:
        return gettext("Looked at again on %(day)s.") % {"day": reader.instant(done)}
    return gettext("To be looked at again on %(day)s.") % {"day": reader.day(on, "full")} if on else ""


@dataclass(frozen=True)
class Coming:
    """What stands above the form of a guide to be."""

    pk: str
    person_pk: str
    name: str
    readers: str
    sentence: str
    levels: str
    evidence: str


def coming(finding: Finding, viewer: Viewer, reader: Reader) -> Coming:
    """The change that a guide is to be about."""
    name = f"\u2068{finding.person.name}\u2069"
    sizes = (finding.size, finding.size_low, finding.size_high)
    return Coming(
        pk=str(finding.pk),
        person_pk=str(finding.person_id),
        name=finding.person.name,
        readers=wording.readers_of_guide(name, circle_of(finding.person, viewer.on), str(viewer.user)),
        sentence=wording.changed(finding, finding.size, reader),
        levels=wording.levels(finding.measure, finding.usual, sizes, reader),
        evidence=wording.evidence(finding, reader),
    )
