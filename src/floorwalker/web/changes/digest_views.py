"""Everybody's own choice about the digest."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from floorwalker.web.accounts.doors import open_to
from floorwalker.web.accounts.views.asking import REFUSED, back
from floorwalker.web.changes.digest import digest as digest_of
from floorwalker.web.changes.forms import DigestForm
from floorwalker.web.changes.models import DigestChoice
from floorwalker.web.changes.rules import may_open_changes
from floorwalker.web.changes.watching import choose_digest


@open_to(may_open_changes)
def digest(request: Any) -> HttpResponse:
    """How often it comes, and what it would say today."""
    viewer = request.viewer
    chosen = DigestChoice.objects.filter(user=viewer.user).values_list("often", flat=True).first() or DigestChoice.Often.NEVER
    form = DigestForm(request.POST) if request.method == "POST" else DigestForm(initial={"often": chosen})
    if request.method == "POST" and form.is_valid():
        choose_digest(form.cleaned_data["often"], viewer)
        return back(request, gettext("Your choice is kept."), "change-digest")
    today = datetime.now(UTC).astimezone(ZoneInfo(viewer.site.tz)).date()
    facts = {"form": form, "digest": digest_of(viewer, today, request.reader), "sends_mail": settings.SENDS_MAIL}
    return render(request, "changes/digest.html", facts, status=REFUSED if form.errors else 200)
