"""Make the virtual environment: ``python3 tools/environment.py FOLDER LOCK [--exactly]``.

Whatever is installed must be what the lock names, hash by hash. uv installs it, in a fraction of
pip's time: the uv on PATH, or else the one that the lock names, which pip installs first. Where
none can be had, or pip is configured in a way that cannot be passed on, pip installs everything.

``FOLDER --usable`` only says, by its exit code, whether the environment is there and runs. With
``--exactly`` its Python must also be of the version that runs this script.
"""

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# Annotations are strings: any Python since 3.7 must get as far as being told that it is too old.
OLDEST = (3, 11)
# pip's options, and the variables that tell uv the same.
SAME = {
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "index-url": "UV_DEFAULT_INDEX",
    "keyring-provider": "UV_KEYRING_PROVIDER",
    "proxy": "ALL_PROXY",
    "retries": "UV_HTTP_RETRIES",
    "timeout": "UV_HTTP_TIMEOUT",
    "trusted-host": "UV_INSECURE_HOST",
}
# pip's options that change nothing here: the lock decides on versions, and the environment is ours.
OF_NO_MATTER = {
    "break-system-packages",
    "cache-dir",
    "config-file",
    "constraint",
    "disable-pip-version-check",
    "no-cache-dir",
    "no-color",
    "no-input",
    "no-python-version-warning",
    "no-warn-script-location",
    "prefer-binary",
    "progress-bar",
    "quiet",
    "require-virtualenv",
    "root-user-action",
    "upgrade-strategy",
    "user",
    "verbose",
}
NO_NETWORK = re.compile(
    r"dns error|name resolution|NameResolution|NewConnection|connect error|Connection refused"
    r"|unreachable|timed out|ProxyError",
    re.IGNORECASE,
)
ANOTHER = re.compile(r"hash mismatch|match the hashes", re.IGNORECASE)


def main() -> "str | int":
    """Create the environment if needed, install into it, and return what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("lock", type=Path, nargs="?")
    parser.add_argument("--exactly", action="store_true")
    parser.add_argument("--usable", action="store_true")
    wanted = parser.parse_args()
    there = usable(wanted.folder, wanted.exactly)
    if wanted.usable:
        return 0 if there else 1
    if not there and sys.version_info < OLDEST:
        return "this Python is older than 3.11; run: make PYTHON=python3.11 (or newer)"
    if not there and not create(wanted.folder):
        return "no virtual environment could be made; run: sudo apt-get install python3-venv"
    print(f"installing {wanted.lock} into {wanted.folder} ...", flush=True)
    return install(wanted.folder, wanted.lock)


def usable(folder: Path, exactly: bool) -> bool:
    """Return whether the environment's Python runs, and is new enough (or the one asked for)."""
    ask = [str(folder / "bin" / "python"), "-c", "import sys; print(sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, check=True, stdout=subprocess.PIPE).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        return False
    version = ast.literal_eval(answer)
    return bool(version == sys.version_info[:2] if exactly else version >= OLDEST)


def create(folder: Path) -> bool:
    """Make an empty environment in place of what is there, and return whether it worked."""
    ways = [[sys.executable, "-m", "venv", "--clear", str(folder)]]
    uv = shutil.which("uv")
    if uv:
        ways.insert(0, [uv, "venv", "--clear", "--python", sys.executable, str(folder)])
    return any(run(way).returncode == 0 for way in ways)


def install(folder: Path, lock: Path) -> str:
    """Install what the lock names and return what went wrong, if anything."""
    python = str(folder / "bin" / "python")
    told = for_uv(pip_options(python))
    uv = None if told is None else find_uv(folder, lock)
    if uv and told is not None:
        command = [uv, "pip", "install", "--python", python]
        done = run([*command, "--require-hashes", "-r", str(lock)], {**told, **os.environ})
    if not uv or (done.returncode and not refused(done.stderr)):
        done = pip(python, lock)
    if not done.returncode:
        return ""
    unreachable = NO_NETWORK.search(done.stderr)
    if unreachable:
        return (
            f"the package index could not be reached ({unreachable.group()}); connect to a network,"
            " or tell pip of a mirror (pip config set global.index-url ADDRESS), and run make again"
        )
    print(done.stderr, file=sys.stderr)
    if ANOTHER.search(done.stderr):
        return f"a package is not the one that {lock} names; do not use it, and tell us"
    return "the packages could not be installed; the message above says why"


def refused(message: str) -> bool:
    """Return whether another way is of no use: no network, or a package that is not the one."""
    return bool(NO_NETWORK.search(message) or ANOTHER.search(message))


def pip_options(python: str) -> "dict[str, str]":
    """Return how pip is configured, by its files and the environment, for an installation."""
    for each in (python, sys.executable):
        listed = run([each, "-m", "pip", "config", "list"])
        if listed.returncode == 0:
            break
    else:
        return {}
    found = {}  # type: dict[str, str]
    pairs = re.findall(r"^(global|install|:env:)\.([\w-]+)=(.+)$", listed.stdout, re.MULTILINE)
    for section in ("global", "install", ":env:"):  # the last one wins
        found.update({name: ast.literal_eval(value) for at, name, value in pairs if at == section})
    return found


def for_uv(options: "dict[str, str]") -> "dict[str, str] | None":
    """Return the variables that tell uv what pip was told, or None where there are no such."""
    # As pip does, uv looks for a package in all indexes; the hash decides which file is right.
    told = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for name, value in options.items():
        if name in SAME:
            several = "," if name == "find-links" else " "
            told[SAME[name]] = several.join(value.split())
        elif name not in OF_NO_MATTER:
            print(f"(by pip, since its configuration sets {name})")
            return None
    return told


def find_uv(folder: Path, lock: Path) -> "str | None":
    """Return the uv to install with; put the one that the lock names where there is none."""
    own = folder / "bin" / "uv"
    found = shutil.which("uv") or (str(own) if own.exists() else None)
    if found:
        return found
    named = re.search(r"^uv==.*(?:\n[ \t].*)*", lock.read_text("utf-8"), re.MULTILINE)
    if not named:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        alone = Path(scratch, "uv.txt")
        alone.write_text(named.group() + "\n", "utf-8")
        done = pip(str(folder / "bin" / "python"), alone)
    return None if done.returncode else str(own)


def pip(python: str, lock: Path) -> "subprocess.CompletedProcess[str]":
    """Install what the lock names with pip."""
    if run([python, "-c", "import pip"]).returncode:
        run([python, "-m", "ensurepip"])
    command = [python, "-m", "pip", "--disable-pip-version-check", "install", "--no-deps"]
    return run([*command, "--quiet", "--require-hashes", "-r", str(lock)])


def run(
    command: "list[str]", variables: "dict[str, str] | None" = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command and return its exit code and what it printed."""
    return subprocess.run(
        command,
        check=False,
        env=variables,
        capture_output=True,
        text=True,
    )


if __name__ == "__main__":
    problem = main()
    sys.exit(f"error: {problem}" if isinstance(problem, str) and problem else problem or 0)
