"""The watch list: what is undecided, dearest first, what ended lately, and how many alarms are false."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from floorwalker.web.accounts.models import Membership, Person, Role, Site
from floorwalker.web.changes import telling, wording
from floorwalker.web.changes.cards import Card, Choice, cards_of, shape_of
from floorwalker.web.changes.change_page import Line
from floorwalker.web.changes.costs import cost_of
from floorwalker.web.changes.joining import undecided_joined
from floorwalker.web.changes.ledger import Ledger
from floorwalker.web.changes.models import AlarmBudget, Finding, Round, Ruling, Watch
from floorwalker.web.changes.queries import Asked, Change, changes_of
from floorwalker.web.ui.reader import Reader

LATELY = timedelta(days=14)
COUNTED = timedelta(weeks=4)
WATCHERS = (Role.MANAGER, Role.LEAD, Role.COACH, Role.PLANNER, Role.ADMIN)


@dataclass(frozen=True)
class Watched:
    """One undecided change with how it is watched; `muted` says until when it is quiet."""

    card: Card
    cost: str
    doubt: str
    follows: bool
    assigned: str
    people: tuple[Choice, ...]
    muted: str


@dataclass(frozen=True)
class Budget:
    """How many false alarms a week are accepted, expected, and were."""

    accepted: str
    value: str
    expected: str
    were: str
    held: str


@dataclass(frozen=True)
class WatchPage:
    """Everything on the page."""

    sentence: str
    open: tuple[Watched, ...]
    muted: tuple[Watched, ...]
    ended: tuple[Line, ...]
    budget: Budget


def watch_page(ledger: Ledger, today: date, reader: Reader) -> WatchPage:
    """As it stands for a viewer on a day."""
    people = people_to_choose(ledger.site, ledger.viewer.on)
    listed = [_watched(change, watch, ledger, people, today, reader) for change, watch in undecided(ledger)]
    open_ = tuple(each for each in listed if not each.muted)
    ended = [each.finding for each in changes_of(ledger, Asked()) if _ended_lately(each.finding, today)]
    return WatchPage(
        sentence=_sentence(len(open_), reader),
        open=open_,
        muted=tuple(each for each in listed if each.muted),
        ended=tuple(_ended(each, reader) for each in ended),
        budget=_budget(ledger, today, reader),
    )


def undecided(ledger: Ledger) -> list[tuple[Change, Watch | None]]:
    """The changes without a verdict, what would cost most if it lasted first; with how each is watched, and by whom."""
    handle = ledger.round.handle_s if ledger.round else None
    found = [each for each in undecided_joined(changes_of(ledger, Asked())) if each.finding.kind == Finding.Kind.EARLY]
    found.sort(key=lambda each: (-cost_of(each.finding, handle).minutes, each.finding.pk))
    prefetch_related_objects(ledger.watches, "followers")
    return [(each, next((watch for watch in ledger.watches if watch.is_about(each.finding)), None)) for each in found]


def false_alarms(site: Site, today: date) -> int:
    """How many calls of the last four weeks were false: what looked lasting and was not, and what a person ruled nothing."""
    since = today - COUNTED
    dissolved = Finding.objects.filter(
        site=site, kind=Finding.Kind.LASTING, until__isnull=False, decided__gte=since, is_held=False
    )
    nothing = Ruling.objects.filter(site=site, kind=Ruling.Kind.NOTHING, taken_back=False, at__date__gte=since)
    return dissolved.count() + nothing.count()


def _sentence(count: int, reader: Reader) -> str:
    if not count:
        return gettext("Nothing is undecided.")
    return ngettext(
        "One thing is undecided; it needs nothing from you yet.",
        "%(n)s things are undecided; they need nothing from you yet.",
        count,
    ) % {"n": reader.number(count)}


def _watched(
    change: Change, watch: Watch | None, ledger: Ledger, people: Sequence[Person], today: date, reader: Reader
) -> Watched:
    finding, done = change.finding, ledger.round
    (card,) = cards_of(ledger, [change], reader)
    chosen = watch.assigned_to if watch else None
    quiet = watch.muted_until if watch and watch.is_muted_on(today) else None
    return Watched(
        card=card,
        cost=telling.cost(cost_of(finding, done.handle_s if done else None), finding, reader),
        doubt=telling.doubt(finding, reader),
        follows=watch is not None and ledger.viewer.user in watch.followers.all(),
        assigned=gettext("%(name)s looks after it.") % {"name": f"\u2068{chosen}\u2069"} if chosen else "",
        people=_choices(people, chosen),
        muted=gettext("Quiet until %(day)s.") % {"day": reader.day(quiet)} if quiet else "",
    )


def people_to_choose(site: Site, on: date) -> list[Person]:
    """Who may be asked to look after a change: those who read the site's numbers at work."""
    held = Membership.objects.on(on).filter(role__in=WATCHERS, person__site=site)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("name"))


def _choices(people: Sequence[Person], chosen: Person | None) -> tuple[Choice, ...]:
    named = [Choice(str(each.pk), each.name, each == chosen) for each in people]
    return (Choice("", gettext("Nobody"), chosen is None), *named)


def _ended_lately(finding: Finding, today: date) -> bool:
    return finding.decided is not None and finding.decided >= today - LATELY and telling.days_of_doubt(finding) > 0


def _ended(finding: Finding, reader: Reader) -> Line:
    words = f"{wording.sentence(finding, reader)} {telling.doubt(finding, reader)}"
    return Line(words, reverse("changes-one", args=[finding.pk]), shape_of(finding), wording.verdict(finding, reader))


def _budget(ledger: Ledger, today: date, reader: Reader) -> Budget:
    accepted = AlarmBudget.objects.filter(site=ledger.site).values_list("per_week", flat=True).first()
    value = AlarmBudget.USUAL if accepted is None else accepted
    held = sum(each.is_held for each in ledger.findings)
    count = false_alarms(ledger.site, today)
    were = ngettext(
        "In the last four weeks there was one false alarm.", "In the last four weeks there were %(n)s false alarms.", count
    ) % {"n": reader.number(count)}
    return Budget(
        accepted=reader.number(value, 1),
        value=reader.number(value, len(f"{value:g}".partition(".")[2])),
        expected=_expected(ledger.round, reader),
        were=were if count else gettext("In the last four weeks there was no false alarm."),
        held=ngettext(
            "One change is held back, because there was no room for it.",
            "%(n)s changes are held back, because there was no room for them.",
            held,
        )
        % {"n": reader.number(held)}
        if held
        else "",
    )


def _expected(done: Round | None, reader: Reader) -> str:
    if done is None or done.expected is None:
        return gettext("How many to expect can be told after the first quiet fortnight.")
    words = {"n": reader.number(done.expected, 1), "high": reader.number(done.expected_high, 1)}
    return gettext("Played again, your own quiet weeks give about %(n)s false alarms a week, at most %(high)s.") % words
