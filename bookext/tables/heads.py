"""What the page of a table says to programs: a Dataset, which Google Dataset Search lists.

Closes: Sphinx writes no structured data (https://schema.org/Dataset).
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from bookext.common.addresses import address
from bookext.common.i18n import _, of_tables
from bookext.common.order import PageContext
from bookext.common.outputs import is_site
from bookext.common.places import DATA
from bookext.records.descriptors import descriptor_paths, licences, load
from bookext.records.licences import NOT_STATED
from bookext.tables.names import FOLDER, page_of
from bookext.tables.overview import PACKAGE

CONTEXT = "https://schema.org"
_CREATIVE_COMMONS = "https://creativecommons.org/licenses"
LICENCES = {
    "CC-BY-NC-SA-4.0": f"{_CREATIVE_COMMONS}/by-nc-sa/4.0/",
    "CC-BY-SA-4.0": f"{_CREATIVE_COMMONS}/by-sa/4.0/",
    "GPL-3.0-only": "https://spdx.org/licenses/GPL-3.0-only.html",
    "EUPL-1.2": "https://spdx.org/licenses/EUPL-1.2.html",
    "Artistic-2.0": "https://spdx.org/licenses/Artistic-2.0.html",
    "MIT": "https://spdx.org/licenses/MIT.html",
    "ISC": "https://spdx.org/licenses/ISC.html",
    "CC-BY-4.0": f"{_CREATIVE_COMMONS}/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_LONGEST = 5_000  # letters that Google reads of a description


def licence(name: str) -> dict[str, str]:
    """Return the licence of what a page offers, as schema.org has it, if it has an address."""
    return {"license": LICENCES[name]} if name in LICENCES else {}


def thing(config: Config, kind: str, docname: str, name: str, about: str) -> dict[str, Any]:
    """Return what schema.org has words for of a page: what it is, where, and in which language."""
    url = address(config, f"{docname}.html")
    return {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": name,
        "description": about,
        "inLanguage": config.language,
    }


def data(config: Config, docname: str, name: str, about: str) -> dict[str, Any]:
    """Return what schema.org has words for of a page with data: who made them, and for whom."""
    return thing(config, "Dataset", docname, name, about[:_LONGEST]) | {
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": config.author},
    }


def dataset(app: Sphinx, name: str) -> dict[str, Any]:
    """Return what schema.org has words for: a table, its sources, fields and files."""
    resource = load(descriptor_paths(app.env)[name])
    words = of_tables(resource["madeBy"])
    page = page_of(name)
    text = " ".join(map(words, [resource["description"], *resource.get("caveats", ())]))
    found = data(app.config, page, words(resource["title"]), text) | {
        "@context": CONTEXT,
        "alternateName": name,
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": source["title"],
                **({"url": source["path"]} if source["path"].startswith("http") else {}),
            }
            for source in resource["sources"]
        ],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": app.config.project,
            "url": address(app.config, f"{DATA}.html"),
        },
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": field["name"],
                "description": words(field["description"]),
                **({"unitText": words(field["unit"])} if "unit" in field else {}),
            }
            for field in resource["schema"]["fields"]
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": address(app.config, f"{page}{suffix}"),
            }
            for suffix, kind in (
                (".csv", "text/csv"),
                (".parquet", "application/vnd.apache.parquet"),
            )
        ],
    }
    coverage = [source["coverage"] for source in resource["sources"] if "coverage" in source]
    if len(coverage) == 1:
        found["temporalCoverage"] = coverage[0]
    names = licences(resource)
    if NOT_STATED not in names:
        found |= licence(next((name for name in LICENCES if name in names), ""))
    return found


def catalog(app: Sphinx) -> dict[str, Any]:
    """Return what schema.org has words for: all tables as one package."""
    return {
        "@context": CONTEXT,
        "@type": "DataCatalog",
        "name": f"{app.config.project}: {_('Data')}",
        "url": address(app.config, f"{DATA}.html"),
        "inLanguage": app.config.language,
        "dataset": [
            {"@id": address(app.config, f"{page_of(name)}.html")}
            for name in descriptor_paths(app.env)
        ],
        "encoding": {
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": address(app.config, f"{FOLDER}/{PACKAGE}"),
        },
    }


def _add(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is None or not is_site(app.builder):
        return
    folder, _slash, name = pagename.rpartition("/")
    if folder == FOLDER:
        context["structured"] = dataset(app, name)
    elif pagename == DATA:
        context["structured"] = catalog(app)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Say it before the page's own words are asked for."""
    app.connect("html-page-context", _add, priority=PageContext.BLOG)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
