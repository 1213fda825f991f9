"""Signing in and out, choosing a language, the first account, and a lost password."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlsafe_base64_decode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from floorwalker.web.accounts.actions import change_site, is_setup_key, set_password, set_up
from floorwalker.web.accounts.forms import ForgottenForm, PasswordForm, SetUpForm, SignInForm
from floorwalker.web.accounts.mail import send_link
from floorwalker.web.accounts.middleware import BY_COMPANY, LANGUAGE_COOKIE
from floorwalker.web.accounts.models import Site, User
from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.accounts.views.asking import REFUSED, back, done, site_of
from floorwalker.web.accounts.views.entering import TOO_MANY, enter
from floorwalker.web.accounts.ways_in import company_name, is_configured, takes_password


class SignIn(LoginView):
    """The door. While nobody has an account it says how to make the first one."""

    template_name = "accounts/sign_in.html"
    form_class = SignInForm  # type: ignore[assignment]
    redirect_authenticated_user = True

    def get_context_data(self, **facts: Any) -> dict[str, Any]:
        offered = {"name": company_name(), "is_only_way": settings.SSO_ONLY} if is_configured() else None
        return super().get_context_data(nobody_yet=not User.objects.exists(), company=offered, **facts)

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        user = form.get_user()
        if user is None:
            return self.form_invalid(form)
        return enter(self.request, user, self.get_success_url())

    def form_invalid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        return self.render_to_response(self.get_context_data(form=form), status=TOO_MANY if form.must_wait else REFUSED)


sign_in = SignIn.as_view()


class SignOut(LogoutView):
    """The way out; whoever came through the company's sign-in is offered to sign out there as well."""

    def post(self, request: HttpRequest, *args: Any, **facts: Any) -> HttpResponse:
        by_company = bool(request.session.get(BY_COMPANY))
        answer = super().post(request, *args, **facts)
        return redirect(f"{reverse('sign-in')}?left=company") if by_company else answer


sign_out = SignOut.as_view()


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language with the account, and in this browser for strangers; goes back to the page."""
    language = request.POST.get("language", "")
    goal = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(goal, allowed_hosts={request.get_host()}):
        goal = reverse("today")
    response = HttpResponseRedirect(goal)
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            request.user.language = language
            request.user.save(update_fields=["language"])
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=365 * 86_400, samesite="Lax")
    return response


def first_account(request: HttpRequest, key: str) -> HttpResponse:
    """The one-time page behind the address that `floorwalker serve` prints; gone as soon as somebody has an account."""
    if not is_setup_key(key):
        raise Http404
    site = Site.objects.order_by("pk").first() or Site(pk=1)
    form = SetUpForm(User(), request.POST or None, initial={"site": site.name, "tz": site.tz})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        site.save()
        user = set_up(site, given["name"], given["email"], given["password"])
        change_site(site, {"name": given["site"], "tz": given["tz"]}, viewer_of(user, site, user.joined_at.date()))
        login(request, user)
        return redirect("today")
    return render(request, "accounts/first_account.html", {"form": form}, status=REFUSED if form.errors else 200)


def choose_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Behind the link of an invitation or of a lost password; good once and for three days."""
    user = _owner(uid)
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "accounts/link_spent.html", status=410)
    if not takes_password(user.email):
        told = gettext("Passwords open nothing here any more. Sign in with %(name)s.")
        return back(request, told % {"name": company_name()}, "sign-in")
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and done(form, lambda: set_password(user, form.cleaned_data["password"])):
        return enter(request, user, reverse("today"))
    return render(
        request, "accounts/choose_password.html", {"form": form, "user": user}, status=REFUSED if form.errors else 200
    )


def _owner(uid: str) -> User | None:
    try:
        pk = int(urlsafe_base64_decode(uid))
    except (ValueError, OverflowError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def forgotten(request: HttpRequest) -> HttpResponse:
    """A new link by mail where mail is set up, else whom to ask. It never says whether an address is known."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and settings.SENDS_MAIL and form.is_valid():
        user = User.objects.filter(email=form.cleaned_data["email"].lower(), is_active=True).first()
        if user is not None and takes_password(user.email):
            send_link(user, site_of(request), invited=False)
        return back(request, gettext("If this address may sign in, a link is on its way to it."), "sign-in")
    facts = {"form": form, "sends_mail": settings.SENDS_MAIL}
    return render(request, "accounts/forgotten.html", facts, status=REFUSED if form.errors else 200)
