"""The extension of kernels that measures a text once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib import text
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure

from bookext.execution.kernel import text_sizes

NEEDED = "Matplotlib measures once: delete bookext/execution/kernel/text_sizes.py"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give the texts that a renderer has measured, of Matplotlib as it is."""
    found: list[str] = []
    measure: Any = RendererAgg.get_text_width_height_descent

    def noted(renderer: RendererAgg, words: str, *font: object) -> Any:
        found.append(words)
        return measure(renderer, words, *font)

    monkeypatch.setattr(RendererAgg, "get_text_width_height_descent", noted)
    monkeypatch.setattr(text, "_get_text_metrics_function", text._get_text_metrics_function)  # type: ignore[attr-defined]
    monkeypatch.setattr(text, "get_font", text.get_font)  # type: ignore[attr-defined]
    monkeypatch.setattr(text_sizes, "_sizes", {})
    yield found


def width(words: str, **settings: object) -> float:
    """Return how wide a text is drawn, in pixels."""
    with mpl.rc_context(settings):  # type: ignore[arg-type]
        figure = Figure()
        label = figure.text(0, 0, words)
        figure.draw_without_rendering()
        return label.get_window_extent().width


def test_without_the_extension_a_text_is_measured_in_each_drawing(measured: list[str]) -> None:
    assert width("a word") == width("a word")
    assert measured.count("a word") >= 2, NEEDED


def test_with_it_once_and_as_wide(measured: list[str]) -> None:
    before = width("a word")
    text_sizes.load_ipython_extension(None)
    measured.clear()
    assert [width("a word"), width("a word")] == [before] * 2
    assert measured.count("a word") == 1


def test_what_changes_the_size_has_it_measured_anew(measured: list[str]) -> None:
    settings: list[dict[str, object]] = [
        {"font.size": 20},
        {"figure.dpi": 200},
        {"font.sans-serif": ["DejaVu Sans Mono"]},
        {"font.weight": "bold"},
        {"text.hinting": "no_autohint"},
    ]
    plain = width("a word")
    before = [width("a word", **one) for one in settings]
    text_sizes.load_ipython_extension(None)
    assert width("a word") == plain
    assert [width("a word", **one) for one in settings] == before
    assert plain not in before[:4]
    assert measured.count("a word") >= 2 * 5


def test_a_formula_is_measured_each_time(measured: list[str]) -> None:
    text_sizes.load_ipython_extension(None)
    sizes = {width("$x^2$", **{"mathtext.fontset": name}) for name in ("dejavusans", "stix")}
    assert len(sizes) == 2


def test_a_page_without_figures_does_not_wait_for_matplotlib() -> None:
    code = "import sys, text_sizes; text_sizes.load_ipython_extension(None)"
    folder = Path(text_sizes.__file__).parent
    command = [sys.executable, "-c", f"{code}; sys.exit('matplotlib' in sys.modules)"]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0
