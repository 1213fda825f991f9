"""Start and end instead of left and right; no style or script outside their files."""

import re
from pathlib import Path

import pytest

from tests.house.places import WEB, name

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
)
PHYSICAL_VALUES = re.compile(r"(?<![\w-])(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right|top|bottom)\b")
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script\b(?![^>]*\bsrc=)", re.IGNORECASE)
DATA_SCRIPT = re.compile(r"<script\b[^>]*type=[\"']application/json[\"'][^>]*>", re.IGNORECASE)


def without_queries(css: str) -> str:
    """CSS without comments and without the conditions of media queries, which only know width and height."""
    return re.sub(r"@(?:media|container)[^{]*", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def test_a_physical_side_is_found() -> None:
    assert PHYSICAL.search("a { padding-left: 1px }")
    assert PHYSICAL.search("a{right:0}")
    assert PHYSICAL_VALUES.search("a { text-align: left }")
    assert not PHYSICAL.search("a { padding-inline-start: 1px; border-block-end: 0 }")
    assert not PHYSICAL_VALUES.search("a { text-align: start }")


@pytest.mark.parametrize("file", sorted(WEB.rglob("static/**/*.css")), ids=name)
def test_css_speaks_of_start_and_end(file: Path) -> None:
    css = without_queries(file.read_text())
    assert PHYSICAL.findall(css) + PHYSICAL_VALUES.findall(css) == []


@pytest.mark.parametrize("file", sorted(WEB.rglob("templates/**/*.html")), ids=name)
def test_templates_hold_no_style_and_no_script(file: Path) -> None:
    html = DATA_SCRIPT.sub("", file.read_text())
    assert INLINE.findall(html) == []


def test_code_that_draws_holds_no_style_and_no_script() -> None:
    drawn = sorted((WEB / "ui" / "charts").rglob("*.py"))
    assert [name(file) for file in drawn if re.search(r"\sstyle=|<script|<style", file.read_text())] == []
