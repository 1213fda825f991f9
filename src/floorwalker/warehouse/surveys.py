"""Surveys join their contacts: they take its day, queue, agent, channel and reason, and wait for it where it is unknown.

What a survey itself says stays beside it, so that it can be joined anew whenever contacts come, change or go.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from floorwalker.core.records.keys import key_of
from floorwalker.warehouse.days import read_part
from floorwalker.warehouse.files import new_path, write_parquet
from floorwalker.warehouse.keys import by_day, find, run_table
from floorwalker.warehouse.manifest import Part
from floorwalker.warehouse.records import KEPT, SAID
from floorwalker.warehouse.snapshot import Snapshot
from floorwalker.warehouse.staging import Staging
from floorwalker.warehouse.table_merge import Counted, Pending, Progress, TableMerge, merge_all

WAITING = "survey.waiting"
SOURCES = "contact.sources"
_KEPT = KEPT["survey"]
_TAKEN = tuple(name for name in SAID if name != "contact_key")
_ROWS_AT_ONCE = 100_000
_WAITING_SCHEMA = {"survey_key": pl.Int64, "contact_native_id": pl.String, "day": pl.Date}


class SurveyMerge:
    """Merges the waiting rows of `come`, and joins anew those already kept whose contacts differ."""

    def __init__(self, root: Path, come: Staging) -> None:
        self._root, self._come = root, come

    def run(self, view: Snapshot, contact_days: Iterable[date], arrived: Iterable[pl.DataFrame], progress: Progress) -> Pending:
        """What goes and comes once contacts are as in `view`.

        `contact_days` are those on which contacts differ, `arrived` the native ids of contacts that came.
        """
        waiting = _waiting(self._root, view)
        touched = self._anew(view, contact_days, waiting, arrived)
        if not touched.height and not self._come.rows["survey"]:
            return Pending()
        placed = self._come.beside()
        try:
            waits = [_place(self._root, view, placed, touched)]
            came = 0
            for said in self._said():
                came += said.height
                waits.append(_place(self._root, view, placed, said))
            overtaken = self._come.rows["survey"] - came
            placed.gather()
            pending = merge_all([TableMerge(self._root, "survey", placed)], view, progress)
            keys = [rows["survey_key"] for rows in placed.column("survey", "survey_key")]
        finally:
            placed.close()
        pending.counts["survey"] += Counted(repeated=overtaken)
        pending.absorb(_rewait(self._root, view, waiting, keys, pl.concat(waits)))
        return pending

    def _said(self) -> Iterator[pl.DataFrame]:
        """The surveys that come, each once, many at a time."""
        doubles, some, rows = self._come.doubles("survey"), [], 0
        for day in self._come.days("survey"):
            said = self._come.frame("survey", day)
            some.append(said.join(doubles[day], on="survey_key", how="anti") if day in doubles else said)
            rows += said.height
            if rows >= _ROWS_AT_ONCE:
                yield pl.concat(some)
                some, rows = [], 0
        if some:
            yield pl.concat(some)

    def _anew(
        self, view: Snapshot, contact_days: Iterable[date], waiting: pl.DataFrame, arrived: Iterable[pl.DataFrame]
    ) -> pl.DataFrame:
        """Kept surveys, as they were said, of which the contact came, changed or went, and which do not come again now."""
        found = [pl.DataFrame(schema=_KEPT.schema)]
        ids = (each.rename({"native_id": "contact_native_id"}) for each in (arrived if waiting.height else ()))
        found_now = [waiting.join(each, on="contact_native_id", how="semi") for each in ids]
        for day, rows in by_day(pl.concat([waiting.clear(), *found_now])).items():
            found.append(read_part(self._root, _KEPT, view.day("survey", day)).join(rows, on="survey_key", how="semi"))
        touched = [read_part(self._root, _KEPT, part) for day in contact_days if (part := view.day("survey", day))]
        found += [kept.filter(pl.col("contact_key").is_not_null()) for kept in touched]
        rows = pl.concat(found).unique("survey_key")
        for keys in self._come.column("survey", "survey_key"):
            rows = rows.join(keys, on="survey_key", how="anti")
        return rows.with_columns(pl.col(f"said_{name}").alias(name) for name in SAID)


def sources_seen(root: Path, view: Snapshot, come: Staging) -> Part | None:
    """A lookup file of the sources whose contacts come for the first time; None when all are known."""
    new = sorted(come.sources - {*_sources(root, view)})
    if not new:
        return None
    first = date(1970, 1, 1)
    path = new_path(SOURCES, first)
    size = write_parquet(root, path, pl.DataFrame({"source": new}))
    return Part(SOURCES, first, path, len(new), size, span="run")


def _place(root: Path, view: Snapshot, placed: Staging, rows: pl.DataFrame) -> pl.DataFrame:
    """Join rows to their contacts and let them wait for the merge; returns those that found none, to be looked for later."""
    joined = _joined(root, view, rows) if rows.height else rows
    placed.add_stored("survey", joined)
    lost = pl.col("contact_key").is_null() & pl.col("contact_native_id").is_not_null()
    return joined.filter(lost).select(list(_WAITING_SCHEMA))


def _joined(root: Path, view: Snapshot, surveys: pl.DataFrame) -> pl.DataFrame:
    """Surveys with what they take from their contacts: that of their own source before those of other sources."""
    said = surveys.filter(pl.col("contact_key").is_not_null()).select("survey_key", "contact_key", rank=pl.lit(-1))
    named = surveys.filter(pl.col("contact_native_id").is_not_null())
    candidates = [said]
    for number, source in enumerate(_sources(root, view)):
        key = key_of([pl.lit(source), pl.col("contact_native_id")]).alias("contact_key")
        rank = pl.when(pl.col("source") == source).then(-1).otherwise(number).cast(pl.Int32).alias("rank")
        candidates.append(named.select("survey_key", key, rank))
    whole = pl.concat(candidates, how="vertical_relaxed")
    contacts = _contacts(root, view, whole["contact_key"])
    best = whole.join(contacts, on="contact_key").sort("rank").unique("survey_key", keep="first").drop("rank")
    both = surveys.drop("contact_key").join(best, on="survey_key", how="left", suffix="_of_contact")
    taken = [pl.coalesce(f"{name}_of_contact", name).alias(name) for name in _TAKEN]
    return both.with_columns(taken).select(surveys.columns)


def _contacts(root: Path, view: Snapshot, keys: pl.Series) -> pl.DataFrame:
    """Those of the contacts that are kept: their key and what surveys take from them."""
    columns = ["contact_key", *_TAKEN]
    schema = KEPT["contact"].schema
    found = [pl.DataFrame(schema={name: schema[name] for name in columns})]
    for day, rows in by_day(find(root, view.runs(run_table("contact")), keys)).items():
        if part := view.day("contact", day):
            kept = pl.read_parquet(root / part.path, columns=columns).select(columns)
            found.append(kept.join(rows, on="contact_key", how="semi"))
    return pl.concat(found)


def _sources(root: Path, view: Snapshot) -> list[str]:
    return sorted(name for part in view.runs(SOURCES) for name in pl.read_parquet(root / part.path)["source"])


def _waiting(root: Path, view: Snapshot) -> pl.DataFrame:
    """Where the surveys lie that have not found their contact: survey_key, contact_native_id, day."""
    known = [pl.read_parquet(root / part.path) for part in view.runs(WAITING)]
    return pl.concat([pl.DataFrame(schema=_WAITING_SCHEMA), *known])


def _rewait(root: Path, view: Snapshot, before: pl.DataFrame, placed: Sequence[pl.Series], waits: pl.DataFrame) -> Pending:
    """Replace the list of waiting surveys where it differs."""
    for keys in placed:
        before = before.filter(~pl.col("survey_key").is_in(keys.implode()))
    after = pl.concat([before, waits]).sort("survey_key")
    if after.equals(_waiting(root, view).sort("survey_key")):
        return Pending()
    pending = Pending(removed=list(view.runs(WAITING)))
    if after.height:
        first = date(1970, 1, 1)
        path = new_path(WAITING, first)
        pending.added.append(Part(WAITING, first, path, after.height, write_parquet(root, path, after), span="run"))
    return pending
