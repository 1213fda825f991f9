"""Time that is placed in people's own calendars, by which ways it goes there, and what has arrived."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How time is carried into a calendar. The subscription feed needs no carrying: calendars fetch it."""

    MAIL = "mail", _("Invitation by mail")
    CALDAV = "caldav", _("Calendar server (CalDAV)")


class Ways(models.Model):
    """What one person chose. Without a row the invitation goes by mail to the address with which they sign in.

    `caldav_calendar` is the calendar that was found behind `caldav_url`. `caldav_secret` is sealed: see sealing.py. The
    feed's key is made from `feed_nonce` and the site's secret, and found by its digest.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_ways")
    by_mail = models.BooleanField(default=True)
    mail_to = models.EmailField(blank=True)
    by_caldav = models.BooleanField(default=False)
    caldav_url = models.CharField(max_length=500, blank=True)
    caldav_calendar = models.CharField(max_length=500, blank=True)
    caldav_user = models.CharField(max_length=200, blank=True)
    caldav_secret = models.TextField(blank=True)
    feed_digest = models.CharField(max_length=64, unique=True, null=True)
    feed_nonce = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.user}: {', '.join(self.chosen) or 'none'}"

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ways that carry."""
        return tuple(str(way) for way, is_on in ((Way.MAIL, self.by_mail), (Way.CALDAV, self.by_caldav)) if is_on)


class Placed(models.Model):
    """A block of time, once or each week, that stands as busy in the calendars of its guests.

    `starts_at` is the first time; with `weekdays` (0 Monday) it comes back on those days at the same time of day on the clock
    of `tz`, up to and with the day `until`. `skipped` holds the days on which it does not take place, `moved` maps a day to
    another start (ISO, UTC) and length. `sequence` grows with each change and tells calendars which of two states is the newer
    one. `purpose` says to wording.py what it is called; `facts` are that app's own.
    """

    class State(models.TextChoices):
        STANDING = "standing"
        CANCELLED = "cancelled"

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    private = models.BooleanField(default=False)
    tz = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    weekdays = models.JSONField(default=list)
    until = models.DateField(null=True)
    skipped = models.JSONField(default=list)
    moved = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDING)
    sequence = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.starts_at:%Y-%m-%d %H:%M} {self.state}"

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED


class Guest(models.Model):
    """Somebody in whose calendar the time stands."""

    placed = models.ForeignKey(Placed, on_delete=models.CASCADE, related_name="guests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["placed", "user"], name="calendars_guest_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.placed}"


class Delivery(models.Model):
    """One guest's copy on one way: which state (`sequence`) has arrived, and when the next try is due.

    `found` is what a later look into the calendar found, when it differs from what arrived, or what was answered by mail.
    """

    class Found(models.TextChoices):
        GONE = "gone"  # taken out: the owner is asked
        OTHERWISE = "otherwise"  # at another time, which cannot be followed by itself: the owner is asked
        LEFT = "left"  # asked, and answered that it shall stay so
        FOLLOWED = "followed"  # moved there, and followed here
        ACCEPTED = "accepted"  # answered so by mail
        TENTATIVE = "tentative"
        DECLINED = "declined"  # the owner is asked

    ASKED = (Found.GONE, Found.OTHERWISE, Found.DECLINED)

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10, choices=Way.choices)
    sent_sequence = models.PositiveIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)
    problem_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    is_settled = models.BooleanField(default=False)
    found = models.CharField(max_length=10, choices=Found.choices, blank=True)
    found_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["guest", "way"], name="calendars_delivery_once")]

    @property
    def is_asked(self) -> bool:
        return self.found in self.ASKED

    def __str__(self) -> str:
        return f"{self.way} {self.sent_sequence} {self.problem}"
