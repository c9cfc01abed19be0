"""Real questionnaire files that lie beside the project and are never copied into it.

They are looked for as ``shared/data`` in the folders above the project; COUNSELROOM_SAMPLES names another place. Tests
that need them carry ``needs_osd`` and are skipped where they are missing.
"""

import os
from pathlib import Path

import pytest

_ABOVE = Path(__file__).resolve().parents[1].parents
_NAMED = os.environ.get("COUNSELROOM_SAMPLES")
_FOLDER = Path(_NAMED) if _NAMED else next((up / "shared" / "data" for up in _ABOVE if (up / "shared").is_dir()), None)

OSD = (_FOLDER or Path("no-samples")) / "osd"
OSD_FILES = sorted(path.name for path in OSD.glob("*.osd"))
needs_osd = pytest.mark.skipif(not OSD_FILES, reason="the questionnaire files beside the project are not here")
