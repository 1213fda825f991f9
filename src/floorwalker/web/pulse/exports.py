"""Numbers and contacts as CSV: stable column names, ISO days, plain numbers, for spreadsheets and scripts."""

from collections.abc import Iterator

import polars as pl
from django.http import HttpResponse, StreamingHttpResponse

from floorwalker.core.measures import MEASURES, Answer
from floorwalker.web.pulse.asked import Asked

CSV = "text/csv; charset=utf-8"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def numbers_csv(answer: Answer, ask: Asked) -> HttpResponse:
    """The rows of a cut; a value on too small a sample is left empty."""
    name = ask.measure
    enough = pl.col(f"{name}.n") >= MEASURES[name].smallest_sample
    frame = answer.frame.with_columns(pl.when(enough).then(pl.col(name)).alias(name))
    return _download(harmless(frame), f"{name}-{ask.cut}-{ask.since}-{ask.until}.csv")


def contacts_csv(frames: Iterator[pl.DataFrame], ask: Asked) -> StreamingHttpResponse:
    """All rows behind a number, day by day as they are read, so that any amount takes little memory."""
    response = StreamingHttpResponse(_lines(frames), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{ask.measure}-{ask.since}-{ask.until}.csv"'
    return response


def _lines(frames: Iterator[pl.DataFrame]) -> Iterator[bytes]:
    is_first = True
    for frame in frames:
        yield harmless(frame).write_csv(include_bom=is_first, include_header=is_first).encode()
        is_first = False


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Texts that a spreadsheet would run as a formula get an apostrophe in front."""
    dangerous = {name: _starts(name) for name, dtype in frame.schema.items() if dtype == pl.String}
    return frame.with_columns(
        pl.when(starts).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name) for name, starts in dangerous.items()
    )


def _starts(name: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).str.starts_with(start) for start in FORMULA_STARTS)


def _download(frame: pl.DataFrame, file_name: str) -> HttpResponse:
    response = HttpResponse(frame.write_csv(include_bom=True), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
