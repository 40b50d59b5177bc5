"""An edition in another language, from the command line to the last label.

The small book of ``tests/test_bad_input.py`` gets a chapter with a number and a figure. Its Italian
catalogues are made by the project's own command, and every word in them is put into brackets.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from tests.small_book import CHAPTER, CHART, FIGURE, INDEX, TABLE
from tests.warm import command

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

CELLS = (
    CHAPTER
    % """from govsocial import tables
from govsocial.charts import small as charts
from govsocial.notebook import Numbers, show

numbers = Numbers("one")
small = tables.load("small")
numbers("half", small["x"].sum() / 2)"""
    + """
Half of it is {glue:text}`one-half`.

A sentence without numbers.

"""
    + FIGURE
)
CODE_BOOK = """prefix: one
numbers:
  - unit: half of the accounts
    pattern: "#,##0.0"
    keys: half
"""
NUMBERS = """# Numbers

```{number-ledger}
```
"""


def in_book(folder: Path, *arguments: str, language: str = "") -> tuple[int, str]:
    """Run a command of the book; return the exit code and what was said."""
    script, *options = arguments
    return command(folder, script, *options, BOOK_LANG=language)


def in_brackets(path: Path) -> None:
    """Translate all."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if message.id:
            several = isinstance(message.id, tuple)
            words = message.id if several else (message.id,)
            translated = tuple(f"[{word}]" for word in words)
            message.string = translated if several else translated[0]
    with path.open("wb") as file:
        write_po(file, catalogue)


def text(page: Path) -> str:
    """Return the text of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.read_text("utf-8")))


def test_an_edition_speaks_its_language(book: Path) -> None:
    (book / "govsocial/charts/small.py").write_text(CHART, "utf-8")
    (book / "chapters/one.md").write_text(CELLS, "utf-8")
    (book / "chapters/one.numbers.yml").write_text(CODE_BOOK, "utf-8")
    (book / "back/numbers.md").write_text(NUMBERS, "utf-8")
    (book / "index.md").write_text(INDEX.replace("back/data", "back/data\nback/numbers"), "utf-8")
    rows = b"x\n2469\n"
    (book / "data/small.csv").write_bytes(rows)
    descriptor = TABLE.replace("sha256:00", f"sha256:{hashlib.sha256(rows).hexdigest()}")
    (book / "data/small.resource.yaml").write_text(descriptor, "utf-8")

    code, said = in_book(book, "tools/build.py", "html", "--language", "it")
    assert code == 1
    assert said.count("\n") == 1 and "there is no edition in 'it', only in en" in said, said

    code, said = in_book(book, "tools/translate.py", language="it")
    assert code == 0, said
    catalogues = book / "locale/it/LC_MESSAGES"
    todo = (book / "_build/work/it/to-translate.txt").read_text("utf-8")
    names = "chapters/one", "govsocial/charts/small", "units/chapters/one", "tables/a test", "book"
    for name in names:
        assert re.search(rf"^locale/it/LC_MESSAGES/{name}\.po:\d+: missing: ", todo, re.MULTILINE)
    for path in catalogues.rglob("*.po"):
        in_brackets(path)

    both = ("--language", "it", "--language", "en")
    code, said = in_book(book, "tools/build.py", "html", *both)
    assert code == 0, said
    assert "it: HTML: _build/html/it/index.html" in said
    assert "en: HTML: _build/html/index.html" in said
    site = book / "_build/html"
    expected = {
        "it": ["[A sentence without numbers.]", "[Half of it is 1.234,5.]", "[Data]: CSV [from]"],
        "": ["A sentence without numbers.", "Half of it is 1,234.5.", "Data: CSV from small"],
    }
    for folder, sentences in expected.items():
        page = text(site / folder / "chapters/one.html")
        assert [words for words in sentences if words not in page] == [], page
        ledger = text(site / folder / "numbers/chapters/one.html")
        unit, key = ("[half of the accounts]", "[Key]") if folder else ("half of the acc", "Key ")
        assert unit in ledger and key in ledger
    assert "[A small table]" in text(site / "it/back/data.html")
    assert "[One row.]" in text(site / "it/data/small.html")
    drawn = {
        code: "".join(
            path.read_text("utf-8") for path in (book / f"_build/work/{code}").rglob("*.svg")
        )
        for code in ("en", "it")
    }
    assert "[Accounts: 1.234,5]" in drawn["it"]
    assert "<!-- Accounts: 1,234.5 -->" in drawn["en"]

    # One changed word is a fuzzy one, with the former text beside it; it runs its page only.
    chart = CHART.replace("Accounts: {n}", "All accounts: {n}")
    (book / "govsocial/charts/small.py").write_text(chart, "utf-8")
    code, said = in_book(book, "tools/translate.py", language="it")
    assert code == 0, said
    assert '#| msgid "Accounts: {n}"' in (catalogues / "govsocial/charts/small.po").read_text(
        "utf-8"
    )
    todo = (book / "_build/work/it/to-translate.txt").read_text("utf-8")
    assert re.search(r"^\S+govsocial/charts/small\.po:\d+: fuzzy: All accounts", todo, re.MULTILINE)

    # Once it is translated, the former text goes.
    catalogue = catalogues / "govsocial/charts/small.po"
    mended = catalogue.read_text("utf-8").replace("#, fuzzy, ", "#, ")
    catalogue.write_text(mended, "utf-8")
    assert in_book(book, "tools/translate.py", language="it")[0] == 0
    assert "All accounts" in catalogue.read_text("utf-8")
    assert 'Accounts: {n}"' not in re.sub("All accounts.*", "", catalogue.read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tools/build.py", "html", "--language", "xx"], "there is no edition in 'xx', only in en"),
        (["tools/translate.py"], "'en' is the source language"),
        (["tools/why.py", "chapters/one.md"], "chapters/one.md runs at the next build"),
    ],
)
def test_a_command_says_in_a_line_what_it_cannot_do(
    book: Path, words: list[str], said: str
) -> None:
    _code, output = in_book(book, *words)
    assert said in output
    assert len(output.splitlines()) <= 2, output
