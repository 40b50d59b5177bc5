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
from collections.abc import Iterable, Iterator, Sequence
from numbers import Real
from typing import cast

import pandas as pd
from IPython.display import Markdown, display
from matplotlib.figure import Figure

from govsocial import labels, provenance
from govsocial.charts import style
from govsocial.charts.style import Chart
from govsocial.contract import FIGURE, GLUE, NUMBER
from govsocial.language import translation
from govsocial.tables import descriptor
from govsocial.uncertainty import Estimate

_ = translation(__name__)

_VECTOR = {"image/svg+xml": "svg", "application/pdf": "pdf"}
_RASTER = {"image/png": "png"}

# No dates and versions in the files: the same figure has the same bytes on every day.
_METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    "png": {"Software": None},
}


def show(chart: Chart, *, raster: bool = False, card: bool = False) -> None:
    """Display a figure once, and record the tables behind it and the data drawn in it.

    The tables follow from the code of the notebook (see :mod:`govsocial.provenance`).

    Parameters
    ----------
    chart
        What a function of :mod:`govsocial.charts` returns.
    raster
        Draw a picture of dots instead of vectors, for many thousand marks.
    card
        Draw a picture of dots as well, for the card that a shared link to a post shows.
    """
    call = provenance.calling()
    behind = provenance.named(call.positional[0].whole) if call else []
    record = {
        "tables": behind,
        "maker": chart.maker,
        "drawn": chart.drawn.to_csv(index=False, lineterminator="\n"),
    }
    forms = (_RASTER if raster else _VECTOR) | (_RASTER if card else {})
    bundle = {mime: _render(chart.figure, form) for mime, form in forms.items()}
    bundle["text/plain"] = f"<Figure {chart.maker}>"
    display(bundle, metadata={FIGURE: record}, raw=True)
    if "GOVSOCIAL_BOOK" not in os.environ:
        display(Markdown(_origin(chart, behind)))


class Numbers:
    """Hands the numbers of a page to its prose, and records them for the ledger.

    Parameters
    ----------
    page
        What the keys of the page begin with: lower case, without a hyphen at the end.

    Examples
    --------
    One call hands over what belongs together::

        numbers = Numbers("adoption")
        numbers("twitter-share facebook-share", [twitter, facebook] / countries, "0%",
                unit="share of 195 countries")

    The prose picks up ``adoption-twitter-share``. An estimate gives its value and, under the same
    key with ``-interval`` behind it, its interval.
    """

    def __init__(self, page: str) -> None:
        self._page = page

    def __call__(
        self,
        keys: str,
        values: object,
        pattern: str = "#,##0",
        /,
        *,
        unit: str,
        constant: bool = False,
    ) -> None:
        """Hand over one number, or several of the same unit.

        Parameters
        ----------
        keys
            One key or several with blanks between, without the name of the page.
        values
            For one key a number, a word that a table holds, or an estimate: an
            :class:`~govsocial.uncertainty.Estimate` or a row with ``value``, ``low`` and ``high``.
            For several keys as many of these, in a sequence, a Series, or the rows of a table.
        pattern
            Unicode number pattern of the printed form (see :func:`govsocial.labels.decimal`).
        unit
            What is counted, and of what ("share of 195 countries").
        constant
            Say so of numbers that no table holds: those of the method, such as five seconds in
            sixty.

        Raises
        ------
        ValueError
            If a value is missing or infinite, since a sentence cannot print it; if keys and values
            are not as many; or if the numbers depend on no table and are not said to be constant,
            or the other way round.
        """
        call, names = provenance.calling(), keys.split()
        found = [values] if len(names) == 1 else _several(values)
        if len(names) != len(found):
            raise ValueError(f"'{keys}' are {len(names)} keys for {len(found)} values")
        for index, (name, value) in enumerate(zip(names, found, strict=True)):
            key = f"{self._page}-{name}"
            behind = _behind(key, call, index, len(names), constant) if call else []
            for entry in _entries(key, value, pattern, unit):
                _hand_over(entry | {"tables": behind, "constant": constant})


def _several(values: object) -> list[object]:
    if isinstance(values, pd.DataFrame):
        return [row for _name, row in values.iterrows()]
    return list(cast("Iterable[object]", values))


def _behind(key: str, call: provenance.Call, index: int, count: int, constant: bool) -> list[str]:
    """Return the tables behind one of the numbers of a call."""
    passed = call.positional[1]
    origins = passed.parts[index] if len(passed.parts) == count > 1 else passed.whole
    behind = provenance.named(origins)
    if constant == bool(behind):
        said = (
            f"depends on {', '.join(behind)}: leave out" if behind else "depends on no table: say"
        )
        raise ValueError(f"the number '{key}' {said} constant=True")
    return behind


def _entries(key: str, value: object, pattern: str, unit: str) -> Iterator[dict[str, object]]:
    """Return what the ledger says of a number, and of its interval."""
    if isinstance(value, pd.Series) and {"value", "low", "high"} <= set(value.index):
        value = Estimate(*value[["value", "low", "high"]])
    if isinstance(value, str):
        yield {
            "key": key,
            "kind": "word",
            "value": value,
            "pattern": "",
            "printed": value,
            "unit": unit,
        }
        return
    middle = _plain(key, value.value if isinstance(value, Estimate) else value)
    yield {
        "key": key,
        "kind": "number",
        "value": middle,
        "pattern": pattern,
        "printed": labels.decimal(middle, pattern),
        "unit": unit,
    }
    if isinstance(value, Estimate):
        low, high = (_plain(key, bound) for bound in (value.low, value.high))
        yield {
            "key": f"{key}-interval",
            "kind": "interval",
            "value": [low, high],
            "pattern": pattern,
            "printed": labels.interval(low, high, pattern),
            "unit": f"{unit}; {getattr(value, 'kind', _('95% interval'))}",
        }


def _plain(key: str, value: object) -> int | float:
    """Return a number as JSON knows it: pandas hands out NumPy's scalars."""
    if not isinstance(value, Real) or not math.isfinite(value):
        raise ValueError(f"the number '{key}' is {value!r}: a sentence cannot print it")
    number = float(value)
    return int(number) if number.is_integer() else number


def _hand_over(record: dict[str, object]) -> None:
    display(
        # Quoted, as text is glued: bare, MyST-NB would read "1,419" as two numbers, "0.50" as 0.5.
        {GLUE + "text/plain": repr(record["printed"]), GLUE + NUMBER: record},
        metadata={"scrapbook": {"name": record["key"], "mime_prefix": GLUE}},
        raw=True,
    )


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
