"""The site, and what readers take away, are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bookext.test_upstream import build

PAGE = """# Page

```{only} site
On the site.
```

```{only} takeaway
In hand.
```
"""


@pytest.mark.parametrize(
    ("builder", "page", "here", "not_here"),
    [
        ("html", "index.html", "On the site.", "In hand."),
        ("dirhtml", "index.html", "On the site.", "In hand."),
        ("epub", "index.xhtml", "In hand.", "On the site."),
        ("typst", "main.typ", "In hand.", "On the site."),
    ],
)
def test_an_epub_is_not_the_site(
    tmp_path: Path, builder: str, page: str, here: str, not_here: str
) -> None:
    files = {"index.md": PAGE, "conf.py": "project = 'small'\nepub_show_urls = 'no'\n"}
    build(tmp_path, files, "myst_parser", "bookext.common", "bookext.typst", builder=builder)
    text = (tmp_path / "out" / page).read_text("utf-8")
    assert here in text and not_here not in text
