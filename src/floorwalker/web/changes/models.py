"""What changed and what people told about it."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

SAME = timedelta(days=7)
"""Two onsets of one series no farther apart than this are one change: the engine moves an onset as it learns more."""


class Round(models.Model):
    """The last time that a site's numbers were judged: up to which day, how many series, and how many were still learning."""

    site = models.OneToOneField("accounts.Site", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    until = models.DateField(null=True)
    judged = models.PositiveIntegerField(default=0)
    learning = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.site} until {self.until}"


class Finding(models.Model):
    """One departure of one measure, of the whole site (empty `queue`) or of a queue. All are made anew in each round.

    `size`, `size_low`, `size_high` (90 %) and `usual` are in the measure's own unit: contacts a day, shares of 1, seconds.
    `until` is the last day of a blip, or of a change that did not last. `sure` is the chance behind the verdict, `decided` the
    day on which it passed four in five. `chances` holds [day, nothing, blip, lasting] since the onset, `days` what the picture
    shows: [day, value, lowest usual, usual, highest usual].
    """

    class Kind(models.TextChoices):
        BLIP = "blip"
        LASTING = "lasting"
        EARLY = "early"

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    queue = models.CharField(max_length=200, blank=True)
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
    chances = models.JSONField(default=list)
    days = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-onset", "queue", "measure", "pk"]

    def __str__(self) -> str:
        return f"{self.onset} {self.kind} {self.measure} {self.queue}"


class Story(models.Model):
    """One sentence by a person about a change. It belongs to the series and the days, so it outlives each round."""

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    queue = models.CharField(max_length=200, blank=True)
    onset = models.DateField()
    text = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "measure", "queue", "onset"], name="changes_one_story"),
        ]

    def __str__(self) -> str:
        return f"{self.onset} {self.measure} {self.queue}: {self.text}"

    def is_about(self, finding: Finding) -> bool:
        """Whether it tells about this change."""
        same_series = (self.measure, self.queue) == (finding.measure, finding.queue)
        return same_series and abs(self.onset - finding.onset) <= SAME
