"""Signing in for one command, and leaving properly whatever happens."""

import contextlib
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from counselroom.cli import inputs, output
from counselroom.domain.refusal import Refusal
from counselroom.services.room.door import Room
from counselroom.words import refusal_words, word


@contextmanager
def signed_in(arguments: Namespace) -> Iterator[Room]:
    """The room of ``--user``; alarms are told, and the tree head is signed when the command has ended."""
    from counselroom.services.vault import opening

    room = opening.unlock(
        inputs.folder(arguments),
        arguments.user,
        inputs.passphrase(arguments.passphrase_file),
        inputs.key_file(arguments.key_file),
    )
    tell_alarms(room)
    with closing(room):
        yield room


@contextmanager
def closing(room: Room) -> Iterator[None]:
    """Closes the room at the end and shows the short head for the paper log.

    A failed command keeps its own refusal. One that has done its work stays done when only the head cannot be written:
    the next sign-in goes on from there.
    """
    try:
        yield
    except BaseException:
        with contextlib.suppress(Refusal):
            room.close()
        raise
    try:
        head = room.close()
    except Refusal as refusal:
        output.note(word("cli.head_missing", what=refusal_words(refusal).what))
        return
    if head is not None:
        output.note(word("cli.head", head=head))


def tell_alarms(room: Room) -> None:
    """Alarms found at sign-in, on standard error."""
    for alarm in room.alarms:
        output.note(word(f"alarm.{alarm.code}"))
