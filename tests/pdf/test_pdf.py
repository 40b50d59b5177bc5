"""The PDF: what a reader of the printed book would stumble over."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from pypdf.generic import Destination

WIDEST_OVERFLOW = 5.0  # points


@cache
def reader(path: Path) -> PdfReader:
    """Return the parsed PDF."""
    return PdfReader(path)


@cache
def texts(path: Path) -> list[str]:
    """Return the text of each page."""
    run = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True)
    return run.stdout.decode().rstrip("\f").split("\f")


def log(path: Path) -> str:
    """Return the log of the LaTeX run, its lines joined where LaTeX broke them."""
    text = path.with_suffix(".log").read_text("utf-8", errors="replace")
    return re.sub(r"(?<=.{79})\n", "", text)


def squeeze(text: str) -> str:
    """Return the letters and digits of a text: hyphens, quotes and breaks differ in print."""
    return "".join(re.findall(r"[^\W_]+", text)).lower()


def test_every_page_has_text(pdf_file: Path) -> None:
    empty = [number for number, text in enumerate(texts(pdf_file), 1) if not text.strip()]
    assert not empty, f"empty pages: {empty}"


def test_all_fonts_are_embedded(pdf_file: Path) -> None:
    run = subprocess.run(["pdffonts", pdf_file], check=True, capture_output=True, text=True)
    lines = run.stdout.splitlines()[2:]
    embedded = re.compile(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$")
    missing = [line for line in lines if embedded.search(line)[1] != "yes"]  # type: ignore[index]
    assert lines and not missing, f"fonts not embedded: {missing}"


def test_nothing_runs_into_the_margin(pdf_file: Path) -> None:
    found = re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide\)[^\n]*", log(pdf_file))
    wide = [width for width in found if float(width) > WIDEST_OVERFLOW]
    lines = [line for line in log(pdf_file).splitlines() if "Overfull \\hbox" in line]
    assert not wide, "break these lines, or make the table narrower:\n" + "\n".join(lines)


def test_no_glyph_and_no_reference_is_missing(pdf_file: Path) -> None:
    pattern = (
        r"(?:Missing character|undefined on input|undefined references|Hyper reference|multiply).*"
    )
    found = re.findall(pattern, log(pdf_file))
    assert not found, "see _static/latex/governing.sty for fonts:\n" + "\n".join(found)


def test_every_figure_of_the_site_is_there_with_its_caption(site: Path, pdf_file: Path) -> None:
    whole = squeeze(" ".join(texts(pdf_file)))
    missing = []
    for page in sorted([*site.glob("chapters/*.html"), *site.glob("notebooks/*.html")]):
        for figure in BeautifulSoup(page.read_text("utf-8"), "html.parser").find_all("figure"):
            caption = figure.select_one(".caption-text")
            if caption and squeeze(caption.get_text())[:40] not in whole:
                missing.append(f"{page.name}: {figure.get('id')}")
    assert not missing, f"figures of the site that the PDF lacks: {missing}"


def test_every_chapter_has_a_bookmark(site: Path, pdf_file: Path) -> None:
    titles = {squeeze(title) for title in bookmarks(reader(pdf_file).outline)}
    missing = []
    for page in sorted([*site.glob("chapters/*.html"), *site.glob("back/*.html")]):
        heading = BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one("article h1")
        assert heading is not None
        for extra in heading.select(".section-number, .headerlink"):
            extra.decompose()
        if not any(squeeze(heading.get_text()) in title for title in titles):
            missing.append(heading.get_text(strip=True))
    assert not missing, f"chapters without bookmark: {missing}"


def bookmarks(outline: list[Any]) -> list[str]:
    """Return the titles of an outline, nested ones included."""
    titles: list[str] = []
    for item in outline:
        titles += bookmarks(item) if isinstance(item, list) else [str(item.title)]
    return titles


def test_internal_links_resolve(pdf_file: Path) -> None:
    document = reader(pdf_file)
    names = set(document.named_destinations)
    broken = set()
    for page in document.pages:
        for annotation in page.get("/Annots") or []:
            action = annotation.get_object().get("/A", {})
            if action.get("/S") == "/GoTo" and isinstance(action["/D"], str):
                broken |= {str(action["/D"])} - names
    assert names and not broken, f"links to nowhere: {sorted(broken)}"
    assert all(isinstance(place, Destination) for place in document.named_destinations.values())


def test_title_author_and_language_are_set(pdf_file: Path) -> None:
    document = reader(pdf_file)
    assert document.metadata is not None
    assert document.metadata.title == "Governing in Public"
    assert document.metadata.author
    assert document.root_object.get("/Lang") == "en"


def test_a_contents_and_a_list_of_figures_and_an_index(pdf_file: Path) -> None:
    start, end = "".join(texts(pdf_file)[:8]), "".join(texts(pdf_file)[-8:])
    assert "Contents" in start and "List of Figures" in start
    assert "Index" in end


@pytest.fixture(scope="session", autouse=True)
def _tools() -> None:
    try:
        subprocess.run(["pdffonts", "-v"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.fail("pdffonts not found; run: sudo apt-get install poppler-utils", pytrace=False)
