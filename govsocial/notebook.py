"""Show a figure with its origin, and hand numbers to the prose.

Both leave a record in the executed notebook, which the site's extensions turn into the line
*Data · Source · Code* under a figure and into the ledger *Numbers in this book*. In Jupyter,
outside a build of the book, :func:`show` writes that line itself, and shows a picture with caption
and alternative text: it is seen in a notebook that is not trusted, and in what nbgrader hands back.
"""

from __future__ import annotations

import base64
import copy
import datetime as dt
import html
import io
import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from numbers import Real
from pathlib import Path
from typing import cast

import matplotlib as mpl
import pandas as pd
from IPython.display import display
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import Stroke
from matplotlib.text import Text

from govsocial import codebook, labels, provenance
from govsocial.charts import lettering, style
from govsocial.charts.style import Chart
from govsocial.codebook import Entry
from govsocial.contract import FIGURE, GLUE, NUMBER
from govsocial.language import translation
from govsocial.tables import descriptor
from govsocial.uncertainty import Estimate, Range

_ = translation(__name__)

_VECTOR = {"image/svg+xml": "svg"}
_RASTER = {"image/png": "png"}
_HALO = 2.5  # points
_SCREEN = 96  # dots per inch that a browser shows
_EXACT = 2**53  # from here on a fraction does not hold every whole number

# No dates and versions in the files: the same figure has the same bytes on every day.
_METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
}


def show(chart: Chart, *, card: bool = False, caption: str = "", alt: str = "") -> None:
    """Display a figure once, and record the tables behind it and the data drawn in it.

    The tables follow from the code of the notebook (see :mod:`govsocial.provenance`).

    Parameters
    ----------
    chart
        What a function of :mod:`govsocial.charts` returns.
    card
        Draw a picture of dots as well, for the card that a shared link to a post shows.
    caption, alt
        Caption and alternative text, in Jupyter. A page of the book has them in the metadata of
        the cell, from which the copies of its notebook take them.
    """
    call = provenance.calling()
    behind = provenance.named(call.positional[0].whole) if call else []
    if "GOVSOCIAL_BOOK" not in os.environ:
        _show_picture(chart, caption, alt, _origin(chart, behind))
        return
    record: dict[str, object] = {
        "tables": behind,
        "maker": chart.maker,
        "drawn": _counts(chart.drawn).to_csv(index=False, lineterminator="\n"),
    }
    record |= _narrow(chart)
    forms = _VECTOR | (_RASTER if card else {})
    bundle = {mime: _render(chart.figure, form) for mime, form in forms.items()}
    bundle["text/plain"] = f"<Figure {chart.maker}>"
    record["paper"] = _on_paper(chart.figure)  # last: it changes the figure
    display(bundle, metadata={FIGURE: record}, raw=True)


def _counts(drawn: pd.DataFrame) -> pd.DataFrame:
    """Return data with counts as whole numbers, which pandas keeps as fractions beside a gap."""
    fractions = drawn.select_dtypes("float")
    known = {name: column.dropna() for name, column in fractions.items()}
    whole = [n for n, part in known.items() if ((part % 1 == 0) & (part.abs() < _EXACT)).all()]
    return drawn.astype(dict.fromkeys(whole, "Int64"))


def _show_picture(chart: Chart, caption: str, alt: str, origin: str) -> None:
    """Display a figure in Jupyter."""
    buffer = io.BytesIO()
    with style.context():
        chart.figure.savefig(buffer, format="png", dpi=2 * _SCREEN, metadata=_METADATA["png"])
    picture = base64.b64encode(buffer.getvalue()).decode()
    width = round(chart.figure.get_figwidth() * _SCREEN)
    lines = [f"<p>{html.escape(caption)}</p>"] if caption else []
    page = (
        f'<figure><img src="data:image/png;base64,{picture}" width="{width}" '
        f'alt="{html.escape(alt)}"><figcaption>{"".join(lines)}<p><small>{html.escape(origin)}'
        "</small></p></figcaption></figure>"
    )
    plain = alt or f"<Figure {chart.maker}>"
    display({"text/html": page, "image/png": picture, "text/plain": plain}, raw=True)


Labelled = Mapping[str, object] | pd.Series
"""Values by key."""


class Numbers:
    """Hands the numbers of a page to its prose, and records them for the ledger.

    What each of them counts, and how it is printed, stands in the page's code book (see
    :mod:`govsocial.codebook`). Where there is none, as beside a copy of the page's notebook, there
    is no prose to fill in either, and nothing is handed over.

    Parameters
    ----------
    page
        Name of the page: its code book, ``{page}.numbers.yml``, is in the working folder, that of
        the page.

    Raises
    ------
    FileNotFoundError
        If the page of a book that is being built has no code book.
    CodeBookError
        If the code book is not as it must be.

    Examples
    --------
    ::

        numbers = Numbers("adoption")
        numbers("countries twitter-share facebook-share", len(panel), shares)

    The prose picks up ``adoption-twitter-share``. An estimate gives its value and, under the same
    key with ``-interval`` behind it, its interval.
    """

    def __init__(self, page: str) -> None:
        path = Path(page + codebook.SUFFIX).absolute()
        if not path.is_file() and "GOVSOCIAL_BOOK" in os.environ:
            raise FileNotFoundError(f"there is no code book {path}; write one beside the page")
        self._file = path.name
        self._entries = codebook.read(path) if path.is_file() else None

    def __call__(self, keys: str | Labelled, /, *values: object) -> None:
        """Hand over one number or several.

        Parameters
        ----------
        keys
            One key or several with blanks between, without the prefix of the page. Or values that
            bring their keys along: a dict or a Series, as the functions of
            :mod:`govsocial.findings` return them; then all values do.
        values
            As many values, in the same order: a number, a text that a table holds, a day, or an
            estimate, which is an :class:`~govsocial.uncertainty.Estimate` or a row with ``value``,
            ``low`` and ``high``. A sequence, a Series, or a table whose rows are estimates stands
            for several.

        Raises
        ------
        ValueError
            If a key is not in the code book; if keys and values are not as many; if a value is
            missing or infinite, since a sentence cannot print it; or if a number depends on no
            table and the code book does not call it constant, or the other way round.
        """
        if self._entries is None:
            return
        if isinstance(keys, str):
            names, first = keys.split(), 1
        else:
            values, first = (keys, *values), 0
            names = [key for value in values for key in cast("Labelled", value).keys()]  # noqa: SIM118
        parts = [_parts(value) for value in values]
        behind = _behind(provenance.calling(), list(map(len, parts)), first)
        found = [value for several in parts for value in several]
        if len(names) != len(found):
            raise ValueError(f"'{' '.join(names)}' are {len(names)} keys for {len(found)} values")
        for name, value, origins in zip(names, found, behind, strict=True):
            if (entry := self._entries.get(name)) is None:
                raise ValueError(f"the number '{name}' is not in {self._file}; add its key there")
            tables = _checked(entry, origins)
            for record in _records(entry, value):
                _hand_over(record | {"tables": tables, "constant": entry.constant})


def _parts(value: object) -> list[object]:
    """Return the values that an argument stands for."""
    if isinstance(value, pd.DataFrame):
        return [row for _name, row in value.iterrows()]
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, str | Estimate) or _is_estimate(value) or not isinstance(value, Iterable):
        return [value]
    return list(value)


def _is_estimate(value: object) -> bool:
    return isinstance(value, pd.Series) and {"value", "low", "high"} <= set(value.index)


def _behind(
    call: provenance.Call | None, counts: Sequence[int], first: int
) -> list[provenance.Origins | None]:
    """Return what each of the numbers of a call comes from; None where nobody knows.

    Parameters
    ----------
    call
        The call in the notebook.
    counts
        How many numbers each of the values stands for.
    first
        Position of the first of them in the call.
    """
    if call is None:
        return [None] * sum(counts)
    if any(passed.starred for passed in call.positional):
        raise ValueError("hand sequences over as they are, without a star: their tables are known")
    found: list[provenance.Origins | None] = []
    for passed, count in zip(call.positional[first:], counts, strict=True):
        found += passed.parts if len(passed.parts) == count else [passed.whole] * count
    return found


def _checked(entry: Entry, origins: provenance.Origins | None) -> list[str]:
    """Return the tables behind a number, if the code book says rightly that there are some."""
    if origins is None:
        return []
    tables = provenance.named(origins)
    if entry.constant == bool(tables):
        said = f"depends on {', '.join(tables)}" if tables else "depends on no table"
        todo = "delete" if tables else "write"
        raise ValueError(
            f"the number '{entry.key}' {said}: {todo} 'constant: true' at {entry.place}"
        )
    return tables


def _records(entry: Entry, value: object) -> Iterator[dict[str, object]]:
    """Return what the ledger says of a number, and of its interval."""
    key, pattern = entry.key, entry.pattern
    if _is_estimate(value):
        value = Estimate(*cast("pd.Series[float]", value)[["value", "low", "high"]])
    if pattern in codebook.WORDS:
        plain: object = value if pattern == "country" else f"{cast('dt.date', value):%Y-%m-%d}"
        printed = getattr(labels, pattern)(value)
        yield _record(entry, kind=pattern, value=plain, pattern="", printed=printed)
        return
    if isinstance(value, str):
        yield _record(entry, kind="word", value=value, pattern="", printed=value)
        return
    if entry.interval != codebook.INTERVAL and not isinstance(value, Estimate):
        raise ValueError(
            f"the number '{key}' has no interval: move it to a group without 'interval', "
            f"from {entry.place}"
        )
    middle = _plain(key, value.value if isinstance(value, Estimate) else value)
    yield _record(entry, kind="number", value=middle, printed=labels.decimal(middle, pattern))
    if isinstance(value, Estimate):
        low, high = (_plain(key, bound) for bound in (value.low, value.high))
        yield _record(
            entry,
            key=f"{key}-interval",
            kind="interval",
            value=[low, high],
            printed=labels.interval(low, high, pattern),
            # Translated with the unit, part by part, where the ledger is printed.
            unit=f"{entry.unit}; {codebook.INTERVALS[_kind(entry, value)]}",
        )


def _kind(entry: Entry, value: Estimate) -> str:
    """Return the kind of an interval, which the code book says rightly of a range."""
    if isinstance(value, Range) and entry.interval != "range":
        raise ValueError(
            f"the interval of '{entry.key}' is a range when cases are resampled: "
            f"write 'interval: range' at {entry.place}"
        )
    return entry.interval


def _record(entry: Entry, **more: object) -> dict[str, object]:
    return {"key": entry.key, "pattern": entry.pattern, "unit": entry.unit} | more


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


def _render(figure: Figure, form: str, letters: str = "path") -> str:
    buffer = io.BytesIO()
    with style.context(), mpl.rc_context({"svg.fonttype": letters}):
        figure.savefig(buffer, format=form, metadata=_METADATA[form])
    content = buffer.getvalue()
    return content.decode() if form == "svg" else base64.b64encode(content).decode()


def _narrow(chart: Chart) -> dict[str, object]:
    """Return what is recorded of a figure's drawing for phones, and of the words in both."""
    narrow = chart.narrow()
    words = {"wide": lettering.words(chart.figure), "narrow": lettering.words(narrow)}
    return {"narrow": _render(narrow, "svg"), "words": words}


def _on_paper(figure: Figure) -> str:
    """Return the picture for the PDF: its letters stay text, which can be searched and read aloud.

    Matplotlib draws a text with a halo as outlines, which nobody can search: the halo stays below,
    and the letters come above it as text.
    """
    for text in figure.findobj(_has_halo):
        letters = copy.copy(text)
        letters.set_path_effects([])
        cast("Axes", text.axes).add_artist(letters)
        text.set_path_effects([Stroke(linewidth=_HALO, foreground="white")])
    return _render(figure, "svg", letters="none")


def _has_halo(artist: Artist) -> bool:
    return isinstance(artist, Text) and artist.axes is not None and bool(artist.get_path_effects())


def _origin(chart: Chart, tables: Sequence[str]) -> str:
    """Return the line of origin, as on the site; without tables it names the code alone."""
    parts = [_("Code: {code}").format(code=chart.maker)]
    if tables:
        sources = dict.fromkeys(
            source["title"] for name in tables for source in descriptor(name)["sources"]
        )
        data = ", ".join(f'tables.load("{name}")' for name in tables)
        known = [_("Data: {data}").format(data=data)]
        known.append(_("Source: {sources}").format(sources="; ".join(sources)))
        parts = [*known, *parts]
    return " · ".join(parts)
