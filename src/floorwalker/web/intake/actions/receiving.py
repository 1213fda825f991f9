"""Files come, those of one layout together, and wait until somebody has checked what they mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction

from floorwalker.sources.reading import Unreadable
from floorwalker.sources.spreadsheet import Mapping as Meaning
from floorwalker.web.accounts.actions.doing import actor, require
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.intake import rules, uploads
from floorwalker.web.intake.actions.state import in_state
from floorwalker.web.intake.checking import Layout, layout_of, parts_of
from floorwalker.web.intake.models import Import, SavedMapping

QUEUE_LOG_SOURCE = "asterisk"


@dataclass(frozen=True)
class _Group:
    """Files of one layout by their numbers; `failure` when the only one could not be read."""

    numbers: list[int]
    layout: Layout | None
    failure: Unreadable | None = None


def receive(viewer: Viewer, files: Sequence[TemporaryUploadedFile]) -> list[Import]:
    """Keep uploaded files, those of one layout together, each group as an import that waits to be checked."""
    require(rules.may_bring_in(viewer))
    names = [uploads.plain_name(file.name or "") for file in files]
    made = []
    for group in _groups([Path(file.temporary_file_path()) for file in files]):
        coming = _draft(viewer.site, viewer, group, [names[number] for number in group.numbers])
        for number in group.numbers:
            uploads.keep(coming, number, files[number])
        made.append(coming)
    return made


def find(site: Site, paths: Sequence[Path], meaning: Meaning | None = None) -> list[Import]:
    """The same for files that are read where they lie; with a `meaning` written by hand, all of them are one import."""
    made = []
    for group in _groups(paths, Layout(Import.Reader.SPREADSHEET, meaning.fingerprint) if meaning else None):
        coming = _draft(site, None, group, [paths[number].name for number in group.numbers])
        for number in group.numbers:
            if paths[number].is_file():
                uploads.refer(coming, paths[number])
        if meaning and group.layout:
            coming.options, coming.mapping = {"given": True}, parts_of(meaning)
            coming.save()
        made.append(coming)
    return made


@transaction.atomic
def decide(
    coming: Import,
    viewer: Viewer | None,
    *,
    source: str = "",
    kind: str = "",
    chosen: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> None:
    """Take down what somebody decided: where it comes from, what its columns are, what was answered.

    Columns that were chosen before stay chosen, unless the kind of table changes.
    """
    require(viewer is None or rules.may_bring_in(viewer))
    in_state(coming, Import.State.CHECKING)
    before = coming.options.get("kind", "")
    kept = coming.options.get("chosen", {}) if not kind or kind == before else {}
    coming.source = source.strip()[:120] or coming.source
    coming.options = {**coming.options, "kind": kind or before, "chosen": {**kept, **(chosen or {})}}
    coming.answers = {**coming.answers, **{code: choice for code, choice in (answers or {}).items() if choice}}
    if coming.reader == Import.Reader.QUEUE_LOG:
        coming.tz = coming.answers.get("time_zone", "")
    coming.save()


def source_name(name: str) -> str:
    """A file's name without its ending, its dates and numbers: `calls_2026-11.csv` comes from `calls`."""
    words = [word for word in re.split(r"[\W_\d]+", Path(name).stem) if word]
    return "-".join(words)[:120] or "file"


def _groups(paths: Sequence[Path], known: Layout | None = None) -> list[_Group]:
    """In the order in which they came; an unreadable file stands alone."""
    groups: dict[Layout | int, _Group] = {}
    for number, path in enumerate(paths):
        try:
            if not path.is_file():
                raise Unreadable("no_such_file", file=path.name)
            layout = known or layout_of(path)
        except Unreadable as error:
            groups[number] = _Group([number], None, error)
        else:
            groups.setdefault(layout, _Group([], layout)).numbers.append(number)
    return list(groups.values())


def _draft(site: Site, viewer: Viewer | None, group: _Group, names: Sequence[str]) -> Import:
    user = actor(viewer)
    if group.layout:
        source = _source(site, group.layout, names[0])
        return Import.objects.create(site=site, by=user, reader=group.layout.reader, source=source)
    error = group.failure or Unreadable("no_table")
    failure = {"code": error.code, "facts": {**error.facts, "file": names[0]}, "line": error.line}
    return Import.objects.create(
        site=site,
        by=user,
        reader=Import.Reader.SPREADSHEET,
        source=source_name(names[0]),
        state=Import.State.FAILED,
        failure=failure,
    )


def _source(site: Site, layout: Layout, name: str) -> str:
    """The source that sent files of this layout last, else a name made from the file's."""
    if layout.reader == Import.Reader.QUEUE_LOG:
        logs = Import.objects.filter(site=site, reader=layout.reader, state=Import.State.WHOLE)
        return logs.values_list("source", flat=True).first() or QUEUE_LOG_SOURCE
    known = SavedMapping.objects.filter(site=site, fingerprint=layout.fingerprint).order_by("-saved_at")
    return known.values_list("source", flat=True).first() or source_name(name)
