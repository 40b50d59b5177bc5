"""What a student reads when an answer is missing, wrong or right."""

from __future__ import annotations

import pytest

from govsocial.exercises import NotYetError, check


def test_a_right_answer_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    with check("Exercise 1"):
        assert 1 + 1 == 2, "count again"
    assert capsys.readouterr().out == "Exercise 1: right.\n"


def test_a_wrong_answer_gets_the_message_of_the_assertion() -> None:
    with pytest.raises(NotYetError, match="Exercise 1: count again"), check("Exercise 1"):
        assert 1 + 1 == 3, "count again"


def test_a_missing_answer_is_named() -> None:
    with pytest.raises(NotYetError, match="there is no `answer`"), check("Exercise 1"):
        answer  # type: ignore[name-defined]  # noqa: B018, F821


def test_an_answer_of_another_kind_is_no_crash() -> None:
    with pytest.raises(NotYetError, match="TypeError"), check("Exercise 1"):
        assert None > 0, "positive"  # type: ignore[operator]


def test_the_student_sees_a_sentence_and_no_traceback() -> None:
    error = NotYetError("Exercise 1: count again")
    assert error._render_traceback_() == ["Not yet. Exercise 1: count again"]
