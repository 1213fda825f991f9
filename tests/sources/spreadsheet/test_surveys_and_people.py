"""Survey rows keep their scale; people rows are one a person."""

import datetime as dt
from collections.abc import Callable

import pytest

from floorwalker.sources.spreadsheet import Sighting
from tests.sources.spreadsheet.conftest import Reader

Looker = Callable[..., Sighting]

SURVEY = [
    "Response date,Ticket ID,Rating,Feedback Comment,Agent",
    "2026-03-14 10:00,77,5,great,Ann",
    "2026-03-15 10:00,78,2,,Bob",
]


def test_the_scale_and_the_kind_are_asked(seen: Looker) -> None:
    sighting = seen(SURVEY)
    assert sighting.kind == "surveys"
    asked = {question.code: question for question in sighting.questions}
    assert (asked["scale"].recommended, asked["scale"].facts["highest"]) == ("1-5", 5.0)
    assert "0-10" in asked["scale"].choices
    assert asked["survey_kind"].choices == ("csat", "nps", "ces", "fcr")


def test_answers_become_scores_on_their_scale(read: Reader) -> None:
    found = read(SURVEY, {"scale": "0-10", "survey_kind": "nps"})
    columns = ("contact_native_id", "kind", "score_raw", "score", "scale_min", "scale_max", "score_norm", "contact_key")
    assert found.tables["survey"].select(columns).rows() == [
        ("77", "nps", "5", 5.0, 0.0, 10.0, 0.5, None), ("78", "nps", "2", 2.0, 0.0, 10.0, 0.2, None),
    ]  # fmt: skip


def test_a_score_off_the_scale_is_refused(read: Reader) -> None:
    found = read([*SURVEY, "2026-03-15 10:00,79,7,,Bob"], {"scale": "1-5"})
    assert [(r.line, r.code, r.value) for r in found.refusals] == [(4, "not_on_scale", "7")]
    assert (found.refusals[0].facts["lowest"], found.refusals[0].facts["highest"]) == (1.0, 5.0)


def test_asked_and_not_answered_is_a_row_without_a_score(read: Reader) -> None:
    found = read([*SURVEY, "2026-03-15 10:00,79,,,Bob"])
    assert found.column("survey", "score") == [5.0, 2.0, None]


@pytest.mark.parametrize(
    ("word", "score"),
    [
        ("非常满意", 5.0),
        ("非常滿意", 5.0),
        ("bardzo niezadowolony", 1.0),
        ("보통", 3.0),
        ("راضی", 4.0),
        ("Very dissatisfied", 1.0),
    ],
)
def test_words_of_five_steps_are_scores(word: str, score: float, read: Reader) -> None:
    assert read(["Survey date,Satisfaction", f"2026-03-14 10:00,{word}"]).column("survey", "score") == [score]


def test_a_survey_without_a_time_is_refused(read: Reader) -> None:
    assert read([*SURVEY, ",79,4,,Bob"]).codes == [(4, "empty_required")]


def test_the_same_survey_again_has_the_same_key(read: Reader) -> None:
    assert read(SURVEY).column("survey", "survey_key") == read(SURVEY).column("survey", "survey_key")


PEOPLE = [
    "Imię i nazwisko;E-mail;Zespół;Data zatrudnienia;Nr pracownika",
    "Łukasz Żółty;l@example.pl;A;01.02.1999;012",
    "Anna Nowak;;B;13.02.2020;13",
]


def test_a_people_list_is_recognised(seen: Looker, read: Reader) -> None:
    sighting = seen(PEOPLE)
    assert (sighting.kind, sighting.questions) == ("people", ())
    found = read(PEOPLE)
    assert found.tables["person"].select("native_id", "name", "email", "team", "hired_on").rows() == [
        ("012", "Łukasz Żółty", "l@example.pl", "A", dt.date(1999, 2, 1)),
        ("13", "Anna Nowak", None, "B", dt.date(2020, 2, 13)),
    ]


@pytest.mark.parametrize(
    "header", ["이름,팀,입사일", "姓名,团队,入职日期", "姓名,團隊,到職日期", "نام,تیم,تاریخ استخدام", "Name,Team,Hire date"]
)
def test_people_lists_are_recognised_in_six_languages(header: str, seen: Looker) -> None:
    sighting = seen([header, "A B,North,2020-02-13", "C D,South,2021-02-13"])
    assert sighting.kind == "people"
    assert [column.field for column in sighting.columns] == ["name", "team", "hired_on"]


def test_a_person_without_a_number_is_known_by_name(read: Reader) -> None:
    assert read(["Name,Team", "Ann Lee,North"]).column("person", "native_id") == ["Ann Lee"]


def test_a_second_row_of_a_person_is_refused(read: Reader) -> None:
    assert read([*PEOPLE, "Anna N.;;B;13.02.2020;13"]).codes == [(4, "repeated_person")]


def test_a_row_without_a_name_is_refused_and_a_count_below_set_aside(read: Reader) -> None:
    found = read(["Name,Team,Role", "Ann Lee,North,agent", ",South,lead", "Total,,"])
    assert (found.codes, found.aside) == ([(3, "empty_required")], 1)
