"""Kinds of tables and the fields of their rows, in a manager's words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, Promise] = {
    "contacts": _("Contacts, one in each row"),
    "intervals": _("Interval statistics, one interval in each row"),
    "surveys": _("Survey answers, one in each row"),
    "people": _("People, one in each row"),
}

LEFT_OUT = _("Leave out")

_FIELDS: Mapping[str, Promise] = {
    "native_id": _("Number of the contact"),
    "root_native_id": _("Number of the first contact in a chain"),
    "prev_native_id": _("Number of the contact before"),
    "started_at": _("Start"),
    "enqueued_at": _("Entered the queue"),
    "left_queue_at": _("Left the queue"),
    "answered_at": _("Answered at"),
    "ended_at": _("End"),
    "first_response_at": _("First reply"),
    "resolved_at": _("Resolved"),
    "queue": _("Queue"),
    "agent": _("Agent"),
    "topic": _("Reason for the contact"),
    "channel": _("Channel"),
    "customer": _("Customer"),
    "entry_point": _("Number or inbox that the customer used"),
    "language": _("Language"),
    "disposition": _("How the agent closed it"),
    "transfer_to": _("Passed on to"),
    "direction": _("Direction"),
    "status": _("Status"),
    "outcome": _("Outcome"),
    "answered": _("Contacts answered"),
    "abandoned": _("Contacts abandoned"),
    "wait_s": _("Wait"),
    "ring_s": _("Ringing"),
    "talk_s": _("Talk"),
    "hold_s": _("Hold"),
    "acw_s": _("After-contact work"),
    "handle_s": _("Handle time, total"),
    "ring_fail_count": _("Rung without an answer"),
    "reopen_count": _("Reopened"),
    "ended_by": _("Who ended it"),
    "transfer_kind": _("How it was passed on"),
    "score": _("Score"),
    "comment": _("Comment"),
    "length_min": _("Length of the interval, minutes"),
    "offered": _("Contacts offered"),
    "answered_in_time": _("Answered in time"),
    "threshold_s": _("Time within which to answer"),
    "staffed_s": _("Signed-in time"),
    "contact_native_id": _("Number of the contact"),
    "asked_at": _("Asked at"),
    "kind": _("What was asked"),
    "name": _("Name"),
    "email": _("E-mail address"),
    "agent_names": _("Names in other systems"),
    "team": _("Team"),
    "role": _("Role"),
    "site": _("Site"),
    "hired_on": _("First day at work"),
    "left_on": _("Last day at work"),
}
_OF_KIND: Mapping[tuple[str, str], Promise] = {
    ("contacts", "answered"): _("Answered, yes or no"),
    ("contacts", "abandoned"): _("Abandoned, yes or no"),
    ("intervals", "started_at"): _("Start of interval"),
    ("surveys", "native_id"): _("Number of the answer"),
    ("people", "native_id"): _("Staff number"),
}


def field_name(field: str, kind: str = "") -> str:
    """A field's name in the active language; within a kind of table its meaning may be narrower."""
    label = _OF_KIND.get((kind, field)) or _FIELDS.get(field)
    return str(label) if label else field
