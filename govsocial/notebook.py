"""Show a figure with its origin, and hand numbers to the prose.

Both leave a record in the executed notebook, which the site's extensions turn into the line
*Data · Source · Code* under a figure and into the ledger *Numbers in this book*. In Jupyter,
outside a build of the book, :func:`show` writes that line itself.
"""

from __future__ import annotations

import base64
import io
import math
import os
from collections.abc import Sequence
from numbers import Real

from IPython.display import Markdown, display
from matplotlib.figure import Figure

from govsocial import labels
from govsocial.charts import style
from govsocial.charts.style import Chart
from govsocial.labels import _
from govsocial.tables import descriptor
from govsocial.uncertainty import Estimate

# The glue convention of papermill and scrapbook, which MyST-NB reads.
_GLUE = "application/papermill.record/"
_NUMBER = "application/vnd.govsocial.number+json"

_VECTOR = {"image/svg+xml": "svg", "application/pdf": "pdf"}
_RASTER = {"image/png": "png"}

# No dates and versions in the files: the same figure has the same bytes on every day.
_METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    "png": {"Software": None},
}


def show(chart: Chart, *, tables: Sequence[str], raster: bool = False, card: bool = False) -> None:
    """Display a figure once, and record the tables behind it and the data drawn in it.

    Parameters
    ----------
    chart
        What a function of :mod:`govsocial.charts` returns.
    tables
        Names of the tables the figure is computed from.
    raster
        Draw a picture of dots instead of vectors, for many thousand marks.
    card
        Draw a picture of dots as well, for the card that a shared link to a post shows.

    Raises
    ------
    TableError
        If a table is unknown.
    """
    record = {
        "tables": _known(tables),
        "maker": chart.maker,
        "drawn": chart.drawn.to_csv(index=False, lineterminator="\n"),
    }
    forms = (_RASTER if raster else _VECTOR) | (_RASTER if card else {})
    bundle = {mime: _render(chart.figure, form) for mime, form in forms.items()}
    bundle["text/plain"] = f"<Figure {chart.maker}>"
    display(bundle, metadata={"govsocial": record}, raw=True)
    if "GOVSOCIAL_BOOK" not in os.environ:
        display(Markdown(_origin(chart, tables)))


def number(
    key: str,
    value: float | str | Estimate,
    pattern: str = "#,##0",
    *,
    unit: str,
    tables: Sequence[str],
) -> None:
    """Hand a number to the prose under a key, and record it for the ledger.

    Parameters
    ----------
    key
        Unique in the book: lower case, hyphens, first the page's name (``adoption-first-year``).
    value
        A number; an :class:`~govsocial.uncertainty.Estimate`, of which the interval is printed;
        or a word that a table holds, such as the name of a country.
    pattern
        Unicode number pattern of the printed form (see :func:`govsocial.labels.decimal`).
    unit
        What is counted, and of what ("share of 195 countries").
    tables
        Names of the tables the number is computed from.

    Raises
    ------
    TableError
        If a table is unknown.
    ValueError
        If the value is missing or infinite: a sentence cannot print it.
    """
    plain, printed = _printed(key, value, pattern)
    record = {
        "key": key,
        "value": plain,
        "printed": printed,
        "unit": unit,
        "tables": _known(tables),
    }
    display(
        # Quoted, as text is glued: bare, MyST-NB would read "1,419" as two numbers, "0.50" as 0.5.
        {_GLUE + "text/plain": repr(printed), _GLUE + _NUMBER: record},
        metadata={"scrapbook": {"name": key, "mime_prefix": _GLUE}},
        raw=True,
    )


def _known(names: Sequence[str]) -> list[str]:
    for name in names:
        descriptor(name)
    return list(names)


def _printed(key: str, value: float | str | Estimate, pattern: str) -> tuple[object, str]:
    if isinstance(value, str):
        return value, value
    parts = [value.low, value.high] if isinstance(value, Estimate) else [value]
    # pandas hands out NumPy scalars, which JSON does not know.
    plain = [
        int(x) if isinstance(x, Real) and x == int(x) else float(x) for x in _finite(key, parts)
    ]
    if isinstance(value, Estimate):
        return plain, labels.interval(value.low, value.high, pattern)
    return plain[0], labels.decimal(plain[0], pattern)


def _finite(key: str, parts: list[float]) -> list[float]:
    for part in parts:
        if not isinstance(part, Real) or not math.isfinite(part):
            raise ValueError(f"the number '{key}' is {part!r}: a sentence cannot print it")
    return parts


def _render(figure: Figure, form: str) -> str:
    buffer = io.BytesIO()
    with style.context():
        figure.savefig(buffer, format=form, metadata=_METADATA[form])
    content = buffer.getvalue()
    return content.decode() if form == "svg" else base64.b64encode(content).decode()


def _origin(chart: Chart, tables: Sequence[str]) -> str:
    data = ", ".join(f'`tables.load("{name}")`' for name in tables)
    sources = "; ".join(
        dict.fromkeys(source["title"] for name in tables for source in descriptor(name)["sources"])
    )
    return _("Data: {data} · Source: {sources} · Code: `{code}`").format(
        data=data, sources=sources, code=chart.maker
    )
