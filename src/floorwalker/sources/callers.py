"""Callers' numbers, brought to one form so that the same customer has the same key, whichever system told of them."""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

SHORTEST = 7
"""Fewer digits than this are an extension inside the company: no country belongs before them."""

_WITHHELD = {"", "anonymous", "unknown", "unavailable", "restricted", "private", "withheld", "nobody", "none", "null"}
_NOT_DIALLED = re.compile(r"[^0-9+]")
_DIALLED = re.compile(r"\+?[0-9]+")


class Dialling(NamedTuple):
    """How numbers are dialled in a country: its code, what precedes a number inside, and abroad (longest first)."""

    code: str
    trunk: str
    abroad: tuple[str, ...] = ("00",)


_DIALLING: Mapping[str, Dialling] = {
    "PL": Dialling("48", ""),
    "KR": Dialling("82", "0", ("00700", "001", "002", "00")),
    "TW": Dialling("886", "0", ("002", "009", "00")),
    "CN": Dialling("86", "0"),
    "HK": Dialling("852", "", ("001", "00")),
    "IR": Dialling("98", "0"),
    "GB": Dialling("44", "0"),
    "DE": Dialling("49", "0"),
    "FR": Dialling("33", "0"),
    "ES": Dialling("34", ""),
    "IT": Dialling("39", ""),
    "US": Dialling("1", "1", ("011",)),
    "CA": Dialling("1", "1", ("011",)),
}


def normalised(number: str, country: str) -> str | None:
    """A caller's number as `+` and digits where the country of the site allows, else as bare digits; None when withheld.

    Best effort: signs between digits are dropped, the site's dialling prefixes are understood, short numbers stay as they are,
    and a caller without any digit (a SIP name) is kept by that name. `country` is an ISO 3166 code or empty.
    """
    digits = number if _DIALLED.fullmatch(number) else _digits(number)
    bare = digits.replace("+", "")
    if not bare:
        written = number.strip().casefold()
        return None if written in _WITHHELD else written
    if digits.startswith("+"):
        return f"+{bare}"
    dialling = _DIALLING.get(country.upper())
    if dialling is None:
        return f"+{bare[2:]}" if bare.startswith("00") and len(bare) > SHORTEST else bare
    return _dialled(bare, dialling)


def normalised_column(numbers: pl.Series, country: str) -> pl.Series:
    """`normalised` for a column of texts; numbers that are digits already are not touched one by one."""
    clean = dialled(numbers)
    found = _formed(numbers, country)
    if clean.all():
        return found
    odd = numbers.filter(~clean)
    distinct = odd.unique()
    forms = pl.Series([normalised(number, country) for number in distinct], dtype=pl.String)
    return found.scatter((~clean).arg_true(), odd.replace_strict(distinct, forms, return_dtype=pl.String))


def dialled(numbers: pl.Series) -> pl.Series:
    """Which texts are digits, perhaps behind a plus sign; an unknown one counts as such."""
    whole = numbers.str.to_integer(strict=False).is_not_null() & ~numbers.str.starts_with("-")
    known = whole | numbers.is_null()
    if known.all():
        return known.fill_null(value=True)
    return numbers.str.contains(f"^{_DIALLED.pattern}$").fill_null(value=True)


def _formed(numbers: pl.Series, country: str) -> pl.Series:
    """Dialled numbers in one form; only those rules are worked out that some number falls under."""
    *rules, (_always, whole) = _rules(country)
    under = numbers.to_frame("number").select(applies.alias(str(place)) for place, (applies, _form) in enumerate(rules))
    for (applies, form), hit in zip(reversed(rules), reversed(under.get_columns()), strict=True):
        if hit.all() and hit.null_count() == 0:
            whole = form
        elif hit.any():
            whole = pl.when(applies).then(form).otherwise(whole)
    return numbers.to_frame("number").select(whole).to_series()


def _rules(country: str) -> list[tuple[pl.Expr, pl.Expr]]:
    """What makes a number of which form; the first that applies counts, the last always does."""
    bare, length = pl.col("number"), pl.col("number").str.len_bytes()
    dialling = _DIALLING.get(country.upper())
    rules = [(bare.str.starts_with("+"), bare)]
    if dialling is None:
        rules.append((bare.str.starts_with("00") & (length > SHORTEST), "+" + bare.str.slice(2)))
        return [*rules, (pl.lit(value=True), bare)]
    rules.append((length < SHORTEST, bare))
    rules += [
        (bare.str.starts_with(prefix) & (length - len(prefix) > SHORTEST), "+" + bare.str.slice(len(prefix)))
        for prefix in dialling.abroad
    ]
    if dialling.trunk:
        rules.append((bare.str.starts_with(dialling.trunk), f"+{dialling.code}" + bare.str.slice(len(dialling.trunk))))
    rules.append((bare.str.starts_with(dialling.code) & (length >= len(dialling.code) + 9), "+" + bare))
    return [*rules, (pl.lit(value=True), f"+{dialling.code}" + bare)]


def _digits(number: str) -> str:
    """Digits and plus signs of a number written in any way, in any script."""
    ascii_ = (str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in unicodedata.normalize("NFKC", number))
    return _NOT_DIALLED.sub("", "".join(ascii_))


def _dialled(bare: str, dialling: Dialling) -> str:
    if len(bare) < SHORTEST:
        return bare
    for prefix in dialling.abroad:
        if bare.startswith(prefix) and len(bare) - len(prefix) > SHORTEST:
            return f"+{bare[len(prefix) :]}"
    if dialling.trunk and bare.startswith(dialling.trunk):
        return f"+{dialling.code}{bare[len(dialling.trunk) :]}"
    if bare.startswith(dialling.code) and len(bare) >= len(dialling.code) + 9:
        return f"+{bare}"
    return f"+{dialling.code}{bare}"
