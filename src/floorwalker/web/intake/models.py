"""What was brought in, by whom and how it went; and which files of the warehouse are visible."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

UNDO_WAITS, UNDOING = "undo", "undoing"


class Import(models.Model):
    """One act of bringing in files of one source. Its number is the `import_id` of every row that it brings.

    While it runs, `phase` says what is being done (read: bytes, merge and cube: days), `done` and `total` how far. The phases
    `undo` (waits for its turn) and `undoing` are those of a whole import that is being undone; it may leave a `failure`.
    `counts` holds read, kept, updated, unchanged, refused and aside (rows of the original); `refused_by` how often each code
    refused a row; `remarks` and `failure` are codes with facts, worded when they are read. `carried` is what the source hands
    to the next import of the same source.
    """

    class State(models.TextChoices):
        CHECKING = "checking"
        QUEUED = "queued"
        RUNNING = "running"
        WHOLE = "whole"
        FAILED = "failed"
        STOPPED = "stopped"
        UNDONE = "undone"

    class Reader(models.TextChoices):
        SPREADSHEET = "spreadsheet"
        QUEUE_LOG = "queue_log"
        SAMPLE = "sample"

    site = models.ForeignKey("accounts.Site", on_delete=models.PROTECT, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="imports")
    reader = models.CharField(max_length=20, choices=Reader.choices)
    source = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING, db_index=True)
    mapping = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    tz = models.CharField(max_length=64, blank=True)
    options = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    carried = models.TextField(blank=True)
    phase = models.CharField(max_length=10, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    tables = models.JSONField(default=dict, blank=True)
    refused_by = models.JSONField(default=dict, blank=True)
    remarks = models.JSONField(default=list, blank=True)
    failure = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.source} {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether it is being brought in or undone, or waits for its turn."""
        return self.state in (self.State.QUEUED, self.State.RUNNING) or self.is_being_undone

    @property
    def is_being_undone(self) -> bool:
        """Whether somebody has asked to take it back; all of it counts until all of it is undone."""
        return self.state == self.State.WHOLE and self.phase in (UNDO_WAITS, UNDOING)

    @property
    def is_understood(self) -> bool:
        """Whether it is known how to read it."""
        return bool(self.mapping) or self.reader != self.Reader.SPREADSHEET

    def count(self, name: str) -> int:
        """Rows of the original that were `name`: read, kept, updated, unchanged, refused or aside."""
        return int(self.counts.get(name, 0))


class ImportFile(models.Model):
    """A file of an import. `stored` is its path below the uploads, empty once it was deleted or when it was never copied."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    stored = models.CharField(max_length=400, blank=True)
    bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class RefusedRow(models.Model):
    """One of the first rows that were refused; the complete list lies in a file beside."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="refused_rows")
    file = models.CharField(max_length=255, blank=True)
    line = models.BigIntegerField()
    code = models.CharField(max_length=60)
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.line} {self.code}"


class SavedMapping(models.Model):
    """What the columns of one source's files mean, and what was answered about them; kept for its next file.

    A source may send several layouts (contacts and surveys, say); each has its own header fingerprint.
    """

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="saved_mappings")
    source = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=32)
    kind = models.CharField(max_length=20)
    mapping = models.JSONField()
    answers = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "source", "fingerprint"], name="one_mapping_per_layout"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.fingerprint}"


class PeopleChange(models.Model):
    """What an import did to a record of a person, team, membership or agent name; `before` is null when it was new."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="people_changes")
    model = models.CharField(max_length=20)
    record = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.model} {self.record}"


class WarehouseVersion(models.Model):
    """One row: a number that grows with each commit of the warehouse."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class WarehousePart(models.Model):
    """One visible file of the warehouse."""

    path = models.CharField(max_length=200, primary_key=True)
    name = models.CharField(max_length=40)
    day = models.DateField()
    rows = models.BigIntegerField()
    bytes = models.BigIntegerField()
    span = models.CharField(max_length=10)
    until = models.DateTimeField(null=True)
    stamp = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "span", "day"], condition=~Q(span="run"), name="one_part_per_day"),
        ]

    def __str__(self) -> str:
        return self.path


class WarehouseChange(models.Model):
    """That an import touched a table on a day; `replaced` is the file with the rows that it put aside."""

    import_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=40)
    day = models.DateField()
    replaced = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.import_id} {self.name} {self.day}"


class WarehouseUndo(models.Model):
    """An import that was taken back."""

    import_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.import_id)
