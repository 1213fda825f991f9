"""An import that is understood gets its turn."""

from datetime import date

from django.db import transaction

from floorwalker.web.accounts.actions.doing import actor, require
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.intake import rules
from floorwalker.web.intake.actions.state import NotNow, in_state, settle_state
from floorwalker.web.intake.checking import check, parts_of
from floorwalker.web.intake.models import Import, SavedMapping
from floorwalker.web.journal.actions import write

State = Import.State
SAMPLE = "sample"


def start(coming: Import, viewer: Viewer | None) -> None:
    """Let an import come in when its turn is; what its columns mean is remembered for the next file of this source."""
    found = check(coming)
    require(viewer is None or rules.may_bring_in_kind(viewer, found.meaning.kind if found.meaning else ""))
    with transaction.atomic():
        in_state(coming, State.CHECKING)
        if not found.is_ready:
            raise NotNow(coming.state)
        if found.meaning:
            coming.mapping, coming.answers = parts_of(found.meaning), dict(found.answers)
            SavedMapping.objects.update_or_create(
                site=coming.site,
                source=coming.source,
                fingerprint=found.meaning.fingerprint,
                defaults={"kind": found.meaning.kind, "mapping": coming.mapping, "answers": coming.answers},
            )
        _queue(coming, viewer)


def start_sample(site: Site, viewer: Viewer | None, today: date, scale: float = 1.0) -> Import:
    """Let the sample centre come in, as it looks on the morning of `today`."""
    require(viewer is None or rules.may_bring_in_kind(viewer, rules.PEOPLE))
    options = {"today": today.isoformat(), "scale": scale}
    with transaction.atomic():
        coming = Import.objects.create(site=site, by=actor(viewer), reader=Import.Reader.SAMPLE, source=SAMPLE, options=options)
        _queue(coming, viewer)
    return coming


def again(coming: Import, viewer: Viewer | None) -> Import:
    """Try once more what stopped or failed, or bring back what was undone, from the same files; returns what to follow."""
    require(viewer is None or rules.may_bring_in_kind(viewer, coming.mapping.get("kind", "")))
    settle_state(coming)
    with transaction.atomic():
        in_state(coming, State.STOPPED, State.FAILED, State.UNDONE)
        if not coming.is_understood:
            raise NotNow(coming.state)
        fresh = _copy(coming, viewer) if coming.state == State.UNDONE else coming
        _queue(fresh, viewer)
    return fresh


def _queue(coming: Import, viewer: Viewer | None) -> None:
    from floorwalker.web.intake.tasks import bring_in  # the task runs what is above this module

    coming.state = State.QUEUED
    coming.save()
    write(actor(viewer), "import.started", coming.source, facts={"import": coming.pk})
    if viewer is not None:
        bring_in.enqueue(coming.pk)  # in the same database and transaction, so that neither is ever without the other


def _copy(coming: Import, viewer: Viewer | None) -> Import:
    """The same files once more, as a new import: the number of an undone one is never used again."""
    fresh = Import.objects.create(
        site=coming.site,
        by=actor(viewer),
        reader=coming.reader,
        source=coming.source,
        mapping=coming.mapping,
        answers=coming.answers,
        tz=coming.tz,
        options=coming.options,
    )
    for file in coming.files.all():
        file.pk, file.of = None, fresh
        file.save()
    return fresh
