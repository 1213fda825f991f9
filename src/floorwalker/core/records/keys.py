"""Identities of records: the same words from the same source give the same key, on every machine and in every version."""

from collections.abc import Sequence

import polars as pl
import polars_hash as plh

_UNIT = "\x1f"


def key_of(parts: Sequence[pl.Expr]) -> pl.Expr:
    """A 64-bit key of one or several text-like columns (xxHash64 of their texts, a null distinct from an empty text)."""
    texts = [part.cast(pl.String).fill_null("\x00") for part in parts]
    return plh.concat_str(texts, separator=_UNIT).nchash.xxhash64().reinterpret(signed=True)


def customer_key(customer: pl.Expr, secret: str) -> pl.Expr:
    """A keyed 63-bit hash (BLAKE3 of secret and value) of a normalised number or address; null stays null.

    Without the site's secret nobody can find a number by trying all numbers.
    """
    digest = plh.concat_str([pl.lit(secret + _UNIT), customer.cast(pl.String)]).chash.blake3()
    return digest.str.slice(0, 15).str.to_integer(base=16, dtype=pl.Int64)
