"""Bringing files in at the command line: ask what only a person knows, show progress, tell the same report as the page."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from floorwalker.cli.columns import laid_out
from floorwalker.cli.site_here import the_site
from floorwalker.cli.speaking import plain, speaking
from floorwalker.sources.reading import Unreadable
from floorwalker.sources.spreadsheet import Mapping as Meaning
from floorwalker.warehouse.files import WarehouseFault
from floorwalker.web.intake import actions, plain_text
from floorwalker.web.intake.checking import COLUMNS_CHANGED, NEW_MEANING, answer_to, check
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.panels import progress_panel
from floorwalker.web.intake.queries import imports_of
from floorwalker.web.intake.refused_list import lines_of
from floorwalker.web.intake.report import headline_of, report_of, undo_sentences
from floorwalker.web.intake.running import run
from floorwalker.web.intake.wording import failure_of, not_taken
from floorwalker.web.ui.reader import Reader

FAILED, UNANSWERED = 1, 2


@dataclass(frozen=True)
class Wishes:
    """What was typed besides the files. `refused` is where to write every refused row."""

    source: str = ""
    mapping: Path | None = None
    tz: str = ""
    answers: tuple[str, ...] = ()
    yes: bool = False
    refused: Path | None = None


def bring_in(paths: Sequence[Path], wishes: Wishes, language: str = "") -> int:
    """Bring files in; the exit code: 0, 1 when something could not be brought in, 2 when an answer is missing."""
    site = the_site()
    with speaking(site, language) as reader:
        given = _given_answers(wishes.answers) | ({"time_zone": wishes.tz} if wishes.tz else {})
        imports = actions.find(site, paths, _meaning(wishes.mapping))
        return max(_one(coming, reader, wishes, given) for coming in imports)


def list_imports(language: str = "") -> None:
    """Print the imports, latest first."""
    site = the_site()
    with speaking(site, language) as reader:
        actions.settle_states(site)
        found = imports_of(site, reader).imports
        rows = [[str(each.pk), each.when, each.state, each.rows, each.source, each.name] for each in found]
        table = [[plain(cell) for cell in row] for row in [plain_text.list_heads(), *rows]]
        _say(laid_out(table, numbers=frozenset({0, 3})))


def undo_import(number: int, yes: bool, language: str = "") -> None:
    """Say what undoing will do, ask, and undo."""
    site = the_site()
    with speaking(site, language) as reader:
        coming = Import.objects.filter(site=site, pk=number).first()
        if coming is None:
            raise click.ClickException(plain(plain_text.no_such_import(number, reader)))
        _say(undo_sentences(coming, reader))
        if not yes:
            click.confirm(plain(plain_text.undo_question()), abort=True)
        try:
            actions.undo(coming, None)
        except actions.NotNow as moved:
            raise click.ClickException(plain(not_taken(moved.state))) from moved
        except WarehouseFault as fault:
            failure = {"code": fault.code, "facts": fault.facts}
            raise click.ClickException(plain(failure_of(failure, coming, reader))) from fault
        _say([headline_of(coming, reader)])


def _one(coming: Import, reader: Reader, wishes: Wishes, given: Mapping[str, str]) -> int:
    """Bring one import in; the exit code."""
    if coming.state == Import.State.CHECKING:
        actions.decide(coming, None, source=wishes.source, answers=given, kind=given.get("kind", ""))
        try:
            ready = _understood(coming, reader, wishes.yes)
        except Unreadable as error:
            _say([plain_text.unreadable_line(error, coming, reader)])
            actions.throw_away(coming, None)
            return FAILED
        if not ready:
            actions.throw_away(coming, None)
            return UNANSWERED
        actions.start(coming, None)
        coming = run_with_bar(coming, reader)
    _say(plain_text.report_lines(report_of(coming, reader)))
    if wishes.refused and coming.count("refused"):
        with wishes.refused.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines_of(coming, reader))
    return 0 if coming.state == Import.State.WHOLE else FAILED


def _understood(coming: Import, reader: Reader, yes: bool) -> bool:
    """Ask what only a person knows, or say what to answer; whether nothing is open any more."""
    found = check(coming)
    waiting = list(found.open) if yes else [each for each in found.questions if not answer_to(each, found.answers)]
    if not waiting and found.is_ready:
        return True
    _say(plain_text.meaning_lines(found))
    if sys.stdin.isatty() and not yes and not found.lacking:
        asked = {each.code: _ask(plain_text.question_lines(each, reader), each.recommended) for each in waiting}
        if found.difference:
            asked[COLUMNS_CHANGED] = _ask(plain_text.difference_lines(found, coming), NEW_MEANING)
        actions.decide(coming, None, answers=asked)
        return check(coming).is_ready
    if found.lacking:
        _say([plain_text.lacking_line(found)])
    for each in waiting:
        _say(plain_text.question_lines(each, reader))
    _say(plain_text.difference_lines(found, coming))
    _say([plain_text.how_to_answer()])
    return False


def _ask(lines: Iterable[str], recommended: str) -> str:
    _say(lines)
    answer: str = click.prompt("", default=recommended or None, prompt_suffix="> ")
    return answer


def run_with_bar(coming: Import, reader: Reader) -> Import:
    """Bring it in under a bar that never goes back."""
    with click.progressbar(length=100, file=sys.stderr, show_eta=False, width=30) as bar:

        def show(now: Import) -> None:
            panel = progress_panel(now, reader)
            bar.label = plain(panel.sentence) if now.is_under_way and sys.stderr.isatty() else ""
            percent = (panel.percent or 0) if now.is_under_way else 100
            bar.update(max(0, percent - bar.pos))

        return run(coming.pk, show)


def _given_answers(answers: Iterable[str]) -> dict[str, str]:
    given = {}
    for text in answers:
        name, _equals, choice = (part.strip() for part in text.partition("="))
        if not name or not choice:
            raise click.UsageError(plain(plain_text.not_an_answer(text)))
        given[name] = choice
    return given


def _meaning(path: Path | None) -> Meaning | None:
    if path is None:
        return None
    try:
        return Meaning.from_toml(path.read_text("utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{path}: {error}") from error


def _say(lines: Iterable[Any]) -> None:
    for line in lines:
        click.echo(plain(str(line)))
