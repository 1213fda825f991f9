"""Every sentence exists in six languages, with the same placeholders; none is empty, doubtful or left behind."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.house.places import ROOT, WEB, name

LOCALES = ("en", "pl", "ko", "zh_Hant", "zh_Hans", "fa")
APPS = sorted(place.parent.name for place in WEB.glob("*/locale"))
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)[^}]*\}")


def catalogue(app: str, locale: str) -> Path:
    return WEB / app / "locale" / locale / "LC_MESSAGES" / "django.po"


def placeholders(text: str) -> set[str]:
    """The named values of a sentence."""
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def test_every_app_with_sentences_has_six_catalogues() -> None:
    assert [name(catalogue(app, locale)) for app in APPS for locale in LOCALES if not catalogue(app, locale).exists()] == []


@pytest.mark.parametrize("app", APPS)
def test_the_same_sentences_stand_in_all_six_catalogues(app: str) -> None:
    said = {locale: {(each.msgctxt, each.msgid) for each in polib.pofile(str(catalogue(app, locale)))} for locale in LOCALES}
    assert {locale: said[locale] ^ said["en"] for locale in LOCALES if said[locale] != said["en"]} == {}


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])
@pytest.mark.parametrize("app", APPS)
def test_no_sentence_is_untranslated_or_doubtful(app: str, locale: str) -> None:
    entries = polib.pofile(str(catalogue(app, locale)))
    assert [each.msgid for each in entries if each.fuzzy or not each.translated()] == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("app", APPS)
def test_every_translation_has_the_placeholders_of_its_sentence(app: str, locale: str) -> None:
    wrong = []
    for each in polib.pofile(str(catalogue(app, locale))):
        wanted = placeholders(each.msgid) | placeholders(each.msgid_plural)
        forms = list(each.msgstr_plural.values()) if each.msgid_plural else [each.msgstr]
        for form in filter(None, forms):
            found = placeholders(form)
            # A singular may say "one" in words; no form may invent a value.
            if not found <= wanted or (found != wanted and not each.msgid_plural):
                wrong.append((each.msgid, form))
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("app", APPS)
def test_every_plural_has_all_forms_of_its_language(app: str, locale: str) -> None:
    entries = polib.pofile(str(catalogue(app, locale)))
    forms = int(re.search(r"nplurals=(\d)", entries.metadata["Plural-Forms"])[1])  # type: ignore[index]
    assert [each.msgid for each in entries if each.msgid_plural and len(each.msgstr_plural) != forms] == []


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])
def test_two_apps_that_say_the_same_say_it_the_same_way(locale: str) -> None:
    """One of them would be overruled by the other. Words that mean two things get a context (pgettext)."""
    said: dict[tuple[str | None, str], dict[str, list[str]]] = {}
    for app in APPS:
        for each in polib.pofile(str(catalogue(app, locale))):
            if each.translated() and not each.msgid_plural:
                said.setdefault((each.msgctxt, each.msgid), {}).setdefault(each.msgstr, []).append(app)
    assert {msgid: ways for (_context, msgid), ways in said.items() if len(ways) > 1} == {}


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed: apt-get install gettext")
def test_the_catalogues_hold_exactly_the_sentences_of_the_code(tmp_path: Path) -> None:
    """Extracting again into a copy changes nothing. Whoever changes a sentence runs `make messages` and translates."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "messages.py", tmp_path / "scripts")
    copy = tmp_path / "src" / "floorwalker" / "web"
    shutil.copytree(WEB, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__", "static"))
    extract = [sys.executable, str(tmp_path / "scripts" / "messages.py"), "extract"]
    subprocess.run(extract, check=True, capture_output=True)
    stale = []
    for app in APPS:
        for locale in LOCALES:
            kept, fresh = (
                {(each.msgctxt, each.msgid) for each in polib.pofile(str(file))}
                for file in (catalogue(app, locale), copy / app / "locale" / locale / "LC_MESSAGES" / "django.po")
            )
            stale += [f"{app} {locale}: {msgid}" for _context, msgid in kept ^ fresh]
    assert stale == []
