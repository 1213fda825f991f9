"""Teams: who leads them, who is in them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from floorwalker.web.accounts import actions, queries
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.accounts.forms import TeamForm
from floorwalker.web.accounts.rules import may_manage_people, may_see_people, visible_teams
from floorwalker.web.accounts.views.asking import REFUSED, back, done, site_of, viewer_of


@require_GET
@open_to(may_see_people)
def teams(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    return render(request, "accounts/teams.html", {"teams": queries.teams(viewer), "may_manage": may_manage_people(viewer)})


@open_to(may_manage_people)
def add(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.add_team(site_of(request), form.cleaned_data["name"], viewer_of(request))
    ):
        told = gettext("The team %(name)s is added. Its people come from their roles.")
        return back(request, told % {"name": form.cleaned_data["name"]}, "teams")
    return render(request, "accounts/team_form.html", {"form": form}, status=REFUSED if form.errors else 200)


@require_GET
@open_to(may_see_people)
def team(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    facts = {
        "team": get_object_or_404(visible_teams(viewer), pk=pk),
        "people": queries.people(viewer, team=pk),
        "may_manage": may_manage_people(viewer),
    }
    return render(request, "accounts/team.html", facts)


@open_to(may_manage_people)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    group = get_object_or_404(visible_teams(viewer), pk=pk)
    form = TeamForm(request.POST or None, initial={"name": group.name})
    if request.method == "POST" and done(form, lambda: actions.rename_team(group, form.cleaned_data["name"], viewer)):
        return back(request, gettext("The team is called %(name)s now.") % {"name": group.name}, "team", pk)
    return render(request, "accounts/team_form.html", {"form": form, "team": group}, status=REFUSED if form.errors else 200)
