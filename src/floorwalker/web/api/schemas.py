"""What the API answers with. Days are ISO dates, instants are UTC, unknown is null."""

from collections.abc import Sequence
from datetime import date, datetime

import polars as pl
from ninja import Schema

from floorwalker.core.measures import MEASURES, Quantile, Settings
from floorwalker.core.measures import Answer as Found
from floorwalker.core.measures import Measure as Declared
from floorwalker.core.measures.adding import fact_behind
from floorwalker.warehouse.behind import Page
from floorwalker.web.accounts.queries import PersonLine
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.queries import Line, Lines
from floorwalker.web.journal.wording import sentence
from floorwalker.web.pulse import wording
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.pulse.rows import COLUMNS, LEG
from floorwalker.web.ui.reader import Reader

Cell = str | int | float | bool | None


class Definition(Schema):
    """Another common definition of a measure."""

    name: str
    formula: str


class Measure(Schema):
    """One measure with its passport. `personal` ones may be cut by agent, for those who may see that agent."""

    name: str
    called: str
    question: str
    counts: str
    unit: str
    direction: str
    formula: str
    smallest_sample: int
    personal: bool
    definitions: list[Definition]


def measure(declared: Declared, settings: Settings, reader: Reader) -> Measure:
    """A declared measure in the reader's words."""
    return Measure(
        name=declared.name,
        called=wording.name(declared.name),
        question=str(wording.MEASURE_WORDS[declared.name].question),
        counts=wording.counts(declared.name, settings, reader),
        unit=declared.unit.value,
        direction=declared.direction.value,
        formula=_formula(declared, ""),
        smallest_sample=declared.smallest_sample,
        personal=declared.personal,
        definitions=[Definition(name=name, formula=_formula(declared, name)) for name in declared.others],
    )


def _formula(declared: Declared, definition: str) -> str:
    how = declared.by_definition(definition)
    return f"quantile({how.spread}, {how.level:g})" if isinstance(how, Quantile) else how.formula()


class Answer(Schema):
    """Rows of an answer. Beside each measure `x` stands its sample `x.n`; a value on too small a sample is null."""

    measures: list[str]
    by: list[str]
    since: date | None
    until: date | None
    columns: list[str]
    rows: list[dict[str, Cell]]


def answer(found: Found) -> Answer:
    """A found answer; values on fewer than the smallest sample are left out, as on the pages."""
    question = found.question
    frame = found.frame.with_columns(_enough(found.frame, name) for name in question.measures)
    return Answer(
        measures=list(question.measures),
        by=list(question.by),
        since=question.since,
        until=question.until,
        columns=frame.columns,
        rows=_written(frame),
    )


def _enough(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.when(pl.col(f"{name}.n") >= MEASURES[name].smallest_sample).then(pl.col(name)).alias(name)


class Contacts(Schema):
    """Rows behind a number, the latest first; `after` asks for the next page, null on the last."""

    columns: list[str]
    rows: list[dict[str, Cell]]
    after: str | None


def contacts(page: Page, measure: str, desk: Desk) -> Contacts:
    """A page of rows: no keys of customers, and only names of agents whom the viewer may see."""
    known = [name for name in COLUMNS.get(fact_behind(measure), LEG) if name in page.frame.columns]
    frame = page.frame.select(known)
    if "agent" in known and desk.visible is not None:
        may_see = pl.col("agent").is_in(list(desk.visible))
        frame = frame.with_columns(pl.when(may_see).then(pl.col("agent")).alias("agent"))
    return Contacts(columns=known, rows=_written(frame), after=page.after)


def _written(frame: pl.DataFrame) -> list[dict[str, Cell]]:
    """Rows with days and instants in ISO form."""
    return frame.with_columns(pl.selectors.temporal().dt.to_string("iso:strict")).to_dicts()


class Role(Schema):
    """A role that somebody holds."""

    role: str
    team: str
    since: date | None
    until: date | None


class Person(Schema):
    """Facts of work about somebody."""

    id: int
    name: str
    native_id: str
    email: str
    hired_on: date | None
    left_on: date | None
    roles: list[Role]
    agent_names: list[str]


def person(line: PersonLine) -> Person:
    """A person with the roles in force."""
    return Person(
        id=line.id,
        name=line.name,
        native_id=line.native_id,
        email=line.email,
        hired_on=line.hired_on,
        left_on=line.left_on,
        roles=[Role(role=each.role, team=each.team, since=each.since, until=each.until) for each in line.roles],
        agent_names=list(line.agent_names),
    )


class Me(Schema):
    """Who asks."""

    name: str
    email: str
    site: str
    language: str
    roles: list[str]
    agent_names: list[str]


def me(viewer: Viewer, reader: Reader) -> Me:
    """The viewer as the API sees them."""
    return Me(
        name=str(viewer.user),
        email=viewer.user.email,
        site=viewer.site.name,
        language=reader.language,
        roles=sorted(viewer.roles),
        agent_names=list(viewer.agent_names),
    )


class Entry(Schema):
    """One entry of the journal; `sentence` is in the reader's language, `verb` is stable."""

    id: int
    at: datetime
    who: str
    verb: str
    about: str
    thing: str
    sentence: str


class Journal(Schema):
    """One page of entries, newest first."""

    page: int
    pages: int
    count: int
    entries: list[Entry]


def entries(found: Lines) -> Journal:
    """A page of the journal."""
    return Journal(page=found.page, pages=found.pages, count=found.count, entries=_entries(found.lines))


def _entries(lines: Sequence[Line]) -> list[Entry]:
    return [
        Entry(
            id=each.id,
            at=each.at,
            who=each.who,
            verb=each.verb,
            about=each.about,
            thing=each.thing,
            sentence=sentence(each),
        )
        for each in lines
    ]
