"""Which pages are refused, and what is said."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import new_document

from bookext.records import page_checks
from bookext.records.cell_outputs import Page, records
from bookext.records.page_checks import EmptyPageError, PageChecks

FORTY = "Two lines cross; the blue one ends first"


def warnings(
    monkeypatch: pytest.MonkeyPatch, *content: nodes.Node, title: str | None = "One"
) -> list[str]:
    """Check a page with this content, and return the warnings."""
    said: list[str] = []
    monkeypatch.setattr(
        page_checks, "_LOGGER", SimpleNamespace(warning=lambda text, **_: said.append(text))
    )
    document = new_document("page")
    document += nodes.section("", *([] if title is None else [nodes.title("", title)]), *content)
    env = SimpleNamespace(
        docname="page",
        metadata={"page": {}},
        doc2path=lambda name: Path(f"/book/{name}.md"),
        relfn2path=lambda name: (name, f"/book/{name}"),
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


def test_a_picture_stands_beside_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    near, far = "pictures/a.png", "https://example.org/a.png"
    assert warnings(monkeypatch, nodes.image("", alt=FORTY, uri=near)) == []
    (said,) = warnings(monkeypatch, nodes.image("", alt=FORTY, uri=far))
    assert said.startswith(f"{far}: a picture from elsewhere")


@pytest.mark.parametrize(
    "begun",
    ["```{table} Title with `code`\n:name: tab-two", "````{exercise} `x`", "```{code-cell} `a`"],
)
def test_a_directive_with_a_backquote_in_its_first_line_is_none(
    begun: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (said,) = warnings(monkeypatch, nodes.paragraph("", begun))
    assert said.startswith(f"`` {begun.partition('}')[0]}}} `` begins no directive: a backquote")
    assert f":::{begun.strip('`').partition('}')[0]}}}" in said
    assert warnings(monkeypatch, nodes.paragraph("", f"As {begun}")) == []


@pytest.mark.parametrize(("caption", "name"), [(False, True), (True, False), (False, False)])
def test_a_figure_has_name_and_caption(
    caption: bool, name: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = warnings(monkeypatch, figure(caption=caption, name=name))
    assert said == ["a figure without name or caption; give it `:name:` and a first paragraph"]


@pytest.mark.parametrize("title", [None, "", " "])
def test_a_page_has_a_title(monkeypatch: pytest.MonkeyPatch, title: str | None) -> None:
    with pytest.raises(EmptyPageError, match=r"^/book/page\.md has no title: begin its text with"):
        warnings(monkeypatch, nodes.paragraph("", "Text"), title=title)
    with pytest.raises(EmptyPageError, match=r"^/book/page\.md is empty: give it a title"):
        warnings(monkeypatch, title=title)


def link(page: str = "chapters/exit", words: str = "") -> pending_xref:
    """Return a link to a page, as MyST makes it."""
    inner = nodes.inline("", words)
    return pending_xref("", inner, refdomain="doc", reftarget=page, refexplicit=bool(words))


def sentence(*content: nodes.Node | str) -> nodes.paragraph:
    """Return a paragraph."""
    return nodes.paragraph(
        "", "", *(nodes.Text(part) if isinstance(part, str) else part for part in content)
    )


@pytest.mark.parametrize(
    "paragraph",
    [
        sentence("It stands in ", link(), " twice."),
        sentence(link(), " watches the last posts."),
        sentence("An error (", nodes.emphasis("", "", link()), ")"),
        sentence(link(), "; post ", nodes.emphasis("", "Fourteenth of how many?")),
    ],
)
def test_a_link_without_words_in_a_sentence_is_refused(
    paragraph: nodes.paragraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    (said,) = warnings(monkeypatch, nodes.bullet_list("", nodes.list_item("", paragraph)))
    assert said.startswith("a link without words to chapters/exit in a sentence")
    assert "[the chapter on ...](chapters/exit.md)" in said


@pytest.mark.parametrize(
    "paragraph",
    [
        sentence(link()),
        sentence(link(), "; ", link("chapters/lessons"), "."),
        sentence("It stands in the ", link(words="chapter on leaving"), " twice."),
        sentence("See ", pending_xref("", refdomain="std", reftarget="fig", refexplicit=False)),
    ],
)
def test_titles_that_stand_alone_and_links_with_words_pass(
    paragraph: nodes.paragraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert warnings(monkeypatch, paragraph) == []


def test_what_a_cell_may_not_do_is_said_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(
        page_checks,
        "_LOGGER",
        SimpleNamespace(warning=lambda text, location, **_: said.append((text, location))),
    )
    document = new_document("page")
    document += nodes.title("", "One")
    env: Any = SimpleNamespace(
        docname="page", metadata={"page": {}}, doc2path=lambda name: f"{name}.md"
    )
    records(env).pages = {"page": Page(refused=[(12, "why")]), "other": Page(refused=[(3, "not")])}
    document.settings.env = env
    PageChecks(document).apply()
    assert said == [("why", ("page", 12))]
