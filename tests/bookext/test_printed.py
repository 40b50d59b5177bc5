"""What cells print is kept in one form, in a time that grows as the text does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from nbformat import v4

from bookext.execution.front_matter import CONTROL
from bookext.execution.printed import joined, shown, tidy

RED, PLAIN = "\x1b[31m", "\x1b[0m"


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("a\nb\n", "a\nb\n"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("10 %\r100 %", "100 %"),
        ("100 %\r", "100 %"),
        ("three\rt", "three"),
        ("three\rT", "Three"),
        ("one\ntwo\rT\nsix", "one\nTwo\nsix"),
        ("ab\bc", "ac"),
        ("abc\b\b\b\b\bd", "dbc"),
        ("abc\b", "abc"),
        ("\b\r", ""),
        (f"{RED}a{PLAIN}\n", f"{RED}a{PLAIN}\n"),
        (f"0\r{RED}1{PLAIN}2", f"{RED}1{PLAIN}2"),
        (f"{RED}ab\b{PLAIN}c", f"{RED}a{PLAIN}c"),
        (f"\b{RED}", RED),
        (f"a\r{RED}", f"a{RED}"),
        (f"{RED}ab{PLAIN}\rc", f"{PLAIN}c{RED}b{PLAIN}"),
        ("a\f\a\x00b\x1b", "ab"),
        ("\x1b]8;;https://a.org\x1b\\a\x1b]8;;\x07b", "ab"),
        ("a\x1b[2K\x1b[1Ab\x1b(Bc\x1b[?25l", "abc"),
    ],
)
def test_a_text_is_shown_as_a_terminal_shows_it(printed: str, seen: str) -> None:
    assert shown(printed) == seen


def steps(work: Callable[[], Any]) -> int:
    """Return how many lines of Python a piece of work takes."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def test_the_time_for_a_line_does_not_grow_with_its_square() -> None:
    long = "x" * 2_000_000
    assert shown(long) == long
    # A pattern that has fallen out of the cache of `re` takes some lines more.
    assert steps(lambda: shown(long)) < steps(lambda: shown("x")) + 1000
    few, many = (steps(lambda n=n: shown("xx\ry\b" * n)) for n in (200, 400))  # type: ignore[misc]
    assert many < 2.1 * few


def stream(name: str, text: str) -> Any:
    return v4.new_output("stream", name=name, text=text)


def test_the_pieces_of_a_stream_stand_where_the_first_stood() -> None:
    picture = v4.new_output("display_data", {"text/plain": "a picture"})
    pieces = [stream("stdout", "a"), picture, stream("stdout", "b\n"), stream("stderr", "c")]
    assert joined(pieces) == [stream("stdout", "ab\n"), picture, stream("stderr", "c")]
    assert joined([]) == []


@pytest.mark.parametrize("turned", [False, True])
def test_errors_stand_below_what_is_printed_at_the_same_time(turned: bool) -> None:
    pieces = [stream("stdout", "a"), stream("stderr", "b")]
    assert joined(pieces[:: -1 if turned else 1]) == [stream("stdout", "a"), stream("stderr", "b")]


def test_what_no_page_can_show_is_kept_nowhere() -> None:
    data = {
        "text/plain": "\x1b[1ma\b\x1b[K",
        "text/html": "<b>\b\x1b[1m</b>",
        "application/json": {"c": 1},
    }
    cell = v4.new_code_cell(
        outputs=[
            stream("stdout", "a\f"),
            v4.new_output("display_data", data),
            v4.new_output("error", ename="E", evalue="a\x07", traceback=["b\x00"]),
        ]
    )
    tidy([v4.new_markdown_cell("text"), cell])
    printed, displayed, failed = cell.outputs
    assert printed.text == "a"
    assert displayed.data == {
        "text/plain": "\x1b[1ma",
        "text/html": "<b>[1m</b>",
        "application/json": {"c": 1},
    }
    assert (failed.evalue, failed.traceback) == ("a", ["b"])
    assert not CONTROL.search(printed.text)


@pytest.mark.parametrize("tags", [[], ["raises-exception"]])
def test_what_may_fail_does_so_at_no_place_of_the_machine(tags: list[str]) -> None:
    text = "/tmp/ipykernel_24056/833262404.py:2: UserWarning: beware"
    cell = v4.new_code_cell(outputs=[stream("stderr", text)], metadata={"tags": tags})
    tidy([cell])
    assert cell.outputs[0].text == ("<cell>:2: UserWarning: beware" if tags else text)
