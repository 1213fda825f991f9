"""Other people's accounts: a new link, closing and opening."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from floorwalker.web.accounts import actions
from floorwalker.web.accounts.actions.access import password_link
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.accounts.mail import send_link, send_reset
from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import may_manage_people, visible_people
from floorwalker.web.accounts.views.asking import back, done_at_once, site_of, viewer_of
from floorwalker.web.accounts.ways_in import company_name, takes_password
from floorwalker.web.accounts.wording import sentence


def made_known(request: HttpRequest, user: User, invited: bool) -> HttpResponse:
    """Shows the link this once, and mails it where mail is set up."""
    facts = {
        "somebody": user,
        "address": request.build_absolute_uri(password_link(user)),
        "mailed": settings.SENDS_MAIL and send_link(user, site_of(request), invited),
        "sends_mail": settings.SENDS_MAIL,
    }
    answer = render(request, "accounts/link.html", facts)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@open_to(may_manage_people)
def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    user = get_object_or_404(User, person__in=visible_people(viewer), person_id=pk, is_active=True)
    if not takes_password(user.email):
        told = gettext("%(email)s signs in with %(name)s and needs no password.")
        return back(request, told % {"email": user.email, "name": company_name()}, "person", pk)
    actions.new_link(user, viewer)
    return made_known(request, user, invited=not user.has_usable_password())


@require_POST
@open_to(may_manage_people)
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """A lost second factor is taken away, and its owner is told by mail where mail is set up."""
    viewer = viewer_of(request)
    user = get_object_or_404(User, person__in=visible_people(viewer), person_id=pk)
    try:
        actions.reset_factor(user, viewer)
    except actions.NotDone as problem:
        messages.error(request, sentence(problem))
        return redirect("person", pk)
    if settings.SENDS_MAIL and send_reset(user, site_of(request)):
        told = gettext("%(email)s signs in with the password alone until a new second factor is on, and was told so by mail.")
    else:
        told = gettext("%(email)s signs in with the password alone until a new second factor is on. Tell them so yourself.")
    return back(request, told % {"email": user.email}, "person", pk)


@require_POST
@open_to(may_manage_people)
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    user = get_object_or_404(User, person__in=visible_people(viewer), person_id=pk)
    told = gettext("Nobody signs in as %(email)s from now on.") % {"email": user.email}
    done_at_once(request, lambda: actions.close_account(user, viewer), told)
    return redirect("person", pk)
