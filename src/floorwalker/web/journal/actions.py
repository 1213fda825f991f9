"""Writing the journal: the only door."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from floorwalker.web.journal.models import Entry

if TYPE_CHECKING:
    from floorwalker.web.accounts.models import Person, User

Facts = dict[str, str | int | float | bool | None]

LOOKED = "person.looked"
ONE_LOOK = timedelta(minutes=10)
"""Opening the same page again within this time is the same look."""


def write(actor: "User | None", verb: str, thing: str = "", about: "Person | None" = None, facts: Facts | None = None) -> Entry:
    """Adds one line: who (None: the system itself) did what, to which thing, about which person."""
    return Entry.objects.create(actor=actor, verb=verb, thing=thing[:200], about_person=about, facts=facts or {})


def looked(actor: "User", at_person: "Person", page: str) -> None:
    """Notes that somebody opened a page about a person (`page` as in wording.PAGES); looking at oneself is not noted."""
    looked_at_all(actor, [at_person], page)


def looked_at_all(actor: "User", people: "Iterable[Person]", page: str) -> None:
    """Notes a look at each of several people whose own numbers stand on one page."""
    others = {person.pk: person for person in people if person.pk != actor.person_id}
    looks = Entry.objects.filter(verb=LOOKED, actor=actor, thing=page, at__gt=timezone.now() - ONE_LOOK)
    known = set(looks.filter(about_person__in=others).values_list("about_person", flat=True))
    Entry.objects.bulk_create(
        [Entry(actor=actor, verb=LOOKED, thing=page, about_person_id=pk) for pk in others if pk not in known]
    )
