"""From Typst's markup to a PDF, without network and without fonts of the machine.

Closes: a message of the compiler names a line of a file that nobody wrote; here it names the page
and the line that the text comes from, and what to do.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
from sphinx.errors import SphinxError

from bookext.common.errors import last_words

FONTS = Path(__file__).with_name("fonts")
# Of Matplotlib's fonts those of the figures; its last resort would hide a missing letter.
FIGURES = Path(mpl.get_data_path(), "fonts", "ttf")
_FAMILY = "DejaVuSans*.ttf"
_PROGRAM = Path(__file__).with_name("typeset.py")
# One thread, one pool of memory: a fifth less of it, for no more time on two processors. What is
# larger than the threshold goes back to the system when it is free.
_ENVIRONMENT = {
    "RAYON_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "65536",
}
_PLACE = re.compile(r"┌─ (?:\S*/)?([\w.-]+\.typ):(\d+):(\d+)")
_SOURCE = re.compile(r"^// @ (.+)$")
_REMEDIES = {
    "missing alt text": "give the figure an alternative text (`image: alt:` in its cell)",
    "could not be displayed": "write it otherwise, or add a font to bookext/typst/fonts",
    "does not exist in the document": "the page that the reference leads to is not in the PDF",
}


class CompilerError(SphinxError):
    """Typst did not make the PDF."""

    category = "The PDF was not made"


def gather_fonts(folder: Path) -> Path:
    """Copy the fonts of the book into a folder, beside those that Typst brings along."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in (*FONTS.glob("*.otf"), *FIGURES.glob(_FAMILY)):
        if "Display" not in path.name:
            shutil.copy(path, folder)
    return folder


def compile_pdf(source: Path, target: Path, fonts: Path, **inputs: str) -> None:
    """Compile a file to PDF/UA-1.

    Parameters
    ----------
    source
        The file; what it reads is beside it.
    target
        Where the PDF is written.
    fonts
        Folder of the fonts.
    **inputs
        What the file asks for in ``sys.inputs``.

    Raises
    ------
    CompilerError
        If the compiler stops or warns; the message names page, line and remedy.
    """
    given = [f"{name}={value}" for name, value in inputs.items()]
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, _PROGRAM, source, target, fonts, *given],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | _ENVIRONMENT,
    )
    if run.returncode:
        raise CompilerError(explain(run.stdout, source) if run.stdout else last_words(run))


def found_spots(target: Path) -> list[tuple[str, int]]:
    """Return the spots that the program has written down, with their pages."""
    rows = json.loads(target.with_suffix(".json").read_text("utf-8"))
    return [(name, page) for [name, page] in rows]


def explain(diagnostic: str, source: Path) -> str:
    """Return a message of the compiler with the page and the line that it speaks of."""
    lines = source.read_text("utf-8").splitlines()
    messages = []
    for block in re.split(r"\n(?=error|warning)", diagnostic.strip()):
        first = block.splitlines()[0]
        remedy = next((said for words, said in _REMEDIES.items() if words in first), "")
        found = next((f for f in _PLACE.finditer(block) if f[1] == source.name), None)
        where = _origin(lines, int(found[2])) if found else ""
        hints = re.findall(r"= hint: (.+)", block)
        said = "; ".join(part for part in (first, remedy, *([] if remedy else hints)) if part)
        messages.append(f"{where}: {said}" if where else f"{said}\n{block}")
    return "\n".join(dict.fromkeys(messages))


def _origin(lines: list[str], number: int) -> str:
    """Return the file and line that a line of the markup comes from."""
    for line in reversed(lines[:number]):
        if found := _SOURCE.match(line):
            return found[1]
    return ""
