"""`floorwalker staffing` on plain files."""

from pathlib import Path

from click.testing import CliRunner

from floorwalker.cli.main import main

HEADER = "id,contacts,interval_s,aht_s,patience_s,target,threshold_s,definition\n"


def answered(folder: Path, cases: str) -> tuple[int, str, list[str]]:
    source, target = folder / "cases.csv", folder / "answers.csv"
    source.write_text(cases)
    done = CliRunner().invoke(main, ["staffing", "--input", str(source), "--output", str(target)])
    return done.exit_code, done.stderr, target.read_text().splitlines() if target.exists() else []


def test_each_case_gets_its_row(tmp_path: Path) -> None:
    code, told, lines = answered(tmp_path, HEADER + "x,100,1800,180,120,.8,20,offered\ny,100,1800,180,,.8,20,offered\n")

    assert (code, told) == (0, "")
    assert lines[0].startswith("id,agents,service_level,asa_s,abandonment,occupancy")
    assert [line.split(",")[:2] for line in lines[1:]] == [["x", "12"], ["y", "14"]]


def test_a_bad_row_is_told_with_its_line_and_column_and_the_others_are_answered(tmp_path: Path) -> None:
    code, told, lines = answered(tmp_path, HEADER + "x,many,1800,180,120,.8,20,offered\ny,100,1800,180,,.8,20,offered\n")

    assert code == 0
    assert told == "line=2 id=x column=contacts code=not_a_number found=many\n"
    assert [line.split(",")[:2] for line in lines[1:]] == [["x", ""], ["y", "14"]]


def test_a_missing_column_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    code, told, lines = answered(tmp_path, "id,contacts\n1,2\n")

    assert code == 1
    assert "column_missing column=interval_s" in told
    assert lines == []


def test_a_file_that_is_empty_is_an_error_in_one_line(tmp_path: Path) -> None:
    code, told, lines = answered(tmp_path, "")

    assert code == 1
    assert told.startswith("Error: ")
    assert lines == []
