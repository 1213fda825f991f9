"""Signing in and out, and choosing a language."""

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from floorwalker.web.accounts.middleware import LANGUAGE_COOKIE
from floorwalker.web.accounts.models import User

sign_in = LoginView.as_view(template_name="accounts/sign_in.html", redirect_authenticated_user=True)
sign_out = LogoutView.as_view()


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language with the account, and in this browser for strangers; goes back to the page."""
    language = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("today")
    response = HttpResponseRedirect(back)
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            request.user.language = language
            request.user.save(update_fields=["language"])
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=365 * 86_400, samesite="Lax")
    return response
