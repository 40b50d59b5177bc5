"""Write ``dates.yml``: when each chapter was published and last changed, from the history of git.

The build reads the file and asks no history, so that it is the same from an archive.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "dates.yml"
HEAD = "# When each chapter was published and last changed, by the history: `make dates`.\n"


def main() -> int:
    """Write the dates of all chapters."""
    pages = sorted(ROOT.glob("chapters/*.md"))
    lines = [f"{page.relative_to(ROOT).with_suffix('')}: {dates(page)}\n" for page in pages]
    TARGET.write_text(HEAD + "".join(lines), "utf-8")
    print(f"wrote {TARGET.relative_to(ROOT)}")
    return 0


def dates(page: Path) -> str:
    """Return the first and the last day on which a page was written, as YAML.

    Days of authors: after a rebase their order is not that of the commits.
    """
    command = ["git", "log", "--follow", "--format=%as", "--", str(page)]
    try:
        run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise SystemExit("error: git not found; it knows the history") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.partition("\n")[0]
        raise SystemExit(f"error: there is no history here: {said}") from None
    days = sorted(run.stdout.split())
    if not days:
        raise SystemExit(f"error: {page.relative_to(ROOT)} has no history yet: commit it first")
    return f"{{published: {days[0]}, changed: {days[-1]}}}"


if __name__ == "__main__":
    sys.exit(main())
