"""Words and numbers as a reader of the build's language expects them in a figure or a sentence."""

from __future__ import annotations

import datetime as dt
import math
import re

from babel.core import Locale, get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter

from govsocial.countries import names
from govsocial.language import locale, translation

_ = translation(__name__)


def decimal(value: float, pattern: str = "#,##0") -> str:
    """Return a number by a Unicode number pattern, such as ``#,##0.0`` or ``0.0%``.

    A pattern that ends in ``%`` multiplies by one hundred.

    >>> decimal(1234.5, "#,##0.0"), decimal(0.256, "0%")
    ('1,234.5', '26%')
    """
    form = format_percent if pattern.endswith("%") else format_decimal
    # The true minus sign: a hyphen is too short beside digits.
    return form(value, pattern, locale=locale()).replace("-", "\N{MINUS SIGN}")


def at_most(value: float, digits: int) -> float:
    """Return a number that stands after "at most": rounded up at so many decimal digits.

    >>> at_most(0.5615, 2), at_most(0.55, 2)
    (0.57, 0.55)
    """
    step = 10.0**digits
    return math.ceil(round(value * step, 9)) / step  # 100 * 0.55 is a little more than 55


def more_than(value: float, digits: int) -> float:
    """Return a number that stands after "more than": rounded down at so many decimal digits.

    >>> more_than(0.3788, 2), more_than(0.29, 2)
    (0.37, 0.29)
    """
    step = 10.0**digits
    return math.floor(round(value * step, 9)) / step  # 100 * 0.29 is a little less than 29


def interval(low: float, high: float, pattern: str = "#,##0") -> str:
    """Return the two bounds of an interval as words: "38% to 44%"."""
    return _("{low} to {high}").format(low=decimal(low, pattern), high=decimal(high, pattern))


def regions() -> dict[str, str]:
    """Return the regions of the World Bank, in the language of the edition."""
    return {
        "East Asia & Pacific": _("East Asia and Pacific"),
        "Europe & Central Asia": _("Europe and Central Asia"),
        "Latin America & Caribbean": _("Latin America and Caribbean"),
        "Middle East & North Africa": _("Middle East and North Africa"),
        "North America": _("North America"),
        "South Asia": _("South Asia"),
        "Sub-Saharan Africa": _("Sub-Saharan Africa"),
    }


def date(day: dt.date) -> str:
    """Return a day in words: "9 July 2012"; in Italian the first of a month is "1º luglio"."""
    text = format_date(day, "long", locale=locale())
    return re.sub(r"^1 ", "1º ", text) if locale() == "it" else text  # which CLDR does not know


def month(day: dt.date) -> str:
    """Return the month of a day in words: "July 2012"."""
    return format_skeleton("yMMMM", day, locale=locale())


def axis_format(axis: Axis, pattern: str) -> None:
    """Write the tick labels of a numeric axis by a Unicode number pattern."""
    axis.set_major_formatter(FuncFormatter(lambda value, _position: decimal(value, pattern)))


def country(code: str) -> str:
    """Return the name of a country by its ISO 3166-1 code, of two or three letters.

    Raises
    ------
    KeyError
        If there is no country of that code.

    >>> country("TR"), country("TUR"), country("HKG")
    ('Türkiye', 'Türkiye', 'Hong Kong SAR China')
    """
    if place := names.resolve(code):
        return names.short(place)
    alpha2 = get_global("territory_aliases").get(code, [code])[0]
    name: str = Locale.parse(locale()).territories[alpha2]
    return name
