"""From the lock key to the next lock screen on the display and the old process gone."""

import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import _drive

sys.path.insert(0, str(_drive.ROOT / "src"))

RUNS = 7
TARGET_S = 1.0
LIMIT_S = 30.0


def _once(vault: Path, home: Path, run: int) -> float:
    """Seconds of one lock. The successor writes the paint probe at its first paint, and ends."""
    notes, probe = home / f"notes-{run}", home / f"paint-{run}.json"
    command = [sys.executable, _drive.__file__, str(vault), str(notes), "lock"]
    # The probe would end the first process at its own first paint: it is put into the environment afterwards.
    variables = {**_drive.environment(home), "COUNSELROOM_BENCH_PROBE": str(probe)}
    old = subprocess.Popen(command, env=variables, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        old.wait(timeout=LIMIT_S)
        gone = time.monotonic()
        end = gone + LIMIT_S
        while not probe.exists() and time.monotonic() < end:
            time.sleep(0.005)
        painted = float(json.loads(probe.read_text(encoding="utf-8"))["at"])
        lines = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
        begun = next(line["at"] for line in lines if "locking" in line)
        if not next(line["covered"] for line in lines if "covered" in line):
            raise AssertionError("the window was not covered at once")
        return max(gone, painted) - float(begun)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(old.pid, signal.SIGKILL)


def main() -> int:
    """Prints the median and its ratio to the limit."""
    with tempfile.TemporaryDirectory(prefix="counselroom-bench-") as folder:
        home = Path(folder)
        vault = _drive.make_vault(home)
        took = statistics.median(_once(vault, home, run) for run in range(RUNS))
    print(f"lock: {took * 1000:.0f} ms, ratio {took / TARGET_S:.2f} of the limit {TARGET_S:.0f} s")
    return 0 if took <= TARGET_S else 1


if __name__ == "__main__":
    sys.exit(main())
