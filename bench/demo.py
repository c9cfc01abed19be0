"""The fictional school of 1,300 students and three school years against its limit of 30 s.

Beside it, in the same run: as many steps through the door as the demo took, each with the least that a step can write
(a batch and its audit entry). What the demo takes beyond that is what it says, not the saying.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from counselroom.db.audit import Audit
from counselroom.domain.access import Permission
from counselroom.services import demo
from counselroom.services.room.declaration import Declaration, UseCase
from counselroom.services.room.door import Room

LIMIT_S = 30.0
SIZE = demo.Size(students=1300, years=3)


def _steps(room: Room) -> int:
    """How many entries the audit has: one for each step that was taken."""
    declaration = Declaration("bench.counted", Permission.READ_VAULT, writes=False)
    last = room.run(UseCase(declaration, lambda tx: Audit(tx.db).last())).result
    return last[0] if last else 0


def _least(tx: Any) -> None:
    tx.batch("bench.least")


def main() -> int:
    """Prints the seconds, their ratio to the limit, and how many times the least steps they are."""
    with tempfile.TemporaryDirectory(prefix="counselroom-bench-") as scratch:
        begun = time.perf_counter()
        created = demo.create_demo(Path(scratch) / "vault", size=SIZE)
        took = time.perf_counter() - begun
        steps = _steps(created.room)
        # Not by @command: that would put it into the program's own list of use cases.
        least = UseCase(Declaration("bench.least", Permission.READ_VAULT, writes=True, action="bench.least"), _least)
        begun = time.perf_counter()
        for _ in range(steps):
            created.room.run(least)
        beside = time.perf_counter() - begun
        created.room.close()
    print(
        f"demo of {SIZE.students:,} students x {SIZE.years} years: {took:.1f} s, ratio {took / LIMIT_S:.2f} of the "
        f"limit {LIMIT_S:.0f} s; {took / beside:.1f} times its {steps:,} steps with the least to write ({beside:.1f} s)"
    )
    return 0 if took <= LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
