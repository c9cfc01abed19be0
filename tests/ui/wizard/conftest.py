"""Fixtures of the wizard: an own home, quick keys, a printer that keeps what it is given."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from counselroom.services.vault import first_run, location, recover
from counselroom.services.vault.recovery import Shares
from counselroom.ui.wizard.typeback import TypeBack
from services.conftest import CHEAP, school, sign_in, template
from ui.printer import paper

__all__ = ["paper", "school", "sign_in", "template"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of this computer is seen or touched."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(first_run, "create", partial(first_run.create, ports=CHEAP))
    monkeypatch.setattr(recover, "recover", partial(recover.recover, ports=CHEAP))
    monkeypatch.setattr(location, "suggestions", lambda: [tmp_path / "data" / location.FOLDER_NAME])
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture
def type_back() -> Callable[[TypeBack, Shares], None]:
    """Types every group that is asked for, as it stands on the sheets."""

    def type_all(panel: TypeBack, shares: Shares) -> None:
        groups = {share.number: share.groups for share in shares.shares}
        for field in panel.fields:
            field.edit.setText(groups[field.place.share][field.place.position - 1])

    return type_all
