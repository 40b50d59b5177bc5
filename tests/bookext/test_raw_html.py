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
        (["<!-- a remark -->", "<p>a<p>b", "<img src='x'><br>", "a < b & c"], []),
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
        (["<select><option>a<option>b</select>", "<video><track></video>"], []),
        (
            ["<base href='https://a.org/'>", "<meta charset='a'/>", "<form></form>"],
            [
                (0, "`<base>` has no place in a page: it would turn all links of the page; delete"),
                (1, "`<meta>` has no place in a page: it belongs to the head of a page"),
                (2, "`<form>` has no place in a page: a book has no server"),
            ],
        ),
        (["<img src='x' onerror='f()'>"], [(0, "`onerror=` in `<img>` is a script, which no")]),
        (["<script>if (a<b) {}</script>", "<div>", "text", "</div>"], []),
    ],
)
def test_each_fault_is_that_of_its_piece(pieces: list[str], said: list[tuple[int, str]]) -> None:
    written = [nodes.raw("", piece, format="html") for piece in pieces]
    found = [(written.index(node), text) for node, text in faults(written)]
    assert len(found) == len(said)
    for (index, text), (place, start) in zip(found, said, strict=True):
        assert index == place
        assert text.startswith(start)
