"""Memory of the unlocked window after every page was shown once."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import _drive

sys.path.insert(0, str(_drive.ROOT / "src"))

TARGET_MB = 200


def main() -> int:
    """Prints the resident size and its ratio to the limit."""
    with tempfile.TemporaryDirectory(prefix="counselroom-bench-") as folder:
        home = Path(folder)
        vault, notes = _drive.make_vault(home), home / "notes"
        command = [sys.executable, _drive.__file__, str(vault), str(notes), "idle"]
        subprocess.run(command, env=_drive.environment(home), check=True, timeout=60, stderr=subprocess.DEVNULL)
        last = json.loads(notes.read_text(encoding="utf-8").splitlines()[-1])
    size = last["resident"] / 1e6
    print(f"idle memory: {size:.0f} MB, ratio {size / TARGET_MB:.2f} of the limit {TARGET_MB} MB")
    return 0 if size <= TARGET_MB else 1


if __name__ == "__main__":
    sys.exit(main())
