"""The site's clock, calendar and thresholds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from floorwalker.web.accounts import actions
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.accounts.rules import may_change_site
from floorwalker.web.accounts.site_form import SiteForm
from floorwalker.web.accounts.views.asking import REFUSED, back, done, reader_of, site_of, viewer_of


@open_to(may_change_site)
def site(request: HttpRequest) -> HttpResponse:
    place, reader = site_of(request), reader_of(request)
    form = SiteForm(reader, request.POST) if request.method == "POST" else SiteForm.of(place, reader)
    recounted: list[bool] = []
    if request.method == "POST" and done(
        form, lambda: recounted.append(actions.change_site(place, form.facts(), viewer_of(request)))
    ):
        told = gettext("The settings are changed, and every number is counted again with the new thresholds.")
        return back(request, told if recounted[0] else gettext("The settings are changed."), "site")
    return render(request, "accounts/site.html", {"form": form}, status=REFUSED if form.errors else 200)
