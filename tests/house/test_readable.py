"""Files and functions stay readable, and no module has a name that says nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.places import SOURCE, code, name

LINES_A_FILE = 300
LINES_A_FUNCTION = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "services", "service", "manager", "misc", "base"}

LONG_FILES: dict[str, str] = {}
"""Path of a longer file: the reason."""

LONG_FUNCTIONS: dict[str, str] = {}
"""Path and name of a longer function: the reason."""


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with its length in lines; its docstring does not count."""
    tree = ast.parse(file.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name(file)}:{node.name}", _length(node)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if told else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {name(file): len(file.read_text().splitlines()) for file in code()}
    found = {file: lines for file, lines in long.items() if lines > LINES_A_FILE and file not in LONG_FILES}
    assert found == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {where: lines for file in code() for where, lines in functions(file) if lines > LINES_A_FUNCTION}
    assert {where: lines for where, lines in long.items() if where not in LONG_FUNCTIONS} == {}


def test_an_exception_that_is_no_longer_needed_is_removed() -> None:
    files = {name(file) for file in code() if len(file.read_text().splitlines()) > LINES_A_FILE}
    long = {where for file in code() for where, lines in functions(file) if lines > LINES_A_FUNCTION}
    assert set(LONG_FILES) <= files
    assert set(LONG_FUNCTIONS) <= long


@pytest.mark.parametrize("word", sorted(EMPTY_NAMES))
def test_no_module_has_a_name_that_says_nothing(word: str) -> None:
    assert [name(place) for place in SOURCE.rglob("*") if place.stem == word and place.suffix in ("", ".py")] == []


def test_nothing_is_left_to_do_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    found = [f"{name(file)}:{number}" for file in code() for number, line in _comments(file) if any(m in line for m in marks)]
    assert found == []


def _comments(file: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(file.read_text().splitlines(), 1):
        _before, hash_mark, comment = line.partition("# ")
        if hash_mark:
            yield number, comment


def test_a_skipped_test_says_why() -> None:
    silent = []
    for file in code():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in ("skip", "skipif", "xfail") and not _is_called(file, node):
                silent.append(f"{name(file)}:{node.lineno}")
            if isinstance(node, ast.Call) and _is_skip(node.func) and not _gives_reason(node):
                silent.append(f"{name(file)}:{node.lineno}")
    assert silent == []


def _is_called(file: Path, wanted: ast.Attribute) -> bool:
    calls = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
    return any(isinstance(call.func, ast.Attribute) and call.func.lineno == wanted.lineno for call in calls)


def _is_skip(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr in ("skip", "skipif", "xfail", "importorskip")


def _gives_reason(call: ast.Call) -> bool:
    named = {keyword.arg for keyword in call.keywords}
    is_plain_skip = isinstance(call.func, ast.Attribute) and call.func.attr in ("skip", "xfail")
    return "reason" in named or (is_plain_skip and bool(call.args))
