"""People's patterns: what was found in each person's own numbers, and the private conversations about it.

Nothing here is read by any app but this one and the API above it; rules.py says who is in the circle of a person.
"""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

SAME = timedelta(days=7)
"""Two onsets of one measure of one person no farther apart than this are one change."""


class Policy(models.Model):
    """What a site decided about people's patterns: whether they are read at all, and for how many days a guide is kept."""

    site = models.OneToOneField("accounts.Site", on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=True)
    keep_days = models.PositiveSmallIntegerField(default=90)

    def __str__(self) -> str:
        return f"{self.site}: {'on' if self.is_on else 'off'}, {self.keep_days} days"

    def last_day(self, today: date) -> date:
        """The last day of a guide that is written today."""
        return today + timedelta(days=self.keep_days)


class Support(models.Model):
    """Something that the company offers to its people, in the manager's words."""

    site = models.ForeignKey("accounts.Site", on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text


class Round(models.Model):
    """When the patterns of a site's people were last looked at, and up to which day."""

    site = models.OneToOneField("accounts.Site", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.site} until {self.until}"


class Trait(models.Model):
    """One measure of one person against their own past; made anew in each round.

    `days` holds [day, value, weight, lowest usual, usual, highest usual] of the last days at work; the usual moves along with
    the queues served and with what happened to them. `since` is the day from which something undecided or shared is told.
    """

    class State(models.TextChoices):
        YOUNG = "young"
        NEWCOMER = "newcomer"
        THIN = "thin"
        USUAL = "usual"
        EARLY = "early"
        BLIP = "blip"
        LASTING = "lasting"

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices)
    since = models.DateField(null=True)
    shared_since = models.DateField(null=True)
    days = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "measure"], name="signature_one_trait")]

    def __str__(self) -> str:
        return f"{self.measure} {self.state}"


class Finding(models.Model):
    """A lasting change with enough evidence, or a blip, in one measure of one person. Sizes are in the measure's own unit."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    is_lasting = models.BooleanField()
    onset = models.DateField()
    until = models.DateField(null=True)
    decided = models.DateField()
    sure = models.FloatField()
    size = models.FloatField()
    size_low = models.FloatField()
    size_high = models.FloatField()
    usual = models.FloatField()
    is_gradual = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-onset", "measure", "pk"]

    def __str__(self) -> str:
        return f"{self.onset} {self.measure}"


class AboutChange(models.Model):
    """Whatever people write about a change belongs to the measure and the day, so that it outlives each round."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=40)
    onset = models.DateField()

    class Meta:
        abstract = True

    def is_about(self, finding: Finding) -> bool:
        """Whether it is about this change."""
        same = (self.person_id, self.measure) == (finding.person_id, finding.measure)
        return same and abs(self.onset - finding.onset) <= SAME


class Cause(AboutChange):
    """One sentence that explains a change: part-time, a new queue, a training."""

    text = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.onset} {self.measure}"


class Guide(AboutChange):
    """A private conversation about one change: prepared by a lead or manager, read by its subject from the first moment.

    `facts` keeps the change as it was known then: size, size_low, size_high, usual; `examples` the contacts: key, day, name,
    queue, value. `follow_up` stands among the follow-ups of whoever set its day, in neutral words. `questions` are codes of
    wording.QUESTIONS; `offers` are sentences as the company's list had them.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    examples = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    words = models.TextField(blank=True)
    offers = models.JSONField(default=list)
    agreed = models.TextField(blank=True)
    follow_up_on = models.DateField(null=True)
    followed_up_at = models.DateTimeField(null=True)
    follow_up = models.ForeignKey("voice.Entry", on_delete=models.SET_NULL, null=True, related_name="+")
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"

    def is_open(self, on: date) -> bool:
        """Whether it can still be read: neither withdrawn nor past its days."""
        return self.withdrawn_at is None and on <= self.expires_on


class Reply(models.Model):
    """What the subject answers to a guide; `contests` says that they see it differently."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField()
    contests = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
