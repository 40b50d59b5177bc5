"""The figure of the last page: Russia and Italy since the post of 2012."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, country
from govsocial.language import translation

_ = translation(__name__)

_LOOKS = {"RUS": ("RU", style.ORANGE, "-"), "ITA": ("IT", style.BLUE, "--")}


@chart
def since(places: pd.DataFrame, requests: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw places in e-participation, and requests to Google, of two countries.

    Parameters
    ----------
    places
        The result of :func:`govsocial.findings.moscow_rome.places`.
    requests
        The result of :func:`govsocial.findings.moscow_rome.requests`.
    """
    figure, (left, right) = style.subplots(1, 2, height=3.6)
    for iso3, (code, colour, dashes) in _LOOKS.items():
        drawn = {"color": colour, "linestyle": dashes, "marker": "o", "markersize": 4}
        left.plot(places.index, places[iso3], label=country(code), **drawn)
        right.plot(requests.index, requests[iso3], **drawn)
    left.set_title(_("Place in e-participation, of 193"))
    left.set_ylim(100, 0)
    left.set_yticks([1, 25, 50, 75, 100])
    right.set_title(_("Requests to Google in a year"))
    right.set_yscale("log")
    axis_format(right.yaxis, "#,##0")
    for axes in (left, right):
        axes.axvline(2012, color=style.GREY, linewidth=1, linestyle=":")
    right.xaxis.set_major_locator(MaxNLocator(integer=True))
    style.inner_legend(left, "lower right")
    parts = {"places": places, "requests": requests}
    frames = [
        frame.rename_axis("year").reset_index().melt("year", var_name="iso3").assign(part=name)
        for name, frame in parts.items()
    ]
    return figure, pd.concat(frames, ignore_index=True)
