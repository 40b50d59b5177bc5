"""What a page of a place says to programs, and which pages are beside it.

Closes: pages outside a toctree have neither a next nor a previous page, and Sphinx writes no
description and no structured data (https://schema.org/Country, https://schema.org/Dataset).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from bookext.common.addresses import address
from bookext.common.i18n import _
from bookext.common.order import PageContext
from bookext.common.outputs import is_site
from bookext.common.places import COUNTRY_LIST, HUB
from bookext.common.reading import description as first_words
from bookext.countries.cards import HEIGHT, WIDTH, card
from bookext.countries.record import Record, code_of, record
from bookext.countries.sheets import description, terms_of, terms_of_tables
from bookext.tables.heads import CONTEXT, data, licence, thing
from bookext.tables.names import page_of
from govsocial.countries.places import page

# Places on whose status states do not agree, and what is no country.
_PLACES = {"PSE", "TWN", "VAT", "XKX"}


def structured(config: Config, code: str, found: Record) -> dict[str, Any]:
    """Return what schema.org has words for: the place, and the data of its page."""
    place = found["places"][code]
    other = [name for name in (place["official"], *place["others"]) if name]
    country = {
        "@type": "Place" if code in _PLACES else "Country",
        "name": place["name"],
        "identifier": code,
        **({"alternateName": other} if other else {}),
    }
    named = _("{project}: {place}").format(project=config.project, place=place["name"])
    of_page = data(config, page(code), named, description(place)) | {
        **licence(terms_of(found, place)),
        "spatialCoverage": country,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": address(config, f"{page(code)}.csv"),
        },
    }
    return {"@context": CONTEXT, "@graph": [country, of_page]}


def hub(config: Config, found: Record, title: str, about: str) -> dict[str, Any]:
    """Return what schema.org has words for: the data of the hub, and the tables below them."""
    names = found["hub"]["tables"]
    of_tables = [{"@id": address(config, f"{page_of(name)}.html")} for name in sorted(names)]
    return data(config, HUB, title, about) | {
        "@context": CONTEXT,
        **licence(terms_of_tables(found, names)),
        "isBasedOn": of_tables,
    }


def catalog(config: Config, found: Record, title: str, about: str) -> dict[str, Any]:
    """Return what schema.org has words for: the pages of all places, each a data set."""
    return thing(config, "DataCatalog", COUNTRY_LIST, title, about) | {
        "@context": CONTEXT,
        "dataset": [{"@id": address(config, f"{page(code)}.html")} for code in found["places"]],
    }


def _picture(app: Sphinx, docname: str, place: Any) -> dict[str, str]:
    """Write the picture for shared links, and return what the page says of it."""
    if app.builder.name != "html":
        return {}
    target = Path(app.outdir, f"{docname}.png")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(card(place["name"], place["lede"], app.config.project))
    return {
        "og:image": f"{docname}.png",
        "og:image:alt": f"{place['name']}. {place['lede']}",
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
    }


def _fill(
    app: Sphinx,
    docname: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    code = code_of(docname)
    if docname == COUNTRY_LIST or code:
        app.add_css_file("countries.css")
    if not is_site(app.builder) or doctree is None:
        return
    if code:
        _fill_place(app, docname, code, context)
    elif docname in _SAID:
        title = app.env.titles[docname].astext()
        about = first_words(doctree)
        context["structured"] = _SAID[docname](app.config, record(app.env), title, about)


_SAID = {HUB: hub, COUNTRY_LIST: catalog}


def _fill_place(app: Sphinx, docname: str, code: str, context: dict[str, Any]) -> None:
    found = record(app.env)
    codes = list(found["places"])
    at = codes.index(code)
    for name, other in (("prev", at - 1), ("next", at + 1)):
        neighbour = codes[other] if 0 <= other < len(codes) else None
        context[name] = neighbour and {
            "link": app.builder.get_relative_uri(docname, page(neighbour)),
            "title": found["places"][neighbour]["name"],
        }
    place = found["places"][code]
    context["description"] = description(place)
    context["meta"] = (context["meta"] or {}) | _picture(app, docname, place)
    context["structured"] = structured(app.config, code, found)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Fill in before the theme asks for the neighbours."""
    app.connect("html-page-context", _fill, priority=PageContext.BLOG)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
