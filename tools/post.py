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
from pathlib import Path
from string import Template

from begin import run

TEMPLATE = Path(__file__).with_name("post.md")
CODE_BOOK = Path(__file__).with_name("post.numbers.yml")


def slug(title: str) -> str:
    """Return a title as the name of a file: "Où est le roi?" is "ou-est-le-roi"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


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
    name = slug(title) or day.isoformat()  # of a title without a Latin letter
    path = root / "blog" / str(day.year) / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    words = {"title": title, "date": day.isoformat(), "slug": name}
    beside = path.with_suffix("".join(CODE_BOOK.suffixes))
    for template, target in {TEMPLATE: path, CODE_BOOK: beside}.items():
        with target.open("x", encoding="utf-8") as file:
            file.write(Template(template.read_text("utf-8")).substitute(words))
    return path


def main() -> int:
    """Begin the post and return the exit code."""
    paths = run(lambda *post: [begin(*post)], "title", "BOOK_POST_TITLE", __doc__)
    for path in paths:
        print(f"{path}: write it, and look at it with BLOG_DRAFTS=1 make live")
    return not paths


if __name__ == "__main__":
    sys.exit(main())
