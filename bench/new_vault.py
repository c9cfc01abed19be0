"""A new vault against the limit of 5 s, with one Argon2id run at the same cost beside it."""

import statistics
import tempfile
import time
from pathlib import Path

from counselroom.domain.school import School
from counselroom.formats import identity as keys
from counselroom.services.room.ports import REAL
from counselroom.services.vault import first_run
from counselroom.services.vault.first_run import FirstRun

RUNS = 7
TARGET_S = 5.0


def _new_vault(folder: Path) -> float:
    first = FirstRun(School("云溪中学", "", "", ("junior",)), "three", "林若溪", "lan tian bai yun 01")
    begun = time.perf_counter()
    made = first_run.create(folder, first)
    took = time.perf_counter() - begun
    made.room.close()
    return took


def _argon2id() -> float:
    begun = time.perf_counter()
    keys.waste("lan tian bai yun 01", REAL.cost())
    return time.perf_counter() - begun


def main() -> None:
    """Prints the medians and the ratio."""
    with tempfile.TemporaryDirectory() as scratch:
        pairs = [(_new_vault(Path(scratch) / str(run)), _argon2id()) for run in range(RUNS)]
    made, stretched = (statistics.median(values) for values in zip(*pairs, strict=True))
    print(f"new vault: {made * 1000:.0f} ms, ratio {made / TARGET_S:.2f} of the limit {TARGET_S:.0f} s")
    print(f"new vault: {made / stretched:.2f} times one Argon2id run ({stretched * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
