"""Every module of services that declares something stands in the list of subjects."""

import ast
from collections.abc import Iterator

from architecture.source import FunctionNode, Source, caught, clean, passed, sources

DECLARING = {"command", "query", "leaving", "today_source", "search_source", "timeline_kind"}


def listed(subjects: Source) -> set[str]:
    """The modules that services/subjects imports."""
    return {found.name.removeprefix("counselroom.") for found in subjects.imports}


def is_listed(source: Source, names: set[str]) -> Iterator[str]:
    """A declaration in a module that nobody is sure to import."""
    if source.ring != "services" or source.name in names:
        return
    for node in ast.walk(source.tree):
        marks = node.decorator_list if isinstance(node, FunctionNode) else []
        for mark in marks:
            name = source.dotted(mark.func) if isinstance(mark, ast.Call) else ""
            if name.rpartition(".")[2] in DECLARING:
                yield source.at(node, "declares something: services/subjects.py lists the module")


def test_every_subject_is_listed() -> None:
    (subjects,) = [source for source in sources() if source.name == "services.subjects"]
    names = listed(subjects)
    assert names
    clean(lambda source: is_listed(source, names))


def test_a_forgotten_subject_is_noticed() -> None:
    subjects = Source("services.subjects", "def load():\n    from counselroom.services import people")
    code = "from counselroom.services.today import today_source\n@today_source(1)\ndef _f(tx): ..."
    passed(lambda source: is_listed(source, listed(subjects)), "services.people", code)
    caught(lambda source: is_listed(source, listed(subjects)), "services.students", code)
    caught(
        lambda source: is_listed(source, listed(subjects)),
        "services.vault.talks",
        "from counselroom.services.room import declaration\n@declaration.query(1)\ndef f(tx): ...",
    )
