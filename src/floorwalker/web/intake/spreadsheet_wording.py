"""What the spreadsheet source says, as sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from floorwalker.web.intake.sentence import Counted, Sentence

UNREADABLE: Mapping[str, Sentence] = {
    "no_such_file": _("There is no file %(file)s. Check its name and place."),
    "empty_file": _("%(file)s is empty. Export it again, and look whether the period holds any rows."),
    "binary_file": _("%(file)s is not a table, it looks like %(looks_like)s. Save it as CSV or XLSX."),
    "unknown_encoding": _("The letters in %(file)s could not be read; we tried %(tried)s. Save the file as UTF-8."),
    "damaged_file": _("%(file)s is damaged and cannot be opened. Export it again."),
    "locked_workbook": _("%(file)s is locked with a password. Take the password away, or save it as CSV."),
    "unpacks_too_large": _(
        "%(file)s has %(packed_mb)s MB and unpacks to %(unpacked_mb)s MB; we open up to %(limit_mb)s MB. "
        "Save it as CSV, or split it."
    ),
    "sheet_too_large": _(
        "The sheet in %(file)s has %(rows)s rows and %(columns)s columns; we open up to %(limit_cells)s cells. "
        "Delete what is empty, or save it as CSV."
    ),
    "no_such_sheet": _("%(file)s has no sheet “%(sheet)s”. It has %(sheets)s."),
    "header_only": _("%(file)s has column names and no rows below them. Export it again for a longer period."),
    "no_table": _("We found no table in %(file)s: a row of column names with rows below it."),
    "line_too_long": _("A line of %(file)s is longer than %(limit_mb)s MB. Perhaps a quotation mark is missing there."),
    "missing_column": _("%(file)s lacks %(columns)s. It has %(found)s. Choose what its columns mean."),
    "columns_changed": _("The columns of %(file)s have changed. Gone: %(gone)s. New: %(new)s. Check what they mean first."),
    "field_not_mapped": _("We do not know yet which column is %(fields)s. Choose it, then the file can come in."),
    "question_open": _("A question about this file is still open: %(question)s. Answer it, then the file can come in."),
    "not_a_mapping": _("%(file)s does not say what columns mean: %(problem)s."),
}

LOOKS_LIKE: Mapping[str, Promise] = {
    "pdf": _("a PDF document"),
    "picture": _("a picture"),
    "database": _("a database"),
    "parquet": _("a Parquet file"),
    "archive": _("a packed archive"),
    "program": _("a program"),
    "unknown": _("something other than text"),
}

REFUSALS: Mapping[str, Sentence] = {
    "too_few_cells": _("The row has %(found)s cells; the header has %(expected)s."),
    "too_many_cells": _("The row has %(found)s cells; the header has %(expected)s."),
    "truncated_line": _("The last line breaks off after %(found)s of %(expected)s cells."),
    "unbalanced_quote": _("A quotation mark is opened here and never closed."),
    "undecodable": _("The row holds bytes that are no letters in %(encoding)s."),
    "cell_too_large": _("The cell holds %(length)s letters; we take up to %(limit)s."),
    "empty_required": _("%(field)s is missing, and a row cannot do without it."),
    "not_a_time": _("This is no time. Times in this column look like %(expected)s."),
    "ambiguous_date": _("This date can be read in two ways. Other dates in this column look like %(expected)s."),
    "time_out_of_range": _("This time lies outside the years from %(earliest)s to %(latest)s."),
    "repeated_hour": _(
        "When the clocks went back in %(tz)s this hour came twice, and the file does not say which one is meant."
    ),
    "skipped_hour": _("When the clocks went forward in %(tz)s this hour did not exist."),
    "not_a_duration": _("This is no duration. Durations in this column look like %(expected)s."),
    "negative_duration": _("A duration cannot be less than nothing."),
    "not_a_number": _("This is no number. Numbers in this column look like %(expected)s."),
    "not_a_count": _("A count must be a whole number."),
    "negative_count": _("A count cannot be less than nothing."),
    "unknown_word": _("We do not know this word as %(field)s. Known are %(expected)s."),
    "not_on_scale": _("The answer is not on the scale from %(lowest)s to %(highest)s."),
    "more_answered_than_offered": _("More contacts were answered (%(answered)s) than offered (%(offered)s)."),
    "not_an_interval": _("A row of %(length_min)s minutes is no interval; an interval has from 1 minute to a day."),
    "repeated_interval": _("Another row tells of the same interval of %(queue)s."),
    "repeated_person": _("Another row tells of the same person."),
}

REMEDIES: Mapping[str, Promise] = {
    "add_up_or_keep_last": _("Add the rows up, or delete all but the last one, and bring the file in again."),
    "answer_question": _("Answer the question about this column, then look again."),
    "choose_column": _("Choose another column for it."),
    "choose_encoding": _("Save the file as UTF-8 and bring it in again."),
    "correct_cell": _("Correct the cell and bring the file in again; rows that are here already are not counted twice."),
    "correct_row": _("Correct the row and bring the file in again; rows that are here already are not counted twice."),
    "export_again": _("Export the file again: it seems to be cut off."),
    "map_word": _("Write a known word instead, or say in the mapping what this word means."),
    "save_as_csv": _("Save the sheet as CSV and bring that in."),
    "split_file": _("Split the file and bring in the parts."),
    "take_offered_as_answered": _("Set offered to at least answered, and bring the file in again."),
    "unlock_file": _("Take the password away and bring the file in again."),
}

REMARKS: Mapping[str, Sentence] = {
    "encoding_guessed": _("The letters were read as %(encoding)s: %(words)s. If these look wrong, save the file as UTF-8."),
    "lines_above_header": Counted(
        "lines",
        lambda n: ngettext(
            "%(lines)s line above the header was left out.", "%(lines)s lines above the header were left out.", n
        ),
    ),
    "repeated_header": _("Two columns are called “%(header)s”. We call the later one “%(renamed)s”."),
    "no_header": _("The file names no columns; we numbered them."),
    "two_header_rows": _("The column names stand in two rows, and were put together."),
    "other_sheets": _("We read the sheet “%(taken)s”. The workbook has other sheets too: %(others)s."),
    "columns_changed": _("Some columns differ from last time. Gone: %(gone)s. New: %(new)s. None of them was needed."),
    "totals_left_out": Counted(
        "lines",
        lambda n: ngettext(
            "%(lines)s row of totals was left out; we add up ourselves.",
            "%(lines)s rows of totals were left out; we add up ourselves.",
            n,
        ),
    ),
    "rows_joined": Counted(
        "rows",
        lambda n: ngettext(
            "%(rows)s row shares the id of another: together they are one contact that went through several queues or agents.",
            "%(rows)s rows share the ids of others: together they are contacts that went through several queues or agents.",
            n,
        ),
    ),
    "unknown_words": Counted(
        "rows",
        lambda n: ngettext(
            "“%(word)s” in the column “%(column)s” is unknown to us as %(field)s; in %(rows)s row it stays empty.",
            "“%(word)s” in the column “%(column)s” is unknown to us as %(field)s; in %(rows)s rows it stays empty.",
            n,
        ),
    ),
    "absurd_durations": Counted(
        "rows",
        lambda n: ngettext(
            "%(field)s: %(rows)s row is longer than %(limit_s)s (%(longest_s)s, line %(first_line)s). "
            "It was kept; please look at it.",
            "%(field)s: %(rows)s rows are longer than %(limit_s)s (up to %(longest_s)s; first in line %(first_line)s). "
            "They were kept; please look at them.",
            n,
        ),
    ),
    "ends_before_it_starts": Counted(
        "rows",
        lambda n: ngettext(
            "%(rows)s row ends before it starts (line %(first_line)s). It was kept without its end.",
            "%(rows)s rows end before they start (the first in line %(first_line)s). They were kept without their ends.",
            n,
        ),
    ),
    "other_date_format": Counted(
        "rows",
        lambda n: ngettext(
            "In the column “%(column)s” %(rows)s row writes dates in another way. It was read as well.",
            "In the column “%(column)s” %(rows)s rows write dates in another way. They were read as well.",
            n,
        ),
    ),
}
