"""Making everything again from the one file of a backup: all of it, or nothing."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django_tasks_db.models import DBTaskResult

from floorwalker.web.accounts.models import User
from floorwalker.web.intake.manifest import DatabaseManifest
from floorwalker.web.journal.actions import write
from floorwalker.web.upkeep.archive import Damaged, unpack
from floorwalker.web.upkeep.backup import Kept, own_tables
from floorwalker.web.upkeep.turns import is_worker_running


class NotRestored(Exception):
    """Nothing was changed. `code` names the reason, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


def restore(file: Path, force: bool) -> Kept:
    """Everything from an archive into migrated records; every byte is checked before anything here is touched.

    Raises
    ------
    NotRestored
        `no_file`, `still_running`, `not_empty` without `force`, `newer_version`, `file_missing`, `records_unreadable`, or the
        code of a damaged archive.
    """
    if not file.is_file():
        raise NotRestored("no_file", path=str(file))
    if is_worker_running():
        raise NotRestored("still_running")
    if not force and _holds_something():
        raise NotRestored("not_empty", path=str(settings.DATA))
    settings.WAREHOUSE.parent.mkdir(parents=True, exist_ok=True)
    # Beside the warehouse, so that moving it into place is a rename on the same disk.
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=settings.WAREHOUSE.parent) as folder:
        return _restored(file, Path(folder))


def _holds_something() -> bool:
    return User.objects.exists() or bool(DatabaseManifest().referenced())


def _restored(file: Path, place: Path) -> Kept:
    try:
        about = unpack(file, place)
    except Damaged as damage:
        raise NotRestored(damage.code, **damage.facts) from damage
    _check_version(about)
    (place / "warehouse").mkdir(exist_ok=True)
    with _moving(place) as move_in, transaction.atomic():
        records = _loaded(place / "records")
        paths = _checked_files(place)
        write(None, "backup.restored", file.name, facts={"made_at": str(about["made_at"])})
        move_in()
    _keep_secrets(place / "secrets")
    return Kept(records, paths, file.stat().st_size)


def _check_version(about: dict[str, object]) -> None:
    """An archive of a later Floorwalker may hold what this one cannot read; one of an earlier is filled up with defaults."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    needed = about["migrations"]
    names = {f"{app}.{name}" for app, each in needed.items() for name in each} if isinstance(needed, dict) else set()
    if names - known:
        raise NotRestored("newer_version", version=str(about["version"]))


def _loaded(folder: Path) -> int:
    """The records in the place of all that are here. Keys may point anywhere until the transaction ends."""
    passing: tuple[type[Model], ...] = (Session, DBTaskResult)
    for model in (*own_tables(), *passing):
        model._base_manager.all()._raw_delete(connection.alias)
    count = 0
    for model in own_tables():
        file = folder / f"{model._meta.label_lower}.jsonl"
        if file.exists():
            count += _loaded_table(file)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(own_tables())):
            cursor.execute(sql)
    return count


def _loaded_table(file: Path) -> int:
    count = 0
    try:
        with file.open(encoding="utf-8") as lines:
            for each in serializers.deserialize("jsonl", lines, ignorenonexistent=True):
                each.save(force_insert=True)
                count += 1
    except DeserializationError as error:
        raise NotRestored("records_unreadable", name=file.name) from error
    return count


def _checked_files(place: Path) -> int:
    paths = DatabaseManifest().referenced()
    missing = sorted(path for path in paths if not (place / "warehouse" / path).is_file())
    if missing:
        raise NotRestored("file_missing", path=missing[0])
    return len(paths)


@contextmanager
def _moving(place: Path) -> Iterator[Callable[[], None]]:
    """Gives the move that puts the unpacked warehouse into place; it is taken back unless all went well."""
    here, before, coming = settings.WAREHOUSE, place / "before", place / "warehouse"
    moved = False

    def move_in() -> None:
        nonlocal moved
        if here.exists():
            here.rename(before)
        coming.rename(here)
        moved = True

    well = False
    try:
        yield move_in
        well = True
    finally:
        if moved and not well:
            here.rename(coming)
            if before.exists():
                before.rename(here)


def _keep_secrets(folder: Path) -> None:
    goal = settings.DATA / "secrets"
    goal.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in sorted(folder.glob("*")):
        file.chmod(0o600)
        file.replace(goal / file.name)
