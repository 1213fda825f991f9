"""When a door stands open, who comes, and who would like to come.

Who comes is shown to nobody but host, guest and whoever booked.
"""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Opening(models.Model):
    """Some hours of one host on one day, cut into slots.

    `expected` and `average` are contacts of that day and of the usual day in the weeks around it, as forecast when the day was
    chosen; None when somebody chose the day without a forecast. `spare` is how many were certified then to be able to leave the
    queues at any time of these hours, None when no certificate spoke for them.
    """

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    place = models.CharField(max_length=120)
    expected = models.FloatField(null=True)
    average = models.FloatField(null=True)
    spare = models.PositiveIntegerField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.day} {self.host}"


class Slot(models.Model):
    """A quarter of an hour or a little more for one guest; a withdrawn one is the host's own again."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["opening", "starts_at"], name="opendoor_slot_once")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    def is_over(self, now: datetime) -> bool:
        """Whether nobody can come any more."""
        return self.starts_at <= now


class Booking(models.Model):
    """One guest in one slot, and the time in both calendars.

    The two constraints, not the code, make a double booking impossible.
    """

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="bookings")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="bookings")
    guest = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    placed = models.OneToOneField("calendars.Placed", on_delete=models.SET_NULL, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["slot__starts_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slot"], condition=Q(cancelled_at__isnull=True), name="opendoor_one_guest"),
            models.UniqueConstraint(
                fields=["opening", "guest"], condition=Q(cancelled_at__isnull=True), name="opendoor_one_slot_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.guest}"


class Waiting(models.Model):
    """Somebody who takes the next slot that becomes free, first come first served."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="waiting")
    guest = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["opening", "guest"], name="opendoor_waits_once")]

    def __str__(self) -> str:
        return f"{self.opening} {self.guest}"


class Outcome(models.Model):
    """Whether a guest came, noted by the host, and the entry that came of it, which has its own circle of readers."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="outcome")
    came = models.BooleanField()
    entry = models.ForeignKey("voice.Entry", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.booking} {self.came}"


class Letter(models.Model):
    """A mail about an opening to one person. It is written before it is sent, so that none is lost and none goes twice."""

    class Kind(models.TextChoices):
        ANNOUNCED = "announced"
        MOVED_UP = "moved_up"
        GUEST_CANCELLED = "guest_cancelled"
        HOST_CANCELLED = "host_cancelled"

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="letters")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, null=True, related_name="+")
    to = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opening", "to"], condition=Q(kind="announced"), name="opendoor_announced_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.to}"
