"""One's own second factor: on, off, and new recovery codes."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.actions import renew_codes, turn_off_factor, turn_on_factor
from floorwalker.web.accounts.doors import anyone_signed_in, open_to
from floorwalker.web.accounts.factors import factor_of, invitation, is_factor_required, new_secret
from floorwalker.web.accounts.forms import CodeForm, OwnFactorForm
from floorwalker.web.accounts.middleware import BY_COMPANY
from floorwalker.web.accounts.views.asking import REFUSED, back, done, viewer_of
from floorwalker.web.accounts.ways_in import company_name

SECRET = "factor_secret"  # noqa: S105 - a name in the session


@require_GET
@open_to(anyone_signed_in)
def factor(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **forms: object) -> HttpResponse:
    viewer = viewer_of(request)
    kept = factor_of(viewer.user)
    secret = "" if kept else request.session.setdefault(SECRET, new_secret())
    facts = {
        "factor": kept,
        "is_required": is_factor_required(viewer),
        "by_company": company_name() if request.session.get(BY_COMPANY) else "",
        "invitation": invitation(viewer.user, secret) if secret else None,
        "code_form": CodeForm(),
        "own_form": OwnFactorForm(viewer.user),
        **forms,
    }
    answer = render(request, "accounts/own_factor.html", facts, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@open_to(anyone_signed_in)
def turn_on(request: HttpRequest) -> HttpResponse:
    """On, when the app shows the right code; the recovery codes are shown this once."""
    form, codes = CodeForm(request.POST), list[str]()
    user, secret = viewer_of(request).user, request.session.get(SECRET)
    if secret is None:
        return redirect("own-factor")
    if not done(form, lambda: codes.extend(turn_on_factor(user, secret, form.cleaned_data["code"]))):
        return _page(request, REFUSED, code_form=form)
    del request.session[SECRET]
    return _codes(request, codes)


@require_POST
@open_to(anyone_signed_in)
def change(request: HttpRequest) -> HttpResponse:
    """Off, or ten new recovery codes; either way with the password."""
    viewer, codes = viewer_of(request), list[str]()
    form = OwnFactorForm(viewer.user, request.POST)
    if "codes" in request.POST:
        if done(form, lambda: codes.extend(renew_codes(viewer.user))):
            return _codes(request, codes)
    elif done(form, lambda: turn_off_factor(viewer)):
        return back(request, gettext("Your second factor is off. Your password alone signs you in."), "own")
    return _page(request, REFUSED, own_form=form)


def _codes(request: HttpRequest, codes: Sequence[str]) -> HttpResponse:
    told = [f"{code[:4]} {code[4:]}" for code in codes]
    facts = {"codes": told, "as_file": "\r\n".join(["Floorwalker", *told, ""])}
    answer = render(request, "accounts/recovery_codes.html", facts)
    answer["Cache-Control"] = "no-store"
    return answer
