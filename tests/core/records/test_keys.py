import polars as pl
import polars_hash as plh
import pytest

from floorwalker.core.records.keys import customer_key

_LETTERS = "+48 501-234-567 gość 顧客 مشتری"
_TEXTS = [None if length % 11 == 3 else (_LETTERS * 9)[:length] for length in range(150)]


@pytest.mark.parametrize("secret", ["", "a secret", "x" * 60, "x" * 70])
@pytest.mark.parametrize("texts", [_TEXTS, _TEXTS[:20] * 9, ["+48501234567"], [None, None], []])
def test_a_customers_key_is_blake3_of_the_secret_and_the_text(texts: list[str | None], secret: str) -> None:
    customers = pl.DataFrame({"customer": texts}, schema={"customer": pl.String})
    digest = plh.concat_str([pl.lit(secret + "\x1f"), pl.col("customer")]).chash.blake3()
    expected = customers.select(digest.str.slice(0, 15).str.to_integer(base=16, dtype=pl.Int64))["literal"]
    assert customers.select(key=customer_key(pl.col("customer"), secret))["key"].to_list() == expected.to_list()


def test_a_part_of_a_column_has_the_keys_of_that_part() -> None:
    customers = pl.DataFrame({"customer": [str(number) for number in range(200)]})
    keys = customers.select(customer_key(pl.col("customer"), "a secret")).to_series()
    part = customers[70:140].select(customer_key(pl.col("customer"), "a secret")).to_series()
    assert part.to_list() == keys[70:140].to_list()
