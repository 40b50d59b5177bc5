"""Install the system packages named in files, when this user may: ``system.py apt-test.txt``.

Where they cannot be installed, the tests go on without them and say what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Install what is missing, or say how to."""
    wanted = [name for file in sys.argv[1:] for name in Path(file).read_text("utf-8").split()]
    missing = [name for name in wanted if not installed(name)]
    if not missing:
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    prefix = authority()
    if prefix is None or not shutil.which("apt-get"):
        told = " ".join([*install, *missing])
        print(f"note: not installed: {' '.join(missing)}; run: sudo {told}")
        return
    print(f"installing {' '.join(missing)} ...")
    # One by one: a package that this system does not have leaves the others in.
    for command in (["apt-get", "update"], *([*install, name] for name in missing)):
        run = subprocess.run(
            [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command],
            check=False,
            capture_output=True,
            text=True,
        )
        if run.returncode:
            print(f"note: '{' '.join(command)}' failed: {run.stderr.strip().splitlines()[-1:]}")


def installed(name: str) -> bool:
    """Return whether Debian's package is installed, or a program of its name from elsewhere."""
    if shutil.which(name):
        return True
    if not shutil.which("dpkg-query"):
        return False
    query = ["dpkg-query", "--show", "--showformat=${Status}", name]
    run = subprocess.run(query, check=False, capture_output=True, text=True)
    return run.stdout.endswith(" installed")


def authority() -> list[str] | None:
    """Return what to put before a command that needs the administrator, or None."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return [sudo, "-n"]
    return None


if __name__ == "__main__":
    main()
