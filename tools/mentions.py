"""Propose what the list of mentions lacks: ``python tools/mentions.py [--write]``.

``countries/mentions.csv`` says on which pages the name of which places means the place, so that it
leads to its page. Names that are also other words (``_OTHER_WORDS``) are never proposed: mark them
with the role ``{country}`` or write them into the list. ``--write`` adds what is proposed and takes
out what the pages no longer name; look at the difference before you commit it.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bookext.common.errors import FileError  # noqa: E402
from bookext.countries.mentions import read_list  # noqa: E402
from govsocial.countries import names  # noqa: E402

LIST = ROOT / "countries" / "mentions.csv"
PAGES = ("chapters/*.md", "blog/*/*.md", "parts/*.md", "index.md")
# A state of the United States, names and words of people, a river and a lake, a city's state.
_OTHER_WORDS = {"GEO", "JOR", "TCD", "DMA", "GIN", "MLI", "MCO", "LUX", "SGP"}
# Its words are part of the sentence.
_INDEXED = re.compile(r"\{index\}`([^`<]*)[^`]*`")
# What holds no sentence, or is a link already: code, settings, roles, links, headings, tables.
_PASSED_OVER = re.compile(
    r"^```.*?^```$|^---.*?^---$|\{[^}]*\}`[^`]*`|`[^`]*`|\[[^\]]*\]\([^)]*\)|^[#|].*?$",
    re.MULTILINE | re.DOTALL,
)


def main() -> int:
    """Print the proposals, or write them, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="change the list")
    write = parser.parse_args().write
    try:
        listed = {page: line.codes for page, line in read_list(LIST).items()}
    except FileError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    found = {page: sorted(named(page, codes)) for page, codes in sorted(pages(listed))}
    for page in sorted(found.keys() | listed.keys()):
        now, before = set(found.get(page, [])), set(listed.get(page, []))
        for code in sorted(now ^ before):
            print(f"{'+' if code in now else '-'} {page}: {code} {names.short(code)}")
    if write:
        with LIST.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["page", "countries"])
            writer.writerows([page, " ".join(codes)] for page, codes in found.items() if codes)
    return 0


def pages(listed: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Return the pages of the book, and what the list has of each."""
    for pattern in PAGES:
        for path in ROOT.glob(pattern):
            page = path.relative_to(ROOT).with_suffix("").as_posix()
            yield page, listed.get(page, [])


def named(page: str, listed: list[str]) -> set[str]:
    """Return the places that the text of a page names, and of those listed any that it names."""
    whole = (ROOT / f"{page}.md").read_text("utf-8")
    text = _PASSED_OVER.sub(" ", _INDEXED.sub(r"\1", whole))
    codes = {names.short(code): code for code in names.in_order()}
    words = sorted(codes, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")
    found = {codes[name] for name in pattern.findall(text)} - _OTHER_WORDS
    return found | ({codes[name] for name in pattern.findall(whole)} & set(listed))


if __name__ == "__main__":
    sys.exit(main())
