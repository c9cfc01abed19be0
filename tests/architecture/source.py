"""The program's source as syntax trees, and the questions that every checker asks of them."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "counselroom"

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One imported name in full: ``at_start`` when it is imported as soon as its module is."""

    name: str
    line: int
    at_start: bool


@dataclass(frozen=True)
class Source:
    """One module; ``name`` is its dotted name below counselroom, empty for the package itself."""

    name: str
    text: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text, filename=self.name)

    @property
    def ring(self) -> str:
        """The first part of the name: domain, db, ui, …"""
        return self.name.partition(".")[0]

    def within(self, *places: str) -> bool:
        """Whether the module is one of the places or lies below one."""
        return any(self.name == place or self.name.startswith(f"{place}.") for place in places)

    def at(self, node: ast.AST | int, message: str) -> str:
        """A finding as the test prints it."""
        line = node if isinstance(node, int) else getattr(node, "lineno", 0)
        return f"{self.name or '__init__'}:{line}: {message}"

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Every import of the module, inside functions too."""
        return tuple(self._imports(self.tree, at_start=True))

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What each imported name means in full."""
        names: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names.update({a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
                              for a in node.names})  # fmt: skip
            elif isinstance(node, ast.ImportFrom):
                base = self._base(node)
                names.update({a.asname or a.name: f"{base}.{a.name}" for a in node.names})
        return names

    def dotted(self, node: ast.AST) -> str:
        """``os.path.join`` for such an expression, with imported names spelt in full; ``?`` for what is no name."""
        if isinstance(node, ast.Attribute):
            return f"{self.dotted(node.value)}.{node.attr}"
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id, node.id)
        return "?"

    @cached_property
    def calls(self) -> tuple[tuple[ast.Call, str], ...]:
        """Every call with the full name of what is called."""
        found = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return tuple((node, self.dotted(node.func)) for node in found)

    @cached_property
    def functions(self) -> tuple[FunctionNode, ...]:
        """Every function and method, nested ones too."""
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, FunctionNode))

    @cached_property
    def docstrings(self) -> frozenset[int]:
        """Identities of the constants that are docstrings."""
        owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        bodies = [node.body for node in ast.walk(self.tree) if isinstance(node, owners)]
        return frozenset(
            id(body[0].value) for body in bodies
            if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
            and isinstance(body[0].value.value, str)
        )  # fmt: skip

    @cached_property
    def strings(self) -> tuple[ast.Constant, ...]:
        """Every string constant that is not a docstring, the parts of f-strings included."""
        return tuple(
            node for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in self.docstrings
        )  # fmt: skip

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = ["counselroom", *(part for part in self.name.split(".") if part)]
        kept = package[: len(package) - node.level + self.is_package]
        return ".".join([*kept, *([node.module] if node.module else [])])

    def _imports(self, node: ast.AST, *, at_start: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(alias.name, child.lineno, at_start) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = self._base(child)
                yield from (Import(f"{base}.{alias.name}", child.lineno, at_start) for alias in child.names)
            elif isinstance(child, ast.If) and self.dotted(child.test).endswith("TYPE_CHECKING"):
                yield from (found for part in child.body for found in self._imports_of(part, at_start=False))
                yield from (found for part in child.orelse for found in self._imports_of(part, at_start=at_start))
            else:
                inside = isinstance(child, FunctionNode | ast.Lambda)
                yield from self._imports(child, at_start=at_start and not inside)

    def _imports_of(self, node: ast.AST, *, at_start: bool) -> Iterator[Import]:
        return self._imports(ast.Module(body=[node], type_ignores=[]), at_start=at_start)  # type: ignore[list-item]  # node is a statement


Checker = Callable[[Source], Iterable[str]]


@cache
def sources() -> tuple[Source, ...]:
    """Every module of the program."""
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")))


def _read(path: Path) -> Source:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    return Source(".".join(parts[:-1] if is_package else parts), path.read_text(encoding="utf-8"), is_package)


def clean(check: Checker, among: Iterable[Source] | None = None) -> None:
    """Fails with every finding of the checker in the program."""
    found = [finding for source in (sources() if among is None else among) for finding in check(source)]
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


def caught(check: Checker, name: str, code: str) -> None:
    """Fails unless the checker finds something in the snippet: a checker that finds nothing is no checker."""
    assert list(check(Source(name, code))), f"not noticed in {name}:\n{code}"


def passed(check: Checker, name: str, code: str) -> None:
    """Fails when the checker finds something in the snippet: a checker that cries wolf is switched off."""
    found = list(check(Source(name, code)))
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


def needless(allowed: Iterable[str], check: Callable[[Source, frozenset[str]], Iterable[str]]) -> None:
    """Fails for an entry of an allow-list whose module exists and does not need it (any more)."""
    idle = [
        source.name for entry in allowed for source in sources()
        if source.name == entry and not list(check(source, frozenset()))
    ]  # fmt: skip
    assert not idle, f"allow-listed without need: {idle}"
