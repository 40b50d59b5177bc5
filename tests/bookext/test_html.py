"""Lighter pages: what stays of a style sheet, and what becomes of a picture."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bookext.common.drawings import lighter, relative, size
from bookext.common.errors import FileError
from bookext.html.assets import (
    MissingAssetError,
    _read,
    _tell_versions,
    check,
    needs,
    parse,
    prune,
    selectors,
    vocabulary,
)
from bookext.html.images import smaller
from bookext.html.leftovers import _delete, drop_unused
from bookext.html.reweigh import figure_marks
from bookext.html.translator import section_title
from govsocial.contract import FIGURE as MARKED

WORDS = {"a", "p", "svg", "note", "menu", "top"}


def pruned(css: str, words: set[str] = WORDS) -> str:
    """Return what stays of a style sheet."""
    return "".join(map(str, prune(parse(css), words)))


@pytest.mark.parametrize(
    ("selector", "names"),
    [
        ("a.note:hover > p::after", {"a", "note", "p"}),
        ("#top [class*='x.y'] svg", {"top", "svg"}),
        ("html[data-theme=dark] .menu", {"html", "menu"}),
        (".note:not(.menu, :is(.a, .b)) + p", {"note", "p"}),
        (":root", set()),
        ("*", set()),
    ],
)
def test_what_a_selector_needs(selector: str, names: set[str]) -> None:
    assert needs(selector) == names


def test_an_escaped_sign_belongs_to_the_name() -> None:
    assert not needs(r".col-1\/2") <= WORDS


def test_commas_within_brackets_do_not_separate() -> None:
    assert selectors("a, .b:is(.c, .d), p") == ["a", ".b:is(.c, .d)", "p"]


def test_a_rule_stays_if_one_of_its_selectors_can_match() -> None:
    assert pruned(".note, .absent p { color: red !important }") == ".note{color:red!important}"
    assert pruned(".absent { color: red }") == ""


def test_rules_within_rules_are_pruned() -> None:
    css = "@media print { .note { color: red } .absent { color: red } } @media all { .absent {} }"
    assert pruned(css) == "@media print{.note{color:red}}"


def test_custom_properties_and_animations_stay_while_something_refers_to_them() -> None:
    css = """
        :root { --used: 1; --through: var(--deep); --deep: 2; --unused: var(--chain); --chain: 3 }
        .note { width: var(--used); height: var(--through); animation: turn 1s }
        @keyframes turn { to { opacity: 0 } } @keyframes absent { to { opacity: 1 } }
    """
    kept = pruned(css)
    assert "--used:1" in kept and "--deep:2" in kept and "@keyframes turn" in kept
    assert "--unused" not in kept and "--chain" not in kept and "absent" not in kept
    assert "--unused" in pruned(css, {*WORDS, "--unused"})


def test_a_broken_style_sheet_is_no_style_sheet() -> None:
    with pytest.raises(ValueError, match="style sheet"):
        parse("a { color: red } }")
    with pytest.raises(ValueError, match="style sheet"):
        parse("a { color: red }\n}\nb { color: red }")


def test_pages_load_a_script_by_the_checksum_that_it_has_now(tmp_path: Path) -> None:
    for name, text in {"a.js": "1", "b.js": "2", "c.css": "3"}.items():
        (tmp_path / "_static").mkdir(exist_ok=True)
        (tmp_path / "_static" / name).write_text(text, "utf-8")
    page = tmp_path / "one.html"
    said = (
        '<script src="../_static/a.js?v=0000"></script><a href="_static/b.js?v=1">_static/a.js</a>'
    )
    page.write_text(said, "utf-8")
    _tell_versions(tmp_path, {page: said}, {"_static/a.js"})
    # The CRC-32 of "1".
    assert page.read_text("utf-8") == said.replace("?v=0000", "?v=83dcefb7")


def test_the_line_is_named_where_a_sheet_of_the_book_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "custom.css"
    path.write_text("a { color: red }\n\n}\nb { color: red }\n", "utf-8")
    with pytest.raises(FileError, match=r"custom\.css:3: Unmatched } .*; mend the brackets"):
        check(path)


def test_a_file_that_the_theme_no_longer_has_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text('@import "styles/b.css"; p { color: red }', "utf-8")
    with pytest.raises(
        MissingAssetError, match=r"^styles/b\.css is not .*bookext/html/assets\.py$"
    ):
        _read(tmp_path, "a.css")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/b.css").write_text("a { color: blue }", "utf-8")
    assert _read(tmp_path, "a.css") == "a { color: blue } p { color: red }"


def test_words_come_from_pages_and_scripts() -> None:
    page = '<div class="note big" id="top" style="color: var(--ink)"><p>text of no class</p></div>'
    found = vocabulary([page], ["e.classList.add('opened')"])
    assert {"div", "p", "note", "big", "top", "--ink", "opened"} <= found
    assert "text" not in found


def absolute(path: str) -> list[tuple[float, float]]:
    """Return the points of a path of relative commands, by the rules of SVG."""
    x = y = 0.0
    start = (0.0, 0.0)
    points = []
    for command, text in re.findall(r"([mlhvqcz])([^mlhvqcz]*)", path):
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        if command == "z":
            x, y = start
            continue
        width = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6}[command]
        for first in range(0, len(numbers), width):
            part = numbers[first : first + width]
            if command in "hv":
                part = [part[0], 0.0] if command == "h" else [0.0, part[0]]
            points += [(x + part[k], y + part[k + 1]) for k in range(0, len(part), 2)]
            x, y = points[-1]
            if command == "m" and first == 0:
                start = (x, y)
    return points


PLACES = st.floats(-2000, 2000).map(lambda value: round(value, 6))


@given(st.lists(st.tuples(st.sampled_from("MLQCz"), st.lists(PLACES, min_size=6, max_size=6))))
def test_a_relative_path_goes_through_the_same_points(steps: list[tuple[str, list[float]]]) -> None:
    text, points = "M 1 2", [(1.0, 2.0)]
    for command, numbers in steps:
        used = numbers[: {"M": 2, "L": 2, "Q": 4, "C": 6, "z": 0}[command]]
        text += f"\n{command} " + " ".join(f"{number:f}" for number in used)
        points += zip(used[::2], used[1::2], strict=True)
    found = absolute(relative(text))
    assert len(found) == len(points)
    for (x, y), (x0, y0) in zip(found, points, strict=True):
        assert math.hypot(x - x0, y - y0) <= 0.0075


def test_a_path_with_other_commands_is_left_alone() -> None:
    arc = "M 0 0 A 1 1 0 0 1 2 2"
    assert relative(arc) == arc


FIGURE = """<?xml version="1.0"?>
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="72pt" height="36pt" viewBox="0 0 72 36">
 <metadata><date>2026</date></metadata>
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>
 <!-- words -->
 <g id="figure_1">
  <g id="line"><path d="M 1.234567 2
L 1.234567 20.000001
" clip-path="url(#clip)" style="fill: none"/></g>
  <g id="empty"/>
  <g style="fill: red" transform="translate(1.23456 7) scale(0.015625)">
   <use x="1.23456" y="2" xlink:href="#dot"/>
  </g>
 </g>
 <defs><path id="dot" d="M 628 4666 Q 1 2 3 4 z "/><clipPath id="clip"/></defs>
</svg>
"""


def test_a_picture_loses_what_nobody_sees() -> None:
    assert lighter(FIGURE) == (
        '<svg stroke-linejoin="round" stroke-linecap="butt"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" width="72pt" height="36pt"'
        ' viewBox="0 0 72 36"><g>'
        '<path d="m1.23 2v18" clip-path="url(#clip)" fill="none"/>'
        '<g fill="red" transform="translate(1.23 7) scale(0.015625)">'
        '<use x="1.23" y="2" xlink:href="#dot"/></g></g>'
        '<defs><path id="dot" d="m628 4666q-627-4664-625-4662z"/><clipPath id="clip"/></defs></svg>'
    )


def test_the_size_of_a_picture_is_in_pixels(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(FIGURE, "utf-8")
    (tmp_path / "b.svg").write_text("<svg viewBox='0 0 1 1'/>", "utf-8")
    Image.new("RGBA", (30, 20)).save(tmp_path / "c.png")
    assert size(tmp_path / "a.svg") == (96, 48)
    assert size(tmp_path / "b.svg") is None
    assert size(tmp_path / "c.png") == (30, 20)


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_a_process_that_reads_a_picture_never_meets_half_of_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(FIGURE, "utf-8")
    Image.effect_mandelbrot((200, 100), (-2, -1, 1, 1), 50).save(tmp_path / "a.png")
    (tmp_path / "made").mkdir()
    made = smaller(tmp_path / name, tmp_path / "made")
    whole = made.read_bytes()
    written = made.stat().st_ino
    smaller(tmp_path / name, tmp_path / "made")  # of the same build: nothing to do
    assert made.stat().st_ino == written
    os.utime(made, (0, 0))  # of an earlier build
    with made.open("rb") as before:
        smaller(tmp_path / name, tmp_path / "made")  # as another process does, of the same figure
        assert before.read() == whole
        assert os.fstat(before.fileno()).st_ino != made.stat().st_ino
    assert list((tmp_path / "made").iterdir()) == [made]


def test_a_cell_may_print_before_it_shows_a_figure_with_marks() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><g id="countries">'
        '<use x="5" y="5"/></g></svg>'
    )
    metadata = {MARKED: {"drawn": "iso3\nITA\n", "narrow": svg}}
    outputs = [
        nbformat.v4.new_output("stream", text="so far"),
        nbformat.v4.new_output("display_data", {"image/svg+xml": svg}, metadata=metadata),
    ]
    about = {"mystnb": {"figure": {"name": "fig-one"}}}
    cell = nbformat.v4.new_code_cell(outputs=outputs, metadata=about)
    found = figure_marks(nbformat.v4.new_notebook(cells=[cell]), "fig-one")
    assert found == {"ITA": {"at": [50, 25, 50, 25], "row": {"iso3": "ITA"}}}


def test_dots_become_webp_without_loss(tmp_path: Path) -> None:
    picture = Image.effect_mandelbrot((200, 100), (-2, -1, 1, 1), 50).convert("RGBA")
    picture.save(tmp_path / "a.png")
    target = smaller(tmp_path / "a.png", tmp_path)
    assert target.suffix == ".webp"
    with Image.open(target) as found:
        assert found.convert("RGBA").tobytes() == picture.tobytes()


def test_static_files_that_no_page_loads_are_not_published(tmp_path: Path) -> None:
    files = {
        "index.html": '<link href="_static/book.css?v=1">'
        '<script src="_static/a/search.js"></script>',
        "_static/macros.html": '<script src="_static/theme.js"></script>',
        "_static/book.css": "@font-face{src:url('icons.woff2')}",
        "_static/icons.woff2": "",
        "_static/a/search.js": 'load("language.js")',
        "_static/language.js": "",
        "_static/theme.js": "",
        "_static/my-language.js": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    drop_unused(tmp_path)
    left = {path.name for path in (tmp_path / "_static").rglob("*.*")}
    assert left == {"book.css", "icons.woff2", "search.js", "language.js"}


def test_only_pictures_of_pages_stay_whoever_wrote_these_pages(tmp_path: Path) -> None:
    names = ("kept.svg", "a b.png", "old.svg")
    files = {
        "chapters/one.html": "../_images/kept.svg ../_images/a%20b.png",
        "chapters/gone.html": '<img src="../_images/old.svg"/>',
        "chapters/gone.png": "",
        "gone.html": "",
        "emptied/last.html": "",
        "blog/tag/made.html": "",
        "genindex.html": "",
    } | {f"_images/{name}": "" for name in names}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    env = SimpleNamespace(found_docs={"index", "chapters/one", "blog/2026/post"})
    _delete(SimpleNamespace(outdir=tmp_path, env=env, extensions={}))  # type: ignore[arg-type]
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert left == {
        "chapters/one.html",
        "blog/tag/made.html",
        "genindex.html",
        "_images/kept.svg",
        "_images/a b.png",
    }


def test_a_hidden_caption_has_no_number_of_a_note() -> None:
    note = nodes.footnote_reference("", "1", refid="n")
    title = nodes.title("", "", nodes.Text("A heading"), note)
    section = nodes.section("", title, nodes.paragraph("", "Text"))
    assert section_title(section[1]) == "A heading"
    assert title.astext() == "A heading1", "the title itself keeps it"
