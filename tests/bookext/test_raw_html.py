"""HTML in a page closes what it opens."""

from __future__ import annotations

import pytest
from docutils import nodes

from bookext.records.raw_html import faults


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (["<div><b>bold</div>"], [(0, "`</div>` closes nothing"), (0, "`<div>`"), (0, "`<b>`")]),
        (["<i>a</i>", "</article>"], [(1, "`</article>` closes nothing; delete it")]),
        (
            ["<b>", "</b>", "<div>"],
            [(2, "`<div>` is never closed; write `</div>`, or `\\<div>` to")],
        ),
        (["text", "<!-- a remark", "more"], [(1, "`<!--` has no end; close it")]),
        (["<!-- a remark -->", "<p>a<p>b", "<hr><br>", "a < b & c"], []),
        (["<table><tr><td>1<td>2</table>", "<svg><g/></svg>"], []),
        (
            ['<a name="x"/>', "<div/>text"],
            [
                (0, "`<a/>` closes nothing in HTML; write `<a></a>`"),
                (1, "`<div/>` closes nothing in HTML; write `<div></div>`"),
            ],
        ),
        (["<svg/><math><mspace/></math><br/><p/>", "<svg><a/>", "<g/></svg>"], []),
        (
            ["<svg><foreignObject><b/></foreignObject></svg><i/>"],
            [(0, "`<b/>` closes nothing"), (0, "`<i/>` closes nothing")],
        ),
        (["<select><option>a<option>b</select>", "<map><area></map>"], []),
        (
            ["<base href='https://a.org/'>", "<meta charset='a'/>", "<form></form>"],
            [
                (0, "`<base>` has no place in a page: it would turn all links of the page; delete"),
                (1, "`<meta>` has no place in a page: it belongs to the head of a page"),
                (2, "`<form>` has no place in a page: a book has no server"),
            ],
        ),
        (["<hr onerror='f()'>"], [(0, "`onerror=` in `<hr>` is a script, which no")]),
        (["<a href='JavaScript:f()'>a</a>"], [(0, "`href=` in `<a>` is a script, which no")]),
        (
            ["<script type='application/json'>if (a<b) {}</script>", "<div>", "text", "</div>"],
            [],
        ),
        (["<SCRIPT src='x'></SCRIPT>"], [(0, "`<script>` has no place in a page: what needs a")]),
        (["<iframe src='a'></iframe>"], [(0, "`<iframe>` has no place in a page: the site shows")]),
        (["<object></object>", "<embed>"], [(0, "`<object>` has no"), (1, "`<embed>` has no")]),
        (
            ["<video></video>", "<audio></audio>"],
            [(0, "`<video>` has no"), (1, "`<audio>` has no")],
        ),
        (
            ["<img src='a.png' alt=''>"],
            [(0, "`<img>` has no place in a page: its file would stay")],
        ),
        (["<svg><image href='https://a.org/b.png'/></svg>"], [(0, "`<image>` has no place in a")]),
        (["<h1>a</h1>", "<link>"], [(0, "`<h1>` has no place"), (1, "`<link>` has no place")]),
        (["<title>a</title>"], [(0, "`<title>` has no place in a page: it belongs to the head")]),
        (["<svg><title>What one sees</title></svg>"], []),
        (
            ["<style>p {}</style>"],
            [(0, "`<style>` has no place in a page: the site shows no looks")],
        ),
        (["<p style='color:red'>a</p>"], [(0, "`style=` in `<p>` is not shown on the site; give")]),
        (  # of pandas: the site takes them out
            ['<style scoped>p {}</style><table class="dataframe"><tr style="a: b"></tr></table>'],
            [],
        ),
    ],
)
def test_each_fault_is_that_of_its_piece(pieces: list[str], said: list[tuple[int, str]]) -> None:
    written = [nodes.raw("", piece, format="html") for piece in pieces]
    found = [(written.index(node), text) for node, text in faults(written)]
    assert len(found) == len(said)
    for (index, text), (place, start) in zip(found, said, strict=True):
        assert index == place
        assert text.startswith(start)
