"""Declaring a use case: what it needs, what it changes, and whether something leaves the room.

A use case is a plain function with a declaration above it. Only the door (services/room) runs it; called directly,
as one use case calls another, it is that plain function inside the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from counselroom.domain.access import Permission
from counselroom.domain.approval import Intent
from counselroom.domain.topics import Topic
from counselroom.services.room.transaction import Leaving, Transaction

P = ParamSpec("P")
R = TypeVar("R")
# Given the same arguments, the intent that a second person must sign; None when this call needs none.
AsksApproval = Callable[..., Intent | None]


@dataclass(frozen=True)
class Declaration:
    """What stands above a use case."""

    name: str
    permission: Permission
    writes: bool
    action: str = ""
    changes: tuple[Topic, ...] = ()
    audited: bool = False
    leaves: bool = False
    rekeys: bool = False
    needs_vault: bool = True
    approval: AsksApproval | None = None
    snapshot: str = ""
    silent: bool = False


@dataclass(frozen=True)
class UseCase(Generic[P, R]):
    """A declared use case."""

    declaration: Declaration
    function: Callable[Concatenate[Transaction, P], R]

    def __call__(self, tx: Transaction, *args: P.args, **kwargs: P.kwargs) -> R:
        """Runs inside a transaction that another use case has opened."""
        return self.function(tx, *args, **kwargs)


# Every declared use case by name: the test table of roles walks over it.
USE_CASES: dict[str, UseCase[..., Any]] = {}


def _declare(declaration: Declaration, function: Callable[Concatenate[Transaction, P], R]) -> UseCase[P, R]:
    use_case = UseCase(declaration, function)
    USE_CASES[declaration.name] = use_case
    return use_case


def _name(function: Callable[..., object]) -> str:
    return f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"


def query(
    permission: Permission, *, audited: str = "", needs_vault: bool = True
) -> Callable[[Callable[Concatenate[Transaction, P], R]], UseCase[P, R]]:
    """Reads only; ``audited`` names the action under which reading is entered in the audit."""

    def declare(function: Callable[Concatenate[Transaction, P], R]) -> UseCase[P, R]:
        return _declare(
            Declaration(
                _name(function),
                permission,
                writes=False,
                action=audited,
                audited=bool(audited),
                needs_vault=needs_vault,
            ),
            function,
        )

    return declare


def command(
    permission: Permission,
    action: str = "",
    *,
    changes: tuple[Topic, ...] = (),
    rekeys: bool = False,
    needs_vault: bool = True,
    approval: AsksApproval | None = None,
    snapshot: str = "",
    audited: bool = True,
) -> Callable[[Callable[Concatenate[Transaction, P], R]], UseCase[P, R]]:
    """Writes: one transaction, one audit entry under ``action``. ``rekeys`` writes a new generation of the vault.

    ``snapshot`` names a verified copy of the vault that the door makes before the step. ``audited=False`` is for what
    states nothing about anybody (a draft that is written again every few seconds): no entry, and so no action.
    """
    if bool(action) is not audited:
        raise ValueError("a command names its action, or says that it is not audited")

    def declare(function: Callable[Concatenate[Transaction, P], R]) -> UseCase[P, R]:
        return _declare(
            Declaration(
                _name(function), permission, writes=True, action=action, changes=changes,
                rekeys=rekeys, needs_vault=needs_vault, approval=approval, snapshot=snapshot, silent=not audited,
            ),
            function,
        )  # fmt: skip

    return declare


def leaving(
    permission: Permission, action: str, *, changes: tuple[Topic, ...] = (), approval: AsksApproval | None = None
) -> Callable[[Callable[Concatenate[Transaction, P], Leaving[R]]], UseCase[P, R]]:
    """Something leaves the room: the function says what and how; the door enters intent and outcome around it."""

    def declare(function: Callable[Concatenate[Transaction, P], Leaving[R]]) -> UseCase[P, R]:
        declaration = Declaration(
            _name(function), permission, writes=True, action=action, changes=changes, leaves=True, approval=approval
        )
        _declare(declaration, function)
        # The door hands back what ``send`` returned, so for callers the result is R.
        return UseCase(declaration, function)  # type: ignore[arg-type]  # see the line above

    return declare
