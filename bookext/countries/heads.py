"""What a page of a place says to programs, and which pages are beside it.

Closes: pages outside a toctree have neither a next nor a previous page, and Sphinx writes no
description and no structured data (https://schema.org/Country, https://schema.org/Dataset).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bookext.common.i18n import _
from bookext.common.order import PageContext
from bookext.common.outputs import is_site
from bookext.countries.cards import HEIGHT, WIDTH, card
from bookext.countries.record import INDEX, Record, code_of, record
from bookext.countries.sheets import description, terms_of
from govsocial.countries.places import page

_LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}
# Places on whose status states do not agree, and what is no country.
_PLACES = {"PSE", "TWN", "VAT", "XKX"}


def structured(code: str, found: Record, site: str) -> dict[str, Any]:
    """Return what schema.org has words for: the place, and the data of its page."""
    place = found["places"][code]
    other = [name for name in (place["official"], *place["others"]) if name]
    country = {
        "@type": "Place" if code in _PLACES else "Country",
        "name": place["name"],
        "identifier": code,
        **({"alternateName": other} if other else {}),
    }
    address = f"{site}{page(code)}"
    dataset = {
        "@type": "Dataset",
        "name": _("{project}: {place}").format(
            project=_("Governing in Public"), place=place["name"]
        ),
        "description": description(place),
        "url": f"{address}.html",
        "isAccessibleForFree": True,
        "license": _LICENCES[terms_of(found, place)],
        "spatialCoverage": country,
        "creator": {"@type": "Organization", "name": _("The Governing in Public contributors")},
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": f"{address}.csv",
        },
    }
    return {"@context": "https://schema.org", "@graph": [country, dataset]}


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
    _doctree: nodes.document | None,
) -> None:
    if docname == INDEX or code_of(docname):
        app.add_css_file("countries.css")
    code = code_of(docname)
    if code is None or not is_site(app.builder):
        return
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
    data = json.dumps(structured(code, found, app.config.blog_baseurl), ensure_ascii=False)
    data = data.replace("<", r"\u003c")  # no name ends the script
    script = f'<script type="application/ld+json">{data}</script>'
    context["metatags"] = context.get("metatags", "") + script


def setup(app: Sphinx) -> ExtensionMetadata:
    """Fill in before the theme asks for the neighbours."""
    app.connect("html-page-context", _fill, priority=PageContext.BLOG)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
