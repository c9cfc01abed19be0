"""What the window needs from the vault, kept out of the first paint: importing this imports the services."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counselroom.domain.access import Permission
from counselroom.domain.refusal import Refusal
from counselroom.services import settings
from counselroom.services.room.door import Room
from counselroom.services.vault import location, opening, place, recovery
from counselroom.services.vault.recovery import RecoveryState
from counselroom.ui.jobs import Jobs

_GONE = frozenset({"vault.folder_missing", "keyring.missing"})


def look_at(folder: Path) -> Refusal | None:
    """Why no lock screen can be shown for this folder; None when all is well so far."""
    try:
        location.refuse_network(folder)
        opening.login_names(folder)
    except Refusal as refusal:
        return Refusal("demo.gone") if refusal.code in _GONE and is_demo(folder) else refusal
    return None


def is_demo(folder: Path) -> bool:
    """Whether the fictional school was there when this computer last opened it."""
    known = place.remembered()
    return known.demo and known.folder == folder.absolute()


def may_start_anew(folder: Path | None) -> bool:
    """Whether nothing of a vault lies there: only then a new one may be offered. A folder that is gone may return."""
    return folder is None or (place.is_folder(folder) and not place.holds_vault_files(folder))


def last_account(folder: Path) -> str:
    """The id of the account that signed in last on this vault."""
    known = place.remembered()
    return known.account if known.folder == folder.absolute() else ""


def remember(jobs: Jobs, room: Room) -> None:
    """Remembers the vault and the account; a configuration folder that cannot be written is no reason to stop."""
    jobs.call(None, None, _remember, room, failed=_forget)


def _remember(room: Room) -> None:
    demo = bool(room.run(settings.is_demo).result) if room.is_member else None
    place.remember(room.folder, room.account.account_id, demo)


def remember_look(jobs: Jobs, look: str) -> None:
    """Remembers light or dark for the next lock screen."""
    jobs.call(None, None, place.remember_look, look, failed=_forget)


def _forget(_refusal: Refusal) -> None:
    """What could not be remembered is asked again."""


def ask_gate(page: QWidget, jobs: Jobs, room: Room, gate: Callable[[], None], shell: Callable[[], None]) -> None:
    """The gate when recovery sheets are due, else the shell."""

    def then(state: RecoveryState) -> None:
        if state.due:
            gate()
        else:
            shell()

    def failed(_refusal: Refusal) -> None:
        shell()  # a damaged vault may not tell; its pages say what is wrong

    if room.is_member and room.may(Permission.READ_VAULT) and not room.read_only:
        jobs.run(page, then, recovery.state, failed=failed)
    else:
        shell()


def prefetch() -> None:
    """Imports the shell, and the page that is opened most once the keys typed meanwhile have arrived."""
    from counselroom.ui import fonts, gate, handover, idle, shell, successor

    fonts.load_rest()
    del gate, handover, idle, shell, successor
    QTimer.singleShot(0, _prefetch_students)


def _prefetch_students() -> None:
    from counselroom.ui.pages.students import listing, page

    del listing, page
