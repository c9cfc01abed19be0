"""``user``: who may sign in."""

from argparse import Namespace

from counselroom.cli import inputs, output
from counselroom.cli.rooms import signed_in
from counselroom.domain.people import tidy_name
from counselroom.domain.refusal import Exit, Refusal
from counselroom.services import people
from counselroom.services.room.door import Room
from counselroom.words import word


def show(arguments: Namespace) -> int:
    """``user list``: a JSON array; several roles of one person are set apart by commas."""
    with signed_in(arguments) as room:
        rows = room.run(people.accounts).result
    output.result_json([
        {"name": row.name, "role": ",".join(row.roles), "kind": row.kind.value} for row in rows
    ])  # fmt: skip
    return Exit.DONE


def add(arguments: Namespace) -> int:
    """``user add``."""
    roles = tuple(people.role_of(code) for code in arguments.role)
    passphrase = inputs.passphrase(arguments.new_passphrase_file)
    key_file = inputs.key_file(arguments.new_key_file)
    with signed_in(arguments) as room:
        added = room.run(people.add_account, arguments.name, roles, passphrase, key_file).result
    output.result(word("cli.user_added", name=added.name, kind=word(f"kind.{added.kind}")))
    return Exit.DONE


def remove(arguments: Namespace) -> int:
    """``user remove``: the vault gets a new key."""
    with signed_in(arguments) as room:
        row = _row(room, tidy_name(arguments.name))
        room.run(people.remove_account, row.account_id)
        generation = room.generation
    output.result(word("cli.user_removed", name=row.name, generation=generation))
    return Exit.DONE


def _row(room: Room, name: str) -> people.AccountRow:
    for row in room.run(people.accounts).result:
        if row.name == name:
            return row
    raise Refusal("people.unknown")
