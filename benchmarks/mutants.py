"""Change the code in one place, and see whether a test notices: ``python -m benchmarks.mutants``.

Each mutant differs from the module in one operator, comparison, constant, condition or name. It is
written into a clone, and the test files that belong to the module run in a process of their own
until one fails. A mutant that no test notices is printed, unless it is known to do the same as the
original (:data:`EQUIVALENT`). Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

# One thread: the processes are forks of this one.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 900
"""Seconds that the tests of a module may take."""

SECONDS, TIMES = 240, 8
"""A mutant that takes longer, and so many times as long as the original, does not end: noticed."""

_AROUND = 40
"""Characters shown on either side of a change."""

_TESTS = "tests/govsocial/test_"
_MEASURES = {
    "uncertainty": ["uncertainty"],
    "adoption": ["adoption"],
    "coordination": ["coordination"],
    "decay": ["decay"],
    "emergency": ["emergency"],
    "inequality": ["inequality"],
    "networks": ["networks"],
    "ranking": ["ranking"],
    "rates": ["rates"],
    "readability": ["readability"],
    "rhythm": ["rhythm", "rhythm_week"],
    "snowflake": ["snowflake"],
    "survival": ["survival"],
    "tag_accuracy": ["tag_accuracy"],
    "wording": ["wording"],
}
MEASURES = {
    f"govsocial/{name}.py": [f"{_TESTS}{test}.py" for test in tests]
    for name, tests in _MEASURES.items()
}
_BOOK = "tests/bookext/test_"
MACHINERY = {
    "govsocial/provenance.py": [f"{_TESTS}provenance.py"],
    "govsocial/notebook.py": [f"{_TESTS}notebook.py", f"{_TESTS}provenance.py"],
    "govsocial/codebook.py": [f"{_TESTS}codebook.py"],
    "bookext/common/dependencies.py": [f"{_BOOK}dependencies.py"],
    "bookext/execution/run.py": [f"{_BOOK}run.py", f"{_BOOK}execution.py"],
    "bookext/execution/store.py": [f"{_BOOK}store.py"],
    "bookext/execution/fingerprints.py": [f"{_BOOK}fingerprints.py"],
    "bookext/execution/client.py": [f"{_BOOK}client.py"],
    "bookext/execution/forkserver.py": [f"{_BOOK}forkserver.py"],
    "bookext/records/cell_outputs.py": [f"{_BOOK}cell_outputs.py", f"{_BOOK}records.py"],
    "bookext/records/number_ledger.py": [f"{_BOOK}number_ledger.py"],
    "bookext/records/page_checks.py": [f"{_BOOK}page_checks.py"],
    "tools/stamp.py": ["tests/test_stamp.py"],
}
"""What decides what runs, what is recorded and what is refused."""

EQUIVALENT = {
    "return (line or 0, column or 0) -> return (line or 1, column or 0)": (
        "an instruction that calls has a line"
    ),
    "return loads(found) if callable(found) and _is_ours(found) else _NONE -> "
    "return loads(found) if callable(found) or _is_ours(found) else _NONE": (
        "what is ours and no module can be called; a module is not of a module"
    ),
    "e, first: ArrayLike, resamples: int=10000) -> Estimate: -> "
    "e, first: ArrayLike, resamples: int=10001) -> Estimate:": "one resample more of ten thousand",
    "nce[tuple[str, str]], resamples: int=2000) -> pd.DataFrame: -> "
    "nce[tuple[str, str]], resamples: int=2001) -> pd.DataFrame:": "one resample more of 2,000",
    "pvalue = (1 + np.sum(shuffled >= observed - 1e-12)) / (1 + shuffles) -> "
    "pvalue = (1 + np.sum(shuffled > observed - 1e-12)) / (1 + shuffles)": (
        "shares that are alike differ by less than the tolerance, and count either way"
    ),
    "return {'version': '1', 'env_version': 1, 'parallel_read_safe': True, 'parallel -> "
    "return {'version': '1', 'env_version': 2, 'parallel_read_safe': True, 'parallel": (
        "with another number, all pages are read once more"
    ),
    "return {'version': '1', 'env_version': 3, 'parallel_read_safe': True, 'parallel -> "
    "return {'version': '1', 'env_version': 4, 'parallel_read_safe': True, 'parallel": (
        "with another number, all pages are read once more"
    ),
    "figures.items()), [replace(number, line=0) for number in page.numbers], env.toc_ -> "
    "figures.items()), [replace(number, line=1) for number in page.numbers], env.toc_": (
        "any line will do that is the same for all numbers"
    ),
    "return json.dumps(asdict(self), indent=1) -> return json.dumps(asdict(self), indent=2)": (
        "one blank more in a file that is read by its structure"
    ),
    "te_text(json.dumps(asdict(self), indent=1), 'utf-8') -> "
    "te_text(json.dumps(asdict(self), indent=2), 'utf-8')": (
        "one blank more in a file that is read by its structure"
    ),
    " in zip(full.cells, found.cells, strict=True): -> "
    " in zip(full.cells, found.cells, strict=False):": (
        "the cache gives back as many cells as it was given"
    ),
    "call.positional[first:], counts, strict=True): -> "
    "call.positional[first:], counts, strict=False):": (
        "a call without stars has as many arguments as values"
    ),
    "ins in zip(names, found, behind, strict=True): -> "
    "ins in zip(names, found, behind, strict=False):": (
        "that they are as many is checked before, with words for the author"
    ),
    "_LONGEST = 10000000 -> _LONGEST = 10000001": "one character more of ten million",
    "seconds: float = 0 -> seconds: float = 1": "set before it is read",
    "_shown: int = 0 -> _shown: int = 1": "each cell begins with none",
    "message = self.kc.execute('', silent=True, user_expressions=question) -> "
    "message = self.kc.execute('', silent=False, user_expressions=question)": (
        "asked after the last cell: nobody sees the history, or the count"
    ),
    "assert self.warm.stdin and self.warm.stdout -> assert self.warm.stdin or self.warm.stdout": (
        "both are there"
    ),
}
"""Mutants that do the same as the original, by ``before -> after``, and why."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.MatMult: ast.Mult,
}
_NAMED = {
    "min": "max",
    "max": "min",
    "sum": "mean",
    "mean": "sum",
    "first": "last",
    "last": "first",
    "low": "high",
    "high": "low",
    "any": "all",
    "all": "any",
    "idxmax": "idxmin",
    "left": "right",
    "right": "left",
    "source": "target",
    "target": "source",
    "append": "extend",
}


class Mutant(NamedTuple):
    """A module changed in one line."""

    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        """Return the change."""
        return f"{self.before} -> {self.after}"


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in a node's place."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            yield _with(node, ops=[_COMPARED[type(op)]()])
        case ast.BinOp(op=op) if type(op) in _COMPUTED:
            yield _with(node, op=_COMPUTED[type(op)]())
        case ast.BoolOp(op=ast.And()):
            yield _with(node, op=ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield _with(node, op=ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield node.operand
        case ast.Constant(value=bool(value)):
            yield _with(node, value=not value)
        case ast.Constant(value=int(value)):
            yield _with(node, value=value + 1)
        case ast.Constant(value=float(value)):
            yield _with(node, value=value * 1.5)
        case ast.If():
            yield _with(node, test=ast.Constant(False))
        case ast.Attribute(attr=name) if name in _NAMED:
            yield _with(node, attr=_NAMED[name])
        case ast.Constant(value=str(value)) if value in _NAMED:
            yield _with(node, value=_NAMED[value])


def _with(node: ast.AST, **changes: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed


def mutants(source: str) -> Iterator[Mutant]:
    """Yield the mutants of a module in the order of its lines."""
    tree = ast.parse(source)
    before = ast.unparse(tree).splitlines()
    spoken = set(_spoken(tree))
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            for place, node in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(node, ast.AST) or id(node) in spoken:
                    continue
                for variant in variants(node):
                    _put(parent, field, value, place, variant)
                    text = ast.unparse(ast.fix_missing_locations(tree))
                    _put(parent, field, value, place, node)
                    if text.splitlines() != before:
                        yield _mutant(before, text.splitlines(), getattr(node, "lineno", 0))


def _put(parent: ast.AST, field: str, value: object, place: int, node: ast.AST) -> None:
    if isinstance(value, list):
        value[place] = node
    else:
        setattr(parent, field, node)


def _mutant(before: list[str], after: list[str], line: int) -> Mutant:
    old, new = next(
        (old.strip(), new.strip())
        for old, new in zip_longest(before, after, fillvalue="")
        if old != new
    )
    # Of a long line, what surrounds the change.
    pairs = enumerate(zip(old, new, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), len(old))
    start = max(0, same - _AROUND)
    return Mutant(line, old[start : same + _AROUND], new[start : same + _AROUND], "\n".join(after))


def _spoken(tree: ast.AST) -> Iterator[int]:
    """Yield the nodes that only speak: annotations, messages of errors, references."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.arg | ast.AnnAssign):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            parts = [node.returns]
        elif isinstance(node, ast.Raise):
            parts = [node.exc]
        elif isinstance(node, ast.ClassDef) and node.decorator_list:
            parts = [*node.decorator_list]
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            parts = [node]
        for part in parts:
            if part is not None:
                yield from map(id, ast.walk(part))


def spread(found: list[Mutant], number: int) -> list[Mutant]:
    """Return so many mutants, spread evenly over the module."""
    by_line = sorted(found, key=lambda mutant: (mutant.line, mutant.after))
    steps = min(number, len(by_line))
    return [by_line[(2 * step + 1) * len(by_line) // (2 * steps)] for step in range(steps)]


def noticed(tests: list[str], clone: Path, seconds: float = LONGEST) -> bool:
    """Return whether one of the tests fails, or does not end, in a fork of this process."""
    child = os.fork()
    if not child:
        failed = 1
        try:
            failed = _tests_in(clone, tests)
        finally:  # whatever was raised, this process goes no further
            os._exit(failed)
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status != 0
        signal.sigtimedwait([signal.SIGCHLD], 0.5)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


class _FewExamples:
    """A plugin of pytest that lets Hypothesis try few examples, the same ones for every mutant."""

    def pytest_collection(self) -> None:
        from hypothesis import settings

        settings.register_profile(
            "mutants", max_examples=25, deadline=None, derandomize=True, database=None
        )
        settings.load_profile("mutants")


def _tests_in(clone: Path, tests: list[str]) -> int:
    """Run tests in a clone, in silence."""
    os.setsid()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])  # tests start processes, too
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.chdir(clone)
    sys.path[:] = [str(clone), *(part for part in sys.path if Path(part or ".") != ROOT)]
    import pytest

    return int(
        pytest.main(
            ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", *tests], [_FewExamples()]
        )
    )


def main() -> None:
    """Try the mutants of all modules, or of those named, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="paths of modules; all by default")
    parser.add_argument("--number", type=int, default=14, help="mutants of each module")
    options = parser.parse_args()
    pairs = MEASURES | MACHINERY
    # What every process needs is imported once.
    for name in (
        "networkx",
        "powerlaw",
        "statsmodels.api",
        "matplotlib.pyplot",
        "myst_nb.sphinx_",
        "sphinxcontrib.bibtex",
        "jupytext",
        "hypothesis",
        "pytest",
    ):
        __import__(name)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    _say("| module | noticed | of | alike | not noticed |\n|---|--:|--:|--:|---|")
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)  # noqa: S603, S607
        for path in options.modules or pairs:
            _say(_row(path, pairs[path], clone, options.number))


def _row(path: str, tests: list[str], clone: Path, number: int) -> str:
    source = (clone / path).read_text("utf-8")
    begun = time.monotonic()
    if noticed(tests, clone):
        raise SystemExit(f"{path}: its tests fail without a change, too")
    seconds = max(SECONDS, TIMES * (time.monotonic() - begun))
    alive = []
    chosen = spread(list(mutants(source)), number)
    for mutant in chosen:
        (clone / path).write_text(mutant.source, "utf-8")
        if not noticed(tests, clone, seconds):
            alive.append(mutant)
    (clone / path).write_text(source, "utf-8")
    alike = [mutant for mutant in alive if str(mutant) in EQUIVALENT]
    left = [f"`{mutant}`" for mutant in alive if mutant not in alike]
    real = len(chosen) - len(alike)
    return f"| {path} | {real - len(left)} | {real} | {len(alike)} | {'<br>'.join(left)} |"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
