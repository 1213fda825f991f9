"""Changes, their stories and the watch list, for programs."""

from django.http import Http404, HttpRequest

from floorwalker.web.api import change_schemas
from floorwalker.web.api.asking import reader_in, viewer_in
from floorwalker.web.api.errors import Refused
from floorwalker.web.api.operations import answers_at, require
from floorwalker.web.changes import queries as found_changes
from floorwalker.web.changes.rules import may_open_changes
from floorwalker.web.changes.watch_page import undecided


@answers_at("/changes", list[change_schemas.FoundChange])
def changes(request: HttpRequest, measure: str = "", queue: str = "", team: str = "", verdict: str = "") -> list[object]:
    viewer = viewer_in(request)
    require(may_open_changes(viewer))
    given = {"measure": measure, "queue": queue, "team": team, "kind": verdict}
    ask = found_changes.asked(given, viewer)
    refused = next((name for name, value in given.items() if value and not _is_taken(ask, name, value)), "")
    if refused:
        raise Refused(422, "not_readable", name="verdict" if refused == "kind" else refused)
    return [change_schemas.change(each, reader_in(request)) for each in found_changes.changes_of(viewer, ask)]


def _is_taken(ask: found_changes.Asked, name: str, value: str) -> bool:
    return getattr(ask, name) == value or (name == "kind" and ask.is_held and value == found_changes.HELD)


@answers_at("/changes/{change}", change_schemas.OneChange)
def one_change(request: HttpRequest, change: int) -> dict[str, object]:
    viewer = viewer_in(request)
    require(may_open_changes(viewer))
    found = found_changes.change_seen(viewer, change)
    if found is None:
        raise Http404
    return change_schemas.one_change(found, reader_in(request))


@answers_at("/stories", list[change_schemas.ToldStory])
def stories(request: HttpRequest) -> list[change_schemas.ToldStory]:
    viewer = viewer_in(request)
    require(may_open_changes(viewer))
    return [change_schemas.story(each) for each in found_changes.stories_seen(viewer)]


@answers_at("/watch-list", list[change_schemas.WatchedChange])
def watch_list(request: HttpRequest) -> list[object]:
    viewer, done = viewer_in(request), found_changes.last_round(viewer_in(request).site)
    require(may_open_changes(viewer))
    handle, reader = done.handle_s if done else None, reader_in(request)
    return [change_schemas.watched(each, watch, handle, viewer.user.pk, reader) for each, watch in undecided(viewer, done)]
