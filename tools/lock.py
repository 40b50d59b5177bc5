"""Write the locks from ``pyproject.toml``: ``python tools/lock.py [--upgrade [PACKAGE]]``.

What a lock names stays as it is until it no longer fits, or ``--upgrade`` asks for the newest.
One lock holds for every system and Python, with the hash of every file that may be installed.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

from environment import for_uv, pip_options, run

ROOT = Path(__file__).resolve().parent.parent
ALL = "requirements-test.txt"
# The extras in each lock. The first has them all, and decides on the versions of the others.
LOCKS = {
    ALL: ("book", "write", "pipeline", "engines", "test"),
    "requirements-write.txt": ("book", "write", "pipeline"),
    "requirements.txt": ("book",),
    "binder/requirements.txt": ("engines",),
}
# A lock must not depend on what else this machine has: the main index alone is asked.
OF_THIS_MACHINE = {"extra-index-url", "find-links"}


def main() -> str | None:
    """Write every lock and return what went wrong, if anything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--upgrade", nargs="?", const="", metavar="PACKAGE")
    package = parser.parse_args().upgrade
    newest = [] if package is None else ["--upgrade"] if not package else ["-P", package]
    own = Path(sys.executable).with_name("uv")
    uv = str(own) if own.exists() else shutil.which("uv")
    told = for_uv(
        {
            name: value
            for name, value in pip_options(sys.executable).items()
            if name not in OF_THIS_MACHINE
        }
    )
    if not uv or told is None:
        return "the locks are written by uv, which is not here or cannot be configured as pip is"
    os.chdir(ROOT)
    for lock, extras in LOCKS.items():
        command = [
            *(uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
            *("--python-version", "3.11", "--fork-strategy", "fewest"),
            *("--custom-compile-command", "make lock"),
            *(word for extra in extras for word in ("--extra", extra)),
            *(newest if lock == ALL else ["--upgrade", "--constraint", ALL]),
            *("--output-file", lock, "pyproject.toml"),
        ]
        done = run(command, {**told, **os.environ})
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return f"{lock} was not written; uv says why above"
        print(f"wrote {lock}")
    return None


if __name__ == "__main__":
    if problem := main():
        sys.exit(f"error: {problem}")
