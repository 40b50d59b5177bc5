"""The PDF as a reader and as a screen reader have it."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader


def squeeze(text: str) -> str:
    """Return the letters and digits of a text: hyphens, quotes and breaks differ in print.

    Letters of formulas, which have signs of their own there, are plain ones.
    """
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text))).lower()


@cache
def texts(path: Path) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_bounded() for page in document]


def overlaps(path: Path) -> list[list[str]]:
    """Return, for each page, words of one line of which one stands over the other."""
    document = pypdfium2.PdfDocument(path)
    return [_overlaps(page.get_textpage()) for page in document]


def _overlaps(page: pypdfium2.PdfTextPage) -> list[str]:
    runs = sorted(page.get_rect(number) for number in range(page.count_rects()))
    pairs = (
        (page.get_text_bounded(*one), page.get_text_bounded(*other))
        for one, other in combinations(runs, 2)
        if other[0] < one[2] - 2 and abs(one[1] - other[1]) < 0.5  # points
        if min(one[3], other[3]) - one[1] > 3
    )
    # A letter from another font begins a run of its own, which holds the letters beside it.
    return [f"{said} / {over}" for said, over in pairs if said.strip() not in over]


@cache
def reader(path: Path) -> PdfReader:
    """Return the parsed PDF."""
    return PdfReader(path)


class Element(NamedTuple):
    """An element of the structure tree: its kind, depth, alternative text and own words."""

    kind: str
    depth: int
    alt: str
    words: str
    parents: tuple[str, ...]


@cache
def structure(path: Path) -> list[Element]:
    """Return the structure tree in the order in which it is read aloud."""
    with pikepdf.open(path) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        marked = _marked_texts(path)
        root = document.Root.StructTreeRoot

        def walk(node: pikepdf.Object, page: int, parents: tuple[str, ...]) -> Iterator[Element]:
            page = pages[node.Pg.objgen] if "/Pg" in node else page
            kind = str(node.S).removeprefix("/")
            kids: Any = node.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            words, inner = [], []
            for kid in kids:
                if isinstance(kid, int):
                    words.append(marked.get((page, kid), ""))
                elif kid.get("/Type") == "/MCR":
                    place = pages[kid.Pg.objgen] if "/Pg" in kid else page
                    words.append(marked.get((place, int(kid.MCID)), ""))
                elif "/S" in kid:
                    # A place among the words, so that the order stays.
                    inner.append((len(words), kid))
            alt = str(node.get("/Alt", ""))
            done = 0
            yield Element(
                kind, len(parents), alt, "".join(words[: inner[0][0] if inner else None]), parents
            )
            for number, (place, kid) in enumerate(inner):
                if number:
                    text = "".join(words[done:place])
                    if text:
                        yield Element("", len(parents), "", text, (*parents, kind))
                yield from walk(kid, page, (*parents, kind))
                done = place
            if inner and (text := "".join(words[inner[-1][0] :])):
                yield Element("", len(parents), "", text, (*parents, kind))

        top = root.K
        found = list(top) if isinstance(top, pikepdf.Array) else [top]
        return [element for kid in found for element in walk(kid, 0, ())]


def _marked_texts(path: Path) -> dict[tuple[int, int], str]:
    """Return the text of each marked piece of content, by page and number."""
    document = pypdfium2.PdfDocument(path)
    found: dict[tuple[int, int], str] = {}
    for number, page in enumerate(document):
        textpage = page.get_textpage()
        for shown in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(shown.raw)
            if mark < 0:
                continue
            length = pdfium.FPDFTextObj_GetText(shown.raw, textpage.raw, None, 0)
            buffer = (ctypes.c_ushort * (length // 2 + 1))()
            pdfium.FPDFTextObj_GetText(shown.raw, textpage.raw, buffer, length)
            text = bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", errors="ignore")
            found[number, mark] = found.get((number, mark), "") + text
    return found


def bookmarks(path: Path) -> dict[str, int]:
    """Return the page of each bookmark."""
    document = reader(path)

    def walk(items: list[object]) -> Iterator[object]:
        for item in items:
            yield from walk(item) if isinstance(item, list) else [item]

    found: dict[str, int] = {}
    for item in walk(document.outline):  # type: ignore[arg-type]
        page = document.get_destination_page_number(item)  # type: ignore[arg-type]
        found.setdefault(str(item.title), -1 if page is None else page)  # type: ignore[attr-defined]
    return found
