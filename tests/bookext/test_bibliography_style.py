"""The bibliography as it is printed: capitals, letters, languages, one alphabet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pybtex.backends.plaintext import Backend
from pybtex.database import BibliographyData, Entry, parse_file, parse_string

from bookext.common.errors import FileError
from bookext.records.bibliography import (
    BookStyle,
    LanguageError,
    _check,
    _refuse_unreadable,
    give_letters,
    show_others,
    sorting_key,
)

ROOT = Path(__file__).parents[2]
FILES = ("references.bib", "data/sources.bib")
# Names that pybtex's own styles lower, or that stand in entries without braces.
NAMES = (
    "AFP", "Bluesky", "Great Firewall", "COVID-19", "Elon Musk", "Google", "Hurricane Sandy",
    "Kremlin", "Mastodon", "Medvedev", "Obama", "Putin", "Russia", "Twitter", "Uganda", "V-Dem",
)  # fmt: skip
SMALL = """
@misc{one, author = {{Google}}, title = {Why Elon Musk's {X} and Google differ}, year = 2012}
@misc{two, author = {Zuñiga, Ana}, title = {La nuova Russia}, year = 2012, langid = {italian}}
@misc{three, author = {Zu{\\~n}iga, Ana}, title = {A later word}, year = 2012,
  url = {https://doi.org/10.1/X}, doi = {10.1/x}}
@misc{four, author = {{@unitedstates}}, title = {T}, year = 2012}
@misc{five, author = {{The Times}}, title = {T}, year = 2012}
@misc{six, author = {Zuñiga, Ana}, title = {Another year}, year = 2013}
"""


def small() -> BibliographyData:
    return parse_string(SMALL, "bibtex")


def printed(entry: Entry) -> str:
    (formatted,) = BookStyle().format_entries([entry])
    return str(formatted.text.render(Backend()))


def book() -> dict[str, Entry]:
    return {key: entry for name in FILES for key, entry in parse_file(ROOT / name).entries.items()}


def test_nothing_of_tex_is_printed_or_linked() -> None:
    entries = book()
    assert len(entries) > 200
    for key, entry in entries.items():
        assert not set("\\{}`") & set(printed(entry)), key
        assert "\\" not in entry.fields.get("url", "") + entry.fields.get("doi", ""), key


def test_names_keep_their_capitals() -> None:
    text = "\n".join(printed(entry) for entry in book().values())
    for name in NAMES:
        assert name in text, f"{name} is in no entry: choose another example"
    titles = [printed(Entry("misc", [("title", e.fields["title"])])) for e in book().values()]
    for name in NAMES:
        assert not [title for title in titles if f" {name.lower()} " in f" {title} "], name


def test_a_title_is_printed_as_it_was_given() -> None:
    assert "Why Elon Musk’s X and Google differ." in printed(small().entries["one"]).replace(
        "'", "’"
    )


def test_the_language_is_named_and_an_unknown_one_is_refused() -> None:
    assert printed(small().entries["two"]).endswith("In Italian.")
    assert "In " not in printed(small().entries["one"])
    entry = Entry("misc", [("title", "T"), ("langid", "latin")])
    entry.key = "seven"
    with pytest.raises(
        LanguageError, match=r"^seven: langid = latin; write one of english, french"
    ):
        printed(entry)


def test_a_doi_is_printed_once() -> None:
    assert printed(small().entries["three"]).lower().count("10.1/x") == 1


def test_works_that_would_be_cited_alike_get_letters_in_the_order_of_the_list() -> None:
    entries = small().entries
    for _ in range(2):  # the letters of an earlier build do not add up
        give_letters(entries.values())
        assert {key: entry.fields["year"] for key, entry in entries.items()} == {
            "one": "2012", "two": "2012b", "three": "2012a", "four": "2012", "five": "2012",
            "six": "2013",
        }  # fmt: skip
    give_letters([entries["two"]])
    assert entries["two"].fields["year"] == "2012"


def test_no_two_works_of_the_book_are_cited_with_the_same_words() -> None:
    entries = book()
    give_letters(entries.values())
    assert entries["deruda2012"].fields["year"] == "2012b"  # "La nuova …" after "Diplomazia …"
    assert entries["deruda2012book"].fields["year"] == "2012a"


def test_one_alphabet_for_persons_and_bodies() -> None:
    order = [entry.key for entry in BookStyle().sort(small().entries.values())]
    assert order == ["one", "five", "four", "three", "two", "six"]
    assert sorting_key(small().entries["five"]) == ("times", "2012", "t")


def test_letters_and_style_reach_the_pages_and_only_cited_works_count(tmp_path: Path) -> None:
    (tmp_path / "small.bib").write_text(SMALL, "utf-8")
    (tmp_path / "conf.py").write_text(
        "extensions = ['sphinxcontrib.bibtex', 'bookext.records.bibliography']\n"
        "bibtex_bibfiles = ['small.bib']\n"
        "bibtex_reference_style = 'governing'\n"
        "bibtex_default_style = 'governing'\n"
    )

    def build(cited: str) -> str:
        page = f"T\n=\n\nAs :cite:t:`{cited}` say.\n\n.. bibliography::\n"
        (tmp_path / "index.rst").write_text(page)
        subprocess.run(
            [sys.executable, "-m", "sphinx", "-qW", "-b", "text", ".", "out"],
            cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True,
        )  # fmt: skip
        return " ".join((tmp_path / "out" / "index.txt").read_text("utf-8").split())

    both = build("two,three")
    assert "As Zuñiga [2012a], Zuñiga [2012b] say" in both
    assert both.index("A later word. 2012a") < both.index("La nuova Russia. 2012b. In Italian.")
    assert "As Zuñiga [2012] say" in build("two")  # after the other build, from its environment


def test_others_are_no_name() -> None:
    entries = parse_string(
        """@misc{one, author = {Rocca, Roberta and others}, title = {T}, year = 2023}
        @misc{three, author = {Able, A. and Baker, B. and others}, title = {U}, year = 2023}
        @misc{two, author = {Able, A. and Baker, B.}, title = {V}, year = 2024}""",
        "bibtex",
    ).entries
    assert printed(entries["one"]).startswith("Roberta Rocca et al. T")
    assert printed(entries["three"]).startswith("A. Able, B. Baker et al. U")
    assert printed(entries["two"]).startswith("A. Able and B. Baker. V")
    show_others(entries.values())
    show_others(entries.values())
    assert [len(entry.persons["author"]) for entry in entries.values()] == [3, 3, 2]
    assert printed(entries["one"]).startswith("Roberta Rocca et al. T")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("@misc{k, title = {50% of it}}", "title of k: what follows a % is not printed; write"),
        (
            "@misc{k, title = {a \\textit{b}}}",
            "title of k: \\textit is not known; write the letters",
        ),
        ("@misc{k, author = {{\\LaTeX}}}", "author of k: \\LaTeX is not known; write the letters"),
        ("@report{k, title = {T}}", "@report of k is no kind of entry that is known; write @techr"),
        ("@thesis{k, title = {T}}", "@thesis of k is no kind of entry that is known; write @phd"),
        ("@foo{k, title = {T}}", "@foo of k is no kind of entry that is known; write @misc"),
        ("@article{k, title = {T}, author = {A, B}}", "missing journal in k; add what is missing"),
        ("@misc{k, title = {T}, langid = {klingon}}", "k: langid = klingon; write one of english"),
        ("@misc{k, title = {T}, date = {2012-03}}", "date of k: write year = {2012}"),
        ("@misc{k, title = {T}, url = {javascript:f()}}", "url of k: javascript:f() is no address"),
        ("@misc{k, title = {T}, url = {https://a b}}", "url of k: https://a b is no address"),
        ("@misc{k, title = {T}, doi = {https://doi.org/10.1/x}}", "doi of k: write it without"),
        ("@misc{k, title = {T}, url = {https://a.org/x%20y_z}, year = 2012}", ""),
        (
            "@misc{k, title = {26\\% of it}, author = {A, B and others}, date = 2012, year = 2012}",
            "",
        ),
    ],
)
def test_an_entry_that_cannot_be_printed_is_named_by_line(
    written: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.bib"
    path.write_text(f"@misc{{kk, title = {{T}}}}\n\n{written}\n", "utf-8")
    entry = parse_file(path).entries["k"]
    if not said:
        _check(entry, [path])
        return
    with pytest.raises(FileError) as caught:
        _check(entry, [path])
    assert str(caught.value).startswith(f"{path}:3: {said}")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("@misc{k, author = {A, B, C, D}}", "Too many commas in 'A, B, C, D'; mend this entry"),
        (
            "@misc{k, title = {T}, title = {U}}",
            "entry with key k has a duplicate title field; mend",
        ),
        ("@misc{ONE, title = {T}}", "ONE is the key of a.bib:1, too; rename or delete one"),
    ],
)
def test_an_entry_that_cannot_be_read_is_named_by_line(
    written: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.bib"
    path.write_text(f"@misc{{one, title = {{T}}}}\n\n{written}\n", "utf-8")
    config = SimpleNamespace(bibtex_bibfiles=["a.bib"], bibtex_encoding="utf-8-sig")
    app: Any = SimpleNamespace(srcdir=tmp_path, config=config)
    with pytest.raises(FileError) as caught:
        _refuse_unreadable(app, app.config)
    assert str(caught.value).startswith(f"{path}:3: {said}")


def test_there_is_a_letter_for_every_work() -> None:
    entries = [Entry("misc", [("title", f"T{n:02}"), ("year", "2012")]) for n in range(30)]
    for _ in range(2):
        give_letters(entries)
        years = [entry.fields["year"] for entry in entries]
        assert years[:2] + years[25:28] == ["2012a", "2012b", "2012z", "2012aa", "2012ab"]
        assert len(set(years)) == 30
