"""Damaged and hostile files: each ends with one line that names file, place and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small_book import CHAPTER, TABLE
from tests.test_bad_input import build

BIB = "@misc{one, title = {One}, year = {2012}}\n"


def put(name: str, content: str | bytes) -> Callable[[Path], None]:
    """Return what writes a file of the book."""

    def spoil(book: Path) -> None:
        path = book / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return spoil


def text(body: str) -> Callable[[Path], None]:
    """Return what puts text under the cell of the chapter."""
    return put("chapters/one.md", CHAPTER % "print(1)" + body)


HEADED = CHAPTER.replace("```{code-cell} ipython3\n", "```{code-cell} ipython3\n%s")
FAULTS: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "encoding": (
        put("chapters/one.md", (CHAPTER % "print(1)").encode() + "\nperch\xe9\n".encode("latin-1")),
        ["chapters/one.md:12: the file is not UTF-8; save it as UTF-8"],
    ),
    "cell-header": (
        put("chapters/one.md", HEADED % ("---\ntags: [a\n---\n", "print(1)")),
        ["chapters/one.md", "mend the header of the cell"],
    ),
    "kernel": (
        put("chapters/one.md", (CHAPTER % "print(1)").replace("name: python3", "name: conda-env")),
        ["chapters/one.md", "conda-env", "`kernelspec: {name: python3}`"],
    ),
    "notebook": (put("chapters/two.ipynb", "{"), ["chapters/two.ipynb", "mend"]),
    "endless": (
        put(
            "chapters/one.md",
            (CHAPTER % "while True: pass").replace(
                "---\n#", "mystnb: {execution_timeout: 2}\n---\n#"
            ),
        ),
        ["chapters/one.md:10", "Longer than 2 s", "`mystnb: {execution_timeout: 600}`"],
    ),
    "output": (
        put("chapters/one.md", CHAPTER % "print('x' * 6_000_000)"),
        ["chapters/one.md:9", "an output of more than 5,000,000 characters; print less"],
    ),
    "descriptor-without-title": (
        put("data/small.resource.yaml", TABLE.replace("title: A small table\n", "")),
        ["data/small.resource.yaml: the descriptor has no title; add"],
    ),
    "descriptor-empty": (
        put("data/small.resource.yaml", ""),
        ["data/small.resource.yaml: the descriptor has no description, hash"],
    ),
    "descriptor-no-yaml": (
        put("data/small.resource.yaml", TABLE.replace("title: A", "title: A: b: 'c")),
        ["data/small.resource.yaml:2: no YAML", "in quotes"],
    ),
    "descriptor-type": (
        put("data/small.resource.yaml", TABLE.replace("type: integer", "type: integr")),
        ["data/small.resource.yaml: x has no known type: integr"],
    ),
    "descriptor-without-table": (
        put("data/small.resource.yaml", TABLE.replace("small.csv", "gone.csv")),
        ["data/small.resource.yaml: its table gone.csv is missing", "make data"],
    ),
    "bibliography": (
        put("references.bib", BIB.replace("{One},", "{One}")),
        ["references.bib:1", "look at the entry before it"],
    ),
    "picture-gone": (
        text("\n![Nine dots in three rows, with the middle one filled.](gone.png)\n"),
        ["chapters/one.md:12", "gone.png"],
    ),
    "picture-elsewhere": (
        text("\n![Nine dots in three rows, the middle one filled.](https://example.org/x.png)\n"),
        ["chapters/one.md:12", "https://example.org/x.png", "put it beside the page"],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("spoil", "said"), FAULTS.values(), ids=FAULTS)
def test_a_damaged_file_is_named_with_its_remedy(
    book: Path, spoil: Callable[[Path], None], said: list[str]
) -> None:
    spoil(book)
    code, output = build(book, "html")
    assert code != 0, output
    for words in said:
        assert words in output
    assert "Traceback" not in output and "0x" not in output, output
    assert not output.endswith("error: \n")
    assert (book / "_build/html/index.html").read_text("utf-8") == "earlier"


@pytest.mark.slow
def test_a_damaged_cache_and_an_empty_page_heal(book: Path) -> None:
    assert build(book, "html")[0] == 0
    (base,) = (book / "_build").rglob("global.db")
    base.write_bytes(b"garbage, and no data base at all" * 100)
    page = next((book / "_build").rglob("one.doctree"))
    page.write_bytes(b"")
    code, output = build(book, "html")
    assert code == 0, output
    assert "were damaged: all pages run again" in output
    assert "chapters/one.md ran" in output
