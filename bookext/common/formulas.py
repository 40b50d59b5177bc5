"""Formulas in LaTeX, as MathML.

Closes: docutils closes an open brace by itself, and of a formula that it did not foresee it says
`'NoneType' object has no attribute 'append'` (seen in docutils 0.22.4).
"""

from __future__ import annotations

import re

from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml

_ESCAPED = re.compile(r"\\.", re.DOTALL)


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
        return str(tex2mathml(latex, as_block=block))
    except MathError:
        raise
    except Exception as error:  # of a parser that takes what it reads for right
        raise MathError("a sign stands where none can stand: & _ ^ or \\") from error
