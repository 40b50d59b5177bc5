"""Write what students may have, and nothing else: ``python tools/students.py [FOLDER]``.

The folder, by default ``_build/students``, is to become a repository of its own: the template of an
assignment in GitHub Classroom, and what nbgitpuller pulls into a JupyterHub, Binder and Colab open.
It holds the students' copies of the labs and the chapters as notebooks, in all languages, the
library with its tables, and the environment for Binder. No solution, no note for instructors and no
hidden test is in it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bookext.notebooks.lab_pages import README, for_students, library, readme  # noqa: E402


def main() -> None:
    """Write the folder anew; what else is in it stays."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "_build" / "students")
    target: Path = parser.parse_args().folder
    write(target)
    print(f"wrote {target}")


def write(target: Path) -> None:
    """Write the files into a folder, in the place of those that this command wrote before."""
    names = {path: path.relative_to(ROOT) for path in files()}
    ours = {README, *(name.parts[0] for name in names.values())}
    there = {path.name for path in target.glob("*")} - {".git"}
    if there and ("bookext" in there or not ours <= there):
        said = "holds something else; name an empty folder, or one that this command wrote"
        raise SystemExit(f"error: {target} {said}")
    for old in (target / name for name in ours & there):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    for path, name in names.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target / name)
    (target / README).write_text(readme("notebooks"), "utf-8")


def files() -> Iterator[Path]:
    """Return the files of the book that students may have."""
    notebooks = ROOT / "notebooks"
    for folder in (notebooks, *(path.parent for path in notebooks.glob("??/solutions"))):
        yield from for_students(folder)
    yield from library(ROOT)
    yield from sorted((ROOT / "binder").iterdir())


if __name__ == "__main__":
    main()
