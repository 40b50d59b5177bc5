"""Text that would act if somebody let it stays text: on pages, in feeds, cards, notebooks and PDF.

Scripts, TeX, Typst, templates and Markdown stand in a table and what describes it, in a work that
is cited, and in titles, captions and summaries. Where a text is Markdown, it is an author's own
way to write such words: in backquotes.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pytest
import yaml
from pypdf import PdfReader

from tests.small_book import write, write_every_kind
from tests.warm import build

pytestmark = pytest.mark.slow

PARTS = (
    "<script>hostile()</script>",
    "<img src=x onerror=hostile()>",
    "{{ 7*7 }} {% include x %}",
    r"\input{/etc/passwd} \def\x{1}",
    "#panic() #set page(width: 1pt)",
    "**bold** _it_ [a](javascript:hostile())",
    "50% & a_b #1 ~ ^ $x$ @title <b>",
)
HOSTILE = " ".join(PARTS)
QUOTED = " ".join(f"`{part}`" for part in PARTS[:3])
# The table itself, with the words in its cells.
SHOWN = """```{code-cell} ipython3
small[["label"]]
```
"""
ITALIAN = "locale/it/LC_MESSAGES/chapters/one.po"


def spoil(book: Path) -> None:
    """Put the texts wherever one can stand."""
    path = book / "data/small.resource.yaml"
    resource = yaml.safe_load(path.read_text("utf-8"))
    rows = f"x,label\n1,{json.dumps(HOSTILE.replace(chr(34), ''))}\n".replace("\\\\", "\\")
    (book / "data/small.csv").write_text(rows, "utf-8")
    resource |= {
        "title": HOSTILE,
        "description": HOSTILE,
        "caveats": [HOSTILE],
        "redistribution": [HOSTILE],
        "hash": "sha256:" + hashlib.sha256(rows.encode()).hexdigest(),
    }
    resource["schema"]["fields"] += [{"name": "label", "type": "string", "description": HOSTILE}]
    path.write_text(yaml.safe_dump(resource, allow_unicode=True), "utf-8")
    (book / "references.bib").write_text(
        "@misc{both, author = {<script>hostile()</script>, Ada and Verdi, Ugo}, title = "
        "{<script>hostile()</script> and {{ 7*7 }} and #panic() and <b>}, year = 2012}\n",
        "utf-8",
    )
    for name, before, after in (
        ("chapters/one.md", "# One", f"# One {QUOTED}"),
        ("chapters/one.md", "## A section", f"{SHOWN}\n## A section {QUOTED}"),
        ("chapters/one.md", "caption: A figure with a caption.", f'caption: "A {QUOTED}."'),
        ("chapters/one.md", 'alt: "One bar', 'alt: "One <b> {{ 7*7 }} \\\\input{x} bar'),
        ("blog/2026/post.md", "# The title of a post", f"# The title {QUOTED}"),
        ("blog/2026/post.md", "A summary of the post,", f"{PARTS[0]} {PARTS[2]} & <b>,"),
    ):
        text = (book / name).read_text("utf-8")
        assert before in text, f"{name}: {before}"
        (book / name).write_text(text.replace(before, after, 1), "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of both editions."""
    book = tmp_path_factory.mktemp("hostile")
    write(book)
    write_every_kind(book)
    spoil(book)
    (book / ITALIAN).parent.mkdir(parents=True)
    message = json.dumps(f"A section {QUOTED}", ensure_ascii=False)
    translated = json.dumps(f"Una sezione {QUOTED}", ensure_ascii=False)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    (book / "locale/it/LC_MESSAGES/book.po").write_text(head, "utf-8")
    (book / ITALIAN).write_text(f"{head}\nmsgid {message}\nmsgstr {translated}\n", "utf-8")
    for language in ("en", "it"):
        code, said = build(book, "html", "pdf", "--language", language)
        assert code == 0, said
    return book / "_build/html"


def pages(site: Path) -> dict[str, lxml.html.HtmlElement]:
    """Return the pages of the book, parsed as a browser does."""
    found = {
        path.relative_to(site).as_posix(): lxml.html.fromstring(path.read_bytes())
        for path in site.rglob("*.html")
        if not {"_modules", "_static", "pagefind"} & set(path.relative_to(site).parts)
    }
    assert {"chapters/one.html", "it/chapters/one.html", "blog/index.html"} <= set(found)
    return found


def test_nothing_of_it_acts_on_a_page(site: Path) -> None:
    acting = []
    for name, page in pages(site).items():
        for element in page.iter():
            if not isinstance(element.tag, str):
                continue
            own = "".join(element.itertext()) if element.tag in {"script", "style"} else ""
            data = element.get("type") == "application/ld+json"
            if ("hostile" in own and not data) or element.get("onerror") is not None:
                acting.append(f"{name}: <{element.tag}>")
            if any("javascript:" in element.get(link, "") for link in ("href", "src", "action")):
                acting.append(f"{name}: <{element.tag}> with a script as its address")
    assert not acting, "\n".join(acting)


def test_data_for_search_engines_end_where_they_should(site: Path) -> None:
    found = 0
    for page in pages(site).values():
        for script in page.xpath("//script[@type='application/ld+json']"):
            json.loads(script.text_content())
            found += 1
    assert found > 4


def test_readers_see_the_words_as_they_were_written(site: Path) -> None:
    for edition in ("", "it/"):
        shown = {
            name: " ".join(page.text_content().split())
            for name, page in pages(site).items()
            if name.startswith("it/") is bool(edition)
        }
        assert HOSTILE in shown[f"{edition}data/small.html"]
        assert " ".join(PARTS[:3]) in shown[f"{edition}chapters/one.html"]
        assert PARTS[0] in shown[f"{edition}chapters/one.html"]
        assert "49" not in re.findall(r"\b49\b", shown[f"{edition}blog/index.html"])
        for name in ("blog/index.html", "blog/2026/post.html", "blog/archive.html"):
            assert PARTS[0] in shown[edition + name], edition + name


def test_nothing_of_a_file_of_the_system_gets_in(site: Path) -> None:
    secret = Path("/etc/passwd").read_text("utf-8").splitlines()[0]
    for path in site.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path


def test_feeds_are_well_formed_and_their_texts_do_not_act(site: Path) -> None:
    feeds = [path for path in site.rglob("*.xml") if "sitemap" not in path.name]
    assert len(feeds) >= 4
    for path in feeds:
        tree = lxml.etree.parse(path)
        text = "".join(tree.getroot().itertext())
        assert "The title" in text
        contents = [
            node for node in tree.iter("{*}content", "{*}summary") if node.get("type") == "html"
        ]
        for node in contents:
            inside = lxml.html.fragment_fromstring(node.text or "", create_parent="div")
            assert not inside.xpath(".//script | .//*[@onerror]"), path


def test_the_chapters_notebook_keeps_the_words_and_adds_no_cell(site: Path) -> None:
    for edition in ("", "it/"):
        path = site / edition / "notebooks/chapters/one.ipynb"
        cells = json.loads(path.read_text("utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        text = "\n".join(texts)
        outside = re.sub(r"(`+).*?\1", "", text, flags=re.DOTALL)
        assert "<script" in text and not re.search(r"(?<!\\)<(script|img)", outside), outside


def test_the_card_of_the_post_is_drawn(site: Path) -> None:
    cards = [*site.glob("blog/2026/*.png"), *site.glob("chapters/*.png")]
    assert cards and all(card.read_bytes().startswith(b"\x89PNG") for card in cards)


@pytest.mark.parametrize("name", ["governing-in-public", "governare-in-pubblico"])
def test_the_pdf_prints_the_words_and_obeys_none(site: Path, name: str) -> None:
    reader = PdfReader(site.parent / "pdf" / f"{name}.pdf")
    # A word of code may go on in the next line.
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    for part in PARTS:  # the title of the table, and what describes it
        assert re.sub(r"\s", "", part) in text, part
    for before in ("One", "A"):  # the chapter's title, the caption
        assert re.sub(r"\s", "", f"{before} {' '.join(PARTS[:3])}") in text, before
    assert "<script>hostile()</script>and7*7and#panic()and<b>" in text  # a work, without braces
    assert len({tuple(map(float, page.mediabox)) for page in reader.pages}) == 1
    targets = [
        str(note.get_object().get("/A", {}))
        for page in reader.pages
        for note in page.get("/Annots", [])
    ]
    assert not [target for target in targets if "javascript" in target.lower()]
    root: Any = reader.root_object
    assert "/Names" not in root or "/JavaScript" not in root["/Names"]
