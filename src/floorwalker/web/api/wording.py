"""Sentences of the API: refusals by code, and what each operation answers."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from floorwalker.core.measures import Unanswerable
from floorwalker.web.pulse.wording import unanswerable as pulse_unanswerable

SENTENCES: Mapping[str, Promise] = {
    "not_signed_in": _("Nobody is signed in. Send a key of yours as “Authorization: Bearer …”; you make one on your own page."),
    "not_allowed": _("Your roles do not let you see this. Your own page says which roles you hold."),
    "not_found": _("There is nothing at this address that you may see."),
    "not_readable": _("We cannot read the value of “%(name)s”. The page of the API shows how it is written."),
    "not_a_filter": _("We cannot read “%(value)s”. Write a name, an equals sign and a value, such as: queue=Billing"),
}

OPERATIONS: Mapping[str, Promise] = {
    "measures": _("All measures: what each asks, its unit, its formula, and the smallest sample on which it stands."),
    "answers": _("The answer to a question: measures, cut by dimensions, over days, of contacts that pass filters."),
    "contacts": _("The contacts behind a number, newest first."),
    "changes": _("What changed at the site, in queues, channels, reasons, and in the teams that you may see, latest first."),
    "one_change": _("One change: its size, its days, and how sure we were day by day."),
    "stories": _("What people told about changes, latest first."),
    "watch_list": _("What is undecided, what would cost most if it lasted first."),
    "imports": _("What was brought in and how it went, newest first."),
    "one_import": _("One import: how far it is, and what became of its rows."),
    "people": _("The people whose page you may open: facts of work, never numbers."),
    "journal": _("Who did what and when, newest first."),
    "calendar": _("When time that you keep free stands as busy in your calendar, this week or between two days."),
    "follow_ups": _("What you owe and what you wait for, open ones only: follow-ups, observations, friction, ideas."),
    "open_doors": _(
        "Open doors to come and their slots. Who comes is named to host, guest and whoever booked, to nobody else."
    ),
    "book_slot": _("Takes a slot: for yourself, or as a team leader for somebody of your team."),
    "cancel_booking": _("Gives a slot back. The other side is told, and whoever waits longest gets it."),
    "own_signature": _("Your own signature: what changed for good in your numbers, against your own past."),
    "person_signature": _("The signature of somebody whose numbers you may see. They see that you looked."),
    "forecast": _("What is expected of each day: its total with its doubt, and by half-hour for four weeks."),
    "needed": _("How many people a day takes in each half-hour, and how many are planned."),
    "room": _("How many may leave each queue in the coming days so that its goal is still met."),
    "certificates": _("Certificates of past days, and what became of them."),
    "me": _("Who you are here: your roles and the names under which contacts know you."),
}

PARAMETERS: Mapping[str, Promise] = {
    "measures": _("names of measures, separated by commas"),
    "by": _("what to cut by, separated by commas: day, week, month, year, weekday, hour, queue, channel, topic, agent, team"),
    "since": _("first day, such as 2024-05-01"),
    "until": _("last day, included"),
    "where": _("a filter such as queue=Billing or channel!=chat; may be given several times"),
    "definition": _("another common definition, such as service_level=of_answered; may be given several times"),
    "others": _("true for the values under all other definitions as well"),
    "queue": _("name of a queue; without it all of them"),
    "day": _("a day, such as 2024-05-01; without it today"),
    "confidence": _("share of such days in which the goal is still met: 0.8, 0.9 or 0.95"),
    "page": _("page of the list, from 1 on"),
    "measure": _("name of a measure"),
    "after": _("where the next page begins, as the last one said"),
    "named": _("part of a name or number"),
    "slot": _("number of a slot, as the list of open doors gives it"),
    "booking": _("number of a booking, as the list of open doors gives it"),
    "guest": _("number of the person who shall come; without it you"),
    "note": _("a word to the other side"),
    "who": _("number of an account"),
    "about": _("number of a person"),
    "what": _("kind of entry, such as import or role"),
    "kind": _("kind of entry: follow_up, observation, friction or idea"),
    "pk": _("number of the import"),
    "person": _("number of a person"),
    "team": _("name of a team"),
    "channel": _("name of a channel, such as voice or chat"),
    "topic": _("name of a reason for contact"),
    "verdict": _("lasting, blip, early, or held for what the alarm budget holds back"),
    "change": _("number of a change"),
    "before": _("number of an import: older ones only"),
}


def sentence(code: str, facts: Mapping[str, str] | None = None) -> str:
    """A refusal in the reader's language."""
    return str(SENTENCES[code]) % (facts or {})


def unanswerable(reason: Unanswerable) -> str:
    """Why a question cannot be answered, in the reader's language."""
    return sentence(reason.code, reason.facts) if reason.code in SENTENCES else pulse_unanswerable(reason)
