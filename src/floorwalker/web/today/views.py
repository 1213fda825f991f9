"""The one page that a manager opens in the morning."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from floorwalker.web.accounts.doors import anyone_signed_in, open_to


@open_to(anyone_signed_in)
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "today/today.html")
