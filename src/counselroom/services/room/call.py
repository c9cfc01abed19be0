"""One call of a use case on its way through the door."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from counselroom.domain.approval import Approval
from counselroom.domain.refusal import Refusal
from counselroom.services.room import approvals
from counselroom.services.room.declaration import Declaration, UseCase
from counselroom.services.room.transaction import Progress, Transaction

R = TypeVar("R")


@dataclass(frozen=True)
class Call(Generic[R]):
    """The use case with its arguments, and what the caller brought along."""

    use_case: UseCase[..., R]
    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)
    progress: Progress | None = None
    cancelled: Callable[[], bool] | None = None
    approval: Approval | None = None

    @property
    def declaration(self) -> Declaration:
        """What stands above the use case."""
        return self.use_case.declaration

    def run(self, tx: Transaction) -> R:
        """Runs the function; a command's second person is asked for first."""
        self._check_approval(tx)
        return self.use_case.function(tx, *self.args, **self.kwargs)

    def _check_approval(self, tx: Transaction) -> None:
        asks = self.declaration.approval
        intent = asks(tx, *self.args, **self.kwargs) if asks else None
        if intent is None:
            return
        if self.approval is None:
            raise Refusal("approval.missing")
        approvals.accept(tx, intent, self.approval)
