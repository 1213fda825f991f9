"""Every code that a source or the warehouse can say has a whole sentence, in six languages, with no fact that is never told."""

import re
from collections.abc import Mapping

import pytest
from django.conf import settings
from django.utils import translation

from floorwalker.sources.asterisk import codes as queue_log
from floorwalker.sources.reading import Refusal, Remark
from floorwalker.sources.spreadsheet import codes as spreadsheet
from floorwalker.sources.spreadsheet import headers
from floorwalker.sources.spreadsheet.fields import KINDS
from floorwalker.sources.spreadsheet.questions import Question
from floorwalker.web.intake import field_wording, queue_log_wording, spreadsheet_wording, wording
from floorwalker.web.intake.examples import example_of
from floorwalker.web.intake.models import UNDOING, Import
from floorwalker.web.intake.question_wording import QUESTIONS, asked, choice_of
from floorwalker.web.intake.sentence import Counted, Sentence
from floorwalker.web.ui.reader import Reader

Codes = Mapping[str, tuple[str, ...]]
LISTED: list[tuple[str, Codes, Mapping[str, Sentence]]] = [
    ("spreadsheet unreadable", spreadsheet.UNREADABLE, spreadsheet_wording.UNREADABLE),
    ("spreadsheet refusals", spreadsheet.REFUSALS, spreadsheet_wording.REFUSALS),
    ("spreadsheet remarks", spreadsheet.REMARKS, spreadsheet_wording.REMARKS),
    ("questions", spreadsheet.QUESTIONS, QUESTIONS),
    ("queue_log unreadable", queue_log.UNREADABLE, queue_log_wording.UNREADABLE),
    ("queue_log refusals", queue_log.REFUSALS, queue_log_wording.REFUSALS),
    ("queue_log remarks", queue_log.REMARKS, queue_log_wording.REMARKS),
]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize(("name", "codes", "sentences"), LISTED, ids=[name for name, _, _ in LISTED])
def test_every_code_has_a_sentence_and_no_sentence_is_without_a_code(
    name: str, codes: Codes, sentences: Mapping[str, Sentence]
) -> None:
    assert set(sentences) == set(codes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "codes", "sentences"), LISTED, ids=[name for name, _, _ in LISTED])
def test_a_sentence_asks_for_no_fact_that_its_code_does_not_carry(
    name: str, codes: Codes, sentences: Mapping[str, Sentence], language: str
) -> None:
    with translation.override(language):
        for code, sentence in sentences.items():
            forms = [sentence.form(n) for n in (1, 2, 5)] if isinstance(sentence, Counted) else [str(sentence)]
            for form in forms:
                assert set(PLACEHOLDER.findall(form)) <= {*codes[code], "column"}, code


def test_every_remedy_has_a_sentence() -> None:
    assert set(spreadsheet_wording.REMEDIES) == set(spreadsheet.REMEDIES)
    assert set(queue_log_wording.REMEDIES) == set(queue_log.REFUSALS)


def test_every_field_and_kind_has_a_name() -> None:
    assert set(field_wording.KINDS) == set(KINDS)
    fields = {(field.name, kind.name) for kind in KINDS.values() for field in kind.fields}
    assert {name for name, kind in fields if field_wording.field_name(name, kind) == name} == set()


def test_every_state_has_a_word() -> None:
    assert set(wording.STATES) == {*Import.State.values, UNDOING}


def test_a_refusal_reads_as_a_sentence_in_persian() -> None:
    coming = Import(reader="spreadsheet", mapping={"kind": "intervals"})
    refusal = Refusal(
        7, "more_answered_than_offered", "Answered", "52", {"answered": 52, "offered": 48, "remedy": "correct_cell"}
    )
    with translation.override("fa"):
        said = wording.reason_of(refusal, coming, Reader("fa"))
    assert "۵۲" in said
    assert "۴۸" in said


@pytest.mark.parametrize(("n", "said"), [(1, "1 row of totals was"), (3, "3 rows of totals were")])
def test_a_remark_counts(n: int, said: str) -> None:
    with translation.override("en"):
        sentence = wording.remark_of(Remark("totals_left_out", {"lines": n}), Import(reader="spreadsheet"), Reader("en"))
    assert sentence.startswith(said)


@pytest.mark.parametrize(
    ("form", "example"),
    [
        ("%d.%m.%Y %H:%M", "23.11.2026 14:30"),
        ("jalali %Y/%m/%d", "1405/09/02"),
        ("minguo %Y/%m/%d %H:%M:%S", "115/11/23 14:30:05"),
        ("%Y-%m-%dT%H:%M:%S%z", "2026-11-23T14:30:05+01:00"),
    ],
)
def test_a_time_format_is_shown_by_an_example(form: str, example: str) -> None:
    assert example_of(form) == example


def test_each_answer_says_what_it_would_mean() -> None:
    reader = Reader("en")
    unit = Question(
        "duration_unit",
        "THT",
        ("seconds", "minutes"),
        "seconds",
        {"sample": "14118", "answered": 39, "typical": 362.0, "field": "handle_s"},
    )
    day = Question(
        "date_order",
        "Date",
        ("day_first", "month_first"),
        "",
        {"sample": "03/04/2026", "day_first": "2026-04-03", "month_first": "2026-03-04"},
    )
    with translation.override("en"):
        assert asked(unit, reader) == "“\u2068THT\u2069” holds values like \u206814118\u2069. In what are they counted?"
        assert choice_of(unit, "seconds", reader) == "Seconds, so 6:02 a contact"
        assert choice_of(day, "day_first", reader) == "3 April 2026"
        assert choice_of(day, "month_first", reader) == "4 March 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_that_is_called_as_we_call_it_is_understood(language: str) -> None:
    with translation.override(language):
        names = {(each.name, field_wording.field_name(each.name, kind)) for kind in KINDS for each in KINDS[kind].fields}
    missed = [(field, name) for field, name in names if field not in dict(headers.meaning(name).fields)]
    assert not missed
