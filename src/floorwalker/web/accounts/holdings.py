"""What the system holds about one person, for that person alone: facts of work, names, roles, account, and who looked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from django.apps import apps
from django.utils.module_loading import import_string

from floorwalker.web.accounts.factors import factor_of
from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.queries import PersonLine, own_line
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal import queries as journal
from floorwalker.web.journal.wording import details, moment, sentence, who
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Happened:
    """One entry of the journal in the reader's words."""

    at: str
    who: str
    sentence: str
    details: str


@dataclass(frozen=True)
class Kept:
    """What one app holds about a person: for a program, and in the reader's words where no page of its own tells it.

    An app says what it holds under `held_about` of its AppConfig: the dotted path of a `Keeper`.
    """

    data: object
    title: str = ""
    lines: Sequence[str] = ()


Keeper = Callable[[Viewer, Reader], Kept | None]


@dataclass(frozen=True)
class Held:
    """Everything held; without a person only the account is known."""

    person: PersonLine | None
    looks: Sequence[Happened]
    others: Sequence[Happened]
    kept: Sequence[Kept]


def held(viewer: Viewer, reader: Reader) -> Held:
    """What a person reads about themselves: who looked apart from all else that happened."""
    lines = journal.about(viewer.person.pk) if viewer.person else []
    happened = [(line.verb == "person.looked", _in_words(line, reader)) for line in lines]
    return Held(
        person=own_line(viewer),
        looks=[words for is_look, words in happened if is_look],
        others=[words for is_look, words in happened if not is_look],
        kept=[kept for _label, kept in _kept(viewer, reader) if kept.lines],
    )


def _kept(viewer: Viewer, reader: Reader) -> Iterator[tuple[str, Kept]]:
    """By the name of each app what it holds about the viewer; an app that holds nothing is left out."""
    for config in apps.get_app_configs():
        path = getattr(config, "held_about", "")
        if not path or viewer.person is None:
            continue
        keeper: Keeper = import_string(path)
        if (kept := keeper(viewer, reader)) is not None:
            yield config.label, kept


def looks_at(person_id: int, reader: Reader) -> Sequence[Happened]:
    """Who looked at a person, newest first."""
    return [_in_words(line, reader) for line in journal.about(person_id) if line.verb == "person.looked"]


def _in_words(line: journal.Line, reader: Reader) -> Happened:
    return Happened(moment(line.at, reader), who(line), sentence(line), details(line, reader))


def as_data(viewer: Viewer, reader: Reader) -> dict[str, object]:
    """The same for a program: instants in UTC, days as ISO dates, verbs as stable words."""
    person = own_line(viewer)
    lines = journal.about(viewer.person.pk, at_most=journal.EXPORTED_AT_MOST) if viewer.person else []
    return {
        "person": asdict(person) if person else None,
        "account": _account(viewer.user),
        "journal": [asdict(line) for line in lines],
        **{label: kept.data for label, kept in _kept(viewer, reader)},
    }


def _account(user: User) -> dict[str, object]:
    factor = factor_of(user)
    return {
        "email": user.email,
        "joined_at": user.joined_at,
        "last_sign_in_at": user.last_login,
        "language": user.language,
        "theme": user.theme,
        "time_from_left": user.time_from_left,
        "second_factor": {"on_since": factor.since, "last_used_at": factor.used_at} if factor else None,
        "keys": [{"name": each.name, "made_at": each.made_at, "used_on": each.used_on} for each in user.tokens.all()],
    }
