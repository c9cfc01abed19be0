"""Signing in for one command, and leaving properly whatever happens."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from counselroom.cli import inputs, output
from counselroom.services.room import Room
from counselroom.words import word


@contextmanager
def signed_in(arguments: Namespace) -> Iterator[Room]:
    """The room of ``--user``; alarms are told, and the tree head is signed when the command has ended."""
    from counselroom.services import vault

    room = vault.unlock(
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
    """Closes the room at the end and shows the short head for the paper log; a failed command keeps its own refusal."""
    try:
        yield
    except BaseException:
        room.close()
        raise
    head = room.close()
    if head is not None:
        output.note(word("cli.head", head=head))


def tell_alarms(room: Room) -> None:
    """Alarms found at sign-in, on standard error."""
    for alarm in room.alarms:
        output.note(word(f"alarm.{alarm.code}"))
