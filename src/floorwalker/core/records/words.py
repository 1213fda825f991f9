"""The closed vocabularies of the record tables. A source translates its own words into these and keeps the original."""

CHANNELS = ("voice", "chat", "message", "email", "ticket", "callback", "video", "social", "task")
DIRECTIONS = ("in", "out", "internal")
STATUSES = ("open", "closed", "merged", "spam", "deleted")
UNCOUNTED = ("merged", "spam", "deleted")
TIME_BASES = ("calendar", "business", "unknown")

OUTCOMES = (
    "answered",
    "abandoned",
    "timeout",
    "overflow",
    "exit_key",
    "exit_empty",
    "withdrawn",
    "callback",
    "voicemail",
    "rejected",
    "open",
    "unknown",
)
ENDED_BY = ("customer", "agent", "system", "transfer", "unknown")
TRANSFERS = ("none", "blind", "attended", "queue")
ACW_BASES = ("measured", "configured", "absent")

STATES = ("available", "busy", "break", "offline", "on_contact", "acw")
"""The first four part an agent's day without overlap: waiting for a contact, at work on contacts (the union of on_contact and
acw, so that overlapping chats count once), on a break, signed out. on_contact and acw are detail inside `busy`."""
BUSY_STATES = ("on_contact", "acw")

SURVEY_KINDS = ("csat", "nps", "ces", "fcr")
