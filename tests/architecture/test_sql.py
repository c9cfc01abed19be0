"""SQL and nothing but SQL in db, and no SQL elsewhere: named parameters, no text glued into statements."""

import ast
import re
from collections.abc import Iterator

import pytest

from architecture.source import Checker, Source, caught, clean, passed, sources

STATEMENT = re.compile(
    r"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|REPLACE\s+INTO\s|WITH\s+\w+\s+AS\s*\("
    r"|(CREATE|DROP|ALTER)\s+(TABLE|VIEW|INDEX|TRIGGER|UNIQUE|TEMP)|PRAGMA\s|BEGIN\b|COMMIT\b|ATTACH\s|VACUUM\b)"
)  # fmt: skip
RUNNING = {"execute", "executemany", "executescript"}
OWN = {"all", "one", "run", "many", "each", "script"}  # the verbs of db/connection
OR_REPLACE = re.compile(r"\bOR\s+REPLACE\b|\bREPLACE\s+INTO\b", re.IGNORECASE)
BARE_PARAMETER = re.compile(r"\?|%s")

# (module, function) -> why its statement cannot be a constant
GLUED = {
    ("db.connection", "_prepare"): "PRAGMA takes no parameters: the raw key in hex, and names and values pinned above",
    ("db.connection", "pragmas"): "PRAGMA takes no parameters: names pinned above",
    ("db.generation", "export"): "PRAGMA takes no parameters: our own number of the schema",
    ("db.generation", "row_counts"): "a table is no value: names come from the schema itself",
    ("db.migrate", "migrate"): "one script carries the migration's text with its own number, hash and time",
}


def sql_in_db(source: Source) -> Iterator[str]:
    """A statement, or the running of one, outside db."""
    if source.ring == "db":
        return
    for node, name in source.calls:
        if name.rpartition(".")[2] in RUNNING:
            yield source.at(node, f"{name}(): SQL lives in db")
    for text in source.strings:
        if STATEMENT.match(str(text.value)):
            yield source.at(text, "an SQL statement: SQL lives in db")


def never_replace(source: Source) -> Iterator[str]:
    """OR REPLACE, which walks past a delete trigger."""
    for text in source.strings:
        if OR_REPLACE.search(str(text.value)):
            yield source.at(text, "OR REPLACE walks past the delete trigger of an append-only table")


def named_parameters(source: Source) -> Iterator[str]:
    """A parameter without a name in a statement, or values handed over by position."""
    if source.ring != "db":
        return
    for text in source.strings:
        if STATEMENT.match(str(text.value)) and BARE_PARAMETER.search(_outside_quotes(str(text.value))):
            yield source.at(text, "parameters have names (:name)")
    for node, name in source.calls:
        if name.rpartition(".")[2] in RUNNING and any(isinstance(arg, ast.Tuple | ast.List) for arg in node.args[1:]):
            yield source.at(node, "parameters have names: values are a mapping")


def nothing_glued(source: Source) -> Iterator[str]:
    """A statement put together at run time, other than from constants of its own module."""
    if source.ring != "db":
        return
    constants = _constants(source)
    for function in source.functions:
        if (source.name, function.name) in GLUED:
            continue
        for node in ast.walk(function):
            text: ast.expr | None = node if isinstance(node, ast.JoinedStr) and _is_statement(node) else None
            if isinstance(node, ast.Call) and _runs_sql(node) and node.args:
                text = node.args[0]
            if text is not None and not _constant(text, constants):
                yield source.at(node, "text glued into a statement: a named parameter, or allowed here with its reason")


def _outside_quotes(sql: str) -> str:
    return re.sub(r"'[^']*'", "''", sql)


def _constants(source: Source) -> set[str]:
    """Names in capitals that the module itself gives one string, put together from constants at most."""
    known: set[str] = set()
    for node in source.tree.body:
        if isinstance(node, ast.Assign) and _constant(node.value, known):
            known |= {target.id for target in node.targets if isinstance(target, ast.Name) and target.id.isupper()}
    return known


def _runs_sql(call: ast.Call) -> bool:
    """``….execute(…)`` anywhere, ``self._db.run(…)`` and ``db.run(…)`` with the verbs of db/connection."""
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = call.func.value
    owner_name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return call.func.attr in RUNNING or (call.func.attr in OWN and owner_name in {"_db", "db"})


def _constant(node: ast.expr, constants: set[str]) -> bool:
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        return node.id in constants
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.FormattedValue) else part for part in node.values]
        return all(_constant(part, constants) for part in parts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _constant(node.left, constants) and _constant(node.right, constants)
    if isinstance(node, ast.IfExp):
        return _constant(node.body, constants) and _constant(node.orelse, constants)
    return isinstance(node, ast.Call) and (_known_condition(node) or _joined(node, constants))


def _known_condition(call: ast.Call) -> bool:
    """``counts("v")``: the condition of db/students/rows, with the alias of a table."""
    return (
        isinstance(call.func, ast.Name)
        and call.func.id == "counts"
        and all(isinstance(argument, ast.Constant) for argument in call.args)
    )


def _joined(call: ast.Call, constants: set[str]) -> bool:
    """``", ".join(...)`` over names in capitals, or over parts that are constants themselves."""
    if not (
        isinstance(call.func, ast.Attribute) and call.func.attr == "join" and _constant(call.func.value, constants)
    ):
        return False
    (parts,) = call.args
    if isinstance(parts, ast.Tuple):
        return all(_part(part.value if isinstance(part, ast.Starred) else part, constants) for part in parts.elts)
    return _part(parts, constants)


def _part(node: ast.expr, constants: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id.isupper()
    if isinstance(node, ast.GeneratorExp):
        (loop,) = node.generators
        own = {loop.target.id} if isinstance(loop.target, ast.Name) else set()
        return isinstance(loop.iter, ast.Name) and loop.iter.id.isupper() and _constant(node.elt, constants | own)
    return _constant(node, constants)


def _is_statement(node: ast.JoinedStr) -> bool:
    first = node.values[0] if node.values else None
    return isinstance(first, ast.Constant) and bool(STATEMENT.match(str(first.value)))


def pass_through(source: Source) -> Iterator[str]:
    """The four verbs of db/connection hand on the statement they are given; nobody else may."""
    if source.name == "db.connection":
        return
    yield from nothing_glued(source)


CHECKS = [sql_in_db, never_replace, named_parameters, pass_through]


@pytest.mark.parametrize("check", CHECKS)
def test_the_program(check: Checker) -> None:
    clean(check)


def test_connection_glues_only_where_it_is_allowed() -> None:
    """In db/connection the verbs pass ``sql`` on; every f-string there still needs its reason."""
    (connection,) = [source for source in sources() if source.name == "db.connection"]
    glued = {
        function.name
        for function in connection.functions
        for node in ast.walk(function)
        if isinstance(node, ast.JoinedStr) and _is_statement(node)
    }
    assert glued == {function for module, function in GLUED if module == "db.connection"}


def test_no_needless_allowance() -> None:
    functions = {(source.name, function.name) for source in sources() for function in source.functions}
    assert set(GLUED) <= functions, f"allow-listed, but gone: {set(GLUED) - functions}"


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (sql_in_db, "services.people", "db.execute(text)"),
        (sql_in_db, "services.people", "cursor.executemany(text, rows)"),
        (sql_in_db, "ui.pages.people", "text = 'SELECT name FROM accounts'"),
        (sql_in_db, "services.people", "text = f'DELETE FROM {table}'"),
        (never_replace, "db.people", "def f(self):\n    self._db.run('INSERT OR REPLACE INTO a VALUES (:a)', a=1)"),
        (never_replace, "db.people", "SQL = 'replace into a values (1)'"),
        (named_parameters, "db.people", "def f(self):\n    self._db.all('SELECT a FROM b WHERE c = ?')"),
        (named_parameters, "db.people", "def f(db):\n    db.execute('SELECT :a', (1,))"),
        (pass_through, "db.people", "def f(self, t):\n    self._db.all(f'SELECT a FROM {t}')"),
        (pass_through, "db.people", "def f(self, t):\n    self._db.all('SELECT a FROM ' + t)"),
        (pass_through, "db.people", "def f(self, t):\n    self._db.all('SELECT a FROM {}'.format(t))"),
        (pass_through, "db.people", "def f(self, t):\n    sql = f'SELECT a FROM {t}'\n    return sql"),
        (pass_through, "db.people", "def f(self, t):\n    self._db.run(t)"),
        (pass_through, "db.people", "def f(self, t):\n    self._db.all('SELECT ' + ', '.join(t))"),
        (pass_through, "db.people", "def f(self, t):\n    self._db.many(f'UPDATE a SET {t} = :t', [])"),
        (pass_through, "db.people", "def f(self, t):\n    self._db.all(f'SELECT a FROM b v WHERE {counts(t)}')"),
        (pass_through, "db.people", "NAMES = name()\ndef f(self):\n    self._db.run(f'SELECT {NAMES}')"),
    ],
)
def test_bad(check: Checker, name: str, code: str) -> None:
    caught(check, name, code)


@pytest.mark.parametrize("check", CHECKS)
def test_good(check: Checker) -> None:
    passed(check, "db.people", "_ALL = 'SELECT a FROM b'\ndef f(self):\n    self._db.all(f'{_ALL} WHERE c = :c', c=1)")
    passed(check, "db.people", "def f(self):\n    self._db.run(\"SELECT '?' FROM b\"\n        ' WHERE c = :c', c=1)")
    columns = "_C = ', '.join(f':{name}' for name in NAMES)\ndef f(self):\n    "
    passed(check, "db.people", columns + "self._db.all(f'SELECT {_C} FROM b v WHERE {counts(\"v\")}')")
    passed(check, "services.people", "room.run(add, 'Select a name')")
