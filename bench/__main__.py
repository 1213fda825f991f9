"""`python -m bench`: every promised ratio, each beside its peer in the same run.

`--scale 0.1` takes a tenth of the data; `--only imports` runs one of the benches. Data lies in a temporary folder that is
removed afterwards, unless `--folder` names one to keep.
"""

import argparse
import tempfile
from importlib import import_module
from pathlib import Path

from bench.timing import Result, table

BENCHES = ("imports", "questions", "pages", "forecast", "staffing", "patterns")


def main() -> None:
    """Run the benches and print their table."""
    parser = argparse.ArgumentParser(description="Ours beside its peers")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full data (1 is up to 50 million contacts)")
    parser.add_argument("--only", choices=BENCHES, nargs="*", default=BENCHES)
    parser.add_argument("--folder", type=Path, help="where data is kept; temporary when not given")
    chosen = parser.parse_args()
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as temporary:
        for name in chosen.only:
            folder = (chosen.folder or Path(temporary)) / name
            results += import_module(f"bench.{name}").run(chosen.scale, folder)
            print(table(results), flush=True)


if __name__ == "__main__":
    main()
