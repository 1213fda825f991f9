"""The unplanned routine: the note to one's boss, visits on the floor, what tore up the day. The blocks are calendars' own."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

UNPLANNED = "unplanned"
"""The purpose of a block in calendars."""


class Note(models.Model):
    """A note that somebody sent to their boss: why these hours are kept free."""

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    to = models.EmailField()
    language = models.CharField(max_length=10)
    text = models.TextField(max_length=4000)
    sent_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.to} {self.sent_at:%Y-%m-%d}"


class Found(models.TextChoices):
    """What a visit found, in one tap."""

    WELL = "well", _("All well")
    TOOL = "tool", _("A tool is in the way")
    PROCEDURE = "procedure", _("A procedure is in the way")
    IDEA = "idea", _("Has an idea")
    OWE = "owe", _("I owe an answer")
    NOTICED = "noticed", _("I noticed something")


class Visit(models.Model):
    """Somebody was with somebody on the floor. Only whoever walked sees their visits: they count for nothing.

    `key` is made by the phone, so that a visit that is sent twice is kept once. `entry` is what came up.
    """

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    at = models.DateTimeField()
    found = models.CharField(max_length=10, choices=Found.choices)
    entry = models.ForeignKey("voice.Entry", on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["by", "key"], name="routines_visit_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.person}: {self.found}"


class Cause(models.TextChoices):
    """What tore up the day."""

    SYSTEM = "system", _("A system was down")
    PEOPLE = "people", _("People were missing")
    LOAD = "load", _("More contacts than expected")
    CUSTOMER = "customer", _("A customer’s case")
    ABOVE = "above", _("An urgent request from above")
    QUESTION = "question", _("A decision that nobody else could take")
    OTHER = "other", _("Something else")


class Interruption(models.Model):
    """Something that was not planned and took time: counted by cause, so that causes go away."""

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    day = models.DateField()
    cause = models.CharField(max_length=10, choices=Cause.choices)
    minutes = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-day", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["by", "key"], name="routines_interruption_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.cause} {self.minutes}"
