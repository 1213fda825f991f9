"""Sentences of the open door."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.models import User
from floorwalker.web.calendars.models import Placed
from floorwalker.web.calendars.wording import Words
from floorwalker.web.opendoor.models import Booking, Letter
from floorwalker.web.ui.reader import Reader
from floorwalker.web.voice.models import Kind

Sentence = str | Promise

PROBLEMS: Mapping[str, Sentence] = {
    "hours.none": _("No slot of %(minutes)s minutes fits between these times. Give a later end."),
    "hours.past": _("This time is over already. Choose a later one."),
    "hours.taken": _("The door of %(name)s is open at that time already. Choose another time, or close that door first."),
    "opening.cancelled": _("This open door was called off."),
    "opening.not_announced": _("This open door is not announced yet, so nobody can come."),
    "opening.over": _("This open door is over."),
    "slot.taken": _("Somebody else took this slot a moment ago. Choose another one, or wait for one to become free."),
    "slot.withdrawn": _("The host took this slot back. Choose another one."),
    "slot.over": _("This slot has begun or is over."),
    "slot.ahead": _("This visit is still to come. Note its outcome afterwards."),
    "guest.comes_already": _("There is a slot for this person on this day already. Cancel that one first to change the time."),
    "guest.is_host": _("Nobody visits their own open door."),
    "booking.cancelled": _("This slot was cancelled already."),
    "outcome.no_words": _("Say in a few words what it is, or choose that there is nothing to do."),
    "outcome.noted": _("What came of this visit stands among the follow-ups already. Change it there."),
    "waiting.free_slots": _("There are free slots: take one of them instead of waiting."),
}

SUBJECTS: Mapping[str, Sentence] = {
    Letter.Kind.ANNOUNCED: _("Open door with %(host)s, %(day)s"),
    Letter.Kind.MOVED_UP: _("A slot became free for you: %(time)s"),
    Letter.Kind.GUEST_CANCELLED: _("A slot of your open door is free again: %(time)s"),
    Letter.Kind.HOST_CANCELLED: _("Called off: open door with %(host)s, %(day)s"),
}

OUTCOMES: Mapping[str, Sentence] = {
    "": _("It was good to talk; nothing to do"),
    Kind.FOLLOW_UP: _("Something to do"),
    Kind.IDEA: _("An idea"),
    Kind.FRICTION: _("Something that gets in the way"),
}


def sentence(problem: NotDone) -> str:
    """Why nothing was changed, in the reader's language."""
    return str(PROBLEMS[problem.code]) % problem.facts


def subject(kind: str, facts: Mapping[str, str]) -> str:
    """The subject of a letter, in the active language."""
    return str(SUBJECTS[kind]) % facts


def in_calendar(placed: Placed, guest: User, reader: Reader) -> Words:
    """What a visit is called in the calendars of host and guest, in the active language."""
    booking = Booking.objects.select_related("opening__host", "guest").get(placed=placed)
    names = {"host": booking.opening.host.name, "guest": booking.guest.name, "place": booking.opening.place}
    who = _("Open door: %(guest)s") if guest.person_id == booking.opening.host_id else _("Open door with %(host)s")
    description = _("Place: %(place)s. Only the two of you, and whoever booked it, know about it.")
    return Words(str(who) % names, str(description) % names)
