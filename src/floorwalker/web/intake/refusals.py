"""Refused rows: counted all, the first ones kept in the records database, the complete list in a file beside."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from floorwalker.sources.reading import Refusal
from floorwalker.web.intake.models import Import, RefusedRow
from floorwalker.web.intake.uploads import folder_of, names_of

KEPT_MOST = 1000
_LIST = "refused.jsonl.gz"


class RefusedList:
    """Takes refusals while an import is read."""

    def __init__(self, coming: Import) -> None:
        self._coming = coming
        self._kept = 0
        self._names = names_of(coming)
        self.by_code: Counter[str] = Counter()
        RefusedRow.objects.filter(of=coming).delete()
        place = _place(coming)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = gzip.open(place, "wt", compresslevel=1, encoding="utf-8")  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> "RefusedList":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()
        if not self.by_code:
            _place(self._coming).unlink(missing_ok=True)

    def add(self, refusals: Sequence[Refusal]) -> None:
        """Take up refusals, in the order of the file."""
        refusals = [replace(each, file=self._names.get(each.file, each.file)) for each in refusals]
        for each in refusals:
            self.by_code[each.code] += 1
            line = [each.file, each.line, each.code, each.column, each.value, dict(each.facts)]
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        room = refusals[: max(0, KEPT_MOST - self._kept)]
        self._kept += len(room)
        RefusedRow.objects.bulk_create(
            RefusedRow(
                of=self._coming,
                file=each.file[:255],
                line=each.line,
                code=each.code,
                column=each.column[:200],
                value=each.value[:200],
                facts=dict(each.facts),
            )
            for each in room
        )


def complete_list(coming: Import) -> Iterator[Refusal]:
    """Every refused row of an import, from the file beside; nothing once that file was deleted."""
    place = _place(coming)
    if place.exists():
        with gzip.open(place, "rt", encoding="utf-8") as lines:
            for line in lines:
                file, number, code, column, value, facts = json.loads(line)
                yield Refusal(number, code, column, value, facts, file)


def has_complete_list(coming: Import) -> bool:
    """Whether the complete list can still be had."""
    return _place(coming).exists()


def _place(coming: Import) -> Path:
    return folder_of(coming.pk) / _LIST
