"""The record of promises on the sample centre: seven weeks with its own roster, judged by what came and by who was there."""

from datetime import date, datetime, timedelta

import pytest

from floorwalker.sources.reading import Site as SourceSite
from floorwalker.sources.sample.centre import SampleCentre
from floorwalker.web.accounts.models import AgentName, Person
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.planning import rounds
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.promises import sums_of
from tests.web.conftest import Cast
from tests.web.planning.conftest import WARSAW

pytestmark = pytest.mark.one_database

TODAY = date(2026, 6, 17)


def test_promises_are_kept_about_as_often_as_was_asked(cast: Cast) -> None:
    centre, site = SampleCentre(TODAY), cast.site
    for names in centre.people().drop_nulls("agent_names")["agent_names"]:
        person = Person.objects.create(site=site, native_id=names, name=names)
        AgentName.objects.bulk_create(AgentName(name=name, person=person) for name in names.split(";"))
    source = SourceSite(tz="Europe/Warsaw", source="sample", secret="record")
    open_warehouse(site).take(1, [centre.between(TODAY - timedelta(weeks=7), TODAY - timedelta(1), source)])
    Import.objects.create(site=site, reader="sample", source="sample", state="whole", options={"today": TODAY.isoformat()})
    rounds.work_out_site(site, datetime(2026, 6, 17, 5, 0, tzinfo=WARSAW))
    record = list(Certificate.objects.filter(confidence=0.9).exclude(outcome={}))
    kept, given = sums_of(record)
    assert len(record) == 5 * 28
    assert given >= 40
    assert kept / given >= 0.8
    assert all(each.outcome["contacts"] > 0 and each.outcome["missing"][1] == 0 for each in record)
