"""`floorwalker import`, `imports` and `undo`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from floorwalker.cli.columns import width
from floorwalker.cli.speaking import terminal_language
from floorwalker.web.intake.models import Import
from tests.web.intake import files

Typed = Callable[..., Result]
ZONE = ("--tz", "Europe/Warsaw")


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    return files.csv(tmp_path / "calls.csv", files.contacts(20))


def test_a_file_is_brought_in_and_accounted_for(typed: Typed, calls: Path) -> None:
    done = typed("import", calls, *ZONE)

    assert done.exit_code == 0
    assert "20 rows were brought in." in done.output
    assert "20 rows read = 20 new + 0 corrected + 0 unchanged + 0 refused + 0 left aside." in done.output


def test_the_report_is_in_persian(typed: Typed, calls: Path) -> None:
    done = typed("import", calls, *ZONE, "--language", "fa")

    assert done.exit_code == 0
    assert "۲۰ ردیف" in done.output
    assert "rows" not in done.output


def test_open_questions_are_listed_and_nothing_is_kept(typed: Typed, calls: Path) -> None:
    done = typed("import", calls)

    assert done.exit_code == 2
    assert "time_zone: Times such as 2026-11-02 08:00:00 carry no time zone." in done.output
    assert "Europe/Warsaw  (recommended)" in done.output
    assert "--answer NAME=CHOICE" in done.output
    assert not Import.objects.exists()


def test_yes_takes_what_is_recommended(typed: Typed, calls: Path) -> None:
    assert typed("import", calls, "--yes").exit_code == 0
    assert Import.objects.get().mapping["tz"] == "Europe/Warsaw"


def test_an_answer_may_be_given_outright(typed: Typed, calls: Path) -> None:
    assert typed("import", calls, "--answer", "time_zone=Asia/Tehran").exit_code == 0
    assert Import.objects.get().mapping["tz"] == "Asia/Tehran"


def test_an_answer_without_a_choice_is_explained(typed: Typed, calls: Path) -> None:
    done = typed("import", calls, "--answer", "time_zone")
    assert done.exit_code == 2
    assert "is no answer" in done.output


def test_the_same_file_again_changes_nothing(typed: Typed, calls: Path) -> None:
    typed("import", calls, *ZONE, "--source", "pbx")
    again = typed("import", calls, "--source", "pbx")
    assert again.exit_code == 0
    assert "Nothing has changed" in again.output


def test_changed_columns_stop_the_import(typed: Typed, tmp_path: Path, calls: Path) -> None:
    typed("import", calls, *ZONE, "--source", "pbx")
    rows = [list(row) for row in files.contacts(20)]
    rows[0][2] = "Skill group"
    changed = files.csv(tmp_path / "changed.csv", rows)

    stopped = typed("import", changed, *ZONE, "--source", "pbx")
    assert stopped.exit_code == 2
    assert "New: Skill group" in stopped.output

    assert typed("import", changed, *ZONE, "--source", "pbx", "--answer", "columns_changed=new").exit_code == 0


def test_a_mapping_written_by_hand_is_obeyed(typed: Typed, tmp_path: Path) -> None:
    place = files.csv(tmp_path / "odd.csv", [("a", "b", "c"), ("2026-11-02 08:00", "Billing", "120")])
    mapping = tmp_path / "odd.toml"
    mapping.write_text(
        'kind = "contacts"\ntz = "Europe/Warsaw"\nheader = ["a", "b", "c"]\n'
        '[fields.started_at]\ncolumns = ["a"]\nformat = "%Y-%m-%d %H:%M"\n'
        '[fields.queue]\ncolumns = ["b"]\n[fields.talk_s]\ncolumns = ["c"]\nformat = "seconds"\n'
    )

    done = typed("import", place, "--mapping", mapping, "--source", "odd")

    assert done.exit_code == 0
    assert "1 row was brought in." in done.output
    assert "Billing" in typed("measure", "--measures", "offered", "--by", "b").output


def test_a_mapping_that_is_none_is_explained(typed: Typed, tmp_path: Path, calls: Path) -> None:
    mapping = tmp_path / "odd.toml"
    mapping.write_text('kind = "recipes"\n')
    done = typed("import", calls, "--mapping", mapping)
    assert done.exit_code == 1
    assert "recipes" in done.output


def test_refused_rows_are_told_and_written_to_a_file(typed: Typed, tmp_path: Path) -> None:
    rows = [list(row) for row in files.contacts(5)]
    rows[3][1] = "yesterday"
    place, list_ = files.csv(tmp_path / "calls.csv", rows), tmp_path / "refused.csv"

    done = typed("import", place, *ZONE, "--refused", list_)

    assert "4: Start time · yesterday" in done.output
    assert list_.read_text("utf-8-sig").splitlines()[1].startswith("calls.csv,4,Start time,yesterday,This is no time.")


@pytest.mark.parametrize(("name", "content", "sentence"), [("no.csv", None, "There is no file"), ("no.csv", b"", "is empty")])
def test_a_file_that_cannot_be_read_is_named(
    typed: Typed, tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = typed("import", tmp_path / name)
    assert done.exit_code == 1
    assert sentence in done.output


def test_imports_are_listed_and_undone(typed: Typed, calls: Path) -> None:
    typed("import", calls, *ZONE)
    number = Import.objects.get().pk
    assert "calls.csv" in typed("imports").output

    done = typed("undo", str(number), "--yes")

    assert done.exit_code == 0
    assert "20 rows will not count any more." in done.output
    assert "Undone" in typed("imports").output
    assert typed("undo", str(number), "--yes").exit_code == 1
    assert "There is no import with the number 999." in typed("undo", "999", "--yes").output


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "fa_IR.UTF-8"}, "fa"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-hant"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "pl_PL", "LC_ALL": "ko_KR"}, "ko"),
        ({"FLOORWALKER_LANGUAGE": "ZH-Hant", "LANG": "pl_PL"}, "zh-hant"),
        ({}, ""),
    ],
)
def test_the_terminals_language_is_understood(variables: dict[str, str], language: str) -> None:
    assert terminal_language(variables) == language


def test_wide_letters_take_two_columns() -> None:
    assert (width("Queue"), width("대기열"), width("صف")) == (5, 6, 2)
