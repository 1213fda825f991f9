"""Reading: people's daily work from the warehouse; traits, findings and what was written about them from the records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import holidays
import polars as pl
from django.db.models import Q

from floorwalker.core.measures import MEMBERSHIPS, Filter, Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import AgentName, Membership, Person, Role, Site, User
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.journal.models import Entry
from floorwalker.web.signatures.examples import COLUMN, Example, examples
from floorwalker.web.signatures.measures import HOURS, SIGNATURE
from floorwalker.web.signatures.models import Cause, Finding, Guide, Policy, Round, Support, Trait
from floorwalker.web.signatures.shared import TEAMS, WORK

HISTORY = timedelta(days=300)
"""How far back people's work is read: enough to know a usual range before the days that are shown."""
SIGNED_IN = "utilisation"
"""Hours are the time over which utilisation is reckoned."""
LOOKS = 20
PAGE = "signature"
"""The page's name in the journal."""


def policy_of(site: Site) -> Policy:
    """What the site decided; the defaults until it has."""
    return Policy.objects.filter(site=site).first() or Policy(site=site)


def supports_of(site: Site) -> list[Support]:
    """What the company offers, in the manager's order."""
    return list(Support.objects.filter(site=site))


def people_of(site: Site, on: date) -> dict[int, date | None]:
    """Those who work here as agents, with the day on which they began."""
    here = Person.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=on), site=site, agent_names__isnull=False)
    return dict(here.distinct().values_list("pk", "hired_on"))


def teams_of(site: Site, on: date) -> pl.DataFrame:
    """Which agent is in which team, under a name that no queue has."""
    held = Membership.objects.on(on).filter(role=Role.AGENT, team__site=site).order_by("pk").values_list("person_id", "team_id")
    return pl.DataFrame([(person, f"team {team}") for person, team in dict(held).items()], schema=TEAMS, orient="row")


def works(warehouse: Warehouse, site: Site, until: date) -> Iterator[pl.DataFrame]:
    """For each measure of a signature: everybody's work by day and queue, as `shared.WORK` has it."""
    names = AgentName.objects.filter(person__site=site).values_list("name", "person_id")
    rows = [(name, str(person), None, None) for name, person in names]
    known = pl.DataFrame(rows, schema=MEMBERSHIPS, orient="row")
    by_queue = tuple(name for name in SIGNATURE if name != HOURS)
    asked = Question(by_queue, ("day", "queue", "team"), until - HISTORY, until)
    frame = _known(warehouse.answer(asked, memberships=known).frame)
    for measure in by_queue:
        queue = pl.concat_str(pl.lit("queue "), pl.col("queue")).fill_null("no queue")
        yield _work(frame, measure, pl.col(measure), pl.col(f"{measure}.n"), queue)
    hours = _known(warehouse.answer(Question((SIGNED_IN,), ("day", "team"), until - HISTORY, until), memberships=known).frame)
    yield _work(hours, HOURS, pl.col(f"{SIGNED_IN}.n"), pl.lit(1.0), pl.lit("everybody"))


def _known(frame: pl.DataFrame) -> pl.DataFrame:
    """Work of known people on known days; the names of one person count as one."""
    return frame.filter(pl.col("team").is_not_null() & pl.col("day").is_not_null())


def _work(frame: pl.DataFrame, measure: str, value: pl.Expr, weight: pl.Expr, queue: pl.Expr) -> pl.DataFrame:
    rows = frame.select(
        measure=pl.lit(measure),
        kind=pl.lit(SIGNATURE[measure].kind),
        person=pl.col("team").cast(pl.Int64),
        queue=queue,
        date="day",
        value=value.cast(pl.Float64),
        weight=weight.cast(pl.Float64),
    )
    return rows.filter(pl.col("value").is_not_null() & (pl.col("weight") > 0) & (pl.col("value") >= 0)).cast(WORK)  # type: ignore[arg-type]


def holidays_of(site: Site, years: Sequence[int]) -> pl.DataFrame | None:
    """Days on which something is known to have happened: the site's public holidays."""
    if site.country not in holidays.list_supported_countries():
        return None
    days = list(holidays.country_holidays(site.country, years=list(years)))
    return pl.DataFrame({"date": days}, schema={"date": pl.Date}) if days else None


@dataclass(frozen=True)
class Change:
    """A finding with what people wrote about it."""

    finding: Finding
    causes: tuple[Cause, ...]
    guides: tuple[Guide, ...]


@dataclass(frozen=True)
class Signature:
    """Everything known of one person's patterns. `until` is None before the first round."""

    person: Person
    until: date | None
    traits: tuple[Trait, ...]
    changes: tuple[Change, ...]
    blips: tuple[Finding, ...]
    past_guides: tuple[Guide, ...]
    """Guides whose change is no longer told."""


def signature_of(person: Person, on: date) -> Signature:
    """The signature of a person, in the order of the measures; guides withdrawn or past their days are not in it."""
    done = Round.objects.filter(site=person.site).first()
    order = list(SIGNATURE)
    traits = sorted(Trait.objects.filter(person=person, measure__in=order), key=lambda each: order.index(each.measure))
    findings = sorted(Finding.objects.filter(person=person, measure__in=order), key=lambda each: order.index(each.measure))
    causes = list(Cause.objects.filter(person=person).select_related("by__person").order_by("at"))
    guides = [each for each in Guide.objects.filter(person=person).select_related("by__person") if each.is_open(on)]
    changes = tuple(
        Change(each, tuple(c for c in causes if c.is_about(each)), tuple(g for g in guides if g.is_about(each)))
        for each in findings
        if each.is_lasting
    )
    told = {guide.pk for change in changes for guide in change.guides}
    return Signature(
        person=person,
        until=done.until if done else None,
        traits=tuple(traits),
        changes=changes,
        blips=tuple(each for each in findings if not each.is_lasting),
        past_guides=tuple(each for each in guides if each.pk not in told),
    )


def circle_of(person: Person, on: date) -> list[str]:
    """Who may read about a person beside themselves: those who lead their teams, then the managers."""
    held = Membership.objects.on(on)
    teams = held.filter(person=person, role=Role.AGENT, team__isnull=False).values("team_id")
    leads = held.filter(role=Role.LEAD, team_id__in=teams).exclude(person=person)
    managers = held.filter(role=Role.MANAGER, person__site=person.site).exclude(person=person)
    names = [
        name for found in (leads, managers) for name in found.order_by("person__name").values_list("person__name", flat=True)
    ]
    return list(dict.fromkeys(names))


def looks_at(person: Person) -> list[Entry]:
    """Who opened the signature of a person, the latest first."""
    looks = Entry.objects.filter(about_person=person, verb="person.looked", thing=PAGE)
    return list(looks.select_related("actor__person").order_by("-at")[:LOOKS])


def withdrawn_by(user: User, person: Person, since: datetime) -> list[Guide]:
    """Guides about a person that somebody took back so lately that they may take them up again."""
    return list(Guide.objects.filter(by=user, person=person, withdrawn_at__gte=since))


def examples_of(finding: Finding) -> list[Example]:
    """Contacts that look like the change, from its last weeks."""
    site, measure = finding.person.site, finding.measure
    names = tuple(finding.person.agent_names.order_by("name").values_list("name", flat=True))
    if measure not in COLUMN or not names:
        return []
    warehouse = open_warehouse(site)
    question = Question((measure,), since=finding.onset, where=(Filter("agent", names),))
    level = finding.usual + finding.size
    return examples(warehouse.behind(question, measure).all(), measure, level, finding.size > 0, warehouse.settings)
