"""A damaged catalogue is named by line, before Babel makes something of it."""

from __future__ import annotations

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
        ('parola»"', "parola»", "book.po:10: no line of a catalogue: close its quotes"),
        (r"\"word", '"word', "book.po:8: no line of a catalogue"),
        ("parola", "pa\0rola", "book.po:10: no line of a catalogue"),
        ('\nmsgid ""', '\n"lost"', "book.po:3: no line of a catalogue"),
        ("msgid_plural", "msgplural", "book.po:17: no line of a catalogue"),
        ('msgctxt "title"\n', "", "book.po:12: this message stands there already, in line 8; del"),
        ("«parola»", "«parola»".encode("latin-1"), "book.po:10: the file is not UTF-8; save it"),
    ],
)
def test_a_damaged_one_is_named_by_line(
    tmp_path: Path, old: str, new: str | bytes, said: str
) -> None:
    content = new.encode() if isinstance(new, str) else new
    assert old in GOOD
    written(tmp_path, GOOD.encode().replace(old.encode(), content, 1))
    with pytest.raises(ConfigError, match=said):
        i18n.load(tmp_path, "it")
