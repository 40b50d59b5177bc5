"""Runs the compiler in a process of its own, whose memory is free again when it is done.

``python typeset.py SOURCE TARGET FONTS [NAME=VALUE ...]`` writes the PDF, prints what the compiler
says, and returns 1 if it says anything.

Closes: the compiler keeps what it has laid out for the next run, which here is another size of
page (typst-py 0.15); together with Sphinx and two sizes that is 1.8 GB.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typst


def main(source: str, target: str, fonts: str, *inputs: str) -> int:
    """Compile a file; what it reads is beside it."""
    try:
        content, warnings = typst.compile_with_warnings(
            source,
            root=str(Path(source).parent),
            font_paths=[fonts],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=dict(given.split("=", 1) for given in inputs),
            pdf_standards="ua-1",
            timestamp=int(os.environ.get("SOURCE_DATE_EPOCH", "0")),
        )
    except typst.TypstError as error:
        sys.stdout.write(error.diagnostic)
        return 1
    sys.stdout.write("\n".join(warning.diagnostic for warning in warnings))
    Path(target).write_bytes(content)
    return int(bool(warnings))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
