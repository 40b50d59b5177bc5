"""Small drawings on one axis of time, 2003 to 2026, as SVG in the type and colours of the page.

A strip is as wide as a phone's column and grows a little on a wide screen; its letters are those of
the page, its colours classes of the site's style sheet, so that it follows the dark theme and
prints. Marks differ in form as well as in colour. What it shows stands in its label as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from govsocial import labels
from govsocial.countries.facts import (
    EFFORT,
    MEMBERS,
    PAGES_SINCE,
    Arrival,
    Freedom,
    Listening,
    Removals,
    Shutdowns,
    doubted,
)
from govsocial.language import translation

_ = translation(__name__)

FIRST, LAST = 2003, 2026
WIDTH = 328
_LEFT, _RIGHT = 68, 316
_TICKS = (2005, 2010, 2015, 2020, 2025)
_TOP, _AXIS = 6, 16
_ROW = 20

Strip = dict[str, str]
"""``svg``, and ``key``: what the marks are."""


def _x(year: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (year - FIRST) / (LAST - FIRST)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(x: float, y: float, text: str, anchor: str = "end") -> str:
    place = f'x="{_number(x)}" y="{_number(y)}"'
    return f'<text {place} class="strip-{anchor}">{escape(text)}</text>'


def _line(x: float, y: float, to_x: float, to_y: float, kind: str) -> str:
    path = f"M{_number(x)} {_number(y)}L{_number(to_x)} {_number(to_y)}"
    return f'<path class="strip-{kind}" d="{path}"/>'


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    box = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
    return f'<rect class="strip-{kind}" {box}/>'


def _round(x: float, y: float) -> str:
    return f'<circle class="strip-mark" cx="{_number(x)}" cy="{_number(y)}" r="4"/>'


def _diamond(x: float, y: float) -> str:
    return f'<path class="strip-other" d="M{_number(x)} {_number(y - 5)}l5 5-5 5-5-5z"/>'


def _half_diamond(x: float, y: float) -> str:
    return f'<path class="strip-other" d="M{_number(x)} {_number(y - 5)}v10l-5-5z"/>'


def _drawing(parts: Iterable[str], height: float, label: str, key: str) -> Strip:
    """Return a strip: grid and axis below the parts, and its label."""
    bottom = _TOP + height
    lines = "".join(f"M{_number(_x(year))} {_TOP}V{_number(bottom)}" for year in _TICKS)
    grid = f'<path class="strip-grid" d="{lines}"/>'
    ticks = "".join(_text(_x(year), bottom + 13, str(year), "middle") for year in _TICKS)
    axis = _line(_LEFT, bottom, _RIGHT, bottom, "axis")
    box = f'viewBox="0 0 {WIDTH} {_number(bottom + _AXIS)}"'
    inner = f"{grid}{''.join(parts)}{axis}{ticks}"
    svg = f'<svg class="strip" {box} role="img" aria-label="{escape(label)}">{inner}</svg>'
    return {"svg": svg, "key": key}


def _by_year(found: dict[int, int] | dict[int, float]) -> str:
    # Numbers have commas of their own: 2013: 2,568.
    return "; ".join(f"{year}: {labels.decimal(value)}" for year, value in found.items())


def arriving(found: Arrival) -> Strip | None:
    """Draw the first months on Twitter and Facebook."""
    if not found.marks:
        return None
    rows = {"twitter": ("Twitter", _TOP + 12), "facebook": ("Facebook", _TOP + 12 + _ROW)}
    start, end = _x(2007), _x(2015 + 8 / 12)
    parts = [_rect(start, _TOP, end - start, 2 * _ROW + 4, "span")]
    parts += [_text(_LEFT - 6, y + 4, name) for name, y in rows.values()]
    said = []
    for platform, kind, month in found.marks:
        name, y = rows[platform]
        x = _x(month.year + (month.month - 1) / 12)
        parts.append(_round(x, y) if kind == "personal" else _diamond(x, y))
        who = _("leader's own account") if kind == "personal" else _("office's account")
        when = labels.month(month)
        when = _("{month}, doubtful").format(month=when) if doubted(platform, month) else when
        said.append(f"{name}, {who}: {when}")
    key = _("Circle: the leader's own account; diamond: the office's; band: the months studied.")
    if found.doubtful:
        since = _("On Facebook, marks before {month} are doubtful.")
        key = f"{key} {since.format(month=labels.month(PAGES_SINCE))}"
    return _drawing(
        parts,
        2 * _ROW + 4,
        _("First months by platform. {list}").format(list="; ".join(said)),
        key,
    )


def listening(found: Listening) -> Strip:
    """Draw the places by e-participation; a tall mark is a tie."""
    height = 72.0

    def y(place: float) -> float:
        return _TOP + 6 + (height - 12) * (place - 1) / (MEMBERS - 1)

    scale = (1, 100, MEMBERS)
    parts = [_line(_LEFT, y(place), _RIGHT, y(place), "grid") for place in scale]
    parts += [_text(_LEFT - 6, y(place) + 4, str(place)) for place in scale]
    middle = {year: (place + (found.tied[year] - 1) / 2) for year, place in found.places.items()}
    points = " ".join(f"{_number(_x(year))},{_number(y(at))}" for year, at in middle.items())
    parts.append(f'<polyline class="strip-line" points="{points}"/>')
    for year, place in found.places.items():
        tall = max(6.0, y(place + found.tied[year] - 1) - y(place) + 4)
        parts.append(_rect(_x(year) - 3, y(middle[year]) - tall / 2, 6, tall, "mark"))
    return _drawing(
        parts,
        height,
        _("Places by e-participation, 1 is best. {list}").format(list=_by_year(found.places)),
        _("1 is best; a tall mark is a tie."),
    )


def removals(found: Removals) -> Strip | None:
    """Draw the requests to Google as bars, those to Twitter as diamonds, each on the same scale."""
    top = max([*found.google.values(), *found.twitter.values()])
    if not top:
        return None
    height = 66.0
    wide = (_x(1) - _x(0)) * 0.66

    def y(requests: float) -> float:
        return _TOP + height - (height - 10) * requests / top

    first, last = min(found.google), max(found.google)
    parts = [_rect(_x(first) - wide / 2, _TOP, _x(last) - _x(first) + wide, height, "span")]
    parts.append(_line(_LEFT, y(top), _RIGHT, y(top), "grid"))
    parts.append(_text(_LEFT - 6, y(top) + 4, labels.decimal(top)))
    parts.append(_text(_LEFT - 6, y(0), "0"))
    for year, requests in found.google.items():
        if requests:
            tall = max(1.5, y(0) - y(requests))
            parts.append(_rect(_x(year) - wide / 2, y(0) - tall, wide, tall, "mark"))
    for year, requests in found.twitter.items():
        mark = _half_diamond if year in found.halves else _diamond
        parts.append(mark(_x(year), y(requests)))
    said = [_("Requests to Google: {list}.").format(list=_by_year(found.google))]
    key = _("Bars: Google; band: the years counted.")
    if found.twitter:
        said.append(_("Requests to Twitter: {list}.").format(list=_by_year(found.twitter)))
        key = _("Bars: Google; diamonds: Twitter, where it states a number; band: Google's years.")
    if found.halves:
        half = _("Half diamonds: one half of the year.")
        key = f"{key} {half}"
    return _drawing(parts, height, " ".join(said), key)


def shutdowns(found: Shutdowns) -> Strip | None:
    """Draw the shutdowns of each year as numbered squares: nationwide ones, those of any size."""
    rows: list[tuple[str, dict[int, int], range]] = []
    if found.nationwide is not None:
        rows.append((_("nationwide"), found.nationwide, range(2016, 2025)))
    rows.append((_("any size"), found.events, range(2016, 2026)))
    if not any(sum(counts.values()) for _name, counts, _span in rows):
        return None
    parts, said, side = [], [], (_x(1) - _x(0))
    for index, (name, counts, span) in enumerate(rows):
        y = _TOP + 2 + index * _ROW
        left, right = _x(span[0]) - side / 2, _x(span[-1]) + side / 2
        parts.append(_rect(left, y, right - left, _ROW - 2, "span"))
        parts.append(_text(_LEFT - 6, y + 13, name))
        hit = {year: n for year, n in counts.items() if n}
        years = _by_year(hit) if hit else _("none")
        said.append(f"{name[:1].upper()}{name[1:]}: {years}.")
        for year, events in hit.items():
            parts.append(_rect(_x(year) - side / 2 + 0.5, y, side - 1, _ROW - 2, "mark"))
            kind = "digits" if events < 10 else "pair" if events < 100 else "small"
            parts.append(_text(_x(year), y + 13, str(events), kind))
    return _drawing(
        parts,
        len(rows) * _ROW + 2,
        _("Confirmed shutdowns by year. {list}").format(list=" ".join(said)),
        _("Numbers of confirmed shutdowns; band: the years of the list."),
    )


def freedom(found: Freedom, band: dict[int, tuple[float, float]]) -> Strip:
    """Draw the estimate over the middle half of all places."""
    height = 66.0
    shown = {year: value for year, value in found.estimates.items() if year >= FIRST}
    among = {year: band[year] for year in sorted(band) if year >= FIRST}
    low, high = EFFORT

    def y(value: float) -> float:
        return _TOP + height - height * (value - low) / (high - low)

    def points(values: Sequence[tuple[int, float]]) -> str:
        return " ".join(f"{_number(_x(year))},{_number(y(value))}" for year, value in values)

    upper = [(year, quarter[1]) for year, quarter in among.items()]
    lower = [(year, quarter[0]) for year, quarter in reversed(among.items())]
    parts = [
        f'<polygon class="strip-span" points="{points(upper + lower)}"/>',
        f'<polyline class="strip-line" points="{points(list(shown.items()))}"/>',
        _text(_LEFT - 6, _TOP + 10, _("less")),
        _text(_LEFT - 6, _TOP + height - 2, _("more")),
    ]
    values = "; ".join(f"{year}: {labels.decimal(v, '0.0')}" for year, v in shown.items())
    return _drawing(
        parts,
        height,
        _("Effort to censor the internet, lower is more. {list}").format(list=values),
        _("Lower is more effort; band: the middle half of all places, no margin of error."),
    )
