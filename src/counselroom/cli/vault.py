"""``vault``: make, check, rotate and recover."""

import contextlib
import dataclasses
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counselroom.cli import inputs, output
from counselroom.cli.exits import exit_of
from counselroom.cli.rooms import closing, signed_in, tell_alarms
from counselroom.domain.refusal import Exit, Refusal
from counselroom.domain.school import School, check_school, split_stages
from counselroom.services import codes, people
from counselroom.services.vault import first_run, inspection, location, opening, recovery
from counselroom.services.vault.first_run import Created, FirstRun
from counselroom.services.vault.recover import recover as recover_vault
from counselroom.words import word


def init(arguments: Namespace) -> int:
    """``vault init``: everything that can be refused is refused before the first file is made."""
    folder, shares_folder = inputs.folder(arguments), Path(arguments.shares_out).absolute()
    first = first_run.check_first(
        FirstRun(
            _school(arguments),
            arguments.scheme,
            arguments.user,
            inputs.passphrase(arguments.passphrase_file),
            inputs.key_file(arguments.key_file),
        )
    )
    if opening.exists(folder):
        raise Refusal("vault.exists", folder=folder.name)
    for warning in location.look_at(folder).warnings:
        output.note(word(f"location.{warning}.why"))
    with _room_for_shares(shares_folder):
        created = first_run.create(folder, first)
    with closing(created.room):
        _write_shares(created, shares_folder, failed="cli.shares_missing_init")
    output.result(word("cli.init_done", folder=folder, name=first.name))
    _say_shares(shares_folder)
    return Exit.DONE


def check(arguments: Namespace) -> int:
    """``vault check``: one JSON object whenever the passphrase fits or damage was found."""
    folder, passphrase = inputs.folder(arguments), inputs.passphrase(arguments.passphrase_file)
    try:
        report = inspection.check(folder, arguments.user, passphrase, inputs.key_file(arguments.key_file))
    except Refusal as refusal:
        if exit_of(refusal) is not Exit.DAMAGED:
            raise
        report = inspection.Report(faults=[refusal.code])
    output.result_json(dataclasses.asdict(report))
    if not report.faults:
        return Exit.DONE
    output.note(word("cli.check_bad", count=len(report.faults)))
    return Exit.DAMAGED


def rotate(arguments: Namespace) -> int:
    """``vault rotate``: a new key; passphrases and recovery sheets stay good."""
    with signed_in(arguments) as room:
        generation = room.run(people.rotate).result
    output.result(word("cli.rotated", generation=generation))
    return Exit.DONE


def recover(arguments: Namespace) -> int:
    """``vault recover``: two shares, a new passphrase for a member, a new key, new shares."""
    folder, shares_folder = inputs.folder(arguments), Path(arguments.shares_out).absolute()
    passphrase = inputs.passphrase(arguments.passphrase_file)
    key_file = inputs.key_file(arguments.key_file)
    shares = []
    for path in arguments.share:
        try:
            shares.append(inputs.share(path))
        except Refusal as refusal:
            output.refuse(refusal, about=path.name)
            return exit_of(refusal)
    with _room_for_shares(shares_folder):
        created = recover_vault(folder, shares, arguments.user, passphrase, key_file)
    tell_alarms(created.room)
    with closing(created.room):
        _write_shares(created, shares_folder, failed="cli.shares_missing_recover")
    output.result(word("cli.recovered", name=created.room.account.name))
    output.result(word("cli.notes_lost"))
    _say_shares(shares_folder)
    return Exit.DONE


def _school(arguments: Namespace) -> School:
    return check_school(
        arguments.school_name,
        arguments.school_code,
        arguments.division,
        split_stages(arguments.stages),
        codes.school_lists(),
        complete=False,
    )


@contextmanager
def _room_for_shares(folder: Path) -> Iterator[None]:
    """The folder for the shares, made before the vault; taken back while it is empty and the vault was refused."""
    made = not folder.exists()
    recovery.check_shares_folder(folder)
    try:
        yield
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _write_shares(created: Created, folder: Path, *, failed: str) -> None:
    """The files of the shares. They exist nowhere else: a failure says what to do, then keeps its own refusal."""
    try:
        created.room.run(recovery.write_files, created.shares, folder)
    except BaseException:
        output.note(word(failed, folder=folder))
        raise


def _say_shares(folder: Path) -> None:
    output.result(word("cli.shares_where", folder=folder))
    output.result(word("cli.shares_due"))
