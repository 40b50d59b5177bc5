"""The page of a figure: its links, its table, and what is left out."""

from __future__ import annotations

import lxml.html
import pytest

from bookext.common.reading import short_number
from bookext.html import figures
from bookext.records.figure_line import FOLDER


@pytest.mark.parametrize(
    ("docname", "link", "there"),
    [
        ("chapters/one", "../back/data.html#table-x", "../back/data.html#table-x"),
        ("chapters/one", "#fig-two", "../chapters/one.html#fig-two"),
        ("chapters/one", "two.html", "../chapters/two.html"),
        ("blog/2026/post", "../../figures/fig-a.csv", "fig-a.csv"),
        ("index", "_images/a.svg", "../_images/a.svg"),
        ("index", "https://example.org/a?b#c", "https://example.org/a?b#c"),
    ],
)
def test_links_lead_to_the_same_places(docname: str, link: str, there: str) -> None:
    assert figures.from_page(docname, FOLDER, link) == there


def test_a_long_table_is_cut_and_says_so() -> None:
    found = figures._table("country,share\n" + "ITA,0.123456\n" * 250)
    assert found["head"] == ["country", "share"]
    assert (found["shown"], found["all_rows"]) == (200, 250)
    assert found["rows"][0] == ["ITA", "0.1235"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("value", "short"),
    [("2012", "2012"), ("1234567.0", "1234567.0"), ("0.05", "0.05"), ("-0.333333", "-0.3333")],
)
def test_numbers_have_the_digits_that_one_reads(value: str, short: str) -> None:
    assert short_number(value) == short


def test_the_words_of_a_figure_are_those_below_it() -> None:
    figure = lxml.html.fromstring(
        """<figure id="fig-a"><img src="a.svg" alt="A"><figcaption>
        <p><span class="caption-number">Fig. 2.1 </span><span class="caption-text">It
        <em id="x">rises</em> <a data-preview="preview-1" href="b.html">[1]</a>.</span>
        <a class="headerlink" href="#fig-a">#</a></p>
        <div class="legend"><p class="figure-line"><a href="fig-a.html">Enlarge</a> · Data:
        <a href="fig-a.csv">CSV</a></p></div></figcaption></figure>"""
    )
    words = figures._words(figure, "fig-a.html")
    assert words["number"] == "Fig. 2.1"
    assert '<em>rises</em> <a href="b.html">' in words["caption"]
    assert "Enlarge" not in words["legend"]
    assert ">Data:" in words["legend"]
