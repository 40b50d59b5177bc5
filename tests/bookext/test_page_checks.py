"""Which pages are refused, and what is said."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.util.docutils import new_document

from bookext.records import page_checks
from bookext.records.page_checks import EmptyPageError, PageChecks

FORTY = "Two lines cross; the blue one ends first"


def warnings(
    monkeypatch: pytest.MonkeyPatch, *content: nodes.Node, title: bool = True
) -> list[str]:
    """Check a page with this content, and return the warnings."""
    said: list[str] = []
    monkeypatch.setattr(
        page_checks, "_LOGGER", SimpleNamespace(warning=lambda text, **_: said.append(text))
    )
    document = new_document("page")
    document += nodes.section("", *([nodes.title("", "One")] if title else []), *content)
    env = SimpleNamespace(
        docname="page", metadata={"page": {}}, doc2path=lambda name: Path(f"/book/{name}.md")
    )
    document.settings.env = env
    PageChecks(document).apply()
    return said


def figure(alt: str = FORTY, caption: bool = True, name: bool = True) -> nodes.figure:
    """Return a figure."""
    made = nodes.figure("", nodes.image("", alt=alt))
    if caption:
        made += nodes.caption("", "What it shows")
    if name:
        made["names"] = ["fig-one"]
    return made


def test_a_whole_page_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(FORTY) == 40
    assert warnings(monkeypatch, nodes.paragraph("", "Text"), figure()) == []


@pytest.mark.parametrize("alt", ["", "Lines", FORTY[:-1]])
def test_an_alternative_text_has_forty_characters(
    alt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (said,) = warnings(monkeypatch, figure(alt))
    assert said.startswith("a picture without an alternative text of 40 characters")
    (bare,) = warnings(monkeypatch, nodes.image("", alt=alt))
    assert bare == said


@pytest.mark.parametrize(("caption", "name"), [(False, True), (True, False), (False, False)])
def test_a_figure_has_name_and_caption(
    caption: bool, name: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = warnings(monkeypatch, figure(caption=caption, name=name))
    assert said == ["a figure without name or caption"]


def test_a_page_without_title_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EmptyPageError, match=r"^/book/page\.md is empty: give it a title"):
        warnings(monkeypatch, nodes.paragraph("", "Text"), title=False)
