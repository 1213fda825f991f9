"""What this app may never say, in any language; and that no page of it lists people beside a number."""

import re
from pathlib import Path

import polib
import pytest

from tests.house.places import WEB

APP = WEB / "signatures"
LOCALES = ("en", "pl", "ko", "zh_Hant", "zh_Hans", "fa")

FORBIDDEN = {
    "en": r"stress|burn.?out|\bstrain|tired|exhaust|\bmood|emotion|\bfeel|angry|\bsad\b|happy|frustrat|motivat|loyal|attrition|"
    r"underperform|\bpoor|\bbad\b|fault|blame|score|\brank|\bleague|\bbest\b|better than|worse than|suspicio|warning",
    "pl": r"stres|wypalen|zmęcz|nastr|emocj|\bczuje|\bzły|smutn|frustr|motywac|lojaln|\bwinn|\bwina\b|\bsłab|ranking|"
    r"najlepsz|ostrzeż|podejrz",
    "ko": r"스트레스|번아웃|피로|지친|기분|감정|분노|슬픔|좌절|동기|충성|잘못|탓|순위|최고|경고|의심",
    "zh_Hant": r"壓力|倦怠|疲|情緒|心情|感受|憤怒|悲|挫折|動機|忠誠|錯誤|責怪|排名|排行|警告|懷疑",
    "zh_Hans": r"压力|倦怠|疲|情绪|心情|感受|愤怒|悲|挫败|动机|忠诚|错误|责怪|排名|排行|警告|怀疑",
    "fa": r"استرس|فرسود|خسته|خستگی|احساس|هیجان|خشم|غم|کلافه|انگیزه|وفادار|تقصیر|مقصر|رتبه|هشدار|مشکوک",
}
"""Feelings, blame, rank and suspicion."""
THERE_IS_NONE = "Nobody is ranked here: you are only ever compared with your own past."
"""The one sentence that names a rank says that there is none."""


def sentences(locale: str) -> list[str]:
    entries = list(polib.pofile(str(APP / "locale" / locale / "LC_MESSAGES" / "django.po")))
    entries = [each for each in entries if each.msgid != THERE_IS_NONE]
    said = [form for each in entries for form in (each.msgstr, *each.msgstr_plural.values())]
    if locale == "en":
        said += [form for each in entries for form in (each.msgid, each.msgid_plural)]
    return [form for form in said if form]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_speaks_of_feelings_blame_or_rank(locale: str) -> None:
    found = [each for each in sentences(locale) if re.search(FORBIDDEN[locale], each, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_law_catches_what_it_forbids(locale: str) -> None:
    wrong = {
        "en": "Omid shows signs of stress.",
        "pl": "Ranking konsultantów",
        "ko": "상담사 순위",
        "zh_Hant": "客服人員排行",
        "zh_Hans": "坐席排行",
        "fa": "کارشناس خسته است",
    }
    assert re.search(FORBIDDEN[locale], wrong[locale], re.IGNORECASE)


def templates() -> list[Path]:
    return sorted((APP / "templates").rglob("*.html"))


def test_no_template_goes_through_people() -> None:
    """One person a page: nothing here can put two people beside one another, still less in an order."""
    assert templates()
    for place in templates():
        loops = re.findall(r"{%\s*for\s+(\w+)\s+in\s+([\w.]+)", place.read_text())
        several = r"people|persons|agents|team|members|staff"
        assert not [each for each in loops if re.search(several, " ".join(each))], place
        assert "dictsort" not in place.read_text(), place


def test_nothing_orders_people_by_a_number() -> None:
    """Only dates, names of measures and keys order anything; sizes and chances choose what is told at all."""
    for place in APP.glob("*.py"):
        assert not re.findall(r"order_by\([^)]*(?:size|sure|usual)", place.read_text()), place


def test_no_query_of_a_page_asks_for_more_than_one_person() -> None:
    text = (APP / "queries.py").read_text()
    for model in ("Trait", "Finding", "Cause", "Guide"):
        for call in re.findall(rf"{model}\.objects\.filter\(([^)]*)\)", text):
            assert "person=person" in call, call
