r"""Formulas in LaTeX, as MathML.

Closes: docutils closes an open brace by itself, and of a formula that it did not foresee it says
`'NoneType' object has no attribute 'append'`; of `\operatorname*` it takes the star for the name,
and it shows the backslashes of `\,` in such a name and of `\&` in `\text` (docutils 0.22.4).
"""

from __future__ import annotations

import html
import re

from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml

_ESCAPED = re.compile(r"\\.", re.DOTALL)
_WORDS = re.compile(r"(?<=\\text\{)(?:[^{}\\]|\\.)*(?=\})", re.DOTALL)
_NAME = re.compile(r"(?<=\\operatorname\{)[^{}]*(?=\})")
# Signs with a backslash in words, and what stands for them while docutils reads the formula.
_SHOWN = dict(zip("&%#$_{}", map(chr, range(0xE000, 0xE007)), strict=True))
_BACK = {ord(held): html.escape(sign) for sign, held in _SHOWN.items()}


def mathml(latex: str, *, block: bool) -> str:
    """Return a formula as MathML.

    Parameters
    ----------
    latex
        The formula.
    block
        Whether it stands in lines of its own.

    Raises
    ------
    MathError
        If docutils cannot read it, or its braces do not match.
    """
    braces = re.sub(r"[^{}]", "", _ESCAPED.sub("", latex))
    while "{}" in braces:
        braces = braces.replace("{}", "")
    if braces:
        raise MathError(f"the brace {braces[0]} has no other")
    try:
        return str(tex2mathml(_prepared(latex), as_block=block)).translate(_BACK)
    except MathError:
        raise
    except Exception as error:  # of a parser that takes what it reads for right
        raise MathError("a sign stands where none can stand: & _ ^ or \\") from error


def _prepared(latex: str) -> str:
    """Return a formula as docutils reads it right."""
    latex = latex.replace(r"\operatorname*", r"\operatorname")
    latex = _NAME.sub(lambda found: re.sub(r"\\[,:; ]|~", " ", found[0]), latex)
    return _WORDS.sub(_held, latex)


def _held(words: re.Match[str]) -> str:
    parts = re.split(r"((?<!\\)\$)", words[0])
    for at in range(0, len(parts), 4):  # what stands between dollar signs is mathematics
        parts[at] = re.sub(r"\\([&%#$_{}])", lambda found: _SHOWN[found[1]], parts[at])
    return "".join(parts)
