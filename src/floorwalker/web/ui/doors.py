"""Decorators that keep a view closed to those whom its rule does not admit."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

View = Callable[..., HttpResponseBase]
Rule = Callable[[Any], bool]


def open_to(rule: Rule) -> Callable[[View], View]:
    """Lets in a signed-in viewer whom `rule` admits; sends strangers to sign in; refuses the others with 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            viewer = request.viewer  # type: ignore[attr-defined]
            if viewer is None:
                return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
            if not rule(viewer):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
