"""Writes docs/measures.md from the measures' declarations and their words. `--check` only says whether it is fresh."""

import os
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "measures.md"
HEAD = """# Measures

Written from the declarations in `core/measures/catalog.py` by `python scripts/measures_page.py`; do not edit it here.

Every number in Floorwalker is one of these. Sums are kept, ratios are taken last, an average is never averaged. Below its
smallest sample a value is shown as "too few". The thresholds (20 and 5 seconds, 7 days, 75% of a scale) are the site's own.

| measure | name | question |
|---|---|---|
"""


def page() -> str:
    """The whole page in Markdown."""
    from floorwalker.core.measures import MEASURES, Settings
    from floorwalker.web.pulse import wording
    from floorwalker.web.ui.reader import Reader

    reader = Reader("en")
    words = wording.MEASURE_WORDS
    lines = [HEAD + "".join(f"| [`{name}`](#{name}) | {words[name].name} | {words[name].question} |\n" for name in MEASURES)]
    for name, measure in MEASURES.items():
        lines.append(
            f"\n## {name}\n\n**{words[name].name}.** {words[name].question}\n\n{wording.counts(name, Settings(), reader)}\n"
        )
        lines.append(f"\n- formula: {wording.formula(measure, '', reader)}")
        for other in measure.others:
            label = wording.DEFINITIONS[name, other]
            lines.append(f"\n- `{other}` — {label}: {wording.formula(measure, other, reader)}")
        lines.append(f"\n- unit: {measure.unit.value}; smallest sample: {measure.smallest_sample}; {measure.direction.value}")
        lines.append("\n" if measure.personal else "; never for one person\n")
    return "".join(lines)


def main() -> int:
    import django

    with tempfile.TemporaryDirectory() as place:
        os.environ.setdefault("FLOORWALKER_DATA", place)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.web.settings")
        django.setup()
        written = page()
    if "--check" in sys.argv:
        return 0 if PAGE.exists() and PAGE.read_text() == written else 1
    PAGE.write_text(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
