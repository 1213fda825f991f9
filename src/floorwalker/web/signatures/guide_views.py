"""Conversation guides: prepared by a lead or manager, read and answered by their subject."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.doors import anyone_signed_in, open_to
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.accounts.views.asking import REFUSED
from floorwalker.web.journal.actions import looked
from floorwalker.web.signatures import conversations, rules
from floorwalker.web.signatures.forms import AgreedForm, GuideForm
from floorwalker.web.signatures.guide_page import coming, example_words, guide_page
from floorwalker.web.signatures.models import Finding, Guide
from floorwalker.web.signatures.queries import PAGE, examples_of, policy_of, supports_of
from floorwalker.web.signatures.wording import QUESTIONS

USUAL_QUESTIONS = 4


def _guide_or_404(viewer: Viewer, pk: int) -> Guide:
    """A guide that the viewer may read: unknown and not yours look the same."""
    found = get_object_or_404(Guide.objects.select_related("person__site", "by__person"), pk=pk)
    if not rules.may_read_guide(viewer, found, viewer.on):
        raise Http404
    return found


@never_cache
@open_to(anyone_signed_in)
def add(request: Any, pk: int) -> HttpResponse:
    """Prepares a conversation about a lasting change."""
    viewer, reader = request.viewer, request.reader
    finding = get_object_or_404(Finding.objects.select_related("person__site"), pk=pk, is_lasting=True)
    if not rules.may_prepare(viewer, finding.person):
        raise Http404
    found = [(each, example_words(each, finding.measure, reader)) for each in examples_of(finding)]
    offers, days = [each.text for each in supports_of(viewer.site)], (viewer.on, policy_of(viewer.site).last_day(viewer.on))
    if request.method == "POST":
        form = GuideForm(found, offers, days, reader, request.POST)
        if form.is_valid():
            kept = conversations.prepare(finding, form.prepared(), viewer, datetime.now(UTC))
            messages.success(request, gettext("The guide is kept. %(name)s can read it now.") % {"name": finding.person.name})
            return redirect("guide", kept.pk)
    else:
        chosen = {"examples": [str(each.key) for each, _words in found], "questions": list(QUESTIONS)[:USUAL_QUESTIONS]}
        form = GuideForm(found, offers, days, reader, initial=chosen)
        looked(viewer.user, finding.person, PAGE)
    facts = {"page": coming(finding, viewer, reader), "form": form, "has_offers": bool(offers), "found": bool(found)}
    facts["may_set_policy"] = rules.may_set_policy(viewer)
    return render(request, "signatures/guide_form.html", facts, status=REFUSED if form.errors else 200)


@require_GET
@never_cache
@open_to(anyone_signed_in)
def guide(request: Any, pk: int) -> HttpResponse:
    """One guide; opening that about somebody else is noted."""
    found = _guide_or_404(request.viewer, pk)
    looked(request.viewer.user, found.person, PAGE)
    return _shown(request, found, _agreed_form(request, found))


def _shown(request: Any, found: Guide, form: AgreedForm, status: int = 200) -> HttpResponse:
    page = guide_page(found, request.viewer, request.reader)
    return render(request, "signatures/guide.html", {"page": page, "form": form}, status=status)


def _agreed_form(request: Any, found: Guide, *given: Any) -> AgreedForm:
    offers = [each.text for each in supports_of(request.viewer.site)]
    return AgreedForm.of(found, offers, request.viewer.on, request.reader, *given)


@require_POST
@open_to(anyone_signed_in)
def agree(request: Any, pk: int) -> HttpResponse:
    """Keeps what was agreed, or that it was looked at again."""
    found = _guide_or_404(request.viewer, pk)
    if "done" in request.POST:
        conversations.follow_up(found, request.viewer, datetime.now(UTC))
        messages.success(request, gettext("Kept: it was looked at again."))
        return redirect("guide", pk)
    form = _agreed_form(request, found, request.POST)
    if not form.is_valid():
        return _shown(request, found, form, REFUSED)
    conversations.agree(found, form.given(), request.viewer, datetime.now(UTC))
    messages.success(request, gettext("What was agreed is kept."))
    return redirect("guide", pk)


@require_POST
@open_to(anyone_signed_in)
def answer(request: Any, pk: int) -> HttpResponse:
    """Keeps what the subject says to it."""
    found = _guide_or_404(request.viewer, pk)
    given = request.POST
    if conversations.answer(found, given.get("text", ""), "contests" in given, request.viewer, datetime.now(UTC)):
        messages.success(request, gettext("Your answer stands beside the guide."))
    return HttpResponseRedirect(f"{reverse('guide', args=[pk])}#answers")


@require_POST
@open_to(anyone_signed_in)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Takes a guide back."""
    found = _guide_or_404(request.viewer, pk)
    conversations.withdraw(found, request.viewer, datetime.now(UTC))
    messages.success(request, gettext("The guide is taken back. Until tomorrow you can take it up again below."))
    return redirect("person-signature", found.person_id)


@require_POST
@open_to(anyone_signed_in)
def take_up(request: Any, pk: int) -> HttpResponse:
    """Undoes a withdrawal."""
    found = get_object_or_404(Guide.objects.select_related("person"), pk=pk, by=request.viewer.user, withdrawn_at__isnull=False)
    conversations.take_up_again(found, request.viewer, datetime.now(UTC))
    messages.success(request, gettext("The guide can be read again."))
    return redirect("guide", pk)
