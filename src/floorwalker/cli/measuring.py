"""Asking for numbers at the command line, and writing them as a table, CSV or JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from floorwalker.cli.columns import laid_out
from floorwalker.cli.site_here import the_site
from floorwalker.cli.spark import on_spark
from floorwalker.cli.speaking import plain, speaking
from floorwalker.core.measures import MEASURES, Answer, Unanswerable
from floorwalker.web.accounts.models import Role, Site, User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.api.asking import question
from floorwalker.web.api.wording import unanswerable
from floorwalker.web.intake.aliases import aliases_of
from floorwalker.web.pulse import wording
from floorwalker.web.pulse.queries import Desk, desk_of
from floorwalker.web.pulse.record_words import DIMENSIONS
from floorwalker.web.pulse.words import called
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import written


@dataclass(frozen=True)
class Asked:
    """A question as it was typed; columns may be named as the files call them."""

    measures: str
    by: str = ""
    since: date | None = None
    until: date | None = None
    where: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()


def ask(asked: Asked, form: str, language: str = "") -> str:
    """The answer in a form: table, csv or json."""
    site = the_site()
    with speaking(site, language) as reader:
        known = aliases_of(site)
        try:
            understood = question(
                asked.measures,
                ",".join(known.dimension(name) for name in asked.by.split(",")),
                asked.since,
                asked.until,
                [known.filter(each) for each in asked.where],
                asked.definitions,
            )
            answer = _desk(site, reader).ask(understood)
        except Unanswerable as reason:
            raise click.UsageError(plain(unanswerable(reason))) from reason
        return FORMS[form](answer, reader)


def _desk(site: Site, reader: Reader) -> Desk:
    """The desk of whoever runs the machine: what a manager may see."""
    today = datetime.now(UTC).astimezone(ZoneInfo(site.tz)).date()
    desk = desk_of(Viewer(User(), site, today, frozenset({Role.MANAGER})), reader)
    return replace(desk, engine=on_spark(settings.SPARK_MASTER, desk.warehouse)) if settings.SPARK_MASTER else desk


def _table(answer: Answer, reader: Reader) -> str:
    """Values as the reader reads them, each beside the number of contacts (or answers, or seconds) that it rests on."""
    by, names = answer.question.by, answer.question.measures
    heads = [*(str(DIMENSIONS[name]) for name in by), *(cell for name in names for cell in (wording.name(name), "n"))]
    rows = [heads]
    for row in answer.frame.iter_rows(named=True):
        cut = [called(dimension, row[dimension], reader) for dimension in by]
        values = [(written(reader, MEASURES[name].unit, row[name]), reader.number(row[f"{name}.n"])) for name in names]
        rows.append([*cut, *(cell for pair in values for cell in pair)])
    table = [[plain(cell) for cell in row] for row in rows]
    return "".join(f"{line}\n" for line in laid_out(table, numbers=frozenset(range(len(by), len(heads)))))


def _csv(answer: Answer, reader: Reader) -> str:
    return answer.frame.write_csv()


def _json(answer: Answer, reader: Reader) -> str:
    rows = [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        for row in answer.frame.iter_rows(named=True)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


FORMS: Mapping[str, Callable[[Answer, Reader], str]] = {"table": _table, "csv": _csv, "json": _json}
