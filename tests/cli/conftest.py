"""Fixtures of these tests."""

from pathlib import Path

import pytest

from attack.kit import LEAD, LEAD_PASSPHRASE, no_stretch, not_hardened, target, untouched
from counselroom.cli import main

__all__ = ["no_stretch", "not_hardened", "target", "untouched"]


class Desk:
    """Runs commands in this process and keeps what they said."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.out = self.err = ""

    def secret(self, passphrase: str) -> str:
        path = self.folder / f"口令 {abs(hash(passphrase))}.txt"
        path.write_text(f"{passphrase}\n", encoding="utf-8")
        return str(path)

    def run(self, *words: object, user: str = LEAD, passphrase: str = LEAD_PASSPHRASE) -> int:
        common = ["--user", user, "--passphrase-file", self.secret(passphrase)]
        code = main([*(str(word) for word in words), *common])
        said = self._capsys.readouterr()
        self.out, self.err = said.out, said.err
        return code


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)
