"""Begin a chapter: ``python tools/chapter.py NAME``, or ``make chapter NAME=town-answers``.

Writes its page, the code book of its numbers, a measure, a figure and a test, names the page at the
end of the contents, and its dates. All of it builds and passes as it is, with a table of the book;
the author puts a question, a table and words of his own in its place.
"""

from __future__ import annotations

import builtins
import datetime as dt
import keyword
import re
import sys
from pathlib import Path
from string import Template

from begin import run

TEMPLATES = Path(__file__).with_suffix("")
# What is written, and from which template.
FILES = {
    "chapters/$name.md": "page.md",
    "chapters/$name.numbers.yml": "page.numbers.yml",
    "govsocial/$module.py": "measure.txt",
    "govsocial/charts/$module.py": "chart.txt",
    "tests/govsocial/test_charts_$module.py": "test.txt",
}
_LONGEST = 60  # letters: of a name that is part of others, which a disk limits
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# What the cells of a page and the tests of a chart call something else.
_TAKEN = {"chart", "charts", "numbers", "pd", "shares", "show"}
# What Python knows without an import, and with one; what Windows calls its devices.
_TAKEN |= {*dir(builtins), *sys.stdlib_module_names, "test", "con", "prn", "aux", "nul"}
_LIST = re.compile(r"```\{toctree\}\n(?::.*\n)*:numbered:.*\n(?:.*\n)*?```")


def begin(name: str, day: dt.date, root: Path) -> list[Path]:
    """Write a new chapter and return the paths of its files.

    Parameters
    ----------
    name
        Its name in addresses: small letters, digits and hyphens.
    day
        When it is begun.
    root
        Folder of the book.

    Raises
    ------
    ValueError
        If the name is none, or taken, or the front page has no numbered toctree.
    FileExistsError
        If one of the files is there already; then none is written.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise ValueError(
            f"give the chapter a name of small letters, digits and hyphens, {_LONGEST} at most: "
            "make chapter NAME=town-answers"
        )
    module = name.replace("-", "_")
    if keyword.iskeyword(module) or module in _TAKEN or (root / "govsocial" / module).is_dir():
        raise ValueError(
            f"'{name}' is a word of Python's, of the library's or of a page's; give another name: "
            "make chapter NAME=town-answers"
        )
    words = {"name": name, "module": module, "last": "the last edition"}
    words["title"] = name.replace("-", " ").capitalize()
    made = {}
    for place, template in FILES.items():
        path = root / Template(place).substitute(words)
        if path.exists():
            raise FileExistsError(0, "is there already", str(path))
        made[path] = Template((TEMPLATES / template).read_text("utf-8")).substitute(words)
    index = _listed((root / "index.md").read_text("utf-8"), f"chapters/{name}")
    try:
        for path, text in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except OSError:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    (root / "index.md").write_text(index, "utf-8")
    if (dates := root / "dates.yml").is_file():
        with dates.open("a", encoding="utf-8") as file:
            file.write(f"chapters/{name}: {{published: {day}, changed: {day}}}\n")
    return list(made)


def _listed(index: str, page: str) -> str:
    """Return the front page with a page at the end of the last list of chapters."""
    found = list(_LIST.finditer(index))
    if not found:
        raise ValueError("index.md has no numbered toctree; add one, for the chapters")
    end = found[-1].end() - len("```")
    return f"{index[:end]}{page}\n{index[end:]}"


def main() -> int:
    """Begin the chapter and return the exit code."""
    paths = run(begin, "name", "BOOK_CHAPTER_NAME", __doc__)
    for path in paths:
        print(path)
    if paths:
        print(
            "They build as they are: look at the page with make live, then write your own. Name "
            "the chapter on the page of its part (parts/) and in the plan of back/instructors.md."
        )
    return not paths


if __name__ == "__main__":
    sys.exit(main())
