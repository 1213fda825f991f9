"""Everything about oneself: how one reads, the password, keys for programs, and what the system holds."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts import holdings
from floorwalker.web.accounts.actions import make_token, revoke_token, set_password, set_reading
from floorwalker.web.accounts.doors import anyone_signed_in, open_to
from floorwalker.web.accounts.factors import has_factor
from floorwalker.web.accounts.forms import OwnPasswordForm, ReadingForm, TokenForm
from floorwalker.web.accounts.models import Token
from floorwalker.web.accounts.views.asking import REFUSED, back, done, reader_of, viewer_of
from floorwalker.web.accounts.ways_in import takes_password


@require_GET
@open_to(anyone_signed_in)
def own(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **forms: object) -> HttpResponse:
    viewer, reader = viewer_of(request), reader_of(request)
    user = viewer.user
    reading = {"language": user.language or reader.language, "theme": user.theme, "time_from_left": user.time_from_left}
    facts = {
        "reading": ReadingForm(initial=reading),
        "password": OwnPasswordForm(user),
        "token": TokenForm(),
        "has_factor": has_factor(user),
        "takes_password": takes_password(user.email),
        "tokens": user.tokens.all(),
        "held": holdings.held(viewer, reader),
        **forms,
    }
    return render(request, "accounts/own.html", facts, status=status)


@require_POST
@open_to(anyone_signed_in)
def read_as(request: HttpRequest) -> HttpResponse:
    """Language, appearance, direction of time."""
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _page(request, REFUSED, reading=form)
    set_reading(viewer_of(request).user, form.cleaned_data)
    with override(form.cleaned_data["language"]):
        return back(request, gettext("Every page is written this way for you from now on."), "own")


@require_POST
@open_to(anyone_signed_in)
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password; this session stays, all others end."""
    viewer = viewer_of(request)
    form = OwnPasswordForm(viewer.user, request.POST)
    if not done(form, lambda: set_password(viewer.user, form.cleaned_data["password"], viewer)):
        return _page(request, REFUSED, password=form)
    update_session_auth_hash(request, viewer.user)
    return back(request, gettext("Your password is changed. Wherever else you were signed in, you are no longer."), "own")


@require_POST
@open_to(anyone_signed_in)
def add_token(request: HttpRequest) -> HttpResponse:
    """A new key, shown this once."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, REFUSED, token=form)
    key = make_token(viewer_of(request).user, form.cleaned_data["name"])
    answer = _page(request, key=key, key_name=form.cleaned_data["name"])
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@open_to(anyone_signed_in)
def drop_token(request: HttpRequest, pk: int) -> HttpResponse:
    """One key less."""
    token = get_object_or_404(Token, pk=pk, user=viewer_of(request).user)
    revoke_token(token)
    messages.success(request, gettext("The key %(name)s opens nothing from now on.") % {"name": token.name})
    return redirect("own")


@require_GET
@open_to(anyone_signed_in)
def everything(request: HttpRequest) -> HttpResponse:
    """What the system holds about oneself, as a file."""
    answer = JsonResponse(
        holdings.as_data(viewer_of(request), reader_of(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="about-me.json"'
    return answer
