"""A spreadsheet source: a mapping, and the reading of files by it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from floorwalker.sources.reading import Batch, Remark, Site
from floorwalker.sources.spreadsheet import layout
from floorwalker.sources.spreadsheet.cells import Cells
from floorwalker.sources.spreadsheet.codes import remark, unreadable
from floorwalker.sources.spreadsheet.contacts import contact_tables
from floorwalker.sources.spreadsheet.identity import Identity
from floorwalker.sources.spreadsheet.intervals import interval_tables
from floorwalker.sources.spreadsheet.layout import Layout
from floorwalker.sources.spreadsheet.mapping import Mapping
from floorwalker.sources.spreadsheet.neighbours import together
from floorwalker.sources.spreadsheet.people import person_tables
from floorwalker.sources.spreadsheet.rows import RawBatch
from floorwalker.sources.spreadsheet.script import plain
from floorwalker.sources.spreadsheet.soundness import unsound_part
from floorwalker.sources.spreadsheet.surveys import survey_tables

_MAKERS = {"contacts": contact_tables, "intervals": interval_tables, "surveys": survey_tables, "people": person_tables}


@dataclass(frozen=True)
class SpreadsheetSource:
    """Reads delimited text and workbooks by a mapping."""

    mapping: Mapping

    @property
    def main_table(self) -> str:
        """The record table of which a row of the file makes one."""
        return self.mapping.what.table

    def read(self, paths: list[Path], site: Site) -> Iterator[Batch]:
        """Yield the files' records in batches of some hundred thousand rows.

        Every row below the header is in the main table, refused, or counted aside. Several files are one reading: equal
        rows in two of them are told apart as within one.

        Raises
        ------
        Unreadable
            when a file cannot be read at all or lacks a column that the mapping needs, and when the mapping itself is
            wrong, has no column for a field that every row needs, or leaves a question open.
        """
        if problem := unsound_part(self.mapping):
            raise unreadable("not_a_mapping", file=paths[0].name if paths else "", problem=problem)
        if lacking := self.mapping.what.lacking(set(self.mapping.fields) | set(self.mapping.constants)):
            raise unreadable("field_not_mapped", kind=self.mapping.kind, fields=", ".join(lacking[0]))
        if self.mapping.open:
            raise unreadable("question_open", question=self.mapping.open[0])
        identity, before = Identity(self.mapping, site), 0
        for path in paths:
            found = self._named(layout.of(path, self.mapping))
            told = tuple(self._checked(path, found))
            for raw, hashes in _ahead(together(found.batches(), identity.columns), identity.row_hashes):
                batch = self._batch(raw, hashes, site, identity)
                refusals = tuple(replace(refusal, file=path.name) for refusal in batch.refusals)
                yield replace(batch, refusals=refusals, remarks=told + batch.remarks, bytes_done=before + raw.bytes_done)
                told = ()
            before += path.stat().st_size

    def _named(self, found: Layout) -> Layout:
        """The layout with the mapping's own spelling of its columns' names."""
        spelled = {plain(name): name for name in (*self.mapping.used, *self.mapping.left_out, *self.mapping.header)}
        return replace(found, columns=tuple(spelled.get(plain(name), name) for name in found.columns))

    def _checked(self, path: Path, found: Layout) -> Iterator[Remark]:
        columns = {plain(name) for name in found.columns}
        missing = [name for name in self.mapping.used if plain(name) not in columns]
        if missing and not self.mapping.header:
            told = {"columns": ", ".join(missing), "found": ", ".join(found.columns)}
            raise unreadable("missing_column", found.header_line, file=path.name, **told)
        difference = self.mapping.difference(found.columns)
        facts = {"gone": ", ".join(difference.gone), "new": ", ".join(difference.new)}
        if missing:
            raise unreadable("columns_changed", found.header_line, file=path.name, **facts)
        if difference and self.mapping.header:
            yield remark("columns_changed", **facts)

    def _batch(self, raw: RawBatch, hashes: pl.Series, site: Site, identity: Identity) -> Batch:
        cells = Cells(raw.frame, self.mapping, self.mapping.tz or site.tz, hashes)
        if raw.totals:
            cells.say("totals_left_out", lines=raw.totals)
        tables = _MAKERS[self.mapping.kind](cells, site, identity)
        refusals = (*raw.refusals, *cells.refusals)
        read = raw.frame.height + raw.aside + len(raw.refusals)
        return Batch(tables, read, raw.aside + cells.aside, refusals, tuple(cells.remarks))


def _ahead(batches: Iterator[RawBatch], hashed: Callable[[RawBatch], pl.Series]) -> Iterator[tuple[RawBatch, pl.Series]]:
    """The same batches and the hashes of their rows; the next is read and hashed while this one is worked on."""

    def prepared() -> tuple[RawBatch, pl.Series] | None:
        raw = next(batches, None)
        return None if raw is None else (raw, hashed(raw))

    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(prepared)
        while (ready := coming.result()) is not None:
            coming = reader.submit(prepared)
            yield ready
