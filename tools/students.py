"""Write what students may have, and nothing else: ``python tools/students.py [FOLDER]``.

The folder, by default ``_build/students``, is to become a repository of its own: the template of an
assignment in GitHub Classroom, and what nbgitpuller pulls into a JupyterHub, Binder and Colab open.
It holds the students' copies of the labs and the chapters as notebooks, in all languages, the
library with its tables, and the environment for Binder. No solution, no note for instructors and no
hidden test is in it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bookext.notebooks.lab_pages import for_students, library  # noqa: E402


def main() -> None:
    """Write the folder anew; what git keeps in it stays."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "_build" / "students"
    for old in target.glob("*"):
        if old.name != ".git":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for path in files():
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    print(f"wrote {target}")


def files() -> Iterator[Path]:
    """Return the files of the book that students may have."""
    notebooks = ROOT / "notebooks"
    for folder in (notebooks, *(path.parent for path in notebooks.glob("??/solutions"))):
        yield from for_students(folder)
    yield from library(ROOT)
    yield from sorted((ROOT / "binder").iterdir())


if __name__ == "__main__":
    main()
