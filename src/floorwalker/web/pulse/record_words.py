"""The words of cuts and of single records: dimensions, channels, outcomes, how a contact ended."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DIMENSIONS: Mapping[str, Promise] = {
    "queue": _("Queue"),
    "channel": _("Channel"),
    "topic": _("Reason"),
    "team": _("Team"),
    "agent": _("Agent"),
    "hour": _("Hour of day"),
    "minute": _("Quarter of an hour"),
    "weekday": _("Weekday"),
    "day": _("Day"),
    "week": _("Week"),
    "month": _("Month"),
    "year": _("Year"),
}

CUTS: Mapping[str, Promise] = {
    "queue": _("By queue"),
    "channel": _("By channel"),
    "topic": _("By reason"),
    "team": _("By team"),
    "agent": _("By agent"),
    "hour": _("By hour of day"),
    "weekday": _("By weekday"),
}

ANY: Mapping[str, Promise] = {
    "queue": _("All queues"),
    "channel": _("All channels"),
    "topic": _("All reasons"),
    "team": _("All teams"),
    "agent": _("All agents"),
}

UNKNOWN: Mapping[str, Promise] = {
    "queue": _("No queue named"),
    "channel": _("Channel not known"),
    "topic": _("No reason given"),
    "team": _("No team"),
    "agent": _("No agent"),
    "hour": _("Hour not known"),
    "weekday": _("Day not known"),
}

STEPS: Mapping[str, Promise] = {
    "day": _("day by day"),
    "week": _("week by week"),
    "month": _("month by month"),
}

CHANNELS: Mapping[str, Promise] = {
    "voice": _("Phone"),
    "chat": _("Chat"),
    "message": _("Messages"),
    "email": _("E-mail"),
    "ticket": _("Tickets"),
    "callback": _("Callbacks"),
    "video": _("Video"),
    "social": _("Social media"),
    "task": _("Tasks"),
}

OUTCOMES: Mapping[str, Promise] = {
    "answered": _("Answered"),
    "abandoned": _("The customer gave up"),
    "timeout": _("Waited too long for the queue"),
    "overflow": _("Sent on because the queue was full"),
    "exit_key": _("The customer pressed a key to leave"),
    "exit_empty": _("Left because nobody was on the queue"),
    "withdrawn": _("Withdrawn"),
    "callback": _("Asked to be called back"),
    "voicemail": _("Left a message"),
    "rejected": _("Rejected"),
    "open": _("Still open"),
    "unknown": _("Not known"),
}

ENDED_BY: Mapping[str, Promise] = {
    "customer": _("The customer"),
    "agent": _("The agent"),
    "system": _("The system"),
    "transfer": _("A transfer"),
    "unknown": _("Not known"),
}

TRANSFERS: Mapping[str, Promise] = {
    "none": _("Not passed on"),
    "blind": _("Passed on without a word"),
    "attended": _("Passed on after a word with a colleague"),
    "queue": _("Passed on to a queue"),
}

STATUSES: Mapping[str, Promise] = {
    "open": pgettext_lazy("status of a contact", "Open"),
    "closed": pgettext_lazy("status of a contact", "Closed"),
    "merged": pgettext_lazy("status of a contact", "Merged with another, not counted"),
    "spam": pgettext_lazy("status of a contact", "Spam, not counted"),
    "deleted": pgettext_lazy("status of a contact", "Deleted at the source, not counted"),
}

RECORD_DIRECTIONS: Mapping[str, Promise] = {
    "in": _("Incoming"),
    "out": _("Outgoing"),
    "internal": _("Internal"),
}

SURVEYS: Mapping[str, Promise] = {
    "csat": _("Customer satisfaction"),
    "nps": _("Net promoter score"),
    "ces": _("Customer effort"),
    "fcr": _("Was it settled at once?"),
}
