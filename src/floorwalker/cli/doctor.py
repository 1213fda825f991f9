"""`floorwalker doctor`: what is wrong, and how to mend it."""

import sys
from datetime import UTC, datetime

import click

from floorwalker.cli.records import tell, with_records
from floorwalker.cli.speaking import language_here


@click.command()
@click.option("--mend", "mending", is_flag=True, help="Also put right what can be put right without a question.")
@with_records
def doctor(mending: bool) -> None:
    """Look whether everything is in order. Ends with 1 when something is wrong."""
    from floorwalker.web.ui.reader import Reader
    from floorwalker.web.upkeep.checks import State, findings, mend
    from floorwalker.web.upkeep.wording import SUMMARIES, finding

    now = datetime.now(UTC)
    if mending:
        for code in mend(now):
            tell(code)
    marks = {State.FINE: "ok", State.LOOK: "?", State.WRONG: "!"}
    worst = State.FINE
    for found in findings(now):
        click.echo(f"{marks[found.state]:>2}  {finding(found, Reader(language_here()))}")
        worst = max(worst, found.state, key=list(State).index)
    click.echo(str(SUMMARIES[worst]))
    sys.exit(1 if worst is State.WRONG else 0)
