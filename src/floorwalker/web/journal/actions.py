"""Writing the journal: the only door."""

from typing import TYPE_CHECKING

from floorwalker.web.journal.models import Entry

if TYPE_CHECKING:
    from floorwalker.web.accounts.models import Person, User

Facts = dict[str, str | int | float | bool | None]


def write(actor: "User | None", verb: str, thing: str = "", about: "Person | None" = None, facts: Facts | None = None) -> Entry:
    """Adds one line: who (None: the system itself) did what, to which thing, about which person."""
    return Entry.objects.create(actor=actor, verb=verb, thing=thing, about_person=about, facts=facts or {})


def looked(actor: "User", at_person: "Person", page: str) -> None:
    """Notes that somebody opened a page about a person; looking at oneself is not noted."""
    if actor.person_id != at_person.pk:
        write(actor, "person.looked", page, at_person)
