"""Pages and package of the EPUB."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document
from lxml import etree
from sphinx_exercise.nodes import exercise_node, solution_node

from bookext.epub import solutions
from bookext.epub.contents import Entry, resolve
from bookext.epub.cover import HEIGHT, WIDTH, cover
from bookext.epub.package import About, ncx, opf, pack
from bookext.epub.xhtml import TYPE, content, element, name, page, text
from tests import small_book, warm

ABOUT = About(
    title="A & B",
    subtitle="Of letters",
    author="Somebody",
    language="en",
    version="1",
    date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    rights="CC BY 4.0",
    summary="All of it.",
    address="",
    paper="",
)
CHAPTER = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
# One

The sum is a note [^why], and $x^2$ a formula.

```{index} sums
```

```{code-cell} ipython3
:tags: [hide-input]
print(1 + 1)
```

```{exercise} Two
:label: ex-two

What is two?
```

```{solution} ex-two
:label: sol-two

One and one.
```

The tables are [described](../back/data.md).

[^why]: Because it is one.
"""


def made(html: str) -> etree._Element:
    """Return the text of a page in a body."""
    return element("body", *content(html))


def test_a_page_of_browsers_becomes_well_formed() -> None:
    body = made(
        "<section id='a'><div hidden>gone</div><style scoped>p{}</style><script>1</script>"
        "<p data-x=1 onclick='f()'>a<br>b &amp; c</p>"
        "<img src='a.svg' alt='A' loading='lazy'></section>"
    )
    again = etree.fromstring(page("T", "en", "book.css", body))
    assert text(again.find(f".//{name('p')}")) == "ab & c"
    assert again.find(f".//{name('p')}").attrib == {}
    assert dict(again.find(f".//{name('img')}").attrib) == {"src": "a.svg", "alt": "A"}
    assert "gone" not in text(again) and "p{}" not in text(again)


def test_formulas_keep_their_namespace() -> None:
    body = made('<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></p>')
    assert body[0][0].tag == "{http://www.w3.org/1998/Math/MathML}math"
    assert body[0][0][0].tag == "{http://www.w3.org/1998/Math/MathML}mi"


def test_what_is_folded_is_shown_and_places_are_unique() -> None:
    body = made(
        "<div><details class='fold' open><summary>Show</summary><p id='x'>Shown</p></details>"
        "<p id='x'>Again</p><p id='x'>And again</p></div>"
    )
    assert text(body) == "ShownAgainAnd again"
    assert body.xpath("//@id") == ["x", "x-2", "x-3"]


def test_the_summary_of_an_author_is_a_title() -> None:
    body = made(
        "<div><details><summary>Why <svg><title>v</title></svg></summary><p>So.</p></details>"
        "<details class='sd-dropdown'><summary><span class='sd-summary-state-marker'>v</span>"
        "</summary><p>Untitled.</p></details></div>"
    )
    assert " ".join(text(body).split()) == "Why So.Untitled."
    assert [text(one) for one in body.iter() if one.get("class") == "rubric"] == ["Why"]


def test_pictures_keep_the_size_that_their_author_gave() -> None:
    body = made(
        "<p style='width: 3px'><img src='a.png' alt='A' style='max-width: 5px; width: 30%; "
        "height:2.5em; color: red'><img src='b.png' alt='B' style='color: red'></p>"
    )
    assert [one.get("style") for one in body.iter()] == [
        None, None, "width: 30%; height:2.5em", None
    ]  # fmt: skip


def test_notes_works_and_heads_of_tables_say_what_they_are() -> None:
    body = made(
        "<div><a role='doc-noteref' href='#n'>1</a><aside role='doc-footnote' id='n'>N</aside>"
        "<div role='list'><div class='citation' role='doc-biblioentry'>"
        "<span class='label'>[1]</span><p>W</p></div></div>"
        "<table border='1'><thead><tr><th></th><th>A</th></tr></thead>"
        "<tbody><tr><th>b</th><td>1</td></tr></tbody></table></div>"
    )
    assert [one.get(TYPE) for one in body.iter() if one.get(TYPE)] == ["noteref", "footnote"]
    assert body.xpath("//@role")[-1] == "listitem"
    assert "[1]" not in text(body)
    assert [one.get("scope") for one in body.iter(name("th"))] == ["col", "row"]
    assert len(list(body.iter(name("td")))) == 2, "an empty corner heads nothing"


@pytest.mark.parametrize(
    ("target", "there"),
    [
        ("#a", "chapters/one.xhtml#a"),
        ("two.xhtml", "chapters/two.xhtml"),
        ("../back/data.xhtml#b", "back/data.xhtml#b"),
    ],
)
def test_links_are_seen_from_the_package(target: str, there: str) -> None:
    assert resolve("chapters/one.xhtml", target) == there


def test_the_old_contents_number_places_once() -> None:
    entries = [Entry("P", "a.xhtml", [Entry("A", "a.xhtml", [Entry("S", "a.xhtml#s", [])])])]
    root = etree.fromstring(ncx(ABOUT, entries))
    points = root.xpath("//*[local-name()='navPoint']")
    assert [point.get("playOrder") for point in points] == ["1", "1", "2"]
    assert len({point.get("id") for point in points}) == 3


def test_the_package_names_what_files_are_and_hold(tmp_path: Path) -> None:
    formula = element("body", *content("<math xmlns='http://www.w3.org/1998/Math/MathML'/>"))
    files = {
        "a.xhtml": page("A", "en", "book.css", formula),
        "cover.png": b"",
        "nav.xhtml": page("N", "en", "book.css", element("body")),
        "toc.ncx": b"",
    }
    package = opf(ABOUT, files, ["a.xhtml"], "cover.png")
    root = etree.fromstring(package)
    items = {one.get("href"): one.get("properties") for one in root.iter("{*}item")}
    assert items == {"a.xhtml": "mathml", "cover.png": "cover-image", "nav.xhtml": "nav"} | {
        "toc.ncx": None
    }
    assert b"A &amp; B" in package
    first, second = tmp_path / "1.epub", tmp_path / "2.epub"
    pack(first, files, ABOUT.date)
    pack(second, dict(reversed(files.items())), ABOUT.date)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert first.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"


def test_another_version_or_language_is_another_book() -> None:
    names = {
        ABOUT.identifier,
        ABOUT._replace(language="it").identifier,
        ABOUT._replace(version="2").identifier,
    }
    assert len(names) == 3 and ABOUT._replace(address="https://x").identifier in names


def test_the_exercise_of_a_solution_may_be_on_another_page() -> None:
    here = exercise_node(label="ex-here")
    labels = {"sol-here": "ex-here", "sol-far": "ex-far"}
    solved = [solution_node(label=own, target_label=target) for own, target in labels.items()]
    document = new_document("x")
    document += [here, *solved]
    assert solutions._of_chapter(document) == solved
    assert document.children == [here]
    assert [link["refid"] for link in here.findall(nodes.reference)] == ["sol-here"]


def test_the_cover_is_a_picture_of_the_same_bytes() -> None:
    pictures = [cover("A title", "below", "who", ["2012", "", "2010"]) for _time in range(2)]
    assert pictures[0] == pictures[1]
    assert int.from_bytes(pictures[0][16:20]) == WIDTH == 1600
    assert int.from_bytes(pictures[0][20:24]) == HEIGHT == 2560
    assert pictures[0] != cover("A title", "below", "who", ["2012", "2011", "2010"])


@pytest.mark.slow
def test_a_small_book_is_built_with_the_same_bytes_from_two_folders(tmp_path: Path) -> None:
    sums = set()
    for folder in ("a", "b/c"):
        root = tmp_path / folder
        root.mkdir(parents=True)
        small_book.write(root)
        (root / "chapters/one.md").write_text(CHAPTER, "utf-8")
        code, said = warm.build(root, "epub")
        assert code == 0, said
        made_here = root / "_build" / "epub" / "governing-in-public.epub"
        sums.add(hashlib.sha256(made_here.read_bytes()).hexdigest())
        kept = shutil.copy(made_here, tmp_path)
    assert len(sums) == 1
    with zipfile.ZipFile(kept) as archive:
        chapter = etree.fromstring(archive.read("EPUB/chapters/one.xhtml"))
    said = text(chapter)
    assert "print(1 + 1)" not in said and "2" in said, "hidden code goes, what it printed stays"
    assert chapter.xpath("//*[@role='doc-noteref']") and chapter.xpath("//*[@role='doc-footnote']")
    assert chapter.xpath("//*[local-name()='math']")


@pytest.mark.parametrize("picture", ["a.PNG", "a.jpeg", "a.gif", "a.webp"])
def test_a_picture_of_any_kind_has_its_type_in_the_package(picture: str) -> None:
    about = About._make([*"x" * 5, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), *"x" * 4])
    files = {"cover.png": b"", "toc.ncx": b"", f"_images/{picture}": b""}
    assert f'href="_images/{picture}"' in opf(about, files, [], "cover.png").decode()
