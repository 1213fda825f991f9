"""Numbers and contacts as CSV: stable column names, ISO days, plain numbers, for spreadsheets and scripts."""

import polars as pl
from django.http import HttpResponse

from floorwalker.core.measures import MEASURES, Answer
from floorwalker.web.pulse.asked import Asked

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def numbers_csv(answer: Answer, ask: Asked) -> HttpResponse:
    """The rows of a cut; a value on too small a sample is left empty."""
    name = ask.measure
    enough = pl.col(f"{name}.n") >= MEASURES[name].smallest_sample
    frame = answer.frame.with_columns(pl.when(enough).then(pl.col(name)).alias(name))
    return _download(harmless(frame), f"{name}-{ask.cut}-{ask.since}-{ask.until}.csv")


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Texts that a spreadsheet would run as a formula get an apostrophe in front."""
    dangerous = {name: _starts(name) for name, dtype in frame.schema.items() if dtype == pl.String}
    return frame.with_columns(
        pl.when(starts).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name) for name, starts in dangerous.items()
    )


def _starts(name: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).str.starts_with(start) for start in FORMULA_STARTS)


def _download(frame: pl.DataFrame, file_name: str) -> HttpResponse:
    response = HttpResponse(frame.write_csv(include_bom=True), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
