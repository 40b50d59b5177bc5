"""What a student reads when an answer is missing, wrong or right."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from govsocial.exercises import (
    NotYetError,
    agree,
    array,
    check,
    close,
    given,
    one_number,
    truth,
    whole,
)

SHARES = [0.12345, 0.5, 0.98765]


def test_a_right_answer_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    with check("Exercise 1"):
        assert 1 + 1 == 2, "count again"
    assert capsys.readouterr().out == "Exercise 1: right.\n"


def test_a_wrong_answer_gets_the_message_of_the_assertion() -> None:
    with pytest.raises(NotYetError, match="Exercise 1: count again"), check("Exercise 1"):
        assert 1 + 1 == 3, "count again"


def test_a_missing_answer_is_named() -> None:
    missing = r"nothing yet\. There is no `answer`.* if it is given, run the cells above"
    with pytest.raises(NotYetError, match=missing), check("Exercise 1"):
        answer  # type: ignore[name-defined]  # noqa: B018, F821


def test_an_answer_of_another_kind_is_no_crash() -> None:
    with pytest.raises(NotYetError, match="TypeError"), check("Exercise 1"):
        assert None > 0, "positive"  # type: ignore[operator]


def test_a_name_misspelt_in_a_function_is_told_from_a_missing_answer() -> None:
    names: dict[str, Any] = {"check": check}
    exec(compile("def curve(x): return ceilling * x", "<answer>", "exec"), names)
    with pytest.raises(NotYetError, match="`curve` uses `ceilling`, which does not exist"):
        exec(compile("with check('Exercise 1'): curve(2)", "<check>", "exec"), names)


def test_an_error_in_a_function_names_the_function() -> None:
    names: dict[str, Any] = {"check": check}
    exec(compile("def half(x): return x / 0", "<answer>", "exec"), names)
    with pytest.raises(NotYetError, match=r"`half` stops with an error.*ZeroDivisionError"):
        exec(compile("with check('Exercise 1'): half(2)", "<check>", "exec"), names)


def test_the_student_sees_a_sentence_and_no_traceback() -> None:
    error = NotYetError("Exercise 1: count again")
    assert error._render_traceback_() == ["Not yet. Exercise 1: count again"]


def test_a_long_sentence_is_broken_between_words() -> None:
    lines = NotYetError("Exercise 1: " + "count-the-rows again " * 9)._render_traceback_()
    assert 1 < len(lines) < 5 and max(map(len, lines)) <= 76
    assert " ".join(lines) == "Not yet. Exercise 1:" + " count-the-rows again" * 9


def test_nothing_is_told_from_zero() -> None:
    assert given(0, "share") == 0
    for nothing in (None, ...):
        with pytest.raises(AssertionError, match=r"nothing yet. `share` gives nothing"):
            given(nothing, "share")
    with pytest.raises(AssertionError, match="nothing yet"):
        array([0.5, None], "low and high")


@pytest.mark.parametrize(
    "form",
    [
        list,
        tuple,
        np.array,
        pd.Series,
        lambda x: pd.Series(x, dtype="Float64"),
        lambda x: pd.Series(x, dtype=object),
        pd.Index,
        iter,
        lambda x: dict(enumerate(x)).values(),
        lambda x: [Decimal(str(value)) for value in x],
    ],
)
def test_numbers_come_in_any_form(form: Callable[[list[float]], Any]) -> None:
    assert array(form(SHARES), "share").tolist() == SHARES


def test_gaps_of_pandas_are_nan() -> None:
    found = array(pd.Series([1, None, 3], dtype="Int64"), "share")
    assert np.isnan(found).tolist() == [False, True, False]
    assert np.isnan(array(np.array([1, pd.NA], dtype=object), "share")).tolist() == [False, True]


@pytest.mark.parametrize(
    "found",
    [
        "0.5",
        ["0.5"],
        pd.Series(["0.5"]),
        np.array(["0.5", 1], dtype=object),
        {"a": 1},
        {1, 2},
        True,
        np.bool_(True),
        pd.Series([True, False]),
        [1 + 2j],
        pd.Series(pd.to_datetime(["2012-07-09"])),
        [[1], [1, 2]],
        len,
    ],
)
def test_what_is_no_number_is_named(found: Any) -> None:
    with pytest.raises(AssertionError, match=r"share is .*; numbers are asked for"):
        array(found, "share")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (np.multiply(SHARES, 100), "share is in percent; keep the share"),
        (np.round(SHARES, 3), "share is rounded. Do not round"),
        ([0.12, 0.5, 0.98], "share is rounded. Do not round"),  # cut off, not rounded
        (np.round(np.multiply(SHARES, 100), 1), "rounded, and in percent"),
        ([12, 50, 99], "rounded, and in percent"),
        ([12, 50, 98], "rounded, and in percent"),
        ([13, 50, 99], "look again"),
        (SHARES[::-1], "look again"),
        ([0, 0, 1], "look again"),
        (SHARES[:2], "shape"),
    ],
)
def test_rounding_and_percent_are_told_from_other_mistakes(found: Any, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        close(found, SHARES, "share", "look again")
    close(SHARES, SHARES, "share", "look again")


@pytest.mark.parametrize("found", [0.25, np.array([0.25]), pd.Series([0.25]), pd.DataFrame([0.25])])
def test_one_number_in_a_box_is_that_number(found: Any) -> None:
    assert one_number(found, "share") == 0.25
    close(found, 0.25, "share", "look again")


@pytest.mark.parametrize("found", [[0.25, 0.5], [], np.eye(2)])
def test_more_or_less_than_one_number_is_named(found: Any) -> None:
    said = r"share is .*; one number is asked for"
    with pytest.raises(AssertionError, match=said):
        one_number(found, "share")
    with pytest.raises(AssertionError, match=said):
        close(found, 0.25, "share", "look again")


def test_nan_is_named_before_it_is_compared() -> None:
    nothing = float("nan")  # such as a mean of nothing
    with pytest.raises(AssertionError, match="share holds NaN"):
        one_number(nothing, "share")
    with pytest.raises(AssertionError, match="share holds NaN"):
        close([*SHARES[:2], nothing], SHARES, "share", "look again")


def test_a_column_is_a_list_and_no_row_is_a_table() -> None:
    close(pd.DataFrame({"share": SHARES}), SHARES, "share", "look again")
    with pytest.raises(AssertionError, match="shape"):
        close(np.ones((2, 3)), np.ones((3, 2)), "share", "look again")


def test_a_whole_number_of_any_library_is_whole() -> None:
    for found in (7, np.int64(7), np.uint8(7), np.array(7), pd.Series([7]), pd.Index([7]), 7.0):
        assert whole(found, "turn") == 7
    for wrong in (7.5, float("nan"), float("inf"), 2.0**60, "7", True, [7, 8], np.array([7, 8])):
        with pytest.raises(AssertionError, match="a whole number is asked for"):
            whole(wrong, "turn")


def test_true_of_any_library_is_true() -> None:
    for found in (True, np.bool_(True), np.array([True]), pd.Series([True])):
        assert truth(found, "held") is True
    for wrong in (1, "yes", [True]):
        with pytest.raises(AssertionError, match="it is True or False"):
            truth(wrong, "held")


def test_two_functions_agree_for_every_argument_or_the_message_names_one() -> None:
    cases = [(np.array([1.0, 2.0]), 2), (np.array([3.0, 5.0]), 4)]
    agree(lambda x, n: x * n, lambda x, n: n * x, "double", cases)
    with pytest.raises(
        AssertionError, match=r"double is right for some .* such as array\(\[3\., 5"
    ):
        agree(lambda x, n: x * 2, lambda x, n: n * x, "double", cases)


def test_a_function_that_changes_its_argument_does_not_change_the_right_answer() -> None:
    def spoils(x: Any) -> Any:
        x += 1
        return x

    given_to_both = np.array([1.0, 2.0])
    agree(spoils, lambda x: x + 1, "spoils", [(given_to_both,)])
    assert given_to_both.tolist() == [1, 2]
