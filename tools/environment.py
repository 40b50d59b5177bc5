"""Make the virtual environment: ``python3 tools/environment.py FOLDER REQUIREMENTS``."""

import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def main() -> str | None:
    """Create the environment if needed, install into it, and return what went wrong."""
    folder, requirements = map(Path, sys.argv[1:])
    if sys.version_info < OLDEST:
        return "this Python is older than 3.11; run: make PYTHON=python3.11 (or newer)"
    python = folder / "bin" / "python"
    if not works(python) and not run(sys.executable, "-m", "venv", "--clear", str(folder)):
        return "no virtual environment could be made; run: sudo apt-get install python3-venv"
    print(f"installing {requirements} into {folder} ...")
    pip = (str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    if not run(*pip, "--requirement", str(requirements)):
        return "pip could not install the packages; is there a network? Its message is above"
    return None


def works(python: Path) -> bool:
    """Return whether the environment is there and has pip."""
    return python.exists() and run(str(python), "-c", "import pip")


def run(*command: str) -> bool:
    """Run a command and return whether it succeeded."""
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    if problem := main():
        sys.exit(f"error: {problem}")
