"""The library of questionnaires in a fresh process: every definition ready, against 150 ms."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 15
TARGET_MS = 150

CHILD = """
import json, time
begun = time.perf_counter()
from counselroom.services.instruments.library import library
imported = time.perf_counter()
count = len(library.listed())
ready = time.perf_counter()
print(json.dumps({"imported": imported - begun, "ready": ready - imported, "count": count}))
"""


def once() -> dict[str, float]:
    """Seconds in one new process."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    out = subprocess.run(
        [sys.executable, "-c", CHILD], env=environment, check=True, capture_output=True, text=True, timeout=60
    )
    return dict(json.loads(out.stdout))


def main() -> int:
    """Prints the median and its ratio to the limit."""
    once()  # fills the caches of the disk and of compiled modules
    runs = [once() for _ in range(RUNS)]
    ready = statistics.median(run["ready"] for run in runs) * 1000
    imported = statistics.median(run["imported"] for run in runs) * 1000
    print(
        f"{runs[0]['count']:.0f} definitions ready: {ready:.0f} ms, ratio {ready / TARGET_MS:.2f} of the limit "
        f"{TARGET_MS} ms (importing what reads them took {imported:.0f} ms before)"
    )
    return 0 if ready <= TARGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
