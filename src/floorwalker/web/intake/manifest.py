"""The warehouse's list of visible files, kept in the records database: what makes an import one transaction."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import F

from floorwalker.warehouse.manifest import Change, Commit, Conflict, Part
from floorwalker.web.intake.models import WarehouseChange, WarehousePart, WarehouseUndo, WarehouseVersion

_ROWS_AT_ONCE = 500


class DatabaseManifest:
    """A `Manifest` in the records database, on SQLite or PostgreSQL; safe for several processes and threads.

    `also` is called inside the transaction of each commit: what it writes becomes true together with the warehouse's change,
    or not at all.
    """

    def __init__(self, also: Callable[[Commit], None] | None = None) -> None:
        self._also = also

    def version(self) -> int:
        return WarehouseVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    def parts(self) -> Sequence[Part]:
        rows = WarehousePart.objects.values_list("name", "day", "path", "rows", "bytes", "span", "until", "stamp")
        return [Part(*row) for row in rows]

    def commit(self, base: int, commit: Commit) -> int:
        WarehouseVersion.objects.get_or_create(pk=1)
        with transaction.atomic():
            if not WarehouseVersion.objects.filter(pk=1, number=base).update(number=F("number") + 1):
                raise Conflict
            self._apply(commit)
            if self._also:
                self._also(commit)
        return base + 1

    def changes(self, import_id: int) -> Sequence[Change]:
        rows = WarehouseChange.objects.filter(import_id=import_id).values_list("name", "day", "replaced")
        return [Change(*row) for row in rows]

    def undone(self) -> frozenset[int]:
        return frozenset(WarehouseUndo.objects.values_list("pk", flat=True))

    def referenced(self) -> frozenset[str]:
        replaced = WarehouseChange.objects.exclude(replaced="").values_list("replaced", flat=True)
        return frozenset(WarehousePart.objects.values_list("path", flat=True)) | frozenset(replaced)

    def _apply(self, commit: Commit) -> None:
        gone = [part.path for part in commit.removed]
        for start in range(0, len(gone), _ROWS_AT_ONCE):
            WarehousePart.objects.filter(pk__in=gone[start : start + _ROWS_AT_ONCE]).delete()
        added = [
            WarehousePart(
                path=part.path,
                name=part.table,
                day=part.day,
                rows=part.rows,
                bytes=part.bytes,
                span=part.span,
                until=part.until,
                stamp=part.stamp,
            )
            for part in commit.added
        ]
        WarehousePart.objects.bulk_create(added, batch_size=_ROWS_AT_ONCE)
        if commit.import_id is not None:
            changes = [
                WarehouseChange(import_id=commit.import_id, name=each.table, day=each.day, replaced=each.replaced)
                for each in commit.changes
            ]
            WarehouseChange.objects.bulk_create(changes, batch_size=_ROWS_AT_ONCE)
        if commit.undoes is not None:
            WarehouseUndo.objects.get_or_create(pk=commit.undoes)
