"""A code with facts becomes a whole sentence: the facts are written as its reader reads them, then filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from floorwalker.web.ui.reader import Reader

Fact = str | int | float
NOTHING = "–"
_OPEN, _CLOSE = "\u2068", "\u2069"
_YEARS = frozenset({"earliest", "latest"})


@dataclass(frozen=True)
class Counted:
    """A sentence whose form depends on how many: the fact `by`."""

    by: str
    form: Callable[[int], str]


Sentence = Promise | Counted


def worded(sentence: Sentence, facts: Mapping[str, Fact], reader: Reader) -> str:
    """The sentence in the active language with its facts filled in."""
    form = sentence.form(int(facts.get(sentence.by, 0))) if isinstance(sentence, Counted) else str(sentence)
    return form % {name: written(name, value, reader) for name, value in facts.items()}


def written(name: str, value: Fact, reader: Reader) -> str:
    """One fact: seconds as on a clock, numbers in the reader's digits, texts kept apart from their
    surroundings so that they read the same way in a sentence that runs the other way."""
    if isinstance(value, str):
        return f"{_OPEN}{value}{_CLOSE}" if value else NOTHING
    if name.endswith("_s"):
        return reader.duration(value)
    if name in _YEARS:
        return f"{value:g}"
    return reader.number(value, 0 if float(value).is_integer() else 1)
