"""What is no formula is refused in words, and by all who write formulas alike."""

from __future__ import annotations

import pytest
from docutils.utils.math import MathError

from bookext.common.formulas import mathml
from bookext.typst.mathematics import formula


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\frac{a}{", "the brace { has no other"),
        ("a}", "the brace } has no other"),
        ("}a{", "the brace } has no other"),
        ("&", "a sign stands where none can stand"),
        ("^2", "a sign stands where none can stand"),
        ("_{a}^{b}", "a sign stands where none can stand"),
        (r"\text{5 \$ & # % _ {x}}", "a sign stands where none can stand"),
        (r"\end{matrix}", "a sign stands where none can stand"),
        (r"\nosuch", "nosuch"),
    ],
)
def test_what_is_no_formula_is_refused(latex: str, said: str) -> None:
    for write in (lambda text: mathml(text, block=False), formula):
        with pytest.raises(MathError, match=said):
            write(latex)


@pytest.mark.parametrize(
    "latex", [r"\{a\}", r"\frac{a}{b}", r"\text{a \{ b}", r"\left\{ x \right\}"]
)
def test_a_brace_that_is_shown_needs_no_other(latex: str) -> None:
    assert "<math" in mathml(latex, block=True)
