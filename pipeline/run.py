"""One run of the pipeline: what a source's module may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline import engines, raw


@dataclass
class Run:
    """A run with its engine for post-level work.

    Parameters
    ----------
    engine
        ``duckdb`` or ``spark``.
    """

    engine: str = "duckdb"

    def raw(self, slug: str, path: str) -> Path:
        """Return the checked local file of a source (see :func:`pipeline.raw.locate`)."""
        return raw.locate(slug, path)

    @cached_property
    def connection(self) -> Any:
        """Ibis connection to the engine, made when first asked for."""
        return engines.connect(self.engine)
