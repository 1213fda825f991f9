"""What the views share: trying an action, and knowing who asks."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.accounts.wording import sentence
from floorwalker.web.ui.reader import Reader

T = TypeVar("T")
REFUSED = 422
"""Status of a page that shows a form again because it could not be done."""


def viewer_of(request: HttpRequest) -> Viewer:
    """Who asks; the doors have let them in."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def reader_of(request: HttpRequest) -> Reader:
    """How the one who asks reads."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    return reader


def site_of(request: HttpRequest) -> Site:
    """The site that the request is about."""
    site: Site = request.site  # type: ignore[assignment]
    return site


def done(form: forms.Form, action: Callable[[], object]) -> bool:
    """Does the action when the form is valid; a reason not to do it becomes the form's error."""
    if not form.is_valid():
        return False
    try:
        action()
    except NotDone as problem:
        form.add_error(None, sentence(problem))
        return False
    return True


def done_at_once(request: HttpRequest, action: Callable[[], object], told: str) -> None:
    """Does the action of a single button and tells what happened, or why it did not."""
    try:
        action()
    except NotDone as problem:
        messages.error(request, sentence(problem))
    else:
        messages.success(request, told)


def back(request: HttpRequest, told: str, name: str, *args: object) -> HttpResponseRedirect:
    """To the page `name`, which tells what happened."""
    messages.success(request, told)
    return redirect(name, *args)


def found(value: T | None) -> T:
    """The value, or 404: unknown and not yours look the same."""
    if value is None:
        raise Http404
    return value
