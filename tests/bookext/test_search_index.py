"""What the index of the search gets of a page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from bookext.html import search
from bookext.html.search import kind_of, named, searchable, synonyms, words_of

GLOSSARY = """<html><body><article><dl class="glossary">
<dt id="term-adoption">adoption<a class="headerlink" href="#term-adoption">#</a></dt>
<dd><p>The first time.</p></dd>
<dt id="term-mission">mission<a class="headerlink" href="#term-mission">#</a></dt>
<dt id="term-embassy">embassy<a class="headerlink" href="#term-embassy">#</a></dt>
<dd><p>An office abroad.</p></dd>
</dl></article></body></html>"""
PAGE = """<html><body><article><section id="one"><h1>One</h1>
<p>A <a href="../back/glossary.html#term-mission">mission</a> and
<a href="../back/glossary.html#term-adoption">adoption</a>.</p>
<details class="code fold"><summary>Show the code</summary></details>
<details class="solution fold"><summary><span class="fold-show">Solution</span><span
class="fold-hide">Solution</span></summary>Ten.</details>
<section id="two"><h2>Two</h2><table class="table-rows"><tr><td>cell</td></tr></table></section>
</section></article></body></html>"""


def test_that_pagefind_was_killed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = subprocess.CompletedProcess(["pagefind"], -9, "", "")
    monkeypatch.setattr(subprocess, "run", lambda *_asked, **_how: killed)
    with pytest.raises(ExtensionError, match="no index: it ended with -9 and no word; the memory"):
        search.make_index({}, {}, tmp_path, "en")


def test_a_page_is_found_by_all_names_of_a_term_that_it_uses() -> None:
    known = synonyms(GLOSSARY)
    both = {"mission", "embassy"}
    assert known == {"term-mission": both, "term-embassy": both}
    assert named(PAGE, known) == both
    assert named(GLOSSARY, known) == set()


def test_the_index_has_words_but_no_rows_of_tables() -> None:
    tree = searchable("chapters/one", PAGE, {"embassy", "a tie"})
    assert tree is not None
    (article,) = tree.iter("article")
    assert "cell" not in article.text_content()
    assert "Show" not in article.text_content()
    assert article.text_content().count("Solution") == 1
    assert article.xpath(".//*[@data-pagefind-meta='keywords']")[0].text == "a tie. embassy"
    assert article.xpath(".//h2/@id") == ["two"]


def test_the_glossary_is_not_found_by_each_of_its_terms_before_the_chapters() -> None:
    tree = searchable("back/glossary", GLOSSARY, {"adoption"})
    assert tree is not None
    assert not tree.xpath("//*[@data-pagefind-meta='keywords']")[0].text
    assert words_of(tree) == {"adoption", "mission", "embassy", "first", "time", "office", "abroad"}


def test_a_figure_is_found_by_words_once_each_not_by_codes_and_numbers() -> None:
    row = "<tr><td>TW</td><td>0.02</td><td>Fraud</td></tr>"
    page = f"<html><body><article><table>{row}{row}</table>"
    tree = searchable("figures/fig-one", page)
    assert tree is not None
    assert [cell.text for cell in tree.iter("td")] == ["Fraud"]


def test_the_other_names_of_a_country_are_told_apart_from_its_text() -> None:
    page = "<html><body><article><h1>One</h1><p class='country-names'>Also called: Uno</p>"
    tree = searchable("countries/one", page)
    assert tree is not None
    assert tree.xpath("//*[@data-pagefind-meta='names']/text()") == ["Also called: Uno"]


def test_a_country_is_found_by_what_it_is_not_called() -> None:
    page = "<html><body><article><h1>One</h1><p class='country-sought' hidden>Part. Half</p>"
    tree = searchable("countries/one", page)
    assert tree is not None
    assert tree.xpath("//*[@data-pagefind-meta='keywords']/text()") == ["Part. Half"]


def test_tables_and_numbers_are_lists() -> None:
    kinds = [kind_of(name).name for name in ("data/egdi_ranks", "numbers/chapters/a", "back/data")]
    assert kinds == ["table", "list", "list"]
