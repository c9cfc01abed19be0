"""From the passphrase to the home page, without the Argon2id run that protects it."""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import _drive

sys.path.insert(0, str(_drive.ROOT / "src"))

RUNS = 7
TARGET_MS = 300


def main() -> int:
    """Prints the median and its ratio to the limit."""
    with tempfile.TemporaryDirectory(prefix="counselroom-bench-") as folder:
        home = Path(folder)
        vault, notes = _drive.make_vault(home), home / "notes"
        for _ in range(RUNS):
            command = [sys.executable, _drive.__file__, str(vault), str(notes), "home"]
            subprocess.run(command, env=_drive.environment(home), check=True, timeout=60, stderr=subprocess.DEVNULL)
        runs = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    rest = statistics.median(1000 * (run["home"] - run["stretched"]) for run in runs)
    stretched = statistics.median(1000 * run["stretched"] for run in runs)
    print(
        f"passphrase to home page: {rest:.0f} ms beside Argon2id ({stretched:.0f} ms), "
        f"ratio {rest / TARGET_MS:.2f} of the limit {TARGET_MS} ms"
    )
    return 0 if rest <= TARGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
