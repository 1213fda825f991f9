"""Customers' numbers and addresses, one spelling each; the records keep only a keyed hash of it."""

import polars as pl

from floorwalker.sources.callers import dialled, normalised_column
from floorwalker.sources.spreadsheet.script import ascii_digits

_NUMBER = r"^[+0-9()./\s\-]*[0-9][+0-9()./\s\-]*$"
ROUNDED = r"^[0-9]([.,][0-9]+)?[eE]\+[0-9]+$"
"""What a spreadsheet makes of a long number: 4.86E+10 stands for thousands of customers, so for none."""


def customers(texts: pl.Series, country: str) -> pl.Series:
    """Telephone numbers as `normalised_column` gives them, all else in small letters; null where nobody is told apart."""
    if dialled(texts).all():
        return normalised_column(texts, country)
    told = ascii_digits(texts)
    told = told.set((told == "") | told.str.contains(ROUNDED), None)
    is_number = told.str.contains(_NUMBER).fill_null(value=True)
    if is_number.all():
        return normalised_column(told, country)
    names = told.str.to_lowercase()
    return names.scatter(is_number.arg_true(), normalised_column(told.filter(is_number), country))
