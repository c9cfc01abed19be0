"""``demo``: a fictional school in a folder of its own, with the passphrases of its people beside it."""

import contextlib
import sys
from argparse import Namespace
from pathlib import Path

from counselroom.cli import output
from counselroom.cli.rooms import closing
from counselroom.domain.refusal import Exit, Refusal
from counselroom.services import demo
from counselroom.words import word

VAULT, PASSPHRASES = "vault", "passphrases"


def make(arguments: Namespace) -> int:
    """``demo``: one JSON object on standard output; how far it is on standard error where somebody looks."""
    folder = Path(arguments.folder).absolute()
    size = demo.checked_size(demo.Size(arguments.students, arguments.years, arguments.seed))
    was_there = _is_there(folder)
    try:
        users = _make(folder, size)
    except BaseException:
        if not was_there:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
    output.result_json({"vault": str(folder / VAULT), "users": users})
    return Exit.DONE


def _make(folder: Path, size: demo.Size) -> list[dict[str, str]]:
    """Vault first, then the files with its passphrases: a vault without them opens to nobody, and goes again."""
    try:
        created = demo.create_demo(folder / VAULT, _progress if _watched() else None, size=size)
    finally:
        if _watched():
            print("\r\033[K", end="", file=sys.stderr)
    with closing(created.room):
        try:
            written = demo.write_passphrases(folder / PASSPHRASES, created.staff)
        except BaseException:
            created.room.close()
            demo.take_back(folder / VAULT)
            raise
    return [
        {"name": one.staff.name, "role": ",".join(one.staff.roles), "passphrase_file": str(one.path)}
        for one in written
    ]  # fmt: skip


def _is_there(folder: Path) -> bool:
    """Whether the folder exists; one that holds anything is refused."""
    if not folder.exists():
        return False
    if not folder.is_dir() or any(folder.iterdir()):
        raise Refusal("demo.folder_used", folder=folder.name)
    return True


def _watched() -> bool:
    """Whether somebody sees what is told while the work goes on."""
    return sys.stderr is not None and sys.stderr.isatty()


def _progress(done: int, total: int, text: str) -> None:
    """The same line again and again."""
    told = word("cli.demo_progress", percent=100 * done // total, year=text)
    print(f"\r\033[K{told}", end="", file=sys.stderr, flush=True)
