"""Who is planned when, what is expected, how many that takes, and what was promised."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models


class QueuePlan(models.Model):
    """What a queue must reach and how its people work. A queue without one goes by the site's own target and the defaults."""

    class Work(models.TextChoices):
        LIVE = "live"
        LATER = "later"

    class Definition(models.TextChoices):
        """Answered in time: of all who came, of those who were answered, of all but those who left within the threshold."""

        OFFERED = "offered"
        ANSWERED = "answered"
        MINUS_SHORT = "offered_minus_short"

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    queue = models.CharField(max_length=200)
    work = models.CharField(max_length=5, choices=Work.choices, default=Work.LIVE)
    target = models.FloatField(null=True)
    threshold_s = models.FloatField(null=True)
    definition = models.CharField(max_length=20, choices=Definition.choices, default=Definition.MINUS_SHORT)
    max_occupancy = models.FloatField(default=0.9)
    shrinkage = models.FloatField(default=0.0)
    absence = models.FloatField(default=0.05)
    at_once = models.PositiveSmallIntegerField(default=1)
    deadline_h = models.FloatField(default=24)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "queue"], name="planning_one_plan_per_queue")]

    def __str__(self) -> str:
        return self.queue


class Roster(models.Model):
    """One act of bringing in planned shifts: a file, a typed pattern, or the sample centre's plan.

    `counts` holds read, kept, unchanged, replaced and refused; `refused` the refused rows (at most `KEPT_REFUSALS`) as line,
    code, column, value; `remarks` codes with facts.
    """

    KEPT_REFUSALS = 500

    class Kind(models.TextChoices):
        FILE = "file"
        PATTERN = "pattern"
        SAMPLE = "sample"

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list)
    remarks = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """A person, or a number of people without names, planned for a queue: minutes of the site's clock, counted from midnight of
    `day`, so that a night shift ends after 1,440. `breaks` are [from, to] in such minutes.

    A shift is in force as long as nothing has taken its place (`replaced_by`) and its roster is not undone.
    """

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="shifts")
    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    queue = models.CharField(max_length=200)
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, null=True, related_name="+")
    people = models.PositiveIntegerField(default=1)
    breaks = models.JSONField(default=list)
    replaced_by = models.ForeignKey(Roster, on_delete=models.SET_NULL, null=True, related_name="replaced")

    class Meta:
        ordering: ClassVar = ["day", "start", "pk"]
        indexes: ClassVar = [models.Index(fields=["site", "day"], name="planning_shift_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.queue} {self.person or self.people}"


class Round(models.Model):
    """The last time that a site's coming days were worked out: how far it is, and what it used.

    `phase` is history, forecast, people, room or done; `failure` a code when it went wrong. `choices` says per queue which
    model was chosen, why, and how good it was against the weekday's plain mean; `rates` handle time and patience. `ranks` are,
    by queue and past day, how it came out among the ways in which it might have gone (near 0: surprisingly bad).
    `asked_at` is when something last changed that the coming days depend on.
    """

    site = models.OneToOneField("accounts.Site", on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    phase = models.CharField(max_length=10, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    known_until = models.DateTimeField(null=True)
    choices = models.JSONField(default=dict)
    rates = models.JSONField(default=dict)
    ranks = models.JSONField(default=dict)
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.site} {self.phase}"

    @property
    def is_waiting(self) -> bool:
        """Something changed since the last time began."""
        return self.asked_at is not None and (self.began_at is None or self.asked_at > self.began_at)

    @property
    def is_under_way(self) -> bool:
        return bool(self.phase) and self.phase != "done" and not self.failure


class Snapshot(models.Model):
    """What was thought at one time: one a day by itself, and those that somebody wanted to keep."""

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.on} {self.note}"


class Expected(models.Model):
    """What is expected in a queue (empty: all of them) on a day: now (`snapshot` null), or as it was thought at a snapshot.

    `total` holds mean, q05, q10, q25, q50, q75, q90, q95 of the day; `curve` the same per interval as lists, with `minutes`
    (where each begins) and `length`; a day far ahead has none. `came` are the contacts of each interval that are known already.
    `drivers` are [name, factor]. `people` is what it takes per interval for the queue's own target: need, low, high as lists.
    """

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, null=True, related_name="days")
    queue = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    total = models.JSONField(default=dict)
    curve = models.JSONField(default=dict)
    came = models.JSONField(default=list)
    drivers = models.JSONField(default=list)
    people = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["day", "queue"]
        indexes: ClassVar = [models.Index(fields=["site", "day"], name="planning_expected_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.queue or 'all'}"


class Certificate(models.Model):
    """What may leave a queue on a day, and how sure it is that the day's target is still met. Once promised it never changes.

    `plan` holds minutes, length, planned, spare (whole people per interval) and binding (minutes); `ground` the assumptions:
    expected contacts, aht_s, patience_s (null: unknown), target, threshold_s, definition, draws, absence. `outcome` is what
    really came, judged by the same ground: service level, contacts, aht_s, and the measured service level of that day.
    """

    class Made(models.TextChoices):
        AHEAD = "ahead"
        HINDSIGHT = "hindsight"

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    queue = models.CharField(max_length=200)
    day = models.DateField()
    confidence = models.FloatField()
    made = models.CharField(max_length=10, choices=Made.choices, default=Made.AHEAD)
    made_at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    chance = models.FloatField()
    chance_low = models.FloatField()
    plan = models.JSONField(default=dict)
    ground = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    kept = models.BooleanField(null=True)

    class Meta:
        ordering: ClassVar = ["day", "queue", "-confidence"]
        indexes: ClassVar = [models.Index(fields=["site", "day"], name="planning_certificate_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.queue} {self.confidence:.0%}"

    @property
    def grants(self) -> bool:
        """Whether anybody may leave at all."""
        return any(self.plan.get("spare", ()))

    def is_over(self, today: date) -> bool:
        return self.day < today
