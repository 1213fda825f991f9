"""What a file means is guessed, shown, corrected by hand and remembered."""

from datetime import timedelta
from pathlib import Path

from floorwalker.web.intake.models import Import
from tests.web.intake import files
from tests.web.intake.conftest import Desk


def test_columns_are_shown_with_their_guessed_meaning_and_values(desk: Desk, tmp_path: Path) -> None:
    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", files.contacts(5)))

    page = desk.page(coming)

    assert "Meaning of Talk (s)" in page
    assert '<option value="talk_s" selected>Talk</option>' in page
    assert "C0000" in page
    assert "5 rows are ready." in page


def test_a_column_is_corrected_by_hand(desk: Desk, tmp_path: Path) -> None:
    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    number = files.CONTACT_HEADER.index("Queue")

    fields = {
        "kind": "contacts",
        "was-kind": "contacts",
        f"was-{number}": "queue",
        f"name-{number}": "Queue",
        f"column-{number}": "topic",
    }
    fields |= {f"was-{place}": "" for place in range(number)}
    desk.client.post(f"/bring-in/{coming.pk}/meaning/", fields)

    coming.refresh_from_db()
    assert coming.options["chosen"] == {"Queue": "topic"}
    assert '<option value="topic" selected>' in desk.page(coming)


def test_a_corrected_column_is_remembered_and_can_be_corrected_further(desk: Desk, tmp_path: Path) -> None:
    place = files.csv(tmp_path / "calls.csv", files.contacts(5))
    as_topic = {"name-0": "Queue", "was-0": "queue", "column-0": "topic"}
    first = desk.bring(
        place, kind="contacts", was__kind="contacts", **{name.replace("-", "__"): v for name, v in as_topic.items()}
    )
    assert first.mapping["fields"]["topic"]["columns"] == ["Queue"]

    (second,) = desk.upload(place)
    assert "These columns mean what you said last time." in desk.page(second)
    posted = {"kind": "contacts", "was-kind": "contacts", "name-0": "Agent", "was-0": "agent", "column-0": ""}
    desk.client.post(f"/bring-in/{second.pk}/meaning/", posted)
    second = desk.start(second, kind="contacts", was__kind="contacts")

    assert second.state == Import.State.WHOLE
    assert second.mapping["fields"]["topic"]["columns"] == ["Queue"]
    assert "agent" not in second.mapping["fields"]


def test_the_length_of_intervals_is_each_files_own(desk: Desk, tmp_path: Path) -> None:
    def intervals(minutes: int) -> list[files.Row]:
        starts = [files.FIRST + timedelta(minutes=minutes * number) for number in range(8)]
        rows = [(f"{start:%Y-%m-%d %H:%M:%S}", "Billing", "9", "8", "1") for start in starts]
        return [("Interval start", "Queue", "Calls offered", "Calls answered", "Abandoned"), *rows]

    for minutes in (30, 15):
        coming = desk.bring(files.csv(tmp_path / f"{minutes}.csv", intervals(minutes)), kind="intervals", was__kind="intervals")
        assert coming.state == Import.State.WHOLE
        assert coming.mapping["constants"]["length_min"] == str(minutes)


def test_another_kind_of_table_forgets_the_chosen_columns(desk: Desk, tmp_path: Path) -> None:
    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    post = f"/bring-in/{coming.pk}/meaning/"
    desk.client.post(
        post, {"kind": "contacts", "was-kind": "contacts", "was-0": "native_id", "name-0": "Call ID", "column-0": ""}
    )

    desk.client.post(post, {"kind": "surveys"})

    coming.refresh_from_db()
    assert coming.options == {"kind": "surveys", "chosen": {}}


def test_a_table_without_times_says_what_is_missing(desk: Desk, tmp_path: Path) -> None:
    place = files.csv(tmp_path / "odd.csv", [("Queue", "Agent", "Talk (s)"), ("Billing", "Anna", "120")])
    (coming,) = desk.upload(place)
    desk.client.post(f"/bring-in/{coming.pk}/meaning/", {"kind": "contacts"})

    assert "Tell us which column is “Start”." in desk.page(coming)
    desk.client.post(f"/bring-in/{coming.pk}/start/", {"kind": "contacts"}, follow=True)
    coming.refresh_from_db()
    assert coming.state == Import.State.CHECKING


def test_changed_columns_stop_the_import_and_show_the_difference(desk: Desk, tmp_path: Path) -> None:
    desk.bring(files.csv(tmp_path / "calls.csv", files.contacts(5)), source="pbx")
    rows = [list(row) for row in files.contacts(5)]
    rows[0][2] = "Skill group"
    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", rows))

    coming = desk.start(coming, source="pbx", answer__time_zone="Europe/Warsaw")

    assert coming.state == Import.State.CHECKING
    page = desk.page(coming)
    assert "The columns have changed" in page
    assert "Skill group" in page
    assert desk.start(coming, answer__columns_changed="new").state == Import.State.WHOLE


def test_refused_rows_are_shown_before_anything_is_stored(desk: Desk, tmp_path: Path) -> None:
    rows = [list(row) for row in files.contacts(5)]
    rows[3][1] = "yesterday"
    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", rows))

    page = desk.page(coming)

    assert "4 rows are ready." in page
    assert "1 row needs a look." in page
    assert "yesterday" in page


def test_refused_rows_can_be_had_as_a_file_that_runs_no_formula(desk: Desk, tmp_path: Path) -> None:
    rows = [list(row) for row in files.contacts(5)]
    rows[3][1] = "=cmd|' /C calc'!A0"
    coming = desk.bring(files.csv(tmp_path / "calls.csv", rows))
    assert coming.count("refused") == 1

    text = b"".join(desk.client.get(f"/bring-in/{coming.pk}/refused.csv").streaming_content).decode()  # type: ignore[attr-defined]

    header, line = text.removeprefix("\ufeff").splitlines()
    assert header == "File,Line,Column,Value,Why it was refused,What to try"
    assert line.startswith("calls.csv,4,Start time,'=cmd|' /C calc'!A0,This is no time.")


def test_an_import_that_is_not_wanted_is_forgotten_with_its_file(desk: Desk, tmp_path: Path) -> None:
    from floorwalker.web.intake.uploads import folder_of

    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    assert folder_of(coming.pk).exists()

    desk.client.post(f"/bring-in/{coming.pk}/throw-away/")

    assert not Import.objects.exists()
    assert not folder_of(coming.pk).exists()


def test_the_page_speaks_persian(desk: Desk, tmp_path: Path) -> None:
    desk.client.post("/language/", {"language": "fa"})
    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", files.contacts(5)))

    page = desk.page(coming)

    assert 'dir="rtl"' in page
    assert "۵ ردیف" in page
