"""The figure of the first page: how many countries each of the wide tables holds."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import decimal
from govsocial.language import translation

_ = translation(__name__)


def topics() -> dict[str, str]:
    """Return the label of each topic, by the names that the page gives them."""
    return {
        "handles": _("Legislators' accounts (chapter on lists)"),
        "arrival": _("Leaders' arrival (adoption)"),
        "places": _("UN places (rankings)"),
        "shutdowns": _("Nationwide shutdowns (control)"),
        "google": _("Requests to Google (control)"),
        "twitter": _("Requests to Twitter (control)"),
        "mentions": _("Leaders who name each other (networks)"),
        "orders": _("Orders under EU law (control)"),
        "advertising": _("Advertising by public bodies (amplification)"),
        "parliaments": _("Parliaments on platforms (leaving)"),
    }


@chart
def coverage(held: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how many countries each topic's table holds.

    Parameters
    ----------
    held
        What :func:`govsocial.findings.what_we_count.held` returns, with the topics as columns.
    """
    counts = held.sum().sort_values(ascending=False)
    figure, axes = style.subplots(height=4.2)
    places = -np.arange(len(counts))
    colours = np.where(counts >= 100, style.BLUE, style.ORANGE)
    axes.barh(places, counts, color=colours, height=0.7)
    for place, count in zip(places, counts, strict=True):
        style.label(axes, count + 3, place, decimal(count))
    names = topics()
    axes.set_yticks(places, [names[topic] for topic in counts.index])
    axes.set_xlim(0, 250)
    axes.set_xlabel(_("Countries and territories in the table"))
    axes.grid(visible=False, axis="y")
    return figure, counts.rename_axis("topic").reset_index(name="countries")
