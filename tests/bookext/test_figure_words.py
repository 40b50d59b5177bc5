"""What a notebook that leaves the book says of its figures, and what it leaves out."""

from __future__ import annotations

import ast

import pytest

from bookext.notebooks.figure_words import described, plain, without_numbers


def test_a_call_of_show_gets_the_words_as_arguments() -> None:
    alt = 'A line that falls. "Quoted" words and a backslash \\. ' * 4
    source = "x = 1\nshow(chart.lines(x, 'è'), card=True)"
    code = described(source, "The line falls {cite:p}`yu2020`.", alt)
    call = ast.parse(code).body[-1].value  # type: ignore[attr-defined]
    words = {part.arg: ast.literal_eval(part.value) for part in call.keywords}
    assert words == {"card": True, "caption": "The line falls yu2020.", "alt": alt.strip()}
    assert ast.unparse(call.args[0]) == "chart.lines(x, 'è')"
    assert code.startswith("x = 1\n") and max(map(len, code.splitlines())) <= 88


@pytest.mark.parametrize("source", ["show = 1", "print(1)", "x.show(1)", ""])
def test_other_code_stays_as_it_is(source: str) -> None:
    assert described(source, "a", "b") == source


def test_a_caption_loses_its_roles() -> None:
    assert plain("See {term}`posts <post>`, *now*: {cite:t}`a`") == "See posts, now: a"


def test_bookkeeping_is_left_out_and_nothing_else() -> None:
    source = (
        "from govsocial.notebook import Numbers, show\n"
        "numbers = Numbers('page')\n"
        "for year in years:\n"
        "    numbers(f'k-{year}', year)\n"
        "for year in years:\n"
        "    kept = year\n"
        "    numbers('k', kept)\n"
        "numbers(\n    'a b',\n    1,\n    2,\n)\n"
        "show(x)"
    )
    assert without_numbers(source) == (
        "from govsocial.notebook import show\nfor year in years:\n    kept = year\nshow(x)"
    )
    assert without_numbers("numbers('k', 1)") == ""


@pytest.mark.parametrize(
    "source", ["len?", "!ls", "%%bash\nls -l", "1 +", "%matplotlib inline\nshow(x)"]
)
def test_orders_of_ipython_and_errors_that_are_shown_stay_as_they_are(source: str) -> None:
    assert described(source, "a", "b") == source
    assert without_numbers(source) == source
