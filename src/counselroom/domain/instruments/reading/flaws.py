"""What is wrong with a definition, and where."""

from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong: ``path`` leads to it through tables and arrays (``("score", 2, "items")``)."""

    path: Path
    code: str
    values: dict[str, Any] = field(default_factory=dict)


class FlawedError(Exception):
    """A definition that cannot be used; ``flaws`` in the order in which they were found."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("; ".join(f"{flaw.path}: {flaw.code} {flaw.values}" for flaw in flaws))
        self.flaws = flaws
