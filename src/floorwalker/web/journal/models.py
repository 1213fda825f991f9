"""Who did what and when, and who looked at a personal page. Written once, never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One line of the journal. `verb` is a stable word such as import.committed; the web words it."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60, db_index=True)
    about_person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, null=True, related_name="+")
    thing = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["about_person", "-at"], name="journal_about_person")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.thing}"
