"""Every code that this source can emit, with the facts that come along. The web has one sentence for each."""

from collections.abc import Mapping

Facts = tuple[str, ...]

REFUSALS: Mapping[str, Facts] = {
    # The last line has no line end: it may have been cut in the middle of a number.
    "line_unfinished": (),
    # Fewer than the five fields that every line begins with.
    "too_few_fields": ("found", "expected"),
    # The first field is no time.
    "time_unreadable": (),
    # A local time inside the autumn hour that happens twice, with nothing to tell which one.
    "hour_happens_twice": ("zone",),
    # A local time inside the spring hour that does not exist.
    "hour_never_happens": ("zone",),
    # More than a megabyte without a line end, or a table cell of that kind.
    "line_too_long": (),
    # A table row with fewer cells than the header.
    "row_cut_short": ("found", "expected"),
    # An event of a call whose entry into the queue lies in an earlier log.
    "call_begins_before_log": ("event", "call"),
}

REMARKS: Mapping[str, Facts] = {
    # The column layout of a table export: realtime, freepbx or queuemetrics.
    "table_layout": ("file", "layout"),
    # Not UTF-8; read in the encoding that fits best.
    "encoding_guessed": ("file", "encoding"),
    # Lines with bytes that are no text; kept, with a replacement sign.
    "text_damaged": ("file", "lines"),
    # A file without a single line (just rotated), beside others that have some.
    "file_without_lines": ("file",),
    # An event word that says nothing to us.
    "unknown_event": ("event", "lines"),
    # The same line in two files, or twice in the same table and second.
    "repeated_lines": ("lines",),
    # The clock of the server was set back: how often, and by how much at most.
    "clock_went_back": ("times", "most_s"),
    # Rows of the autumn hour that could be placed by their call ids and their order.
    "hour_settled": ("rows",),
    # Asterisk was started again; agents' states before and after are not joined.
    "restarts": ("times",),
    # Rows of several servers in one table.
    "several_servers": ("servers",),
    # Callers refused at the door (empty or full queue) leave no line: offered is understated.
    "refused_callers_not_logged": (),
    # Calls whose end is not in the log (yet).
    "calls_without_end": ("calls",),
    # Lines of a known call that do not fit what it was doing.
    "stray_lines": ("lines",),
    # Reported durations below zero: kept as reported, not used.
    "negative_durations": ("legs",),
    # Fields that should be a number and are not.
    "numbers_unreadable": ("fields",),
    # Waits whose reported length differs from the two clock times by more than two seconds.
    "wait_differs": ("legs", "most_s"),
    # An agent who stands in the log under two names, taken as one.
    "agent_two_names": ("interface", "name"),
    # Phones that were signed in, without the log showing whose they are.
    "agent_name_unpaired": ("interfaces", "example"),
    # Agents without any sign-in: their calls are known, their available time is not.
    "sign_in_unknown": ("agents", "example"),
    # Conversations without an end; after four hours not counted as work.
    "talk_without_end": ("talks",),
    # Answers on a scale that nobody told us.
    "survey_scale_unknown": ("kind", "answers"),
    # Further numbers in a survey line that were not read.
    "survey_fields_unread": ("kind", "lines"),
}

UNREADABLE: Mapping[str, Facts] = {
    "file_empty": ("file",),
    "file_binary": ("file",),
    "file_damaged": ("file",),
    "not_a_queue_log": ("file",),
    "zone_unknown": ("zone",),
}
