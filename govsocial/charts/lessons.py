"""The figure of the last chapter: what the book found, on one page."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from govsocial.charts import style
from govsocial.charts.style import chart
from govsocial.labels import axis_format, decimal
from govsocial.language import translation

_ = translation(__name__)

_SMALL = 0.02
"""Share below which a mark has one more digit: half a per cent is not one."""

_FACES = {"strong": style.BLUE, "moderate": style.SKY, "suggestive": "white"}


def _panels() -> dict[str, tuple[str, dict[str, str]]]:
    """Return the title of each panel and the words for its rows."""
    return {
        "share": (
            _("What share?"),
            {
                "absent": _("Governments not seen\nby August 2015"),
                "links": _("Official Facebook links where a\nprogram found no page, 2017"),
                "clockwork": _("Posts in the first five\nseconds of a minute"),
                "weekend": _("Posts at the weekend"),
                "replies": _("Replies to others among\nposts, US Congress 2016"),
                "attention": _("Retweets held by the\ntop hundredth of posts"),
                "answers": _("Mention of a member of another\nstate and party, US Congress"),
                "service": _("Followers held by the top\ntenth of Chinese diplomats"),
                "payers": _("Political advertising\npaid by public bodies, 2025"),
            },
        ),
        "times": (
            _("How many times as much?"),
            {
                "second wave": _("Posts in the second wave\nof COVID-19, as to the first"),
                "storm": _("Followers gained in a\nhurricane, as to the trend"),
                "silence": _("Accounts falling silent after\nX was sold, as to before"),
            },
        ),
        "place": (
            _("Which place of 193?"),
            {"rank": _("The country 14th in line by\nequal weights, in a tie for 13th")},
        ),
    }


def _marks() -> dict[str, str]:
    """Return the words for marks that need more than the name of their row."""
    return {
        "adoption-unseen-lowest": _("least internet use"),
        "adoption-unseen-highest": _("most"),
        "official-dead-all": _("all"),
        "official-dead-in-2012": _("already listed in 2012"),
        "clock-health-median": _("median health account"),
        "hours-leaders-weekend": _("leaders"),
        "hours-ministries-weekend": _("ministries and agencies"),
        "networks-strangers": _("of any"),
        "networks-strangers-back": _("of one who mentions you"),
        "amplification-paid-BR": _("Brazil"),
        "amplification-paid-BE": _("Belgium"),
    }


@chart
def evidence(findings: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw each finding with its interval, its colour telling how strong the evidence is.

    Parameters
    ----------
    findings
        The result of :func:`govsocial.findings.summary.findings`.
    """
    panels = _panels()
    rows = [len(words) for _title, words in panels.values()]
    figure, axes = style.subplots(3, height=9.0, tall=12.2, height_ratios=rows)
    patterns = {"share": "0%", "times": "@@", "place": "0"}
    for axis, (scale, (title, words)) in zip(axes, panels.items(), strict=True):
        _rows(axis, findings[findings["item"].isin(words)], words, patterns[scale])
        axis.set_title(title)
    shares, times, places = axes
    shares.set_xlim(0, 1)
    axis_format(shares.xaxis, "0%")
    times.set_xscale("log")
    times.set_xlim(0.4, 60)
    times.set_xticks([0.5, 1, 2, 5, 10, 20, 50], minor=False)
    times.minorticks_off()
    axis_format(times.xaxis, "0.#")
    times.axvline(1, color=style.GREY, linestyle="--", linewidth=1)
    places.set_xlim(1, 193)
    places.set_xticks([1, 50, 100, 150, 193])
    _key(figure)
    return figure, findings


def _rows(axis: Axes, findings: pd.DataFrame, words: dict[str, str], pattern: str) -> None:
    height = {item: len(words) - place for place, item in enumerate(words)}
    marks = _marks()
    for item, group in findings.groupby("item"):
        for side, (_place, row) in zip(
            style.pick((0.14, -0.2), (-0.06, -0.34)), group.iterrows(), strict=False
        ):
            y = height[str(item)] + (side if len(group) > 1 else style.pick(0, -0.14))
            axis.plot([row["low"], row["high"]], [y, y], "-", color=style.INK, linewidth=1.4)
            axis.plot(row["value"], y, "o", color=style.INK, mfc=_FACES[row["grade"]], ms=7)
            exact = "0.0%" if pattern == "0%" and row["value"] < _SMALL else pattern
            said = f"  {decimal(row['value'], exact)} {marks.get(row['key'], '')}"
            style.label(axis, row["high"], y, said.rstrip(), letters=40, fontsize=8.5)
    if style.is_narrow():
        across = axis.get_yaxis_transform()
        for item, name in words.items():
            text = name.replace("\n", " ")
            above = style.label(axis, 0, height[item] + 0.3, text, letters=46, transform=across)
            above.set_in_layout(False)  # it may be wider than the axes
        axis.set_yticks([])
    else:
        axis.set_yticks(list(height.values()), list(words.values()))
    axis.set_ylim(0.4, len(words) + 0.6)
    axis.tick_params(axis="y", length=0)


def _key(figure: Figure) -> None:
    names = {"strong": _("strong"), "moderate": _("moderate"), "suggestive": _("suggestive")}
    handles = [
        Line2D([], [], color=style.INK, marker="o", mfc=_FACES[grade], ms=7, label=name)
        for grade, name in names.items()
    ]
    style.legend(
        figure,
        handles=handles,
        loc="outside upper left",
        ncols=3,
        title=_("Evidence"),
        frameon=False,
    )
