"""Runs the compiler in a process of its own, whose memory is free again when it is done.

``python typeset.py SOURCE TARGET FONTS [NAME=VALUE ...]`` writes the PDF, prints what the compiler
says, and returns 1 if it says anything. Where the spots are (``where-spots-are`` in the template)
stands beside the PDF, in a file of its name that ends in ``.json``.

Closes: the compiler keeps what it has laid out for the next run, which here is another size of
page (typst-py 0.15); together with Sphinx and two sizes that is 1.8 GB.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import typst


def main(source: str, target: str, fonts: str, *inputs: str) -> int:
    """Compile a file; what it reads is beside it."""
    try:
        compiler = typst.Compiler(
            source,
            root=str(Path(source).parent),
            font_paths=[fonts],
            ignore_system_fonts=True,
            sys_inputs=dict(given.split("=", 1) for given in inputs),
        )
        spots = _spots(compiler)  # first: what is laid out after the PDF is written comes on top
        _nothing, warnings = compiler.compile_with_warnings(
            output=target,
            format="pdf",
            pdf_standards="ua-1",
            timestamp=int(os.environ.get("SOURCE_DATE_EPOCH", "0")),
        )
    except typst.TypstError as error:
        sys.stdout.write(error.diagnostic)
        return 1
    sys.stdout.write("\n".join(warning.diagnostic for warning in warnings))
    Path(target).with_suffix(".json").write_text(json.dumps(spots), "utf-8")
    return int(bool(warnings))


def _spots(compiler: typst.Compiler) -> list[object]:
    try:
        said = compiler.query("<spots>", "value")
    except RuntimeError:
        return []  # when it writes the PDF, the compiler says what is wrong
    return [found for rows in json.loads(said) for found in rows]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
