"""What is downloaded runs nothing in a spreadsheet."""

import polars as pl
import pytest

from floorwalker.web.pulse.exports import harmless


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_text_that_would_run_as_a_formula_is_kept_as_text(text: str) -> None:
    assert harmless(pl.DataFrame({"queue": [text]}))["queue"].item() == f"'{text}"


def test_other_texts_and_numbers_stay_as_they_are() -> None:
    frame = pl.DataFrame({"queue": ["Billing", None], "aht": [-1.5, 2.0]})
    assert harmless(frame).equals(frame)
