"""Signing in through the company: the way there, the way back, and clear words when it does not work."""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from floorwalker.web.accounts import company
from floorwalker.web.accounts.actions import NotDone, come_in
from floorwalker.web.accounts.company import NOT_UNDERSTOOD, UNREACHABLE
from floorwalker.web.accounts.middleware import BY_COMPANY
from floorwalker.web.accounts.views.asking import site_of
from floorwalker.web.accounts.ways_in import company_name, is_configured
from floorwalker.web.accounts.wording import sentence


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """To the company's page. By a link, not a form: the content security policy keeps forms on this site."""
    _only_where_configured()
    goal = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(goal, allowed_hosts={request.get_host()}):
        goal = reverse("today")
    try:
        return company.begin(request, goal)
    except (*UNREACHABLE, *NOT_UNDERSTOOD):
        return _refused(request, NotDone("company.unreachable"), status=502)


@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Back from the company's page."""
    _only_where_configured()
    try:
        return company.come_back(request)
    except UNREACHABLE:
        return _refused(request, NotDone("company.unreachable"), status=502)
    except NOT_UNDERSTOOD:
        return _refused(request, NotDone("company.not_ours"))


@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Out of the company's sign-in as well, where it has a page for that."""
    _only_where_configured()
    try:
        goal = company.farewell()
    except (*UNREACHABLE, *NOT_UNDERSTOOD):
        return _refused(request, NotDone("company.unreachable"), status=502)
    if goal is None:
        messages.info(request, gettext("%(name)s has no page to sign out. Close the browser.") % {"name": company_name()})
    return redirect(goal or reverse("sign-in"))


class CompanyAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Where allauth asks what becomes of an answer: it never makes an account, links one, or shows a page of its own."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """An answer that allauth found good: who is it, and do they belong here?"""
        try:
            user = come_in(site_of(request), company.claims_of(sociallogin), timezone.localdate())
        except NotDone as problem:
            raise ImmediateHttpResponse(_refused(request, problem)) from problem
        login(request, user)
        request.session[BY_COMPANY] = True
        raise ImmediateHttpResponse(redirect(sociallogin.state.get("next") or "today"))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> NoReturn:
        """An answer that is none, or not a good one."""
        if isinstance(exception, UNREACHABLE):
            answer = _refused(request, NotDone("company.unreachable"), status=502)
        elif error == AuthError.CANCELLED:
            answer = _refused(request, NotDone("company.cancelled"))
        elif exception is None and "state" in (extra_context or {}):
            answer = _refused(request, NotDone("company.refused"))
        else:
            answer = _refused(request, NotDone("company.not_ours"))
        raise ImmediateHttpResponse(answer)


def _refused(request: HttpRequest, problem: NotDone, status: int = 403) -> HttpResponse:
    facts = {"told": sentence(problem), "company": company_name()}
    return render(request, "accounts/company_refused.html", facts, status=status)


def _only_where_configured() -> None:
    if not is_configured():
        raise Http404
