"""The step from a right password to being signed in: at once, or after a code from the phone."""

from datetime import datetime

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts import throttle
from floorwalker.web.accounts.actions import take_code
from floorwalker.web.accounts.factors import has_factor
from floorwalker.web.accounts.forms import CodeForm
from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.views.asking import REFUSED
from floorwalker.web.journal.actions import write

TOO_MANY = 429
WAITING = "waits_for_code"
WAITS_AT_MOST_S = 600


def enter(request: HttpRequest, user: User, goal: str) -> HttpResponse:
    """Signs in whoever gave the right password; with a second factor the code is asked for first."""
    if has_factor(user):
        known = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": timezone.now().timestamp(), "goal": goal}
        request.session[WAITING] = known
        return redirect("sign-in-code")
    login(request, user)
    return redirect(goal)


def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code; it opens within ten minutes of the password."""
    now = timezone.now()
    user = _waiting(request, now)
    if user is None:
        request.session.pop(WAITING, None)
        return redirect("sign-in")
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = _try(form, request, user, now) if form.is_valid() else REFUSED
        if status == 200:
            goal = request.session.pop(WAITING)["goal"]
            login(request, user)
            return redirect(goal)
    return render(request, "accounts/sign_in_code.html", {"form": form}, status=status)


def _waiting(request: HttpRequest, now: datetime) -> User | None:
    """Who gave the right password a short while ago and has not changed it since."""
    known = request.session.get(WAITING)
    if not known or now.timestamp() - known["at"] > WAITS_AT_MOST_S:
        return None
    user = User.objects.select_related("person").filter(pk=known["user"], is_active=True).first()
    return user if user and constant_time_compare(known["hash"], user.get_session_auth_hash()) else None


def _try(form: CodeForm, request: HttpRequest, user: User, now: datetime) -> int:
    """The status of the answer: 200 when the code opens."""
    key, address = throttle.of_code(user.email), request.META.get("REMOTE_ADDR", "")
    if throttle.must_wait(key, address, now):
        form.add_error("code", _("Too many wrong tries. Wait a quarter of an hour, then try again."))
        return TOO_MANY
    if take_code(user, form.cleaned_data["code"], now):
        throttle.forget_failures(key, address)
        return 200
    if throttle.note_failure(key, address, now):
        write(None, "factor.throttled", user.email, user.person)
    form.add_error("code", _("This code is not right, or it has opened once already. Wait for the next one."))
    return REFUSED
