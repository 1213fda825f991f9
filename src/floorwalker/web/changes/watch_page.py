"""The watch list: what is undecided, dearest first, what ended lately, and how many alarms are false."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from floorwalker.web.accounts.models import Membership, Person, Role, Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.changes import telling, wording
from floorwalker.web.changes.cards import Card, Choice, cards_of, shape_of
from floorwalker.web.changes.change_page import Line
from floorwalker.web.changes.costs import cost_of
from floorwalker.web.changes.models import AlarmBudget, Finding, Round, Ruling, Watch
from floorwalker.web.changes.queries import Asked, Change, changes_of, findings_seen, last_round
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


def watch_page(viewer: Viewer, today: date, reader: Reader) -> WatchPage:
    """As it stands for a viewer on a day."""
    done = last_round(viewer.site)
    listed = [_watched(change, watch, done, viewer, today, reader) for change, watch in undecided(viewer, done)]
    open_ = tuple(each for each in listed if not each.muted)
    ended = [each.finding for each in changes_of(viewer, Asked()) if _ended_lately(each.finding, today)]
    return WatchPage(
        sentence=_sentence(len(open_), reader),
        open=open_,
        muted=tuple(each for each in listed if each.muted),
        ended=tuple(_ended(each, reader) for each in ended),
        budget=_budget(viewer, done, today, reader),
    )


def undecided(viewer: Viewer, done: Round | None) -> list[tuple[Change, Watch | None]]:
    """The changes without a verdict, what would cost most if it lasted first; with how each is watched."""
    handle = done.handle_s if done else None
    found = changes_of(viewer, Asked(kind=Finding.Kind.EARLY))
    found.sort(key=lambda each: (-cost_of(each.finding, handle).minutes, each.finding.pk))
    watches = list(Watch.objects.filter(site=viewer.site).select_related("assigned_to").prefetch_related("followers"))
    return [(each, next((watch for watch in watches if watch.is_about(each.finding)), None)) for each in found]


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


def _watched(change: Change, watch: Watch | None, done: Round | None, viewer: Viewer, today: date, reader: Reader) -> Watched:
    finding = change.finding
    (card,) = cards_of(viewer.site, [change], done, reader)
    chosen = watch.assigned_to if watch else None
    quiet = watch is not None and watch.muted_until is not None and watch.muted_until >= today
    return Watched(
        card=card,
        cost=telling.cost(cost_of(finding, done.handle_s if done else None), finding, reader),
        doubt=telling.doubt(finding, reader),
        follows=watch is not None and viewer.user in watch.followers.all(),
        assigned=gettext("%(name)s looks after it.") % {"name": f"\u2068{chosen}\u2069"} if chosen else "",
        people=_people(viewer, chosen),
        muted=gettext("Quiet until %(day)s.") % {"day": reader.day(watch.muted_until)} if watch and quiet else "",
    )


def people_to_choose(site: Site, on: date) -> list[Person]:
    """Who may be asked to look after a change: those who read the site's numbers at work."""
    held = Membership.objects.on(on).filter(role__in=WATCHERS, person__site=site)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("name"))


def _people(viewer: Viewer, chosen: Person | None) -> tuple[Choice, ...]:
    people = [Choice(str(each.pk), each.name, each == chosen) for each in people_to_choose(viewer.site, viewer.on)]
    return (Choice("", gettext("Nobody"), chosen is None), *people)


def _ended_lately(finding: Finding, today: date) -> bool:
    return finding.decided is not None and finding.decided >= today - LATELY and telling.days_of_doubt(finding) > 0


def _ended(finding: Finding, reader: Reader) -> Line:
    words = f"{wording.sentence(finding, reader)} {telling.doubt(finding, reader)}"
    return Line(words, reverse("changes-one", args=[finding.pk]), shape_of(finding), wording.verdict(finding, reader))


def _budget(viewer: Viewer, done: Round | None, today: date, reader: Reader) -> Budget:
    accepted = AlarmBudget.objects.filter(site=viewer.site).values_list("per_week", flat=True).first()
    value = AlarmBudget.USUAL if accepted is None else accepted
    held = sum(each.is_held for each in findings_seen(viewer))
    count = false_alarms(viewer.site, today)
    were = ngettext(
        "In the last four weeks there was one false alarm.", "In the last four weeks there were %(n)s false alarms.", count
    ) % {"n": reader.number(count)}
    return Budget(
        accepted=reader.number(value, 1),
        value=f"{value:g}",
        expected=_expected(done, reader),
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
