"""A person's signature: what changed in their own numbers, for them and their line alone."""

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
from floorwalker.web.accounts.models import Person
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.accounts.views.asking import REFUSED
from floorwalker.web.journal.actions import looked
from floorwalker.web.signatures import actions, rules
from floorwalker.web.signatures.forms import PolicyForm
from floorwalker.web.signatures.models import Cause, Finding
from floorwalker.web.signatures.page import signature_page
from floorwalker.web.signatures.queries import PAGE, policy_of, supports_of
from floorwalker.web.signatures.tasks import find_patterns


def person_or_404(viewer: Viewer, pk: int) -> Person:
    """A person whose signature the viewer may read: unknown and not yours look the same."""
    person = get_object_or_404(Person, pk=pk, site=viewer.site)
    if not rules.may_open_signature(viewer, person):
        raise Http404
    return person


def _finding_or_404(viewer: Viewer, pk: int) -> Finding:
    finding = get_object_or_404(Finding.objects.select_related("person"), pk=pk, is_lasting=True)
    if not rules.may_open_signature(viewer, finding.person):
        raise Http404
    return finding


@require_GET
@never_cache
@open_to(anyone_signed_in)
def signature(request: Any, pk: int) -> HttpResponse:
    """The signature of a person; opening that of somebody else is noted, and they see it there."""
    person = person_or_404(request.viewer, pk)
    looked(request.viewer.user, person, PAGE)
    page = signature_page(person, request.viewer, datetime.now(UTC), request.reader)
    return render(request, "signatures/signature.html", {"page": page})


@require_GET
@open_to(anyone_signed_in)
def own(request: Any) -> HttpResponse:
    """To one's own signature; nothing for those who have none."""
    if not rules.has_signature(request.viewer):
        raise Http404
    return redirect("person-signature", request.viewer.person.pk)


@require_POST
@open_to(anyone_signed_in)
def cause(request: Any, pk: int) -> HttpResponse:
    """Keeps a sentence that explains a change."""
    finding = _finding_or_404(request.viewer, pk)
    if actions.explain(finding, request.POST.get("text", ""), request.viewer, datetime.now(UTC)):
        messages.success(request, gettext("The explanation stands beside the change."))
    return HttpResponseRedirect(f"{reverse('person-signature', args=[finding.person_id])}#change-{finding.pk}")


@require_POST
@open_to(anyone_signed_in)
def cause_back(request: Any, pk: int) -> HttpResponse:
    """Takes back a sentence of one's own."""
    written = get_object_or_404(Cause.objects.select_related("person"), pk=pk, by=request.viewer.user)
    person = written.person
    if not rules.may_open_signature(request.viewer, person):
        raise Http404
    actions.take_back_cause(written, request.viewer)
    messages.success(request, gettext("The explanation is taken back."))
    return redirect("person-signature", person.pk)


@open_to(rules.may_set_policy)
def policy(request: Any) -> HttpResponse:
    """What the site decided about patterns, and what the company offers."""
    site = request.viewer.site
    form = PolicyForm(request.POST) if request.method == "POST" else PolicyForm.of(policy_of(site), supports_of(site))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        was_on = policy_of(site).is_on
        actions.decide(site, given["is_on"], given["keep_days"], given["offers"], request.viewer)
        if was_on != given["is_on"]:
            find_patterns.enqueue(site.pk)
        messages.success(request, gettext("This is kept."))
        return redirect("patterns")
    return render(request, "signatures/policy.html", {"form": form}, status=REFUSED if form.errors else 200)
