"""Which tables a value comes from: the data flow through the cells of a notebook.

A number in a sentence, or a figure, depends on the tables that its value was computed from. Nobody
types their names: they follow from the code. Every name of a notebook stands for the tables that
went into it, from ``tables.load("…")`` on, through assignments, loops and calls; a function of
:mod:`govsocial` adds the tables that it loads itself. The flow follows data, not conditions: a
table that only decides which branch of an ``if`` runs is not seen.

The method is a forward data-flow analysis, flow-sensitive and by names (Nielson, Nielson and
Hankin 1999, *Principles of Program Analysis*, chapter 2).
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, reduce
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NamedTuple

from IPython.core.getipython import get_ipython

from govsocial import tables

Origins = frozenset[str]
Place = tuple[int, ...]
"""Where a call begins and ends in a cell: line, column, last line, last column."""
_NONE: Origins = frozenset()
_PACKAGE = __name__.partition(".")[0]
_WORD = "="  # before a text that may turn out to be the name of a table


class Passed(NamedTuple):
    """What an argument of a call comes from, as a whole and element by element."""

    whole: Origins
    parts: tuple[Origins, ...]
    """One per element where the argument is written as a tuple or list; else empty."""
    starred: bool = False


class Call(NamedTuple):
    """A call in a cell: what its positional and its named arguments come from."""

    positional: tuple[Passed, ...]
    named: dict[str, Passed]


class Definition(NamedTuple):
    """What a module of the library defines by a name."""

    module: ModuleType
    name: str


def calling(depth: int = 1) -> Call | None:
    """Return the call of a notebook's cell that is running, or None.

    There is none outside a notebook, and none inside a function that a cell defines: nobody knows
    what its arguments come from.

    Parameters
    ----------
    depth
        How many functions stand between the cell and the caller of this function.
    """
    shell, frame = get_ipython(), sys._getframe(depth + 1)
    if shell is None or frame.f_globals is not shell.user_ns or frame.f_code.co_name != "<module>":
        return None
    cells = shell.user_ns["In"]
    return calls(cells[:-1], cells[-1], shell.user_ns).get(_position(frame))


_FLOWS: list[Flow] = []
"""The flow through the cells before the latest one: a page asks once for each of its numbers."""


def calls(before: Sequence[str], cell: str, names: Mapping[str, Any]) -> dict[Place, Call]:
    """Return the calls of a cell by their places, after other cells have run.

    A place has its end, too: of ``Numbers("one")("half", 3)`` two calls begin at the first letter.

    Parameters
    ----------
    before, cell
        The code of the cells that have run, in their order, and of this one.
    names
        What the notebook's names stand for; only modules and functions are looked up.
    """
    flow = _FLOWS.pop() if _FLOWS and _FLOWS[-1].leads_to(before, names) else Flow(names)
    for code in before[len(flow.cells) :]:
        flow.run(code)
    _FLOWS[:] = [flow]
    last = flow.copy()
    last.run(cell)
    return last.calls


def _position(frame: FrameType) -> Place:
    line, end, column, end_column = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    return line or 0, column or 0, end or 0, end_column or 0


class Flow(ast.NodeVisitor):
    """Follows tables through code, statement by statement."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names
        self._origins: dict[str, Origins] = {}
        self.cells: list[str] = []
        self.calls: dict[Place, Call] = {}

    def copy(self) -> Flow:
        """Return a flow that goes on from here, with no calls yet."""
        other = Flow(self._names)
        other._origins = dict(self._origins)
        return other

    def leads_to(self, cells: Sequence[str], names: Mapping[str, Any]) -> bool:
        """Return whether these cells begin with those that have been followed."""
        return self._names is names and self.cells == list(cells[: len(self.cells)])

    def run(self, code: str) -> None:
        """Follow the statements of a cell; one that is no Python is passed over."""
        self.cells.append(code)
        try:
            body = ast.parse(code).body
        except SyntaxError:
            return
        self._follow(body)

    def _follow(self, body: Sequence[ast.AST]) -> None:
        for statement in body:
            self.visit(statement)

    def generic_visit(self, node: ast.AST) -> None:
        """Evaluate the expressions of any other statement, and follow its blocks."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.origins(child)
            else:
                self.visit(child)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Give each target what the value comes from."""
        for target in node.targets:
            self._assign(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Give the target what the value comes from."""
        if node.value:
            self._assign(node.target, node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Add to the target what the value comes from."""
        self._bind(node.target, self.origins(node.target) | self.origins(node.value))

    def visit_For(self, node: ast.For) -> None:
        """Follow the body twice: what an earlier turn left may reach a later one."""
        for _turn in range(2):
            self._assign_from(node.target, node.iter)
            self._follow(node.body)
        self._follow(node.orelse)

    def visit_With(self, node: ast.With) -> None:
        """Follow a block and what it names."""
        for item in node.items:
            found = self.origins(item.context_expr)
            if item.optional_vars:
                self._bind(item.optional_vars, found)
        self._follow(node.body)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Let a function of the notebook stand for what its body names."""
        inner = self.copy()
        inner._follow(node.body)
        self._origins[node.name] = self._union(
            inner.origins(part) for part in ast.walk(node) if isinstance(part, ast.expr)
        )

    def visit_Import(self, node: ast.Import) -> None:
        """Forget a name: what is imported comes from no table."""
        for alias in node.names:
            self._origins.pop((alias.asname or alias.name).partition(".")[0], None)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Forget a name: what is imported comes from no table."""
        for alias in node.names:
            self._origins.pop(alias.asname or alias.name, None)

    def visit_Expr(self, node: ast.Expr) -> None:
        """Add what a method is given to what it belongs to, which it may change."""
        found = self.origins(node.value)
        if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
            self._extend(node.value.func.value, found)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        several = ast.Tuple | ast.List
        if isinstance(target, several) and isinstance(value, several):
            found = [self.origins(part) for part in value.elts]
            if len(target.elts) == len(found):
                for part, origins in zip(target.elts, found, strict=True):
                    self._bind(part, origins)
                return
        self._bind(target, self.origins(value))

    def _assign_from(self, target: ast.expr, iterated: ast.expr) -> None:
        """Bind the target of a loop; ``enumerate``, ``zip`` and ``items`` keep columns apart."""
        columns = self._columns(iterated)
        if isinstance(target, ast.Tuple) and len(columns) == len(target.elts):
            self.origins(iterated)
            for part, found in zip(target.elts, columns, strict=True):
                self._bind(part, found)
        else:
            self._bind(target, self.origins(iterated))

    def _columns(self, iterated: ast.expr) -> list[Origins]:
        if isinstance(iterated, ast.Call) and isinstance(iterated.func, ast.Name):
            if iterated.func.id == "zip":
                return [self.origins(part) for part in iterated.args]
            if iterated.func.id == "enumerate" and len(iterated.args) == 1:
                return [_NONE, self.origins(iterated.args[0])]
        if (
            isinstance(iterated, ast.Call)
            and isinstance(iterated.func, ast.Attribute)
            and iterated.func.attr == "items"
            and isinstance(iterated.func.value, ast.Dict)
        ):
            pairs = iterated.func.value
            keys = self._union(self.origins(key) for key in pairs.keys if key)
            return [keys, self._union(map(self.origins, pairs.values))]
        return []

    def _bind(self, target: ast.expr, found: Origins) -> None:
        if isinstance(target, ast.Name):
            self._origins[target.id] = found
        elif isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self._bind(part, found)
        elif isinstance(target, ast.Starred):
            self._bind(target.value, found)
        elif isinstance(target, ast.Subscript | ast.Attribute):  # a part of a whole
            place = self.origins(target.slice) if isinstance(target, ast.Subscript) else _NONE
            self._extend(target.value, found | place)

    def _extend(self, whole: ast.expr, found: Origins) -> None:
        while isinstance(whole, ast.Subscript | ast.Attribute | ast.Call):
            whole = whole.func if isinstance(whole, ast.Call) else whole.value
        if isinstance(whole, ast.Name) and not self._looked_up(whole):
            self._origins[whole.id] = self._origins.get(whole.id, _NONE) | found

    def origins(self, node: ast.expr) -> Origins:
        """Return what an expression comes from."""
        if isinstance(node, ast.Name):
            return self._origins.get(node.id, _NONE) | self._loaded(node)
        if isinstance(node, ast.Constant):
            return frozenset([_WORD + node.value]) if isinstance(node.value, str) else _NONE
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Lambda):
            return self._inside([], node.args, node.body)
        if isinstance(node, ast.DictComp):
            return self._inside(node.generators, None, node.key, node.value)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            return self._inside(node.generators, None, node.elt)
        if isinstance(node, ast.NamedExpr):
            self._assign(node.target, node.value)
        loaded = self._loaded(node) if isinstance(node, ast.Attribute) else _NONE
        return loaded | self._union(map(self.origins, _expressions(node)))

    def _call(self, node: ast.Call) -> Origins:
        positional = tuple(self._passed(argument) for argument in node.args)
        named = {word.arg or "**": self._passed(word.value) for word in node.keywords}
        end = node.end_lineno or 0, node.end_col_offset or 0
        self.calls[node.lineno, node.col_offset, *end] = Call(positional, named)
        given = self._union(passed.whole for passed in (*positional, *named.values()))
        called = self._looked_up(node.func)
        if called is tables.load:
            return frozenset(word.removeprefix(_WORD) for word in given) & _known()
        return given | self.origins(node.func)

    def _passed(self, argument: ast.expr) -> Passed:
        parts: tuple[Origins, ...] = ()
        if isinstance(argument, ast.Tuple | ast.List):
            parts = tuple(_tables(self.origins(part)) for part in argument.elts)
        return Passed(self.origins(argument), parts, isinstance(argument, ast.Starred))

    def _inside(
        self,
        generators: Sequence[ast.comprehension],
        arguments: ast.arguments | None,
        *results: ast.expr,
    ) -> Origins:
        """Return what the results come from, in a scope of their own."""
        outer = dict(self._origins)
        for argument in arguments.args if arguments else ():
            self._origins.pop(argument.arg, None)
        found = _NONE
        for generator in generators:
            self._assign_from(generator.target, generator.iter)
            found |= self._union(map(self.origins, generator.ifs))
        found |= self._union(map(self.origins, results))
        self._origins = outer
        return found

    def _looked_up(self, node: ast.expr) -> Any:
        """Return the module or function that a name of the notebook stands for, or None."""
        if isinstance(node, ast.Name):
            found = None if node.id in self._origins else self._names.get(node.id)
        elif isinstance(node, ast.Attribute):
            owner = self._looked_up(node.value)
            found = getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
        else:
            return None
        return found if isinstance(found, ModuleType) or callable(found) else None

    def _loads_by_name(self, node: ast.AST) -> bool:
        """Return whether a node is ``tables.load`` called with a text."""
        return (
            isinstance(node, ast.Call)
            and self._looked_up(node.func) is tables.load
            and all(isinstance(argument, ast.Constant) for argument in node.args)
        )

    def _loaded(self, node: ast.expr) -> Origins:
        found = self._looked_up(node)
        return loads(found) if callable(found) and _is_ours(found) else _NONE

    @staticmethod
    def _union(parts: Iterator[Origins] | map[Origins]) -> Origins:
        return reduce(frozenset.union, parts, _NONE)


def _expressions(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        elif not isinstance(child, ast.expr_context | ast.operator | ast.cmpop):
            yield from _expressions(child)


def _tables(found: Origins) -> Origins:
    return frozenset(name for name in found if not name.startswith(_WORD))


def named(found: Origins) -> list[str]:
    """Return the tables among the origins of a value, sorted."""
    return sorted(_tables(found))


def _is_ours(found: Callable[..., Any]) -> bool:
    own = inspect.unwrap(found)
    module = getattr(own, "__module__", None) or ""
    return module.partition(".")[0] == _PACKAGE and hasattr(own, "__qualname__")


@cache
def loads(function: Callable[..., Any]) -> Origins:
    """Return the tables that a function of the library loads, by itself or by those it uses.

    Where the name of a table is not written into the call, as in ``map(tables.load, names)``, all
    tables count that the module names.
    """
    found, left, seen = _NONE, [_home(function)], set[Definition]()
    while left:
        if (definition := left.pop()) not in seen:
            seen.add(definition)
            own, used = _within(definition)
            found |= own
            left += used
    return found


def _home(function: Callable[..., Any]) -> Definition:
    own = inspect.unwrap(function)
    return Definition(sys.modules[own.__module__], own.__qualname__.partition(".")[0])


@cache
def _within(definition: Definition) -> tuple[Origins, list[Definition]]:
    """Return the tables that a definition loads by itself, and what else of the library it uses."""
    module = definition.module
    body = _definitions(module).get(definition.name)
    if body is None or module is tables:
        return _NONE, []
    flow, found, used = Flow(vars(module)), _NONE, []
    written = [node for node in ast.walk(body) if flow._loads_by_name(node)]
    for call in written:
        found |= _words(call)
    direct = {id(call.func) for call in written if isinstance(call, ast.Call)}
    for node in ast.walk(body):
        if not isinstance(node, ast.Name | ast.Attribute) or id(node) in direct:
            continue
        named = flow._looked_up(node)
        if named is tables.load:
            found |= _words(*_definitions(module).values()) & _known()
        elif callable(named) and _is_ours(named):
            used.append(_home(named))
        elif isinstance(node, ast.Name):
            used.append(Definition(module, node.id))
    return found, used


@cache
def _known() -> Origins:
    return frozenset(tables.names())


def _words(*nodes: ast.AST) -> Origins:
    parts = (part for node in nodes for part in ast.walk(node) if isinstance(part, ast.Constant))
    return frozenset(part.value for part in parts if isinstance(part.value, str))


@cache
def _definitions(module: ModuleType) -> dict[str, ast.stmt]:
    return _defined(Path(str(module.__file__)).read_text("utf-8"))


def _defined(code: str) -> dict[str, ast.stmt]:
    """Return what the code of a module defines by name: functions, classes and values."""
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = (part for target in targets for part in ast.walk(target))
            found |= {
                part.id: node
                for part in names
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
    return found
