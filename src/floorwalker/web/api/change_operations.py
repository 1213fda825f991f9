"""Changes, their stories and the watch list, for programs."""

from django.http import Http404, HttpRequest

from floorwalker.web.api import change_schemas
from floorwalker.web.api.asking import reader_in, viewer_in
from floorwalker.web.api.errors import Refused
from floorwalker.web.api.operations import answers_at, require
from floorwalker.web.changes import queries as found_changes
from floorwalker.web.changes.ledger import Ledger, ledger_of
from floorwalker.web.changes.rules import may_open_changes
from floorwalker.web.changes.watch_page import undecided


@answers_at("/changes", list[change_schemas.FoundChange])
def changes(
    request: HttpRequest,
    measure: str = "",
    queue: str = "",
    channel: str = "",
    topic: str = "",
    team: str = "",
    verdict: str = "",
) -> list[object]:
    ledger = _opened(request)
    given = {"measure": measure, "queue": queue, "channel": channel, "topic": topic, "team": team, "kind": verdict}
    ask = found_changes.asked(given, ledger)
    refused = next((name for name, value in given.items() if value and not _is_taken(ask, name, value)), "")
    if refused:
        raise Refused(422, "not_readable", name="verdict" if refused == "kind" else refused)
    return [change_schemas.change(each, reader_in(request)) for each in found_changes.changes_of(ledger, ask)]


def _is_taken(ask: found_changes.Asked, name: str, value: str) -> bool:
    return getattr(ask, name) == value or (name == "kind" and ask.is_held and value == found_changes.HELD)


@answers_at("/changes/{change}", change_schemas.OneChange)
def one_change(request: HttpRequest, change: int) -> dict[str, object]:
    found = found_changes.change_seen(_opened(request), change)
    if found is None:
        raise Http404
    return change_schemas.one_change(found, reader_in(request))


@answers_at("/stories", list[change_schemas.ToldStory])
def stories(request: HttpRequest) -> list[change_schemas.ToldStory]:
    return [change_schemas.story(each) for each in found_changes.stories_seen(_opened(request))]


@answers_at("/watch-list", list[change_schemas.WatchedChange])
def watch_list(request: HttpRequest) -> list[object]:
    ledger, reader = _opened(request), reader_in(request)
    handle, user = ledger.round.handle_s if ledger.round else None, ledger.viewer.user.pk
    return [change_schemas.watched(each, watch, handle, user, reader) for each, watch in undecided(ledger)]


def _opened(request: HttpRequest) -> Ledger:
    viewer = viewer_in(request)
    require(may_open_changes(viewer))
    return ledger_of(viewer)
