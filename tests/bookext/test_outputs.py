"""The site, and what readers take away, are told apart."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bookext.common.outputs import finish
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


@pytest.mark.parametrize(
    ("kind", "failed", "written"),
    [("html", None, True), ("html", ValueError(), False), ("typst", None, False)],
)
def test_what_is_written_last_goes_with_a_site_that_is_whole(
    kind: str, failed: Exception | None, written: bool
) -> None:
    app = Connected(kind)
    finish(app, app.written.append, priority=7)  # type: ignore[arg-type]
    assert app.priorities == [7]
    app.handlers[0](app, failed)
    assert app.written == [app] * written


@pytest.mark.parametrize(
    ("writes", "live", "connected"), [("", False, 1), ("1", False, 0), ("1", True, 1)]
)
def test_what_does_not_stand_on_the_pages_waits_while_somebody_writes(
    monkeypatch: pytest.MonkeyPatch, writes: str, live: bool, connected: int
) -> None:
    monkeypatch.setenv("BOOK_LIVE", writes)
    app = Connected("html")
    finish(app, app.written.append, live=live)  # type: ignore[arg-type]
    assert len(app.handlers) == connected


class Connected:
    """An application, and what has been connected to it."""

    def __init__(self, kind: str) -> None:
        self.builder = SimpleNamespace(name=kind, format=kind)
        self.handlers: list[Any] = []
        self.priorities: list[int] = []
        self.written: list[Any] = []

    def connect(self, _event: str, handler: Any, priority: int) -> None:
        """Note a handler."""
        self.handlers.append(handler)
        self.priorities.append(priority)
