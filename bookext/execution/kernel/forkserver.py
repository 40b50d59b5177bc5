"""The process that kernels are forked from: ``python forkserver.py PACKAGE``.

It imports what the modules of the package import from elsewhere, says so on standard output, and
forks a kernel for each order on standard input (JSON: ``arguments``, ``cwd`` and ``env``), whose
process id it answers. See ``bookext/execution/forkserver.py``.
"""

from __future__ import annotations

import ast
import gc
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO


def serve(package: Path) -> None:
    """Import the libraries, then fork until standard input ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else is printed is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build decides when it ends
    signal.signal(signal.SIGCHLD, _bury)
    import_libraries(package)
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        return  # other threads would be missing after a fork
    gc.freeze()  # the memory stays shared
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        if os.fork() == 0:
            become_kernel(json.loads(line), answers)


def _bury(_signal: int, _frame: object) -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def import_libraries(package: Path) -> None:
    """Import what every kernel needs, and what the package imports from elsewhere."""
    # As ipykernel sets it before it runs a cell; Matplotlib reads it when it is imported.
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    os.environ["JE_ARROW_MALLOC_CONF"] = "background_thread:false"  # else PyArrow starts a thread
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else debugpy warns on every build
    for name in ("ipykernel.kernelapp", "ipykernel.debugger"):  # a kernel imports the latter itself
        __import__(name)
    for path in sorted(package.rglob("*.py")):
        statements = list(_foreign_imports(ast.parse(path.read_bytes()), package.name))
        exec(compile(ast.Module(statements, []), path, "exec"), {})  # noqa: S102


def _foreign_imports(module: ast.Module, package: str) -> Iterator[ast.stmt]:
    for statement in module.body:
        if isinstance(statement, ast.ImportFrom) and not statement.level:
            names = [statement.module or ""]
        elif isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        else:
            continue
        if not {name.split(".")[0] for name in names} & {package, "__future__"}:
            yield statement


def become_kernel(order: dict[str, Any], answers: TextIO) -> None:
    """Run as the kernel of an order, in a session of its own."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    launcher = find_spec("ipykernel_launcher")
    assert launcher and launcher.origin  # noqa: S101
    # A kernel ends when the process that made it is gone.
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"
    sys.argv = [launcher.origin, *order["arguments"], parent]
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    with answers:
        print(os.getpid(), file=answers)
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()
    os._exit(0)


if __name__ == "__main__":
    del sys.path[0]  # the folder of this file
    serve(Path(sys.argv[1]))
