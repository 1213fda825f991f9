"""The list of visible files changes as one transaction or not at all."""

from datetime import UTC, date, datetime

import pytest

from floorwalker.warehouse.manifest import Change, Commit, Conflict, Part
from floorwalker.web.intake.manifest import DatabaseManifest
from floorwalker.web.intake.models import WarehousePart

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 2)
PART = Part("contact", DAY, "contact/a.parquet", 10, 1000, until=datetime(2026, 11, 2, 9, tzinfo=UTC))
NEXT = Part("contact", DAY, "contact/b.parquet", 11, 1100)


def test_a_commit_makes_its_parts_visible() -> None:
    manifest = DatabaseManifest()
    assert manifest.commit(0, Commit(added=[PART], import_id=1, changes=[Change("contact", DAY, "put-aside")])) == 1
    assert manifest.version() == 1
    assert manifest.parts() == [PART]
    assert manifest.changes(1) == [Change("contact", DAY, "put-aside")]
    assert manifest.referenced() == {"contact/a.parquet", "put-aside"}


def test_the_second_of_two_who_began_together_changes_nothing() -> None:
    manifest = DatabaseManifest()
    manifest.commit(0, Commit(added=[PART]))
    with pytest.raises(Conflict):
        manifest.commit(0, Commit(added=[NEXT]))
    assert manifest.parts() == [PART]


def test_a_day_is_swapped_in_one_commit() -> None:
    manifest = DatabaseManifest()
    manifest.commit(0, Commit(added=[PART]))
    manifest.commit(1, Commit(removed=[PART], added=[NEXT]))
    assert manifest.parts() == [NEXT]


def test_what_fails_beside_a_commit_takes_the_commit_with_it() -> None:
    def fail(commit: Commit) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        DatabaseManifest(also=fail).commit(0, Commit(added=[PART]))
    assert DatabaseManifest().version() == 0
    assert not WarehousePart.objects.exists()


def test_an_undone_import_is_known_with_its_changes() -> None:
    manifest = DatabaseManifest()
    manifest.commit(0, Commit(added=[PART], import_id=1, changes=[Change("contact", DAY)]))
    manifest.commit(1, Commit(removed=[PART], undoes=1))
    assert manifest.undone() == {1}
    assert manifest.parts() == []
    assert manifest.changes(1) == [Change("contact", DAY)]
