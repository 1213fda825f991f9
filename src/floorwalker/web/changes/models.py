"""What changed, what people said about it, and what follows for the usual."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.web.changes.places import Place

SAME = timedelta(days=7)
"""Two onsets of one series no farther apart than this are one change: the engine moves an onset as it learns more."""


class Series(models.Model):
    """One measure of one place: what is watched day by day."""

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    dimension = models.CharField(max_length=10, blank=True)
    value = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        """Where it is: without a dimension on the whole site."""
        return Place(self.dimension, self.value)

    @property
    def series(self) -> tuple[str, Place]:
        """What names it within the site."""
        return self.measure, self.place

    @property
    def of_series(self) -> dict[str, object]:
        """What another row about the same series has as well."""
        return {"site": self.site, "measure": self.measure, "dimension": self.dimension, "value": self.value}


class Round(models.Model):
    """The last time that a site's numbers were judged: up to which day, how many series, and how many were still learning.

    `handle_s` is the usual handle time, with which minutes and contacts are weighed against one another. `expected` is how many
    false calls a week the replay of this centre's quiet history promises, `kept_expected` how many after the alarm budget held
    calls back below the chance `threshold`. `expected_high` is the upper end of the replay's 95 % interval. Of `reasons_known`
    reasons for contact `reasons` are watched.
    """

    site = models.OneToOneField("accounts.Site", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    until = models.DateField(null=True)
    judged = models.PositiveIntegerField(default=0)
    learning = models.PositiveIntegerField(default=0)
    handle_s = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    expected_high = models.FloatField(null=True)
    kept_expected = models.FloatField(null=True)
    threshold = models.FloatField(null=True)
    reasons = models.PositiveIntegerField(default=0)
    reasons_known = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.site} until {self.until}"


class Finding(Series):
    """One departure of one series. All are made anew in each round.

    `size`, `size_low`, `size_high` (90 %) and `usual` are in the measure's own unit: contacts a day, shares of 1, seconds;
    `rests_on` is on how many contacts or answers a day it rests. `until` is the last day of a blip, or of a change that did not
    last. `sure` is the chance behind the verdict, `decided` the day on which it passed four in five. `is_held` keeps it back,
    because the alarm budget has no room for it. `chances` holds [day, nothing, blip, lasting] since the onset, `days` what the
    picture shows: [day, value, lowest usual, usual, highest usual].
    """

    class Kind(models.TextChoices):
        BLIP = "blip"
        LASTING = "lasting"
        EARLY = "early"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    onset = models.DateField()
    onset_low = models.DateField(null=True)
    onset_high = models.DateField(null=True)
    until = models.DateField(null=True)
    decided = models.DateField(null=True)
    sure = models.FloatField()
    size = models.FloatField()
    size_low = models.FloatField()
    size_high = models.FloatField()
    usual = models.FloatField()
    rests_on = models.FloatField(default=0)
    is_held = models.BooleanField(default=False)
    chances = models.JSONField(default=list)
    days = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-onset", "dimension", "value", "measure", "pk"]

    def __str__(self) -> str:
        return f"{self.onset} {self.kind} {self.measure} {self.value}"

    @property
    def blip_days(self) -> list[date]:
        """The days of a blip."""
        last = self.until or self.onset
        return [self.onset + timedelta(days=step) for step in range((last - self.onset).days + 1)]

    @property
    def lasts(self) -> bool:
        """A lasting change that has not gone back."""
        return self.kind == self.Kind.LASTING and self.until is None


class Decision(Series):
    """What the usual of a series was told: which days are left out of it, or since when another level is normal.

    Made anew in each round; `by_person` where a ruling said so, else the engine did.
    """

    class Kind(models.TextChoices):
        LEFT_OUT = "blip_left_out"
        NEW_NORMAL = "new_normal"
        NOT_LASTING = "not_lasting"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    first = models.DateField()
    last = models.DateField(null=True)
    decided = models.DateField()
    by_person = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-first", "pk"]

    def __str__(self) -> str:
        return f"{self.first} {self.kind} {self.measure} {self.value}"

    @property
    def days(self) -> list[date]:
        """The days that it names."""
        return [self.first + timedelta(days=step) for step in range(((self.last or self.first) - self.first).days + 1)]


class AboutChange(Series):
    """What people say belongs to a series and a day, so that it outlives each round."""

    onset = models.DateField()

    class Meta:
        abstract = True

    def is_about(self, finding: Finding) -> bool:
        """Whether it speaks of this change."""
        return self.series == finding.series and abs(self.onset - finding.onset) <= SAME


class Story(AboutChange):
    """One sentence by a person about a change, with the event that it names, if any."""

    text = models.CharField(max_length=300)
    event = models.ForeignKey("events.Event", on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "measure", "dimension", "value", "onset"], name="changes_one_story"),
        ]

    def __str__(self) -> str:
        return f"{self.onset} {self.measure} {self.value}: {self.text}"


class Ruling(AboutChange):
    """What a person decided about a change, above the engine. Of a change the latest one holds, unless it was taken back."""

    class Kind(models.TextChoices):
        BLIP = "blip", _("This is a blip")
        NORMAL = "normal", _("This is the new normal")
        AS_WAS = "as_was", _("Leave the usual as it was")
        NOTHING = "nothing", _("It was nothing")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    last = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.onset} {self.kind} {self.measure} {self.value}"


class Watch(AboutChange):
    """How a change without a verdict is watched: who follows it, who looks after it, and until when it is quiet."""

    followers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    assigned_to = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    muted_until = models.DateField(null=True)

    def is_muted_on(self, day: date) -> bool:
        """Whether it is quiet on a day."""
        return self.muted_until is not None and self.muted_until >= day

    def __str__(self) -> str:
        return f"{self.onset} {self.measure} {self.value}"


class AlarmBudget(models.Model):
    """How many false alarms a week a site accepts."""

    USUAL = 1.0

    site = models.OneToOneField("accounts.Site", on_delete=models.CASCADE, related_name="+")
    per_week = models.FloatField(default=USUAL)

    def __str__(self) -> str:
        return f"{self.site} {self.per_week}"


class DigestChoice(models.Model):
    """How often somebody gets the digest by mail, and for which day it was last sent."""

    class Often(models.TextChoices):
        NEVER = "never", _("Never")
        DAILY = "daily", _("Every working day")
        WEEKLY = "weekly", _("On the first day of each week")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    often = models.CharField(max_length=10, choices=Often.choices, default=Often.NEVER)
    sent_for = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.user} {self.often}"
