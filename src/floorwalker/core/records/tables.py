"""The six record tables."""

from floorwalker.core.records import words
from floorwalker.core.records.schema import Column, Kind, Table

TEXT, KEY, COUNT, NUMBER = Kind.TEXT, Kind.KEY, Kind.COUNT, Kind.NUMBER
FLAG, DATE, INSTANT = Kind.FLAG, Kind.DATE, Kind.INSTANT

_ORIGIN = (
    Column("source", TEXT, "the import source that said so", required=True),
    Column("import_id", KEY, "the import that brought the row in its present form", required=True),
    Column("line", COUNT, "line (or row) of the original where the row begins"),
    Column("row_hash", KEY, "hash of everything the source said in this row; equal hash, nothing new", required=True),
)
_WHEN = (
    Column("day", DATE, "local day on which it began; a night shift belongs to the day it starts", required=True),
    Column("minute", COUNT, "local minute of that day, rounded down to a quarter of an hour", unit="min", required=True),
)

CONTACT = Table(
    "contact",
    "one conversation, call or ticket as the customer sees it",
    key=("contact_key",),
    columns=(
        Column("contact_key", KEY, "hash of source and native_id", required=True),
        Column("native_id", TEXT, "the source's own identifier, kept verbatim", required=True),
        Column("root_native_id", TEXT, "first contact of a chain of transfers, merges or follow-ups"),
        Column("prev_native_id", TEXT, "the contact before this one in its chain"),
        *_WHEN,
        Column("started_at", INSTANT, "when the customer reached us", required=True),
        Column("ended_at", INSTANT, "when the contact ended"),
        Column("first_response_at", INSTANT, "first public reply by a person"),
        Column("resolved_at", INSTANT, "when it was last resolved"),
        Column("reopen_count", COUNT, "how often it was opened again after being resolved"),
        Column("tz", TEXT, "IANA zone in which the source's times were read", required=True),
        Column("precision_s", NUMBER, "finest step of the source's clock", unit="s"),
        Column("time_basis", TEXT, "whether reported durations count calendar or business time", words=words.TIME_BASES),
        Column("channel", TEXT, "way of contact", words=words.CHANNELS),
        Column("channel_raw", TEXT, "the source's own word for the channel"),
        Column("direction", TEXT, "who began it", words=words.DIRECTIONS),
        Column("status", TEXT, "merged, spam and deleted are kept but not counted", words=words.STATUSES),
        Column("customer_key", KEY, "keyed hash of the customer's number or address; null if withheld"),
        Column("queue", TEXT, "queue of the last leg that was answered, else of the last leg"),
        Column("agent", TEXT, "agent of that leg"),
        Column("topic", TEXT, "reason for the contact"),
        Column("entry_point", TEXT, "number, inbox or mailbox that the customer used"),
        Column("language", TEXT, "language of the contact"),
        Column("disposition", TEXT, "how the agent closed it, in the source's words"),
        Column("custom", TEXT, "every other column of the source, as a JSON object of texts"),
        *_ORIGIN,
    ),
)

LEG = Table(
    "leg",
    "one stay in one queue, or one direct connection to an agent",
    key=("contact_key", "seq"),
    columns=(
        Column("contact_key", KEY, "the contact it is part of", required=True),
        Column("seq", COUNT, "0 for the first leg of its contact", required=True),
        *_WHEN,
        Column("queue", TEXT, "queue waited in"),
        Column("channel", TEXT, "way of contact, as in contact", words=words.CHANNELS),
        Column("topic", TEXT, "reason, as in contact"),
        Column("direction", TEXT, "who began it, as in contact", words=words.DIRECTIONS),
        Column("status", TEXT, "as in contact: merged, spam and deleted are not counted", words=words.STATUSES),
        Column("agent", TEXT, "agent who answered; null if nobody did"),
        Column("enqueued_at", INSTANT, "when waiting began", required=True),
        Column("left_queue_at", INSTANT, "when waiting ended, in whatever way"),
        Column("answered_at", INSTANT, "when an agent answered"),
        Column("ended_at", INSTANT, "when the leg ended"),
        Column("outcome", TEXT, "how the stay in the queue ended", required=True, words=words.OUTCOMES),
        Column("wait_s_reported", NUMBER, "wait as the source gives it", unit="s"),
        Column("wait_s", NUMBER, "wait used by measures: reported, else derived from the instants", unit="s"),
        Column("ring_s", NUMBER, "ringing at the agent who answered", unit="s"),
        Column("ring_fail_count", COUNT, "how often an agent was rung without answering"),
        Column("talk_s", NUMBER, "conversation; includes hold when hold_in_talk", unit="s"),
        Column("hold_s", NUMBER, "hold", unit="s"),
        Column("hold_in_talk", FLAG, "true when talk_s already contains hold_s"),
        Column("acw_s", NUMBER, "after-contact work", unit="s"),
        Column("acw_basis", TEXT, "where acw_s comes from", words=words.ACW_BASES),
        Column("handle_s_reported", NUMBER, "handle time as the source gives it", unit="s"),
        Column("handle_s", NUMBER, "handle time used by AHT: the known parts added up, else as reported", unit="s"),
        Column("ended_by", TEXT, "who ended it", words=words.ENDED_BY),
        Column("transfer_kind", TEXT, "how it was passed on", words=words.TRANSFERS),
        Column("transfer_to", TEXT, "to whom or where"),
        *_ORIGIN,
    ),
)

AGENT_STATE = Table(
    "agent_state",
    "one stretch of one agent in one state, cut at quarters of an hour so that it can be added up",
    key=("agent", "state", "reason", "from_at"),
    columns=(
        Column("agent", TEXT, "whose state", required=True),
        Column("state", TEXT, "what the agent was doing", required=True, words=words.STATES),
        Column("reason", TEXT, "reason of a break, in the source's words; empty text when none", required=True),
        *_WHEN,
        Column("from_at", INSTANT, "start of this piece", required=True),
        Column("seconds", NUMBER, "length of this piece", unit="s", required=True),
        Column("began_at", INSTANT, "start of the whole stretch before it was cut"),
        *_ORIGIN,
    ),
)

SURVEY = Table(
    "survey",
    "one answer of a customer to one question",
    key=("survey_key",),
    columns=(
        Column("survey_key", KEY, "hash of source, native id and kind", required=True),
        Column("native_id", TEXT, "the source's own identifier", required=True),
        Column("contact_native_id", TEXT, "the contact it is about, in the source's words"),
        Column("contact_key", KEY, "the contact it is about; null until that contact is known"),
        *_WHEN,
        Column("queue", TEXT, "queue of the contact, else as the survey says"),
        Column("channel", TEXT, "channel of the contact", words=words.CHANNELS),
        Column("topic", TEXT, "reason of the contact"),
        Column("agent", TEXT, "agent of the contact, else as the survey says"),
        Column("kind", TEXT, "what was asked", required=True, words=words.SURVEY_KINDS),
        Column("score_raw", TEXT, "the answer as given; null when asked but not answered"),
        Column("score", NUMBER, "the answer as a number on its scale"),
        Column("scale_min", NUMBER, "lowest possible answer; null if unknown"),
        Column("scale_max", NUMBER, "highest possible answer; null if unknown"),
        Column("scale_id", TEXT, "name of the scale; answers on different scales are never pooled silently"),
        Column("score_norm", NUMBER, "0 worst to 1 best; null if the scale is unknown"),
        Column("asked_at", INSTANT, "when it was asked"),
        Column("answered_at", INSTANT, "when it was answered"),
        Column("comment", TEXT, "the customer's words"),
        *_ORIGIN,
    ),
)

INTERVAL_STAT = Table(
    "interval_stat",
    "sums over one interval of one queue as a system reports them; never exploded into contacts",
    key=("source", "day", "minute", "queue", "channel", "agent"),
    columns=(
        *_WHEN,
        Column("length_min", COUNT, "length of the interval", unit="min", required=True),
        Column("started_at", INSTANT, "start of the interval", required=True),
        Column("queue", TEXT, "queue; empty text when the source knows none", required=True),
        Column("channel", TEXT, "channel; empty text when unknown", required=True),
        Column("agent", TEXT, "agent; empty text when the row is of a whole queue", required=True),
        Column("offered", COUNT, "contacts that entered"),
        Column("answered", COUNT, "contacts answered"),
        Column("abandoned", COUNT, "contacts given up by the customer"),
        Column("answered_in_time", COUNT, "contacts answered within the source's own threshold"),
        Column("threshold_s", NUMBER, "that threshold", unit="s"),
        Column("wait_s", NUMBER, "total wait of answered contacts", unit="s"),
        Column("talk_s", NUMBER, "total talk", unit="s"),
        Column("hold_s", NUMBER, "total hold", unit="s"),
        Column("acw_s", NUMBER, "total after-contact work", unit="s"),
        Column("handle_s", NUMBER, "total handle time", unit="s"),
        Column("staffed_s", NUMBER, "total signed-in time", unit="s"),
        *_ORIGIN,
    ),
)

PERSON = Table(
    "person",
    "one person of the centre, as a people list gives them",
    key=("native_id",),
    columns=(
        Column("native_id", TEXT, "staff number or whatever identifies the person in the list", required=True),
        Column("name", TEXT, "name as written; never split", required=True),
        Column("email", TEXT, "address for signing in and for mail"),
        Column("agent_names", TEXT, "names under which systems know the person, separated by ;"),
        Column("team", TEXT, "team"),
        Column("role", TEXT, "role in Floorwalker"),
        Column("site", TEXT, "site"),
        Column("hired_on", DATE, "first day at work"),
        Column("left_on", DATE, "last day at work; null while employed"),
        Column("line", COUNT, "line of the original"),
    ),
)

TABLES = {table.name: table for table in (CONTACT, LEG, AGENT_STATE, SURVEY, INTERVAL_STAT, PERSON)}
