"""The PDF: what a reader of the printed book, or of its tags, would stumble over."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup, Tag
from build import alike

from bookext.common.i18n import file_name, languages
from bookext.typst.compiler import compile_pdf
from bookext.typst.pictures import words
from tests.pdf.reading import Element, bookmarks, overlaps, reader, squeeze, structure, texts

FILES = ("governing-in-public", "governing-in-public-tablet", "governing-in-public-checklist")
TEN = (
    "chapters/moscow-2012",
    "chapters/adoption",
    "chapters/official",
    "chapters/tweet-clock",
    "chapters/words",
    "chapters/conversation",
    "chapters/networks",
    "chapters/ranking",
    "chapters/control",
    "chapters/exit",
)
# What the site folds away, or paper has elsewhere: in the margin, in the appendix, or nowhere.
ELSEWHERE = "details, .figure-line, .solution, .my-country, .headerlink, script, style, nav, aside"


BOOKS = [
    f"{file_name(code)}{kind}" for code in languages(Path("locale")) for kind in ("", "-tablet")
]


@pytest.fixture(params=BOOKS)
def each_book(pdf_file: Path, request: pytest.FixtureRequest) -> Path:
    """The book in each language, for paper and for a tablet."""
    return pdf_file.with_name(f"{request.param}.pdf")


@pytest.fixture(params=FILES)
def each_file(pdf_file: Path, request: pytest.FixtureRequest) -> Path:
    """Each PDF that is published."""
    return pdf_file.with_name(f"{request.param}.pdf")


def article(site: Path, name: str) -> Tag:
    """Return the article of a page, without what paper has elsewhere."""
    whole = BeautifulSoup((site / f"{name}.html").read_bytes(), "lxml")
    found = whole.select_one("article")
    assert found is not None
    for extra in found.select(ELSEWHERE):
        extra.decompose()
    return found


def pages_of(site: Path) -> list[str]:
    """Return the names of the pages with figures that the PDF holds."""
    folders = ("chapters", "notebooks/solutions")
    return [
        path.relative_to(site).with_suffix("").as_posix()
        for folder in folders
        for path in sorted(site.glob(f"{folder}/*.html"))
    ]


# The file


def test_an_independent_checker_calls_it_pdf_ua(each_file: Path) -> None:
    report = page.validate_pdf(str(each_file), profile=page.ValidationProfile.PDF_UA_1)
    found = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    assert report.rules.total > 100
    assert report.is_compliant, "\n".join(found[:10])


def test_title_author_subject_and_language_are_set(each_file: Path) -> None:
    document = reader(each_file)
    assert document.metadata is not None
    assert document.metadata.title == "Governing in Public"
    assert document.metadata.author
    assert document.metadata.subject
    root: Any = document.root_object
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_all_fonts_are_embedded_and_none_is_a_drawing(each_file: Path) -> None:
    with pikepdf.open(each_file) as document:
        fonts = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [font for font in fonts if font.get("/Type") == "/Font"]
        kinds = Counter(str(font.Subtype) for font in fonts)
        bare = [
            str(font.BaseFont)
            for font in fonts
            if "/FontDescriptor" in font
            and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
        ]
    assert kinds["/Type0"] and not kinds["/Type3"], kinds
    assert not bare, f"fonts not embedded: {bare}"


def test_the_same_bytes_again_and_in_another_folder(pdf_file: Path, tmp_path: Path) -> None:
    work = pdf_file.parent.parent / "work" / "en" / "typst"
    copy = shutil.copytree(work, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("*.pdf"))
    for name, source, inputs in (
        ("governing-in-public", "main.typ", {"size": "a4"}),
        ("governing-in-public-checklist", "checklist-page.typ", {"size": "sheet"}),
    ):
        target = tmp_path / f"{name}.pdf"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", alike()["SOURCE_DATE_EPOCH"])
            compile_pdf(copy / source, target, copy / "fonts", **inputs)
        assert target.read_bytes() == pdf_file.with_name(target.name).read_bytes()


def test_nothing_starts_a_program_and_every_link_leads_somewhere(each_file: Path) -> None:
    document = reader(each_file)
    names = set(document.named_destinations)
    kinds: Counter[str] = Counter()
    wrong = []
    for number, sheet in enumerate(document.pages, 1):
        for annotation in sheet.get("/Annots") or []:
            link = annotation.get_object()
            action = link.get("/A", {})
            kind = str(action.get("/S", "/GoTo"))
            kinds[kind] += 1
            target = action.get("/D", link.get("/Dest"))
            if isinstance(target, str) and target not in names:
                wrong.append(f"page {number}: nowhere, {target}")
            if not str(link.get("/Contents", "")).strip():
                wrong.append(f"page {number}: no words for {action.get('/URI', target)}")
            if "\\" in str(action.get("/URI", "")) or "%5C" in str(action.get("/URI", "")):
                wrong.append(f"page {number}: a backslash in {action['/URI']}")
    assert set(kinds) <= {"/GoTo", "/URI"}, kinds
    assert not wrong, "\n".join(wrong[:20])


# The book


def test_about_as_many_pages_as_a_book_for_readers_has(pdf_file: Path) -> None:
    assert 200 <= len(reader(pdf_file).pages) <= 280


def test_every_page_has_text(each_file: Path) -> None:
    empty = [number for number, text in enumerate(texts(each_file), 1) if not text.strip()]
    assert not empty, f"empty pages: {empty}"


def test_the_contents_take_as_many_pages_as_the_template_holds_free(each_book: Path) -> None:
    template = Path("bookext/typst/template/book.typ").read_text("utf-8")
    free = re.search(r"contents-pages = (\d+)", template)
    assert free
    contents, figures = list(bookmarks(each_book).values())[:2]
    said = "with another number the compiler takes a sixth more memory"
    assert figures - contents == int(free[1]), f"contents-pages in book.typ: {said}"


def test_the_contents_list_no_sections_of_labs(each_book: Path) -> None:
    contents, figures = list(bookmarks(each_book).values())[:2]
    text = " ".join(texts(each_book)[contents:figures])
    assert not re.search("Warm-up|What you take along|Riscaldamento|Che cosa ti porti via", text)


def test_no_part_and_no_chapter_ends_a_page_of_the_contents(each_book: Path) -> None:
    contents, figures = list(bookmarks(each_book).values())[:2]
    last = [text.strip().splitlines()[-1] for text in texts(each_book)[contents : figures - 1]]
    torn = [line for line in last if re.match(r"(Part|Parte) [IV]+|Labs|Laboratori$|\d+ ", line)]
    assert last and not torn, torn


def test_no_word_is_printed_over_another(each_book: Path) -> None:
    found = {number: pairs for number, pairs in enumerate(overlaps(each_book), 1) if pairs}
    assert not found, found


def test_no_page_holds_the_last_lines_of_a_text_alone(each_book: Path) -> None:
    few = {
        number: text
        for number, text in enumerate(texts(each_book)[1:], 2)
        if text.strip().count("\n") < 4  # the head of the page, a heading, three lines
    }
    assert not few, few


def test_words_stay_with_their_numbers_and_names_are_whole(each_book: Path) -> None:
    torn = re.compile(r"(?:\b(?:Figs?\.|chapter|capitolo)\s*[\r\n]+\s*\d|V-\s+Dem|BY-\s+SA).*")
    hyphen = "\x02"  # as PDFium writes it
    # A capital after the hyphen begins the second of two words, or the next cell of a table.
    name = re.compile(r"^@|[a-z][A-Z].*\x02|^(?:po\x02st|Hoo\x02tsuite|takedo\x02wn)$")
    known = {word for text in texts(each_book) for word in re.findall(r"\w*[a-z][A-Z]\w*", text)}
    found, hyphens = [], 0
    for number, text in enumerate(texts(each_book), 1):
        words = [word for word in re.findall(rf"[@\w{hyphen}]+", text) if hyphen in word]
        hyphens += len(words)
        names = [w for w in words if name.search(w) or w.replace(hyphen, "") in known]
        found += [f"page {number}: {place!r}" for place in [*torn.findall(text), *names]]
    assert hyphens > 40
    assert not found, found


def test_contents_figures_and_index(pdf_file: Path) -> None:
    places = bookmarks(pdf_file)
    contents, figures = places["Contents"], places["Figures and what they show"]
    assert contents == 2 and figures - contents <= 4, "the contents take at most four pages"
    assert places["Index"] == max(places.values())
    after = "".join(texts(pdf_file)[places["Index"] :])
    assert re.search(r"mention, \d+", after)
    assert re.search(r"Hollande, François\D+\d+", after), "an entry of a person"


def test_pages_are_labelled_as_they_are_printed(pdf_file: Path) -> None:
    labels = reader(pdf_file).page_labels
    places = bookmarks(pdf_file)
    assert labels[places["Contents"]] == "ii"
    first = next(place for title, place in places.items() if title.endswith("Arriving"))
    assert labels[first] == "1"
    assert len(set(labels[1:])) == len(labels) - 1, "a label names one page"
    text = texts(pdf_file)
    heads = [n for n in range(first, len(labels)) if labels[n] in text[n].split()]
    assert len(heads) > 0.95 * (len(labels) - first)


def test_every_chapter_has_a_bookmark(site: Path, pdf_file: Path) -> None:
    titles = {squeeze(title) for title in bookmarks(pdf_file)}
    missing = []
    for name in [*pages_of(site), "back/checklist", "back/data", "back/glossary"]:
        heading = article(site, name).select_one("h1")
        assert heading is not None
        for number in heading.select(".section-number"):
            number.decompose()
        if not any(squeeze(heading.get_text()) in title for title in titles):
            missing.append(heading.get_text(strip=True))
    assert not missing, f"chapters without bookmark: {missing}"


def test_figures_tables_and_exercises_have_the_numbers_of_the_site(
    site: Path, pdf_file: Path
) -> None:
    whole = squeeze(" ".join(texts(pdf_file)))
    missing, seen = [], 0
    for name in pages_of(site):
        found = article(site, name)
        captions = found.select("figcaption p, table > caption, .exercise > .admonition-title")
        for caption in captions:
            number = caption.select_one(".caption-number")
            said = caption.get_text()
            if number is not None or caption.name == "p":
                seen += 1
                if squeeze(said.replace("()", ""))[:45] not in whole:
                    missing.append(f"{name}: {said[:60]!r}")
    assert seen > 150
    assert not missing, "not in the PDF:\n" + "\n".join(missing)


def test_every_label_of_every_figure_can_be_searched(pdf_file: Path) -> None:
    whole = squeeze(" ".join(texts(pdf_file)))
    work = pdf_file.parent.parent / "work" / "en" / "typst"
    found = re.findall(r'#image\("(images/[^"]+\.svg)"', (work / "main.typ").read_text("utf-8"))
    assert len(set(found)) > 100
    missing, labels = [], 0
    for file in sorted(set(found)):
        for label in words((work / file).read_text("utf-8")):
            labels += 1
            if squeeze(label) not in whole:
                missing.append(f"{file}: {label}")
    assert labels > 2000
    assert not missing, "\n".join(missing[:20])


def test_no_source_is_printed(pdf_file: Path) -> None:
    prose = "\n".join(
        element.words for element in structure(pdf_file) if "Code" not in element.parents
    )
    found = re.findall(
        r".{0,30}(?:(?<!Scripts)(?<!env)\\\w|\$\$|\{glue|#to\(|#emph\[|\]\(|<span|&amp;).{0,30}",
        prose,
    )
    assert len(prose) > 300_000
    assert not found, found[:10]


def test_solutions_stand_in_an_appendix_after_the_labs(pdf_file: Path) -> None:
    text = texts(pdf_file)
    places = bookmarks(pdf_file)
    labs = [place for title, place in places.items() if re.match(r"Lab \d: ", title)]
    start, end = places["Solutions"], places["The checklist"]
    before, appendix = " ".join(text[:start]), " ".join(text[start:end])
    assert max(labs) < start < end
    assert before.count("Solution: page") >= 6 * 4 + 18 * 2
    assert "common mistakes" not in before and "with check(" not in before
    assert appendix.count("common mistakes") >= 6 * 4
    assert "1288834974657) << 22" in appendix and "1288834974657) << 22" not in before


def test_pages_of_chapters_are_three_quarters_full(pdf_file: Path) -> None:
    places = bookmarks(pdf_file)
    starts = [place for title, place in places.items() if re.match(r"\d+ ", title)]
    end = next(place for title, place in places.items() if title == "Labs")
    document = pypdfium2.PdfDocument(pdf_file)
    empty, lone = [], []
    for number in range(min(starts), end):
        rows = document[number].render(scale=0.25, grayscale=True).to_numpy()
        rows = rows.reshape(len(rows), -1).min(axis=1)
        body = rows[int(len(rows) * 0.085) : int(len(rows) * 0.925)] < 200
        inked = body.nonzero()[0]
        head, foot = inked[0] / len(body), 1 - inked[-1] / len(body)
        empty.append(head + foot)
        if (
            head > 0.15
            and foot > 0.15
            and number not in starts
            and "Part " not in texts(pdf_file)[number]
        ):
            lone.append(number + 1)
    assert not lone, f"a figure between voids on pages {lone}"
    text = texts(pdf_file)
    few = [number + 1 for number in range(min(starts), end) if text[number].count("\n") < 5]
    assert not few, f"pages with hardly a line: {few}"
    assert sum(empty) / len(empty) < 0.25


# The tags


def test_headings_go_down_one_level_at_a_time(each_file: Path) -> None:
    levels = [int(e.kind[1]) for e in structure(each_file) if re.fullmatch(r"H\d", e.kind)]
    assert levels[0] == 1
    jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert not jumps


def test_every_figure_and_formula_is_told_in_words(site: Path, pdf_file: Path) -> None:
    elements = structure(pdf_file)
    shown = [e for e in elements if e.kind == "Figure"]
    told = {squeeze(e.alt) for e in shown}
    assert all(told)
    missing = [
        f"{name}: {image['alt'][:50]}"
        for name in pages_of(site)
        for image in article(site, name).select("figure img")
        if squeeze(str(image["alt"])) not in told
    ]
    assert len(shown) > 120 and not missing, missing
    formulas = [e.alt for e in elements if e.kind == "Formula"]
    assert formulas and all(formulas)
    assert "share = ceiling divided by" in " ".join(formulas)
    assert not [alt for alt in formulas if "\\" in alt or "{" in alt]


def test_lists_and_tables_are_whole(pdf_file: Path) -> None:
    inside: dict[str, list[tuple[str, ...]]] = {}
    for element in structure(pdf_file):
        inside.setdefault(element.kind, []).append(element.parents)
    assert all(parents[-1] == "L" for parents in inside["LI"])
    assert all(parents[-1] == "LI" for parents in inside["LBody"])
    assert all(parents[-1] == "TR" for parents in inside["TD"])
    assert len(inside["THead"]) == len(inside["Table"]) > 15
    assert len(inside["TH"]) > 60
    assert len(inside["Caption"]) > 120
    assert len(inside["Link"]) > 2000


@pytest.mark.parametrize("name", TEN)
def test_it_is_read_aloud_in_the_order_of_the_page(site: Path, pdf_file: Path, name: str) -> None:
    found = article(site, name)
    heading = found.select_one("h1")
    assert heading is not None
    for number in heading.select(".section-number"):
        number.decompose()
    elements = structure(pdf_file)
    title = squeeze(heading.get_text())
    start = next(
        at
        for at, element in enumerate(elements)
        if element.kind == "H2" and title in squeeze(_whole(elements, at))
    )
    read = squeeze(" ".join(element.words for element in elements[start:]))
    # Numbers of pages, which paper adds to references, would stand between: the first words do.
    said = [squeeze(block.get_text())[:16] for block in found.select("h2, p, li > p, figcaption p")]
    said = [text for text in said if len(text) == 16]
    assert len(said) > 20
    position, lost = 0, []
    for text in said:
        at = read.find(text, position)
        if at < 0:
            lost.append(text)
        else:
            position = at
    assert not lost, f"{name}: not read, or in another order: {lost[:5]}"


def _whole(elements: list[Element], at: int) -> str:
    """Return the words of an element and of those in it."""
    words = [elements[at].words]
    for element in elements[at + 1 :]:
        if element.depth <= elements[at].depth and element.kind:
            break
        words.append(element.words)
    return "".join(words)


# The checklist


def test_the_checklist_has_two_sides(pdf_file: Path) -> None:
    path = pdf_file.with_name("governing-in-public-checklist.pdf")
    front, back = texts(path)
    assert "What to do, who does it, when, and how" in front
    assert "The evidence behind each line" in back
    size: Any = reader(path).pages[0].mediabox
    assert [round(float(size.width)), round(float(size.height))] == [595, 842]


def test_the_glossary_names_the_page_where_a_term_is_used_first(pdf_file: Path) -> None:
    text, labels = texts(pdf_file), reader(pdf_file).page_labels
    start = bookmarks(pdf_file)["Glossary"]
    entries = " ".join(" ".join(text[start : start + 6]).split())
    assert len(re.findall(r"\(p\. \d+\)", entries)) > 30
    for term in ("baseline What", "bootstrap A", "Bass model A"):
        number = re.search(rf"{term} .*?\(p\. (\d+)\)", entries)
        assert number, term
        shown = " ".join(text[labels.index(number[1])].split()).casefold()
        assert term.rpartition(" ")[0].casefold() in shown, (term, number[1])
