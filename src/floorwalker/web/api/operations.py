"""The operations of the API, most of which read; each asks the same queries, actions and rules as the pages."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query

from floorwalker import __version__
from floorwalker.core.measures import MEASURES
from floorwalker.core.measures import Answer as Found
from floorwalker.web.accounts import queries as accounts
from floorwalker.web.accounts.models import Person
from floorwalker.web.accounts.rules import may_see_people
from floorwalker.web.api import calendar_schemas, import_schemas, schemas, signature_schemas, voice_schemas
from floorwalker.web.api.asking import Key, Session, question, reader_in, viewer_in
from floorwalker.web.api.errors import Problem, Refused, word_refusals
from floorwalker.web.api.wording import OPERATIONS
from floorwalker.web.calendars import queries as calendars
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.rules import may_bring_in
from floorwalker.web.journal import queries as entries
from floorwalker.web.journal.actions import looked_at_all
from floorwalker.web.journal.rules import may_read_journal
from floorwalker.web.pulse.queries import Desk, desk_of
from floorwalker.web.pulse.rows import PLACE
from floorwalker.web.pulse.rules import may_open_pulse
from floorwalker.web.signatures.queries import PAGE as SIGNATURE_PAGE
from floorwalker.web.signatures.queries import signature_of
from floorwalker.web.signatures.rules import has_signature
from floorwalker.web.signatures.views import person_or_404
from floorwalker.web.voice import queries as voice

api = NinjaAPI(title="Floorwalker", version=__version__, docs_url=None, auth=[Key(), Session()], urls_namespace="api")
word_refusals(api)
LISTED = 50
WEEK, LONGEST_SPAN = timedelta(days=6), timedelta(days=366)
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
Operation = TypeVar("Operation", bound=Callable[..., object])


def answers_at(path: str, answer: object) -> Callable[[Operation], Operation]:
    """Registers an operation that reads under its own name, described by the sentence of that name in the reader's language."""
    return _registered("GET", path, answer)


def does_at(path: str, answer: object) -> Callable[[Operation], Operation]:
    """The same for one that changes something. A session must prove that the page is ours; a key needs not."""
    return _registered("POST", path, answer)


def _registered(method: str, path: str, answer: object) -> Callable[[Operation], Operation]:
    def register(operation: Operation) -> Operation:
        name = operation.__name__
        # The sentence stays lazy, so that the description is written in the language of whoever asks for it.
        said = cast(str, OPERATIONS[name])
        add = api.get if method == "GET" else api.post
        return add(path, response={200: answer, **REFUSALS}, summary=said, operation_id=name)(operation)

    return register


@answers_at("/me", schemas.Me)
def me(request: HttpRequest) -> schemas.Me:
    return schemas.me(viewer_in(request), reader_in(request))


@answers_at("/measures", list[schemas.Measure])
def measures(request: HttpRequest) -> list[schemas.Measure]:
    require(may_open_pulse(viewer_in(request)))
    settings, reader = viewer_in(request).site.settings(), reader_in(request)
    return [schemas.measure(each, settings, reader) for each in MEASURES.values()]


@answers_at("/answers", schemas.Answer)
def answers(
    request: HttpRequest,
    measures: str,
    by: str = "",
    since: date | None = None,
    until: date | None = None,
    where: list[str] = Query([]),  # type: ignore[type-arg] # noqa: B008 (ninja reads it)
    definition: list[str] = Query([]),  # type: ignore[type-arg] # noqa: B008
    others: bool = False,
) -> schemas.Answer:
    desk = _desk(request)
    answer = desk.ask(question(measures, by, since, until, where, definition, others))
    _note_looks(desk, answer)
    return schemas.answer(answer)


@answers_at("/contacts", schemas.Contacts)
def contacts(
    request: HttpRequest,
    measure: str,
    since: date | None = None,
    until: date | None = None,
    where: list[str] = Query([]),  # type: ignore[type-arg] # noqa: B008
    after: str = "",
) -> schemas.Contacts:
    desk = _desk(request)
    asked = question(measure, "", since, until, where)
    if after and not PLACE.fullmatch(after):
        raise Refused(422, "not_readable", name="after")
    page = desk.behind(asked, measure).page(LISTED, after or None)
    return schemas.contacts(page, measure, desk)


def _desk(request: HttpRequest) -> Desk:
    require(may_open_pulse(viewer_in(request)))
    return desk_of(viewer_in(request), reader_in(request))


def _note_looks(desk: Desk, answer: Found) -> None:
    """Whoever's own numbers are in the answer can see who read them."""
    asked = answer.question
    names = {name for each in asked.where if each.dimension == "agent" for name in each.values}
    if "agent" in asked.by:
        names |= set(answer.frame["agent"].drop_nulls())
    people = Person.objects.filter(site=desk.viewer.site, agent_names__name__in=names).distinct()
    looked_at_all(desk.viewer.user, people, "api")


@answers_at("/imports", list[import_schemas.Came])
def imports(request: HttpRequest, before: int | None = None) -> list[dict[str, object]]:
    viewer = viewer_in(request)
    require(may_bring_in(viewer))
    found = Import.objects.filter(site=viewer.site).select_related("by__person").prefetch_related("files")
    page = found.filter(pk__lt=before) if before else found
    return [import_schemas.came(each, reader_in(request)) for each in page[:LISTED]]


@answers_at("/imports/{pk}", import_schemas.Progress)
def one_import(request: HttpRequest, pk: int) -> dict[str, object]:
    viewer = viewer_in(request)
    require(may_bring_in(viewer))
    return import_schemas.progress(get_object_or_404(Import, pk=pk, site=viewer.site), reader_in(request))


@answers_at("/people", list[schemas.Person])
def people(request: HttpRequest, named: str = "") -> list[schemas.Person]:
    viewer = viewer_in(request)
    require(may_see_people(viewer))
    lines = accounts.people(viewer, named)
    return [schemas.person(line) for line in lines]


@answers_at("/journal", schemas.Journal)
def journal(
    request: HttpRequest,
    who: int | None = None,
    about: int | None = None,
    what: str = "",
    since: date | None = None,
    until: date | None = None,
    page: int = 1,
) -> schemas.Journal:
    require(may_read_journal(viewer_in(request)))
    asked = entries.Asked(who=who, about=about, what=what, since=since, until=until)
    return schemas.entries(entries.entries(asked, reader_in(request).tz, page))


@answers_at("/calendar", list[calendar_schemas.PlacedTime])
def calendar(request: HttpRequest, since: date | None = None, until: date | None = None) -> list[calendar_schemas.PlacedTime]:
    viewer, zone = viewer_in(request), ZoneInfo(reader_in(request).tz)
    first = since or viewer.on
    last = min(until or first + WEEK, first + LONGEST_SPAN)
    begins, ends = datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)
    return [calendar_schemas.placed_time(each) for each in calendars.busy(viewer.user, begins, ends)]


@answers_at("/follow-ups", list[voice_schemas.FollowUp])
def follow_ups(request: HttpRequest, kind: str = "") -> list[voice_schemas.FollowUp]:
    viewer = viewer_in(request)
    lines = [*voice.open_for(viewer, kind), *voice.awaited_by(viewer, kind)]
    return [voice_schemas.follow_up(line) for line in lines]


@answers_at("/me/signature", signature_schemas.Signature)
def own_signature(request: HttpRequest) -> dict[str, object]:
    viewer = viewer_in(request)
    if viewer.person is None or not has_signature(viewer):
        raise Http404
    return signature_schemas.signature(signature_of(viewer.person, viewer.on))


@answers_at("/people/{person}/signature", signature_schemas.Signature)
def person_signature(request: HttpRequest, person: int) -> dict[str, object]:
    viewer = viewer_in(request)
    somebody = person_or_404(viewer, person)
    looked_at_all(viewer.user, [somebody], SIGNATURE_PAGE)
    return signature_schemas.signature(signature_of(somebody, viewer.on))


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
