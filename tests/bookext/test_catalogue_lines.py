"""A damaged catalogue is named by line, before Babel makes something of it."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from sphinx.errors import ConfigError

from bookext.common import i18n
from bookext.common.catalogues import check

GOOD = r"""
# A remark.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\n"

#: one.md:3
msgid "A \"word\" "
"in two lines"
msgstr "Una «parola»"

msgctxt "title"
msgid "A \"word\" in two lines"
msgstr ""

msgid "{n} post"
msgid_plural "{n} posts"
msgstr[0] "{n}"
msgstr[1] "{n}"

#~ msgid "gone
"""


def written(folder: Path, content: bytes) -> Path:
    """Return the path of a catalogue of the book's own words."""
    path = i18n.catalogue(folder, "it", i18n.BOOK)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("text", [GOOD, GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, ""])
def test_a_good_catalogue_passes(tmp_path: Path, text: str) -> None:
    check(written(tmp_path, text.encode()))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('parola»"', "parola»", "book.po:12: no line of a catalogue: close its quotes"),
        (r"\"word", '"word', "book.po:10: no line of a catalogue"),
        ("parola", "pa\0rola", "book.po:12: no line of a catalogue"),
        ('\nmsgid ""', '\n"lost"', "book.po:3: no line of a catalogue"),
        ("msgid_plural", "msgplural", "book.po:19: no line of a catalogue"),
        ('msgctxt "title"\n', "", "book.po:14: this message stands there already, in line 10; del"),
        ("UTF-8", "CHARSET", "book.po:5: the file is UTF-8, and its header must say so; write"),
        ("UTF-8", "ISO-8859-1", "book.po:5: the file is UTF-8, and its header must say so; write"),
        ("nplurals=2", "nplurals=INTEGER", "book.po:6: no rule for plurals; write one such as"),
        ("(n != 1)", "n != 1 &&", "book.po:6: no rule for plurals; write one such as"),
        ("YEAR-MO-DA HO:MI+ZONE", "yesterday", "book.po:7: .*yesterday.*; mend this field of the"),
        (
            "Plural-Forms: nplurals=2; plural=(n != 1);",
            "Language: xx_YY_z",
            "book.po:6: .*xx_YY_z.*; mend this field of the",
        ),
        ("msgstr[1]", "msgstr[5]", "book.po:1[89]: msg has more translations than .*; mend this"),
        ("«parola»", "«parola»".encode("latin-1"), "book.po:12: the file is not UTF-8; save it"),
    ],
)
def test_a_damaged_one_is_named_by_line(
    tmp_path: Path, old: str, new: str | bytes, said: str
) -> None:
    content = new.encode() if isinstance(new, str) else new
    assert old in GOOD
    compiled = written(tmp_path, GOOD.encode()).with_suffix(".mo")
    i18n.load(tmp_path, "it")
    before = compiled.read_bytes()
    written(tmp_path, GOOD.encode().replace(old.encode(), content, 1))
    with pytest.raises(ConfigError, match=said):
        i18n.load(tmp_path, "it")
    assert compiled.read_bytes() == before


def test_the_mark_of_an_editor_is_no_word(tmp_path: Path) -> None:
    path = written(tmp_path, ("\ufeff" + GOOD).encode())
    i18n.load(tmp_path, "it")
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext('A "word" in two lines') == "Una «parola»"
