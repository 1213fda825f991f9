"""Remarks of many batches become remarks about the whole file."""

from collections.abc import Iterable, Mapping
from typing import Any

from floorwalker.sources.reading import Remark

Fact = str | int | float

_LEAST = frozenset({"first_line", "line"})
_MOST = frozenset({"longest_s", "most_s", "limit_s", "columns"})


def combined(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    """One remark for each code and its texts: amounts are added, first lines and greatest lengths are kept as such."""
    whole: dict[tuple[str, tuple[tuple[str, str], ...]], dict[str, Fact]] = {}
    for each in remarks:
        texts = tuple(sorted((name, value) for name, value in each.facts.items() if isinstance(value, str)))
        facts = whole.setdefault((each.code, texts), dict(texts))
        for name, value in each.facts.items():
            if not isinstance(value, str):
                facts[name] = _joined(name, facts.get(name), value)
    return [{"code": code, "facts": facts} for (code, _texts), facts in whole.items()]


def as_remarks(kept: Iterable[Mapping[str, Any]]) -> list[Remark]:
    """What `combined` made, read back from the records database."""
    return [Remark(each["code"], each["facts"]) for each in kept]


def _joined(name: str, before: Fact | None, value: int | float) -> Fact:
    if not isinstance(before, int | float):
        return value
    if name in _LEAST:
        return min(before, value)
    return max(before, value) if name in _MOST else before + value
