"""Keeping everything in one file, while the installation runs, on SQLite and on PostgreSQL."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from floorwalker import __version__
from floorwalker.web.intake.manifest import DatabaseManifest
from floorwalker.web.journal.actions import write
from floorwalker.web.upkeep.archive import FORMAT, written

OURS = "floorwalker."
PASSING = frozenset({"accounts.failedsignin"})
"""Tables that mean nothing a day later."""
BORROWED = ("mfa.Authenticator",)
"""Tables of other people's apps that hold what is ours: without them a restored account would open by its password alone."""


@dataclass(frozen=True)
class Kept:
    """What an archive holds."""

    records: int
    files: int
    bytes: int


def back_up(file: Path, now: datetime) -> Kept:
    """Everything in one archive, consistent while the installation runs.

    The records, the list of visible files among them, are read in one transaction; the files never change once written, so
    they may be copied afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="floorwalker-backup-") as folder, written(file) as archive:
        records, paths = _records_dumped(Path(folder))
        about = {"format": FORMAT, "version": __version__, "made_at": now.isoformat(), "migrations": _migrations()}
        archive.add_json("about.json", {**about, "records": records, "files": len(paths)})
        for dumped in sorted(Path(folder).iterdir()):
            archive.add_file(f"records/{dumped.name}", dumped)
        for secret in sorted((settings.DATA / "secrets").glob("*")):
            archive.add_file(f"secrets/{secret.name}", secret)
        for path in paths:
            archive.add_file(f"warehouse/{path}", settings.WAREHOUSE / path)
    write(None, "backup.made", file.name)
    return Kept(records, len(paths), file.stat().st_size)


def _records_dumped(folder: Path) -> tuple[int, Sequence[str]]:
    """One file per table, and the paths of the files to which these records refer."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        count = sum(_dumped(model, folder) for model in own_tables())
        return count, sorted(DatabaseManifest().referenced())


class Exact(DjangoJSONEncoder):
    """Instants to the microsecond; Django's own encoder keeps thousandths only."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _dumped(model: type[models.Model], folder: Path) -> int:
    rows = model._default_manager.order_by("pk")
    with (folder / f"{model._meta.label_lower}.jsonl").open("w", encoding="utf-8") as file:
        serializers.serialize("jsonl", rows.iterator(), stream=file, ensure_ascii=False, cls=Exact)
    return rows.count()


def own_tables() -> Sequence[type[models.Model]]:
    """Every table that holds what is Floorwalker's own, by name."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith(OURS)]
    found = [model for config in ours for model in config.get_models() if model._meta.label_lower not in PASSING]
    found += [apps.get_model(label) for label in BORROWED]
    return sorted(found, key=lambda model: model._meta.label_lower)


def _migrations() -> dict[str, list[str]]:
    """The migrations of our apps that the records have gone through."""
    applied = MigrationLoader(connection).applied_migrations
    labels = {model._meta.app_label for model in own_tables()}
    return {label: sorted(name for app, name in applied if app == label) for label in sorted(labels)}
