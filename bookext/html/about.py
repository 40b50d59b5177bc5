"""What a page says of itself: to search engines, to libraries, and to whoever cites it.

The description is the first paragraph. JSON-LD names the book, its chapters and its posts;
``citation_*`` are the tags that Google Scholar and Zotero read. Chapters and posts can be cited as
text, BibTeX and RIS.

Closes: sphinxext-opengraph knows neither (https://github.com/sphinx-doc/sphinxext-opengraph), and
Sphinx says no dates of single pages.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bookext.blog.posts import posts
from bookext.common.addresses import address, report_address
from bookext.common.dates import DATES, Dates, dates
from bookext.common.errors import FileError
from bookext.common.i18n import _
from bookext.common.nodes import chapter_number
from bookext.common.order import PageContext
from bookext.common.places import BLOG, CHAPTERS
from bookext.common.reading import description
from bookext.html.contents import contents
from govsocial import labels

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Work:
    """A chapter or a post, as one cites it."""

    key: str
    title: str
    author: str
    book: str
    number: str  # of a chapter
    version: str
    dates: Dates
    url: str  # empty where the book has no address yet

    def text(self) -> str:
        """Return the citation as plain text."""
        where = _("In {book}").format(book=self.book)
        if self.number:
            where = _("In {book}, chapter {number}").format(book=self.book, number=self.number)
        version = _("version {version}").format(version=self.version)
        changed = _("Last changed {date}.").format(date=labels.date(self.dates.changed))
        return (
            f"{self.author} ({self.dates.published.year}). {_stop(self.title)} "
            f"{where}, {version}. {changed} {self.url}".rstrip()
        )

    def bibtex(self) -> str:
        """Return the citation as BibTeX."""
        fields = {
            "author": f"{{{self.author}}}",
            "title": f"{{{self.title}}}",
            "booktitle" if self.number else "journal": f"{{{self.book}}}",
            "chapter": self.number,
            "year": str(self.dates.published.year),
            "month": str(self.dates.published.month),
            "note": f"Version {self.version}, last changed {self.dates.changed.isoformat()}",
            "url": self.url,
        }
        kind = "incollection" if self.number else "article"
        lines = (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
        return "\n".join([f"@{kind}{{{self.key},", *lines, "}"])

    def ris(self) -> str:
        """Return the citation as RIS."""
        day = self.dates.published
        lines = [
            ("TY", "CHAP" if self.number else "BLOG"),
            ("AU", f"{self.author},"),
            ("TI", self.title),
            ("T2", self.book),
            ("SE", self.number),
            ("ET", self.version),
            ("PY", str(day.year)),
            ("DA", f"{day:%Y/%m/%d}"),
            ("UR", self.url),
            ("ER", ""),
        ]
        return "\n".join(
            f"{tag}  - {value}".rstrip() for tag, value in lines if value or tag == "ER"
        )


def _stop(title: str) -> str:
    return title if title[-1:] in ".?!" else f"{title}."


def work(app: Sphinx, docname: str, known: dict[str, Dates]) -> Work | None:
    """Return a chapter or a post as one cites it; None for another page."""
    env, config = app.env, app.config
    post = posts(env).get(docname)
    day = Dates(post.date, post.date) if post else known.get(docname)
    if day is None:
        return None
    number = chapter_number(env, docname)
    return Work(
        key=f"governing-in-public-{docname.rpartition('/')[2]}",
        title=env.titles[docname].astext(),
        author=config.author,
        book=config.project if number else f"{config.project}: {_('Blog')}",
        number=number,
        version=config.release,
        dates=day,
        url=address(config, f"{docname}.html") if config.html_baseurl else "",
    )


def linked_data(app: Sphinx, pagename: str, made: Work | None, about: str) -> dict[str, Any]:
    """Return what JSON-LD says of a page; empty if it is neither book, chapter nor post."""
    config = app.config
    organisation = {"@type": "Organization", "name": config.author}
    common: dict[str, Any] = {
        "@context": "https://schema.org",
        "inLanguage": config.language,
        "author": organisation,
        "publisher": organisation,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "url": address(config, f"{pagename}.html"),
        "description": about,
        "image": address(config, f"{pagename}.png"),
    }
    book = {
        "@type": "Book",
        "@id": address(config, "index.html"),
        "name": config.project,
        "alternateName": config.blog_feed_subtitle,
    }
    if pagename == config.root_doc:
        pages = [entry.docname for part in contents(app.env) for entry in part.chapters]
        parts = [{"@id": address(config, f"{docname}.html")} for docname in pages]
        return common | book | {"version": config.release, "bookFormat": "EBook", "hasPart": parts}
    if made is None:
        return {}
    days = {
        "datePublished": made.dates.published.isoformat(),
        "dateModified": made.dates.changed.isoformat(),
    }
    if made.number:
        kind = {"@type": "Chapter", "name": made.title, "position": int(made.number)}
        return common | days | kind | {"@id": common["url"], "isPartOf": book}
    blog = {"@type": "Blog", "@id": address(config, f"{BLOG}/index.html"), "name": made.book}
    return common | days | {"@type": "BlogPosting", "headline": made.title, "isPartOf": blog}


def citation_tags(config: Config, made: Work) -> list[tuple[str, str]]:
    """Return name and content of the tags that Google Scholar and Zotero read."""
    tags = [
        ("citation_title", made.title),
        ("citation_author", made.author),
        ("citation_publication_date", made.dates.published.strftime("%Y/%m/%d")),
        ("citation_language", config.language),
    ]
    tags += [("citation_fulltext_html_url", made.url)] if made.url else []
    if not made.number:
        return [*tags, ("citation_journal_title", made.book)]
    tags += [("citation_inbook_title", made.book)]
    return tags + [
        ("citation_pdf_url", address(config, file))
        for key, (_name, file) in config.book_files.items()
        if key == "pdf" and made.url
    ]


def _add(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    config = app.config
    made = work(app, pagename, _known(app))
    about = context.get("description") or (context.get("meta") or {}).get("og:description", "")
    if not about and doctree is not None:
        about = description(doctree)
    context["description"] = about
    context["work"] = made
    context["long_date"] = labels.date
    data = context.get("structured") or linked_data(app, pagename, made, about)
    # Nothing may end the script that holds it.
    context["linked_data"] = json.dumps(data, ensure_ascii=False).replace("<", r"\u003c")
    context["citation_tags"] = citation_tags(config, made) if made else []
    if doctree is not None:
        url = address(config, f"{pagename}.html")
        title = app.env.titles[pagename].astext()
        context["report"] = report_address(config, title, url)
        # As the layout says of a page without a paragraph.
        shown = about or f"{title} – {config.project}: {config.book_subtitle}"
        own = {"og:description": shown} | ({"og:type": "article"} if made else {})
        context["meta"] = own | (context["meta"] or {})
    context["metatags"] = re.sub(r'<meta name="viewport"[^>]*>\n?', "", context.get("metatags", ""))


def _known(app: Sphinx) -> dict[str, Dates]:
    if not hasattr(app, "book_dates"):
        app.book_dates = dates(Path(app.srcdir))  # type: ignore[attr-defined]
    found: dict[str, Dates] = app.book_dates  # type: ignore[attr-defined]
    return found


def _check(app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Stop at a chapter without dates, where there are some."""
    known = _known(app)
    missing = sorted(
        name for name in env.found_docs if name.startswith(CHAPTERS) and name not in known
    )
    if known and missing:
        raise FileError(DATES, f"it does not name {', '.join(missing)}; run `make dates`")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Let every page say what it is."""
    app.add_config_value("book_report", "", "html", types=[str])
    app.connect("env-before-read-docs", _check)
    app.connect("html-page-context", _add, priority=PageContext.ABOUT)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
