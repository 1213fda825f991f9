"""What a file seems to mean before it is brought in: columns, open questions, and a trial reading that stores nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from floorwalker.sources.asterisk import sniff
from floorwalker.sources.reading import Refusal, Remark
from floorwalker.sources.reading import Site as Place
from floorwalker.sources.spreadsheet import Difference, Question, Sighting, look, open_for, suggest
from floorwalker.sources.spreadsheet import Mapping as Meaning
from floorwalker.warehouse.files import WarehouseFault
from floorwalker.web.intake.models import Import, SavedMapping
from floorwalker.web.intake.readers import reading_of
from floorwalker.web.intake.uploads import named, names_of, place_of

COLUMNS_CHANGED = "columns_changed"
NEW_MEANING = "new"
_TRIAL_ROWS = 100_000
_TRIAL_BYTES = 64 << 20
_SHOWN_REFUSALS = 200


@dataclass(frozen=True)
class Layout:
    """Files that are read together: the reader, and for spreadsheets the fingerprint of their header."""

    reader: str
    fingerprint: str = ""


@dataclass(frozen=True)
class Trial:
    """What would come of it. `complete` says whether every row was tried; `ready` rows would come in."""

    read: int
    ready: int
    refused: int
    aside: int
    complete: bool
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Check:
    """One import as it is understood now.

    `open` are the questions with neither an answer nor a recommendation; `difference` tells how the columns differ from those
    of this source's earlier files, while nobody has said that this is right; `remembered` that the meaning is that of an
    earlier file.
    """

    sighting: Sighting | None
    meaning: Meaning | None
    questions: tuple[Question, ...]
    answers: Mapping[str, str]
    open: tuple[Question, ...]
    difference: Difference | None = None
    remembered: bool = False

    @property
    def lacking(self) -> tuple[str, ...]:
        """Fields of which the file must tell at least one, and tells none yet."""
        if self.meaning is None:
            return ()
        missing = self.meaning.what.lacking(set(self.meaning.fields) | set(self.meaning.constants))
        return missing[0] if missing else ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of bringing it in."""
        return not self.open and not self.difference and not self.lacking


def layout_of(path: Path) -> Layout:
    """Which reader a file wants.

    Raises
    ------
    Unreadable
        when no reader can make anything of it.
    """
    if sniff(path):
        return Layout(Import.Reader.QUEUE_LOG)
    return Layout(Import.Reader.SPREADSHEET, look(path).fingerprint)


def check(coming: Import) -> Check:
    """How the files of an import are understood, from what was chosen, answered and remembered.

    Raises
    ------
    Unreadable
        when there is no table to be seen in the first file.
    WarehouseFault
        `file_gone` when it was deleted in the meantime.
    """
    if coming.reader != Import.Reader.SPREADSHEET:
        return Check(None, None, (), {}, ())
    if coming.options.get("given"):
        return Check(None, Meaning.of(coming.mapping), (), {}, ())
    chosen = coming.options.get("chosen", {})
    kind = coming.options.get("kind", "") or coming.answers.get("kind", "")
    path = first_path(coming)
    sighting = look(path, tz=coming.site.tz, kind=kind, chosen=chosen)
    saved = saved_for(coming, sighting.fingerprint)
    if saved and not chosen and not kind:
        return Check(sighting, _remembered(saved, sighting), (), saved.answers, (), remembered=True)
    if saved and not kind:
        chosen = {**_chosen_before(saved, sighting), **chosen}
        sighting = look(path, tz=coming.site.tz, kind=saved.kind, chosen=chosen)
    answers = {**(saved.answers if saved else {}), **coming.answers}
    meaning = suggest(sighting, answers)
    questions = tuple(each for each in sighting.questions if each.code != "kind")
    unsettled = tuple(each for each in open_for(sighting, answers) if each.code != "kind")
    return Check(sighting, meaning, questions, answers, unsettled, _difference(coming, meaning, sighting))


def answer_to(question: Question, answers: Mapping[str, str]) -> str:
    """The answer to a question: for its column alone, else for all; an empty text when there is none."""
    return answers.get(f"{question.code}:{question.column}", "") or answers.get(question.code, "")


def saved_for(coming: Import, fingerprint: str) -> SavedMapping | None:
    """What is remembered about this source's files with these columns."""
    return SavedMapping.objects.filter(site=coming.site, source=coming.source, fingerprint=fingerprint).first()


def try_out(coming: Import, meaning: Meaning | None) -> Trial | None:
    """Read the files, or the first part of large ones, without storing anything; None for a log too large to be tried.

    Raises
    ------
    Unreadable, WarehouseFault
        as reading does.
    """
    tried = Import(pk=coming.pk, site=coming.site, reader=coming.reader, source=coming.source, options=coming.options)
    tried.mapping = parts_of(meaning) if meaning else {}
    reading = reading_of(tried)
    if coming.reader == Import.Reader.QUEUE_LOG and reading.total > _TRIAL_BYTES:
        return None  # who is who in a log is known only when all of it was read
    place = Place(coming.tz or coming.site.tz, coming.source, settings.CUSTOMER_SECRET, coming.site.country)
    names = names_of(coming)
    trial = Trial(0, 0, 0, 0, True)
    for batch in reading.source.read(reading.paths, place):
        trial = Trial(
            trial.read + batch.read,
            trial.ready + batch.read - batch.aside - len(batch.refusals),
            trial.refused + len(batch.refusals),
            trial.aside + batch.aside,
            True,
            (*trial.refusals, *(replace(each, file=names.get(each.file, each.file)) for each in batch.refusals))[
                :_SHOWN_REFUSALS
            ],
            (*trial.remarks, *(replace(each, facts=named(coming, each.facts)) for each in batch.remarks)),
        )
        if trial.read >= _TRIAL_ROWS and batch.bytes_done < reading.total:
            return replace(trial, complete=False)
    return trial


def parts_of(meaning: Meaning) -> dict[str, Any]:
    """A mapping as the records database keeps it."""
    parts: dict[str, Any] = json.loads(meaning.to_json())
    return parts


def first_path(coming: Import) -> Path:
    """Where the first file of an import lies."""
    file = coming.files.all()[0]
    path = place_of(file)
    if not path.is_file():
        raise WarehouseFault("file_gone", file=file.name)
    return path


def _remembered(saved: SavedMapping, sighting: Sighting) -> Meaning:
    """The mapping of the source's earlier files; what a file says itself, as the length of its intervals, counts."""
    meaning = Meaning.of(saved.mapping)
    return replace(meaning, constants={**meaning.constants, **sighting.constants})


def _chosen_before(saved: SavedMapping, sighting: Sighting) -> dict[str, str]:
    """What each column was taken for last time."""
    fields = Meaning.of(saved.mapping).fields
    return {name: next((field for field, rule in fields.items() if name == rule.columns[-1]), "") for name in sighting.header}


def _difference(coming: Import, meaning: Meaning, sighting: Sighting) -> Difference | None:
    """How the columns differ from the source's latest file of this kind, unless its owner has said that this is right."""
    if coming.answers.get(COLUMNS_CHANGED) == NEW_MEANING:
        return None
    earlier = (
        SavedMapping.objects.filter(site=coming.site, source=coming.source, kind=meaning.kind).order_by("-saved_at").first()
    )
    if earlier is None or earlier.fingerprint == sighting.fingerprint:
        return None
    return Meaning.of(earlier.mapping).difference(sighting.header) or None
