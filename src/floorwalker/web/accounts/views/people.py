"""People: the list, one person, and what may be changed about them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts import actions, queries
from floorwalker.web.accounts.doors import anyone_signed_in, open_to
from floorwalker.web.accounts.forms import AccountForm, AgentNameForm, DaysForm, PersonForm, RoleForm
from floorwalker.web.accounts.holdings import looks_at
from floorwalker.web.accounts.models import AgentName, Membership, Person, User
from floorwalker.web.accounts.rules import (
    may_change_account,
    may_change_roles,
    may_manage_people,
    may_see_numbers,
    may_see_people,
    visible_people,
)
from floorwalker.web.accounts.views.access import made_known
from floorwalker.web.accounts.views.asking import REFUSED, back, done, done_at_once, found, reader_of, site_of, viewer_of
from floorwalker.web.accounts.ways_in import company_name, takes_password
from floorwalker.web.journal.actions import looked


@require_GET
@open_to(may_see_people)
def people(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    named, team, former = request.GET.get("named", "").strip(), request.GET.get("team", ""), "former" in request.GET
    lines = queries.people(viewer, named, int(team) if team.isascii() and team.isdigit() else None, former)
    facts = {
        "people": lines,
        "teams": queries.teams(viewer),
        "named": named,
        "team": team,
        "former": former,
        "may_manage": may_manage_people(viewer),
    }
    return render(request, "accounts/people.html", facts)


@open_to(may_manage_people)
def add(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    made: list[Person] = []
    if request.method == "POST" and done(
        form, lambda: made.append(actions.add_person(site_of(request), form.cleaned_data, viewer_of(request)))
    ):
        told = gettext("%(name)s is added. Give them a role, and the name under which contacts know them.")
        return back(request, told % {"name": made[0].name}, "person", made[0].pk)
    return render(request, "accounts/person_form.html", {"form": form}, status=REFUSED if form.errors else 200)


@require_GET
@open_to(anyone_signed_in)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return person_page(request, pk)


def person_page(request: HttpRequest, pk: int, status: int = 200, **forms: object) -> HttpResponse:
    """One person; opening it is noted, and the person sees who did."""
    viewer = viewer_of(request)
    line = found(queries.person(viewer, pk))
    somebody = visible_people(viewer).get(pk=pk)
    looked(viewer.user, somebody, "person")
    may_manage = may_manage_people(viewer)
    facts = {
        "person": line,
        "is_self": viewer.user.person_id == pk,
        "may_see_numbers": may_see_numbers(viewer, somebody),
        "may_manage": may_manage,
        "may_change_roles": may_change_roles(viewer, somebody, ""),
        "may_change_account": may_change_account(viewer, somebody),
        "looks": looks_at(pk, reader_of(request)) if may_manage else [],
        "role_form": RoleForm(viewer, somebody, auto_id="role_%s"),
        "agent_name_form": AgentNameForm(),
        "account_form": AccountForm(initial={"email": line.email}, auto_id="account_%s"),
        "sends_mail": settings.SENDS_MAIL,
        "has_factor": may_manage and User.objects.filter(person=somebody, authenticator__type="totp").exists(),
        "takes_password": takes_password(line.account.email if line.account else line.email),
        **forms,
    }
    return render(request, "accounts/person.html", facts, status=status)


@open_to(may_manage_people)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    somebody = get_object_or_404(visible_people(viewer), pk=pk)
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm.of(somebody)
    if request.method == "POST" and done(form, lambda: actions.change_person(somebody, form.cleaned_data, viewer)):
        return back(request, gettext("The facts about %(name)s are changed.") % {"name": somebody.name}, "person", pk)
    facts = {"form": form, "person": somebody}
    return render(request, "accounts/person_form.html", facts, status=REFUSED if form.errors else 200)


@require_POST
@open_to(may_manage_people)
def add_role(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    somebody = get_object_or_404(visible_people(viewer), pk=pk)
    form = RoleForm(viewer, somebody, request.POST, auto_id="role_%s")
    if not done(form, lambda: actions.add_role(somebody, by=viewer, **form.cleaned_data)):
        return person_page(request, pk, REFUSED, role_form=form)
    return back(request, gettext("%(name)s holds a new role.") % {"name": somebody.name}, "person", pk)


@open_to(may_manage_people)
def change_role(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """Other days for a role, or taking it back as a mistake."""
    viewer = viewer_of(request)
    membership = get_object_or_404(Membership, pk=role, person__in=visible_people(viewer), person_id=pk)
    actions.require(may_change_roles(viewer, membership.person, membership.role))
    if "remove" in request.POST:
        done_at_once(request, lambda: actions.remove_role(membership, viewer), gettext("The role is taken back."))
        return redirect("person", pk)
    form = DaysForm(request.POST or None, initial={"since": membership.since, "until": membership.until})
    if request.method == "POST" and done(form, lambda: actions.change_role(membership, by=viewer, **form.cleaned_data)):
        return back(request, gettext("The days of the role are changed."), "person", pk)
    facts = {"form": form, "membership": membership, "person": membership.person}
    return render(request, "accounts/role_form.html", facts, status=REFUSED if form.errors else 200)


@require_POST
@open_to(may_manage_people)
def add_agent_name(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    somebody = get_object_or_404(visible_people(viewer), pk=pk)
    form = AgentNameForm(request.POST)
    if not done(form, lambda: actions.add_agent_name(somebody, form.cleaned_data["agent_name"], viewer)):
        return person_page(request, pk, REFUSED, agent_name_form=form)
    return back(request, gettext("Contacts under this name belong to %(name)s now.") % {"name": somebody.name}, "person", pk)


@require_POST
@open_to(may_manage_people)
def remove_agent_name(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    known = AgentName.objects.filter(person__in=visible_people(viewer), person_id=pk)
    agent_name = get_object_or_404(known, name=request.POST.get("name", ""))
    told = gettext("Contacts under this name belong to nobody now.")
    done_at_once(request, lambda: actions.remove_agent_name(agent_name, viewer), told)
    return redirect("person", pk)


@require_POST
@open_to(may_manage_people)
def open_account(request: HttpRequest, pk: int) -> HttpResponse:
    """An account, with a first password or with a link to choose one."""
    viewer = viewer_of(request)
    somebody = get_object_or_404(visible_people(viewer), pk=pk)
    form = AccountForm(request.POST, auto_id="account_%s")
    made: list[User] = []
    given = form.cleaned_data if form.is_valid() else {}
    password = given.get("password") or None
    if not done(form, lambda: made.append(actions.open_account(somebody, given["email"], password, viewer))):
        return person_page(request, pk, REFUSED, account_form=form)
    if password:
        told = gettext("%(email)s may sign in with the password that you gave.")
        return back(request, told % {"email": made[0].email}, "person", pk)
    if not takes_password(made[0].email):
        told = gettext("%(email)s may sign in with %(name)s from now on.")
        return back(request, told % {"email": made[0].email, "name": company_name()}, "person", pk)
    return made_known(request, made[0], invited=True)
