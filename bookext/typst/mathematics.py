r"""Formulas: LaTeX as authors write it, as Typst's mathematics, and in words for who listens.

The site's own parser, docutils', reads the formula: what one edition understands every edition
does, and what it does not understand stops the build with file and line. Its MathML is then
written as Typst, element by element.

Closes: Typst reads no LaTeX. (``mitex`` needs a package from Typst's registry; ``tex2typst`` 0.1.7
writes ``foo x`` for the unknown command in ``\foo x`` and reports nothing.)
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from typing import NamedTuple

from docutils.utils.math import MathError

from bookext.common.formulas import mathml
from bookext.common.i18n import _

_MATHML = "{http://www.w3.org/1998/Math/MathML}"
# What has no sign: TeX's grouping, and the invisible operators.
_INVISIBLE = {"\u2061", "\u2062", "\u2063", "\u2064"}
_ACCENTS = {
    "ˆ": "hat",
    "^": "hat",
    "ˉ": "macron",
    "¯": "macron",
    "˜": "tilde",
    "~": "tilde",
    "˙": "dot",
    "¨": "dot.double",
    "ˇ": "caron",
    "´": "acute",
    "`": "grave",
    "˘": "breve",
    "→": "arrow",
    "⃗": "arrow",
}
_OVER = {"_": "overline", "‾": "overline", "⏞": "overbrace"}
_UNDER = {"_": "underline", "‾": "underline", "⏟": "underbrace"}
_INTEGRALS = set("∫∬∭∮")
_FENCES = set("()[]{}|‖⟨⟩⌈⌉⌊⌋")


class Formula(NamedTuple):
    """A formula in Typst's mathematics, and in words."""

    typst: str
    words: str


def formula(latex: str) -> Formula:
    """Return a formula as Typst writes it between dollar signs, and its alternative text.

    Raises
    ------
    MathError
        If the formula has a command that docutils' parser, or this module, does not know.
    """
    text = mathml(latex, block=True).replace("&ApplyFunction;", "\u2061")
    root = ET.fromstring(text)  # noqa: S314 - written by docutils
    written = _beside(list(root))
    return Formula(written.typst, " ".join(written.words.split()) or " ")  # PDF/UA asks for words


def _beside(children: Sequence[ET.Element]) -> Formula:
    parts = [_element(child) for child in children]
    words = " ".join(part.words for part in parts if part.words)
    return Formula(" ".join(part.typst for part in parts), words)


def _row(children: Sequence[ET.Element]) -> Formula:
    """Return elements beside each other; stretched brackets hold what is between them."""
    typst, words = _beside(children)
    if len(children) > 1 and all(_stretches(child) for child in (children[0], children[-1])):
        typst = f"lr({typst})"
    elif children and _stretches(children[0]):
        typst = f"lr({typst} )"
    return Formula(typst, words)


def _stretches(element: ET.Element) -> bool:
    return (
        _name(element) == "mo"
        and (element.text or "") in _FENCES
        and element.get("stretchy") != "false"
    )


def _name(element: ET.Element) -> str:
    return element.tag.removeprefix(_MATHML)


def _element(element: ET.Element) -> Formula:
    name = _name(element)
    if name not in _ELEMENTS:
        raise MathError(f"MathML's <{name}> is not known to bookext/typst/mathematics.py")
    return _ELEMENTS[name](element)


def _symbol(element: ET.Element) -> Formula:
    text = "".join(sign for sign in element.text or "" if sign not in _INVISIBLE)
    if text == "'":
        return Formula("′", "′")
    if text.isascii() and text and not text.isalnum():
        return Formula("".join(f"\\{sign}" for sign in text), text)
    return Formula(text, text)


def _identifier(element: ET.Element) -> Formula:
    text = element.text or ""
    if len(text) > 1:
        return Formula(f'op("{text}")', text)
    if text.isascii() and not text.isalnum():
        return _symbol(element)
    return Formula(f"upright({text})" if element.get("mathvariant") == "normal" else text, text)


def _words(element: ET.Element) -> Formula:
    text = element.text or ""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return Formula(f'"{escaped}"', text)


def _space(element: ET.Element) -> Formula:
    return Formula(f"#h({element.get('width', '0em')})", "")


def _group(element: ET.Element) -> Formula:
    return _row(list(element))


def _hidden(element: ET.Element) -> Formula:
    return Formula(f"hidden({_filled(_row(list(element))).typst})", "")


def _boxed(element: ET.Element) -> Formula:
    inside = _filled(_row(list(element)))
    return Formula(f"boxed({inside.typst})", inside.words)


def _argument(element: ET.Element) -> Formula:
    return _filled(_element(element))


def _filled(written: Formula) -> Formula:
    """Return what Typst's functions cannot do without: where nothing is, an empty text."""
    return written if written.typst else Formula('""', written.words)


def _bracketed(words: str) -> str:
    return words if " " not in words else f"({words})"


def _fraction(element: ET.Element) -> Formula:
    above, below = map(_argument, element)
    if element.get("linethickness") == "0":  # a binomial's; its brackets stand around it
        return Formula(f"mat(delim: #none, {above.typst}; {below.typst})", _over(above, below))
    return Formula(f"frac({above.typst}, {below.typst})", _divided(above, below))


def _over(above: Formula, below: Formula) -> str:
    return _("{above} over {below}").format(above=above.words, below=below.words)


def _divided(above: Formula, below: Formula) -> str:
    return _("{above} divided by {below}").format(
        above=_bracketed(above.words), below=_bracketed(below.words)
    )


def _root(element: ET.Element) -> Formula:
    if _name(element) == "msqrt":
        inside = _filled(_row(list(element)))
        words = _("the square root of {inside}").format(inside=_bracketed(inside.words))
        return Formula(f"sqrt({inside.typst})", words)
    inside, degree = map(_argument, element)
    words = _("root {degree} of {inside}").format(
        degree=degree.words, inside=_bracketed(inside.words)
    )
    return Formula(f"root({degree.typst}, {inside.typst})", words)


def _scripts(element: ET.Element) -> Formula:
    base, *rest = map(_argument, element)
    name = _name(element)
    if name == "msubsup" and (element[0].text or "") in _INTEGRALS:
        return Formula(
            f"attach({base.typst}, b: {rest[0].typst}, t: {rest[1].typst})", _between(base, *rest)
        )
    below = rest[0] if name != "msup" else None
    above = rest[-1] if name != "msub" else None
    typst, words = base.typst, _bracketed(base.words)
    if below:
        typst += f", b: {below.typst}"
        words = _("{base} with index {index}").format(base=words, index=_bracketed(below.words))
    if above:
        typst += f", t: {above.typst}"
        words = _("{base} to the power of {power}").format(
            base=words, power=_bracketed(above.words)
        )
    return Formula(f"attach({typst})", words)


def _limits(element: ET.Element) -> Formula:
    base, *rest = map(_argument, element)
    name = _name(element)
    signs = [child.text or "" for child in element]
    if name == "munderover" and (known := _ACCENTS.get(signs[-1])):  # docutils' for \\hat{x}_1
        words = f"{base.words} {known}"
        words = _("{base} with index {index}").format(base=words, index=rest[0].words)
        return Formula(f"attach(accent({base.typst}, {known}), b: {rest[0].typst})", words)
    if name == "mover" and (known := _ACCENTS.get(signs[-1])):
        return Formula(f"accent({base.typst}, {known})", f"{base.words} {known}")
    if name == "mover" and (known := _OVER.get(signs[-1])):
        return Formula(f"{known}({base.typst})", base.words)
    if name == "munder" and (known := _UNDER.get(signs[-1])):
        return Formula(f"{known}({base.typst})", base.words)
    typst = f"limits({base.typst})"
    if name == "munderover":
        typst += f", b: {rest[0].typst}, t: {rest[1].typst}"
        return Formula(f"attach({typst})", _between(base, *rest))
    pattern = _("{base} over {start}") if name == "munder" else _("{base} to {end}")
    words = pattern.format(base=base.words, start=rest[0].words, end=rest[0].words)
    return Formula(f"attach({typst}, {'b' if name == 'munder' else 't'}: {rest[0].typst})", words)


def _between(base: Formula, start: Formula, end: Formula) -> str:
    words = _("{base} from {start} to {end}")
    return words.format(base=base.words, start=start.words, end=end.words)


def _table(element: ET.Element) -> Formula:
    rows = [[_row(list(cell)) for cell in row] for row in element]
    align = "#left" if element.get("columnalign") == "left" else "#center"
    cells = "; ".join(", ".join(cell.typst or '""' for cell in row) for row in rows)
    words = "; ".join(", ".join(cell.words for cell in row) for row in rows)
    return Formula(f"mat(delim: #none, align: {align}, {cells})", words)


_ELEMENTS: dict[str, Callable[[ET.Element], Formula]] = {
    "mi": _identifier,
    "mn": _words,
    "mo": _symbol,
    "mtext": _words,
    "mspace": _space,
    "mrow": _group,
    "mstyle": _group,
    "mpadded": _group,
    "mphantom": _hidden,
    "menclose": _boxed,  # docutils writes no other
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "msub": _scripts,
    "msup": _scripts,
    "msubsup": _scripts,
    "munder": _limits,
    "mover": _limits,
    "munderover": _limits,
    "mtable": _table,
}
