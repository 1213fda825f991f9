"""Translations: `extract` brings new sentences into every catalogue (needs gettext), `compile` makes them usable.

python scripts/messages.py extract [APP ...]
python scripts/messages.py compile
"""

import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

WEB = Path(__file__).parent.parent / "src" / "floorwalker" / "web"
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "pl": (
        "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : "
        "n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);"
    ),
    "ko": "nplurals=1; plural=0;",
    "zh_Hant": "nplurals=1; plural=0;",
    "zh_Hans": "nplurals=1; plural=0;",
    "fa": "nplurals=2; plural=(n > 1);",
}


def extract(apps: list[str]) -> None:
    """Runs makemessages in each app; sentences that left the code leave the catalogues."""
    for app in apps or sorted(place.parent.name for place in WEB.glob("*/locale")):
        languages = [part for locale in PLURALS for part in ("-l", locale)]
        command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--no-wrap", "--no-obsolete", *languages]
        subprocess.run(command, cwd=WEB / app, check=True)  # noqa: S603
        for catalogue in sorted((WEB / app).glob("locale/*/LC_MESSAGES/*.po")):
            tidy(catalogue)


def tidy(catalogue: Path) -> None:
    """A header without dates and blanks to fill in, so that two people who extract on two days get the same file."""
    import polib

    entries = polib.pofile(str(catalogue), wrapwidth=0)
    entries.header = ""
    entries.metadata_is_fuzzy = False
    entries.metadata = {
        "Project-Id-Version": "Floorwalker",
        "Language": catalogue.parts[-3],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[catalogue.parts[-3]],
    }
    entries.save()


def compile_all() -> None:
    """Writes the .mo file beside each catalogue."""
    for catalogue in sorted(WEB.glob("*/locale/*/LC_MESSAGES/*.po")):
        with catalogue.open("rb") as text, catalogue.with_suffix(".mo").open("wb") as machine:
            write_mo(machine, read_po(text, locale=catalogue.parts[-3]))


if __name__ == "__main__":
    verb, *rest = sys.argv[1:] or ["compile"]
    extract(rest) if verb == "extract" else compile_all()
