"""What the queue_log source says, as sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from floorwalker.web.intake.sentence import Counted, Sentence

UNREADABLE: Mapping[str, Sentence] = {
    "file_empty": _("%(file)s is empty. If the log was just rotated, bring in the older part as well."),
    "file_binary": _("%(file)s is not a text file. We read queue_log as text, packed by gzip, or as a table export in CSV."),
    "file_damaged": _("%(file)s is packed and damaged. Copy it again."),
    "not_a_queue_log": _("%(file)s is no queue_log: its lines do not look like 1760000000|…|support|…|ENTERQUEUE|…"),
    "zone_unknown": _("There is no time zone “%(zone)s”. Write it like Europe/Warsaw."),
}

REFUSALS: Mapping[str, Sentence] = {
    "line_unfinished": _("The last line has no end; it may have been cut in the middle of a number."),
    "too_few_fields": _("The line has %(found)s fields; every event has at least %(expected)s."),
    "time_unreadable": _("The line does not begin with a time."),
    "hour_happens_twice": _(
        "When the clocks went back in %(zone)s this hour came twice, and nothing tells which one is meant."
    ),
    "hour_never_happens": _("When the clocks went forward in %(zone)s this hour did not exist."),
    "line_too_long": _("The line does not end within a megabyte."),
    "row_cut_short": _("The row has %(found)s cells; the header has %(expected)s."),
    "call_begins_before_log": _("%(event)s belongs to the call %(call)s, which entered the queue in an earlier log."),
}

REMEDIES: Mapping[str, Promise] = {
    "line_unfinished": _("Bring the log in again when it has grown; this line comes in then."),
    "too_few_fields": _("Look at the line; it may have been cut when the disk was full."),
    "time_unreadable": _("Look at the line; it may have been cut when the disk was full."),
    "hour_happens_twice": _("Bring in the log file itself: its times have no doubt."),
    "hour_never_happens": _("Check the time zone of this import."),
    "line_too_long": _("Look at the line; the file may be damaged there."),
    "row_cut_short": _("Export the table again."),
    "call_begins_before_log": _("Bring in the earlier log together with this one."),
}

REMARKS: Mapping[str, Sentence] = {
    "table_layout": _("%(file)s is a table export of the kind %(layout)s."),
    "encoding_guessed": _("The letters in %(file)s were read as %(encoding)s. Look at a few names to be sure."),
    "text_damaged": Counted(
        "lines",
        lambda n: ngettext(
            "%(lines)s line of %(file)s holds bytes that are no letters. It was kept.",
            "%(lines)s lines of %(file)s hold bytes that are no letters. They were kept.",
            n,
        ),
    ),
    "file_without_lines": _("%(file)s has no lines; the log was just rotated."),
    "unknown_event": Counted(
        "lines",
        lambda n: ngettext(
            "The event %(event)s is unknown to us; it stands in %(lines)s line and was left aside.",
            "The event %(event)s is unknown to us; it stands in %(lines)s lines, which were left aside.",
            n,
        ),
    ),
    "repeated_lines": Counted(
        "lines",
        lambda n: ngettext(
            "%(lines)s line came twice and was counted once.", "%(lines)s lines came twice and were counted once.", n
        ),
    ),
    "clock_went_back": Counted(
        "times",
        lambda n: ngettext(
            "The server's clock was set back %(times)s time, by %(most_s)s.",
            "The server's clock was set back %(times)s times, by %(most_s)s at most.",
            n,
        ),
    ),
    "hour_settled": Counted(
        "rows",
        lambda n: ngettext(
            "%(rows)s row lay in the hour that came twice, and could be placed by its call.",
            "%(rows)s rows lay in the hour that came twice, and could be placed by their calls.",
            n,
        ),
    ),
    "restarts": Counted(
        "times",
        lambda n: ngettext(
            "Asterisk was started again %(times)s time. Agents' hours before and after it are not joined.",
            "Asterisk was started again %(times)s times. Agents' hours before and after it are not joined.",
            n,
        ),
    ),
    "several_servers": Counted(
        "servers",
        lambda n: ngettext("The table holds rows of %(servers)s server.", "The table holds rows of %(servers)s servers.", n),
    ),
    "refused_callers_not_logged": _(
        "Callers who were turned away from a full or empty queue leave no line in this log, so the number offered is too low."
    ),
    "calls_without_end": Counted(
        "calls",
        lambda n: ngettext(
            "%(calls)s call had not ended when the log did. The next log completes it.",
            "%(calls)s calls had not ended when the log did. The next log completes them.",
            n,
        ),
    ),
    "stray_lines": Counted(
        "lines",
        lambda n: ngettext(
            "%(lines)s line does not fit what its call was doing, and was left aside.",
            "%(lines)s lines do not fit what their calls were doing, and were left aside.",
            n,
        ),
    ),
    "negative_durations": Counted(
        "legs",
        lambda n: ngettext(
            "%(legs)s call has a duration below zero. It is kept as reported and not used.",
            "%(legs)s calls have a duration below zero. They are kept as reported and not used.",
            n,
        ),
    ),
    "numbers_unreadable": Counted(
        "fields",
        lambda n: ngettext(
            "%(fields)s field should be a number and is none.", "%(fields)s fields should be numbers and are none.", n
        ),
    ),
    "wait_differs": Counted(
        "legs",
        lambda n: ngettext(
            "The wait that Asterisk reports for %(legs)s call differs from its clock by %(most_s)s.",
            "The wait that Asterisk reports for %(legs)s calls differs from its clock, by %(most_s)s at most.",
            n,
        ),
    ),
    "agent_two_names": _("%(interface)s and %(name)s are the same agent, and were taken as one."),
    "agent_name_unpaired": Counted(
        "interfaces",
        lambda n: ngettext(
            "The log does not say whose phone %(example)s is.",
            "The log does not say whose phones %(interfaces)s interfaces are, such as %(example)s.",
            n,
        ),
    ),
    "sign_in_unknown": Counted(
        "agents",
        lambda n: ngettext(
            "The log shows no sign-in of %(example)s: their calls are known, their hours are not.",
            "The log shows no sign-in of %(agents)s agents, such as %(example)s: their calls are known, their hours are not.",
            n,
        ),
    ),
    "talk_without_end": Counted(
        "talks",
        lambda n: ngettext(
            "%(talks)s conversation has no end in the log; after four hours it does not count as work.",
            "%(talks)s conversations have no end in the log; after four hours they do not count as work.",
            n,
        ),
    ),
    "survey_scale_unknown": Counted(
        "answers",
        lambda n: ngettext(
            "%(answers)s survey answer has a scale that nobody told us, so it is kept and not counted.",
            "%(answers)s survey answers have a scale that nobody told us, so they are kept and not counted.",
            n,
        ),
    ),
    "survey_fields_unread": Counted(
        "lines",
        lambda n: ngettext(
            "%(lines)s survey line holds further numbers that were not read.",
            "%(lines)s survey lines hold further numbers that were not read.",
            n,
        ),
    ),
}
