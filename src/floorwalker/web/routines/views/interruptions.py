"""What tore up one's day: kept in a few taps, counted by cause."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from floorwalker.web.accounts.doors import open_to
from floorwalker.web.routines.forms import InterruptionForm
from floorwalker.web.routines.interruption_page import interruption_page
from floorwalker.web.routines.rules import may_keep_blocks
from floorwalker.web.routines.visits import keep_interruption, undo_interruption

REFUSED = 422


@open_to(may_keep_blocks)
def interruptions(request: Any) -> HttpResponse:
    """How often and how long, by cause, and whether it shrinks."""
    viewer = request.viewer
    form = InterruptionForm(request.POST or None, initial={"day": viewer.on, "key": uuid4()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kept = keep_interruption(
            viewer, given["key"], given["cause"], given["minutes"], given["day"], given["words"], datetime.now(UTC)
        )
        return HttpResponseRedirect(f"{reverse('interruptions')}?kept={kept.pk}")
    page = interruption_page(viewer, request.reader, request.GET.get("kept", ""))
    return render(request, "routines/interruptions.html", {"page": page, "form": form}, status=REFUSED if form.errors else 200)


@require_POST
@open_to(may_keep_blocks)
def undo(request: Any, pk: int) -> HttpResponse:
    """Takes one back."""
    undo_interruption(request.viewer, pk, datetime.now(UTC))
    messages.success(request, gettext("It is no longer counted."))
    return redirect("interruptions")
