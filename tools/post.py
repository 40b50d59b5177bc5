"""Begin a post of the blog: ``python tools/post.py "The title"``.

``make post TITLE=…`` hands the title over in the environment, where no shell reads it.

The post is a draft: it is built with ``BLOG_DRAFTS=1``, and published when the line
``draft: true`` is gone.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import unicodedata
from itertools import count
from pathlib import Path
from string import Template

from begin import run

TEMPLATE = Path(__file__).with_name("post.md")
CODE_BOOK = Path(__file__).with_name("post.numbers.yml")

_LONGEST = 80  # letters of an address


def slug(title: str) -> str:
    """Return a title as the name of a file: "Où est le roi?" is "ou-est-le-roi"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST].rstrip("-")


def begin(title: str, day: dt.date, root: Path) -> Path:
    """Write a new post, with its code book, and return its path.

    Raises
    ------
    ValueError
        If there is no title.
    FileExistsError
        If the post is there already.
    """
    if not (title := " ".join(title.split())):
        raise ValueError('give the post a title: make post TITLE="What did we count?"')
    folder = root / "blog" / str(day.year)
    name = slug(title) or _unnamed(day, folder)
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    words = {"title": title, "date": day.isoformat(), "slug": name}
    beside = path.with_suffix("".join(CODE_BOOK.suffixes))
    for template, target in {TEMPLATE: path, CODE_BOOK: beside}.items():
        with target.open("x", encoding="utf-8") as file:
            file.write(Template(template.read_text("utf-8")).substitute(words))
    return path


def _unnamed(day: dt.date, folder: Path) -> str:
    """Return the name of a post whose title has no Latin letter: the day, and which of that day."""
    names = (f"{day}-{number}" if number > 1 else f"{day}" for number in count(1))
    return next(name for name in names if not (folder / f"{name}.md").exists())


def main() -> int:
    """Begin the post and return the exit code."""
    paths = run(lambda *post: [begin(*post)], "title", "BOOK_POST_TITLE", __doc__)
    for path in paths:
        print(f"{path}: write it, and look at it with BLOG_DRAFTS=1 make live")
    return not paths


if __name__ == "__main__":
    sys.exit(main())
