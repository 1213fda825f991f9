"""Who works here, in which team and role and since when, and who may sign in."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.core.measures import Settings


class Role(models.TextChoices):
    """What a person is here to do. One person may hold several, each for its own time."""

    AGENT = "agent", _("Agent")
    LEAD = "lead", _("Team leader")
    COACH = "coach", _("Coach")
    PLANNER = "planner", _("Planner")
    MANAGER = "manager", _("Manager")
    EXECUTIVE = "executive", _("Executive")
    ADMIN = "admin", _("Administrator")


class Site(models.Model):
    """One place with its clock, calendar and thresholds. A small installation has exactly one."""

    name = models.CharField(max_length=120, unique=True)
    tz = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=10, default="en")
    week_start = models.PositiveSmallIntegerField(default=0)  # 0 Monday ... 6 Sunday
    weekend = models.JSONField(default=list)  # weekday numbers, such as [5, 6]
    answer_within_s = models.FloatField(default=20)
    answer_within_s_by_queue = models.JSONField(default=dict)
    short_abandon_s = models.FloatField(default=5)
    short_contact_s = models.FloatField(default=10)
    repeat_days = models.PositiveSmallIntegerField(default=7)
    service_level_target = models.FloatField(default=0.8)
    asks_second_factor = models.BooleanField(default=False)  # of whoever sees pages about other people

    def __str__(self) -> str:
        return self.name

    def settings(self) -> Settings:
        """The thresholds as the measures want them."""
        return Settings(
            answer_within_s=self.answer_within_s,
            answer_within_s_by_queue=tuple(sorted(self.answer_within_s_by_queue.items())),
            short_abandon_s=self.short_abandon_s,
            short_contact_s=self.short_contact_s,
            repeat_days=self.repeat_days,
        )


class Team(models.Model):
    """A group of agents with a leader."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "name"], name="team_once_per_site")]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who works or worked here, known to the systems under one or more agent names."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="people")
    native_id = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    hired_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "native_id"], name="person_once_per_site")]

    def __str__(self) -> str:
        return self.name


class AgentName(models.Model):
    """A name under which a source knows a person. Contacts carry this name, so that history needs no rewriting."""

    name = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="agent_names")

    def __str__(self) -> str:
        return self.name


class MembershipQuery(models.QuerySet["Membership"]):
    def on(self, day: date) -> "MembershipQuery":
        """Memberships in force on a day."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))


class Membership(models.Model):
    """A role held from one day to another: in a team for agents, leads and coaches, else for the whole site."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuery.as_manager()

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.team or self.person.site}"

    def is_in_force(self, day: date) -> bool:
        """Whether the role is held on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        """A user who signs in with this address."""
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account to sign in with, and how its owner wants to read."""

    class Theme(models.TextChoices):
        SYSTEM = "", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=5, blank=True, choices=Theme.choices)
    time_from_left = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.person.name if self.person else self.email


class Token(models.Model):
    """A key with which a program reads as its owner. Only its digest is kept: the key itself is shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class FailedSignIn(models.Model):
    """One wrong password, kept for a quarter of an hour so that guessing becomes slow."""

    email = models.CharField(max_length=254, db_index=True)
    address = models.CharField(max_length=45, blank=True, db_index=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.email} {self.at:%Y-%m-%d %H:%M}"
