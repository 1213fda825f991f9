"""Asking the warehouse on behalf of one viewer: nothing comes back that the viewer may not see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

import polars as pl
from django.core.exceptions import PermissionDenied

from floorwalker.core.measures import MEASURES, MEMBERSHIPS, Answer, Calendar, Filter, Question, Unanswerable
from floorwalker.warehouse.behind import Behind
from floorwalker.warehouse.engines import IbisEngine
from floorwalker.warehouse.reading import Reading
from floorwalker.warehouse.snapshot import Span
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import AgentName, Membership, Person, Role
from floorwalker.web.accounts.rules import Viewer, visible_agents
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.pulse import rules
from floorwalker.web.ui.reader import Reader

FROM_PEOPLE = frozenset({"tenure", "turnover"})
VOLUME_TABLES = ("contact", "leg", "interval_stat")
ABOUT_PEOPLE = frozenset({"occupancy", "utilisation"})
NOBODY = "\x00"
CHOICES_BY = ("queue", "channel", "topic")


@dataclass(frozen=True)
class Desk:
    """Where one viewer asks. Everything is narrowed to what this viewer may see.

    `engine` answers in the warehouse's place when another one is to add up the same records.
    """

    viewer: Viewer
    warehouse: Warehouse
    calendar: Calendar
    engine: IbisEngine | None = None

    @cached_property
    def visible(self) -> frozenset[str] | None:
        """Agents whose own numbers the viewer may see; None for all."""
        return visible_agents(self.viewer)

    @cached_property
    def own(self) -> tuple[Filter, ...]:
        return rules.own_contacts_only(self.viewer)

    def ask(self, question: Question) -> Answer:
        """The answer, narrowed to the viewer's scope.

        Raises
        ------
        PermissionDenied
            when it is about an agent or a team that the viewer may not see.
        Unanswerable
            `not_personal`, when a measure of the whole staff is asked by person.
        """
        narrowed = self._narrowed(question)
        about_people = FROM_PEOPLE.intersection(narrowed.measures)
        answer = (self.engine or self.contacts).answer(
            narrowed,
            memberships=self._memberships_for(narrowed),
            person_days=self._person_days(question.since, question.until) if about_people else None,
            calendar=self.calendar,
        )
        if "team" in narrowed.by and self.visible is not None:
            return replace(answer, frame=answer.frame.filter(pl.col("team").is_in(list(self.teams))))
        return answer

    def behind(self, question: Question, measure: str) -> Behind:
        """The rows behind a number of the viewer's; those about single people only of agents whom the viewer may see.

        Raises
        ------
        PermissionDenied
            as `ask` does.
        """
        narrowed = self._narrowed(question)
        if measure in ABOUT_PEOPLE and self.visible is not None and not self.own:
            narrowed = replace(narrowed, where=(*narrowed.where, Filter("agent", tuple(sorted(self.visible)) or (NOBODY,))))
        return self.contacts.behind(narrowed, measure, self._memberships_for(narrowed), self.calendar)

    def _narrowed(self, question: Question) -> Question:
        self._check(question)
        return replace(question, where=(*question.where, *self.own, *self._agents_of(question)))

    def _memberships_for(self, question: Question) -> pl.DataFrame | None:
        asked = (*question.by, *(each.dimension for each in question.where))
        return self.memberships if "team" in asked else None

    def _check(self, question: Question) -> None:
        about_agents = "agent" in question.by or any(each.dimension == "agent" for each in question.where)
        if about_agents and not all(MEASURES[name].personal for name in question.measures):
            raise Unanswerable("not_personal")
        if "agent" in question.by and not rules.may_cut_by_agent(self.visible):
            raise PermissionDenied
        for each in question.where:
            if each.dimension == "agent" and not all(rules.may_see_agent(self.visible, name) for name in each.values):
                raise PermissionDenied
            if each.dimension == "team" and self.visible is not None and not set(each.values) <= self.teams:
                raise PermissionDenied

    def _agents_of(self, question: Question) -> tuple[Filter, ...]:
        """A cut by agent shows only the agents whom the viewer may see."""
        if "agent" not in question.by or self.visible is None or self.own:
            return ()
        return (Filter("agent", tuple(sorted(self.visible))),)

    @cached_property
    def memberships(self) -> pl.DataFrame:
        return team_memberships()

    @cached_property
    def teams(self) -> frozenset[str]:
        """The teams whose numbers the viewer may see today."""
        on = self.viewer.on
        begun = pl.col("since").is_null() | (pl.col("since") <= on)
        not_over = pl.col("until").is_null() | (pl.col("until") >= on)
        held = self.memberships.filter(begun & not_over).group_by("team").agg(pl.col("agent"))
        return rules.teams_shown({team: frozenset(agents) for team, agents in held.iter_rows()}, self.visible)

    def _person_days(self, since: date | None, until: date | None) -> pl.DataFrame:
        """A row for each agent and day of employment in the period: day, agent, tenure_days, left."""
        last = min(until or self.viewer.on, self.viewer.on)
        named = AgentName.objects.filter(person__hired_on__isnull=False).order_by("person", "name")
        rows = named.values_list("person", "name", "person__hired_on", "person__left_on")
        people = pl.DataFrame(
            list({row[0]: row[1:] for row in reversed(rows)}.values()),
            schema={"agent": pl.String, "hired": pl.Date, "gone": pl.Date},
            orient="row",
        )
        ends = pl.min_horizontal(pl.col("gone").fill_null(last), pl.lit(last))
        starts = pl.max_horizontal("hired", pl.lit(since)) if since else pl.col("hired")
        present = people.with_columns(starts=starts, ends=ends).filter(pl.col("starts") <= pl.col("ends"))
        days = present.with_columns(day=pl.date_ranges("starts", "ends")).explode("day")
        return days.select(
            "day",
            "agent",
            tenure_days=(pl.col("day") - pl.col("hired")).dt.total_days().cast(pl.Float64),
            left=(pl.col("day") == pl.col("gone")).fill_null(False),
        )

    @cached_property
    def contacts(self) -> Reading:
        """The contacts as they were when this desk first asked: all its answers are of one state."""
        return self.warehouse.reading()

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with contacts or intervals; None without any."""
        spans = self._volume
        return (min(each.first for each in spans), max(each.last for each in spans)) if spans else None

    def last_day_before(self, day: date) -> date | None:
        """The last day before `day` of which contacts or intervals are known."""
        return self.contacts.last_day_before(day, VOLUME_TABLES)

    @property
    def known_until(self) -> datetime | None:
        """When the latest contact, or the latest interval, began."""
        return max((each.until for each in self._volume if each.until), default=None)

    @property
    def _volume(self) -> list[Span]:
        return [self.contacts.spans[table] for table in VOLUME_TABLES if table in self.contacts.spans]

    def has(self, table: str) -> bool:
        """Whether any rows of this record table are there."""
        return table in self.contacts.spans

    def choices(self, since: date | None, until: date | None) -> Mapping[str, Sequence[str]]:
        """The queues, channels and reasons of the period, the busiest first; remembered until something is brought in."""
        return _choices(self.warehouse, self.contacts.version, Question(("offered",), CHOICES_BY, since, until, self.own))

    def agents(self) -> list[str]:
        """The agents to choose from: those whom the viewer may see and whom the people list or contacts know."""
        if self.visible is not None:
            return sorted(self.visible)
        return sorted(AgentName.objects.values_list("name", flat=True))

    def people_named(self, agents: Iterable[str]) -> list[Person]:
        """The people behind these agent names."""
        return list(Person.objects.filter(agent_names__name__in=list(agents)).distinct())


def team_memberships() -> pl.DataFrame:
    """Which agent name was in which team from when to when."""
    held = Membership.objects.filter(role=Role.AGENT, team__isnull=False, person__agent_names__isnull=False)
    rows = held.values_list("person__agent_names__name", "team__name", "since", "until")
    return pl.DataFrame(list(rows), schema=MEMBERSHIPS, orient="row")


@lru_cache(maxsize=128)
def _choices(warehouse: Warehouse, version: int, question: Question) -> Mapping[str, Sequence[str]]:
    """The values of each cut of a question about volume, the busiest first; `version` makes it ask anew after an import."""
    frame = warehouse.answer(question).frame
    return {
        name: frame.filter(pl.col(name).is_not_null())
        .group_by(name)
        .agg(pl.col("offered").sum())
        .sort("offered", name, descending=[True, False])[name]
        .to_list()
        for name in question.by
    }


def desk_of(viewer: Viewer, reader: Reader) -> Desk:
    """The desk of a viewer, whose weeks begin as the site's do and whose months are those of the reader."""
    calendar = Calendar(week_start=viewer.site.week_start + 1, jalali=reader.is_jalali)
    return Desk(viewer, open_warehouse(viewer.site), calendar)


def same_weekdays(day: date, weeks: int) -> list[date]:
    """The `weeks` days before `day` that fall on the same weekday, the latest first."""
    return [day - timedelta(days=7 * back) for back in range(1, weeks + 1)]
