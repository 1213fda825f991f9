"""Identities of records: the same words from the same source give the same key, on every machine and in every version."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import polars_hash as plh

from floorwalker.core.records.blake import BLOCK, first_64_bits

_UNIT = "\x1f"


def key_of(parts: Sequence[pl.Expr]) -> pl.Expr:
    """A 64-bit key of one or several text-like columns (xxHash64 of their texts, a null distinct from an empty text)."""
    texts = [part.cast(pl.String).fill_null("\x00") for part in parts]
    return plh.concat_str(texts, separator=_UNIT).nchash.xxhash64().reinterpret(signed=True)


def customer_key(customer: pl.Expr, secret: str) -> pl.Expr:
    """A keyed 60-bit hash (BLAKE3 of secret and value) of a normalised number or address; null stays null.

    Without the site's secret nobody can find a number by trying all numbers.
    """
    return customer.cast(pl.String).map_batches(lambda texts: customer_keys(texts, secret), return_dtype=pl.Int64)


def customer_keys(customers: pl.Series, secret: str) -> pl.Series:
    """`customer_key` of a column of texts."""
    prefix = (secret + _UNIT).encode()
    longest = customers.str.len_bytes().max()
    if not isinstance(longest, int) or len(prefix) + longest > BLOCK:
        digest = plh.concat_str([pl.lit(secret + _UNIT), pl.col("customer")]).chash.blake3()
        number = digest.str.slice(0, 15).str.to_integer(base=16, dtype=pl.Int64)
        return customers.alias("customer").to_frame().select(number).to_series().alias(customers.name)
    texts = customers.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, places, signs = texts.buffers()
    offsets = np.frombuffer(places, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    numbers = first_64_bits(np.frombuffer(signs, np.uint8), offsets, np.frombuffer(prefix, np.uint8)) >> np.uint64(4)
    keys = pl.Series(customers.name, numbers.view(np.int64))
    return keys.set(customers.is_null(), None) if customers.null_count() else keys
