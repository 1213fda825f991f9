"""Only listed codes are emitted, each listed code is emitted somewhere, and every field has its place in the records."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import floorwalker.sources.spreadsheet as package
from floorwalker.core.records import TABLES
from floorwalker.sources.spreadsheet import codes, headers
from floorwalker.sources.spreadsheet.codes import QUESTIONS, REFUSALS, REMARKS, REMEDIES, UNREADABLE, WHOLE_FILE_REMEDIES
from floorwalker.sources.spreadsheet.fields import KINDS, Sort
from floorwalker.sources.spreadsheet.words import lexicon

FILES = sorted(Path(package.__file__).parent.glob("*.py"))
CALLS = {
    "unreadable": (UNREADABLE, 0),
    "refusal": (REFUSALS, 0),
    "refuse": (REFUSALS, 1),
    "refuse_each": (REFUSALS, 1),
    "_refuse": (REFUSALS, 0),
    "remark": (REMARKS, 0),
    "say": (REMARKS, 0),
    "Question": (QUESTIONS, 0),
}
"""Function: the list its codes are in, and which argument is the code."""


def emitted() -> Iterator[tuple[str, str]]:
    """Function and code, wherever a code is written down in a call."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in CALLS and len(node.args) > CALLS[name][1]:
                code = node.args[CALLS[name][1]]
                if isinstance(code, ast.Constant):
                    yield name, str(code.value)


def test_every_code_that_is_emitted_is_listed() -> None:
    assert [(name, code) for name, code in emitted() if code not in CALLS[name][0]] == []


@pytest.mark.parametrize(
    "listed", [UNREADABLE, REFUSALS, REMARKS, QUESTIONS], ids=["unreadable", "refusals", "remarks", "questions"]
)
def test_every_listed_code_is_written_down_where_it_is_emitted(listed: dict[str, tuple[str, ...]]) -> None:
    texts = "".join(file.read_text() for file in FILES if file.name != "codes.py")
    assert [code for code in listed if f'"{code}"' not in texts] == []


def test_every_remedy_is_proposed_somewhere() -> None:
    texts = "".join(file.read_text() for file in FILES)
    assert [remedy for remedy in REMEDIES if texts.count(f'"{remedy}"') < 2] == []


def test_a_whole_file_has_a_remedy_of_the_list() -> None:
    assert set(WHOLE_FILE_REMEDIES) <= set(UNREADABLE)
    assert set(WHOLE_FILE_REMEDIES.values()) <= set(REMEDIES)


def test_an_unlisted_code_or_fact_cannot_be_said() -> None:
    with pytest.raises(KeyError):
        codes.unreadable("bad_weather")
    with pytest.raises(KeyError):
        codes.remark("no_header", colour="red")
    with pytest.raises(KeyError):
        codes.refusal("not_a_count", 3, weight=4)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_a_kind_needs_are_fields_of_it(kind: str) -> None:
    assert all(name in KINDS[kind] for group in KINDS[kind].needs for name in group)
    assert KINDS[kind].table in TABLES


def test_every_header_word_is_of_a_field_of_some_kind() -> None:
    known = {field.name for kind in KINDS.values() for field in kind.fields} | {"day", "clock", "skip"}
    named = {field for fields in headers._lexicon().values() for field in fields}
    assert named <= known
    assert known - named == set()


def test_every_word_field_has_a_lexicon_that_speaks_its_vocabulary() -> None:
    for kind in KINDS.values():
        for field in kind.fields:
            if field.sort is Sort.WORD:
                assert set(lexicon(field.name).values()) <= set(field.words), field.name
