"""The signature page, written for one reader: the person themselves, or somebody of their line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from floorwalker.web.accounts.models import Person
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.signatures import rules, wording
from floorwalker.web.signatures.conversations import UNDO
from floorwalker.web.signatures.models import Cause, Finding, Guide, Trait
from floorwalker.web.signatures.picture import NO_BAND, picture_of, shown_days
from floorwalker.web.signatures.queries import Change, Signature, circle_of, looks_at, policy_of, signature_of, withdrawn_by
from floorwalker.web.ui.charts import Picture
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Drawn:
    """One measure with its usual range, its picture and where it stands."""

    name: str
    usual: str
    picture: Picture
    words: str
    shared: str


@dataclass(frozen=True)
class Told:
    """A sentence by somebody; `pk` as text where the reader may take it back."""

    text: str
    by: str
    pk: str


@dataclass(frozen=True)
class Line:
    """A guide in a list."""

    url_pk: str
    words: str


@dataclass(frozen=True)
class Card:
    """A lasting change with its size, its evidence, its explanations and its guides."""

    pk: str
    sentence: str
    lines: tuple[str, ...]
    causes: tuple[Told, ...]
    guides: tuple[Line, ...]


@dataclass(frozen=True)
class Look:
    """Somebody opened this page."""

    when: str
    who: str


@dataclass(frozen=True)
class SignaturePage:
    """Everything on the page, written. `name` is empty for the person themselves."""

    pk: str
    name: str
    sentence: str
    lede: str
    learning: str
    readers: str
    until: str
    cards: tuple[Card, ...]
    traits: tuple[Drawn, ...]
    past: tuple[Line, ...]
    withdrawn: tuple[Line, ...]
    looks: tuple[Look, ...]
    is_on: bool
    may_explain: bool
    may_prepare: bool
    may_set_policy: bool


def signature_page(person: Person, viewer: Viewer, now: datetime, reader: Reader) -> SignaturePage:
    """The page of a person whom the viewer may read."""
    known = signature_of(person, viewer.on)
    own = "" if rules.is_self(viewer, person) else f"\u2068{person.name}\u2069"
    is_new = any(each.state == Trait.State.NEWCOMER for each in known.traits)
    return SignaturePage(
        pk=str(person.pk),
        name="" if not own else person.name,
        sentence=wording.head(len(known.traits), len(known.changes), is_new, own, reader),
        lede=wording.lede(own),
        learning=wording.learning(person.hired_on, reader) if is_new else "",
        readers=wording.readers(own, circle_of(person, viewer.on)),
        until=reader.day(known.until, "long") if known.until else "",
        cards=tuple(_card(each, viewer, reader) for each in known.changes),
        traits=tuple(_drawn(each, known, reader) for each in known.traits),
        past=tuple(_line(each, reader) for each in known.past_guides),
        withdrawn=tuple(_line(each, reader) for each in withdrawn_by(viewer.user, person, now - UNDO)),
        looks=() if own else tuple(Look(reader.instant(each.at), str(each.actor or "")) for each in looks_at(person)),
        is_on=policy_of(person.site).is_on,
        may_explain=rules.may_explain(viewer, person),
        may_prepare=rules.may_prepare(viewer, person),
        may_set_policy=rules.may_set_policy(viewer),
    )


def drawn_traits(person: Person, on: date, reader: Reader) -> tuple[Drawn, ...]:
    """The measures of a person as their signature draws them; none before the first round."""
    known = signature_of(person, on)
    return tuple(_drawn(each, known, reader) for each in known.traits)


def _card(change: Change, viewer: Viewer, reader: Reader) -> Card:
    finding = change.finding
    sizes = (finding.size, finding.size_low, finding.size_high)
    return Card(
        pk=str(finding.pk),
        sentence=wording.changed(finding, finding.size, reader),
        lines=tuple(
            filter(
                None,
                (
                    wording.levels(finding.measure, finding.usual, sizes, reader),
                    wording.bit_by_bit(finding),
                    wording.evidence(finding, reader),
                ),
            )
        ),
        causes=tuple(_told(each, viewer, reader) for each in change.causes),
        guides=tuple(_line(each, reader) for each in change.guides),
    )


def _told(cause: Cause, viewer: Viewer, reader: Reader) -> Told:
    return Told(cause.text, wording.by(str(cause.by), cause.at, reader), str(cause.pk) if cause.by_id == viewer.user.pk else "")


def _line(guide: Guide, reader: Reader) -> Line:
    return Line(str(guide.pk), wording.by(str(guide.by), guide.at, reader))


def _drawn(trait: Trait, known: Signature, reader: Reader) -> Drawn:
    lasting = next((each.finding for each in known.changes if each.finding.measure == trait.measure), None)
    blips = [each for each in known.blips if each.measure == trait.measure]
    words = wording.standing(trait, _latest(blips, trait), lasting, reader)
    name = wording.name(trait.measure)
    return Drawn(
        name=name,
        usual=_usual(trait, lasting, reader),
        picture=picture_of(trait, lasting, blips, wording.named(name, words), reader),
        words=words,
        shared=wording.shared(trait.shared_since, reader) if trait.shared_since else "",
    )


def _latest(blips: Sequence[Finding], trait: Trait) -> Finding | None:
    return max(blips, key=lambda each: each.onset, default=None) if trait.state == Trait.State.BLIP else None


def _usual(trait: Trait, lasting: Finding | None, reader: Reader) -> str:
    """The range of the last day at work; before a change, that of its last usual day."""
    days = [day for day in shown_days(trait) if lasting is None or day.at < lasting.onset]
    if trait.state in NO_BAND or not days or days[-1].low is None or days[-1].high is None:
        return ""
    return wording.usual_range(trait.measure, days[-1].low, days[-1].high, reader)
