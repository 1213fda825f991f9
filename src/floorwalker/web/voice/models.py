"""What somebody said or owes: follow-ups, observations, friction, ideas."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What it is."""

    FOLLOW_UP = "follow_up", _("Follow-up")
    OBSERVATION = "observation", _("Observation")
    FRICTION = "friction", _("Friction")
    IDEA = "idea", _("Idea")


class State(models.TextChoices):
    """How it stands."""

    OPEN = "open", pgettext_lazy("of a follow-up", "Open")
    DONE = "done", pgettext_lazy("of a follow-up", "Done")
    ANSWERED = "answered", pgettext_lazy("of a follow-up", "Answered")
    DROPPED = "dropped", pgettext_lazy("of a follow-up", "Dropped")


class Origin(models.TextChoices):
    """Where it came up."""

    OWN = "own", _("Written down here")
    FLOOR_WALK = "floor_walk", _("Floor walk")
    OPEN_DOOR = "open_door", _("Open door")
    CONVERSATION = "conversation", _("Conversation")


class Entry(models.Model):
    """One thing that was said or is owed.

    `author` typed it, `raised_by` said it (None: the author), `owner` owes what comes of it. Who may read it follows from
    `about_person`, `raised_by` and `confidential`: see rules.py. `outcome` is what came of it.
    """

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.CharField(max_length=500)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_by = models.ForeignKey("accounts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    about_person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, null=True, related_name="+")
    about_queue = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.OWN)
    confidential = models.BooleanField(default=False)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["owner", "state"], name="voice_owner_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN
