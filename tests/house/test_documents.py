"""What is written beside the code says what the code does."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_measures_is_fresh() -> None:
    spec = importlib.util.spec_from_file_location("measures_page", ROOT / "scripts" / "measures_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    written = module.PAGE.read_text()

    assert written == module.page(), "docs/measures.md is stale: run python scripts/measures_page.py"


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "src" / "floorwalker" / "web" / "settings.py").read_text()
    documented = (ROOT / "docs" / "install.md").read_text()

    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))

    assert len(read) > 10
    assert sorted(name for name in read if f"`{name}`" not in documented) == []


def test_every_link_between_the_documents_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text())
        if not (page.parent / target).exists()
    ]

    assert broken == []
