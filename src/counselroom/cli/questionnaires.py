"""``instruments check``, ``convert`` and ``export``: definitions as files, without a vault."""

from argparse import Namespace
from pathlib import Path

from counselroom.cli import output
from counselroom.domain.refusal import Exit, Refusal
from counselroom.domain.students.cells import parse_date
from counselroom.services.instruments.files import open_formats
from counselroom.services.instruments.library import library
from counselroom.words import word


def check(arguments: Namespace) -> int:
    """``instruments check``: one line for each fault, ``FILE:LINE: …``; nothing is changed."""
    found = open_formats.check(Path(arguments.file).absolute())
    for line, sentence in found.faults:
        output.note(f"{arguments.file}:{line}: {sentence}")
    if found.definition is None:
        return Exit.FAILED
    made = found.definition
    output.result(
        word(
            "cli.instruments_checked",
            id=made.id,
            items=len(made.items),
            scores=len(made.scores),
            bands=len(made.bands),
            examples=len(made.examples),
        )
    )
    return Exit.DONE


def convert(arguments: Namespace) -> int:
    """``instruments convert``: what is not as the file has it goes to standard error, one line for each."""
    try:
        found = open_formats.convert(Path(arguments.file).absolute(), Path(arguments.out).absolute())
    except open_formats.NoDefinitionError as error:
        for sentence in error.remarks:
            output.note(sentence)
        output.note(word("cli.instruments_not_converted", file=Path(arguments.file).name))
        return Exit.FAILED
    for sentence in found.remarks:
        output.note(sentence)
    made = found.definition
    output.result(word("cli.instruments_converted", id=made.id, items=len(made.items), scores=len(made.scores),
                       examples=len(made.examples), out=arguments.out))  # fmt: skip
    return Exit.DONE


def responses(arguments: Namespace) -> int:
    """``instruments responses``: answers in an open format; no name leaves, only the ids of the file."""
    authored = parse_date(arguments.authored)
    if authored is None:
        raise Refusal("entry.date")
    count = open_formats.responses(
        library.named(arguments.id), Path(arguments.file).absolute(), Path(arguments.out).absolute(), authored
    )
    output.result(word("cli.instruments_responded", count=count, out=arguments.out))
    return Exit.DONE


def export(arguments: Namespace) -> int:
    """``instruments export``: what the other format cannot say goes to standard error, one line for each."""
    for sentence in open_formats.export(arguments.id, arguments.kind, Path(arguments.out).absolute()):
        output.note(sentence)
    output.result(word("cli.instruments_exported", out=arguments.out))
    return Exit.DONE
