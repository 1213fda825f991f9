"""Every code is listed with its facts, and every listed code can really happen."""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from floorwalker.sources import asterisk
from floorwalker.sources.asterisk import codes

LISTED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Refusal": codes.REFUSALS,
    "Remark": codes.REMARKS,
    "Unreadable": codes.UNREADABLE,
}
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))


def texts() -> set[str]:
    """Every text in the source's code, its list of codes left out."""
    folder = Path(asterisk.__file__).parent
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in folder.glob("*.py") if path.name != "codes.py"]
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def calls(name: str) -> set[str]:
    """The codes written out in calls of `name`."""
    folder = Path(asterisk.__file__).parent
    found = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                found |= {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and _is_code(each.value)}
    return found


def _is_code(value: object) -> bool:
    return isinstance(value, str) and "_" in value and value.islower() and value.isascii()


@pytest.mark.parametrize("name", LISTED)
def test_a_code_written_in_the_source_is_listed(name: str) -> None:
    facts = {fact for facts in LISTED[name].values() for fact in facts}
    assert calls(name) <= LISTED[name].keys() | facts


@pytest.mark.parametrize("code", [code for listed in LISTED.values() for code in listed])
def test_a_listed_code_is_used_and_shown_in_a_test(code: str) -> None:
    assert code in texts()
    assert f'"{code}"' in TESTS


def test_codes_of_one_kind_are_not_those_of_another() -> None:
    assert not (codes.REFUSALS.keys() & codes.REMARKS.keys()) | (codes.REFUSALS.keys() & codes.UNREADABLE.keys())
