"""What really changed, what to leave alone, and the story behind it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.doors import open_to
from floorwalker.web.changes.actions import tell_story
from floorwalker.web.changes.cards import changes_page
from floorwalker.web.changes.models import Finding
from floorwalker.web.changes.queries import asked
from floorwalker.web.changes.rules import may_open_changes, may_tell_story


@require_GET
@open_to(may_open_changes)
def changes(request: Any) -> HttpResponse:
    """The changes of the site and its queues, latest first."""
    site, given = request.viewer.site, request.GET.get("page", "1")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    shown = changes_page(site, asked(request.GET.dict(), site), page, request.reader)
    may_tell = may_tell_story(request.viewer)
    return render(request, "changes/changes.html", {"page": shown, "may_tell": may_tell, "back": request.get_full_path()})


@require_POST
@open_to(may_tell_story)
def story(request: Any, pk: int) -> HttpResponse:
    """Keeps one sentence about a change; an empty one takes the story back."""
    finding = get_object_or_404(Finding, pk=pk, site=request.viewer.site)
    kept = tell_story(finding, request.POST.get("text", ""), request.viewer, datetime.now(UTC))
    messages.success(request, gettext("The story is kept.") if kept else gettext("This change has no story now."))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("changes")
    return HttpResponseRedirect(f"{back}#change-{finding.pk}")
