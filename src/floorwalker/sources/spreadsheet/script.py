"""One spelling for the same text: digits of all scripts, full-width forms, Arabic and Persian letters, half-spaces."""

import re
import unicodedata

import polars as pl

_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ـ": None})
_BLANKS = str.maketrans(dict.fromkeys("\u200c\u200b\u200d\u200e\u200f\u202a\u202b\u202c\ufeff\u2066\u2067\u2069"))
_SIGNS = str.maketrans({"٫": ".", "٬": ",", "٪": "%", "،": ",", "−": "-", "–": "-"})
SPACES = " \t\xa0\u200c\u200e\u200f\ufeff"
_SPACES = re.compile(r"\s+")
_DIGIT = re.compile(r"[^\x00-\x7f]")

_SCRIPTS = ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９")
_OLD = [digit for script in _SCRIPTS for digit in script] + ["：", "／", "．", "－", "　", "\xa0", "\u202f", "٫", "٬"]
_NEW = [str(place) for _ in _SCRIPTS for place in range(10)] + [":", "/", ".", "-", " ", " ", " ", ".", ","]


def tidy(text: str) -> str:
    """A name as it is kept: composed, one spelling of ی and ک, single spaces, nothing around it."""
    folded = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    return _SPACES.sub(" ", folded).strip(SPACES + "\u200b")


def plain(text: str) -> str:
    """A word as it is compared: `tidy`, without letter case, half-spaces and marks of direction, digits 0 to 9."""
    return digits(tidy(text).translate(_BLANKS)).casefold().strip()


def digits(text: str) -> str:
    """`text` with the decimal digits and number signs of every script as ASCII."""
    if text.isascii():
        return text
    return _DIGIT.sub(_ascii_digit, text.translate(_SIGNS))


def _ascii_digit(found: re.Match[str]) -> str:
    value = unicodedata.decimal(found[0], None)
    return found[0] if value is None else str(value)


def ascii_digits(texts: pl.Series) -> pl.Series:
    """A column of texts with Persian, Arabic and full-width digits and signs as ASCII, nothing around them."""
    trimmed = texts.str.strip_chars(SPACES)
    if not is_ascii(trimmed):
        trimmed = trimmed.str.replace_many(_OLD, _NEW).str.replace_all("[\u200c\u200e\u200f\u202a-\u202c\u2066-\u2069]", "")
    return trimmed


def is_ascii(texts: pl.Series) -> bool:
    """Whether no text of the column holds anything but ASCII."""
    return not bool((texts.str.len_bytes() != texts.str.len_chars()).any())
