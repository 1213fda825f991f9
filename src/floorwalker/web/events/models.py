"""Days on which something is known to happen: what people wrote down, and which public holidays they hid or moved."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Something that happens from one day to another, at the whole site (empty `queue`) or in one queue.

    `before` holds the facts as they were before the last change, so that it can be undone; None: it was just added. A removed
    event stays, so that its removal can be undone and stories that name it still can.
    """

    class Kind(models.TextChoices):
        RELEASE = "release", _("Release")
        CAMPAIGN = "campaign", _("Campaign")
        OUTAGE = "outage", _("Outage")
        RULE = "rule", _("New rule, price or letter")
        OTHER = "other", _("Something else")

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    queue = models.CharField(max_length=200, blank=True)
    first = models.DateField()
    last = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(null=True)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["first", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class HolidayChange(models.Model):
    """What a site does otherwise than its country: the holiday of `day` is kept on another day, or (None) on none."""

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    moved_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "day"], name="events_one_change_a_holiday")]

    def __str__(self) -> str:
        return f"{self.day} {self.moved_to or ''}"
