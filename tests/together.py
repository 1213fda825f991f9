"""Which tests a parallel run keeps in one process: those that share something dear, a browser, a Spark, a whole sample history.

The marks `xdist_group` say the same; but xdist 3.8 writes them into a name that pytest 9.2 no longer reads, so they are without
effect there. When a newer xdist heeds them again, this file and its hook in conftest.py may go.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/journeys/": "browser",
    "tests/warehouse/test_measures.py": "spark",
    "tests/cli/test_measure.py": "spark",
    "tests/sources/sample/test_sample_stories.py": "sample_history",
    "tests/sources/sample/test_sample_people.py": "sample_history",
    "tests/web/changes/test_sample_centre.py": "sample_centre",
    "tests/web/signatures/test_sample_centre.py": "sample_centre",
}


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Each test goes wherever there is time, except for those that belong together."""

    def _split_scope(self, nodeid: str) -> str:
        return next((name for begins, name in TOGETHER.items() if nodeid.startswith(begins)), nodeid)
