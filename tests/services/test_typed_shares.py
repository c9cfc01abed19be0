"""Shares on their way in: from paper and from files."""

from pathlib import Path

import pytest

from counselroom.domain.recovery import line
from counselroom.domain.refusal import Refusal
from counselroom.services.vault import typed_shares
from services.conftest import School8


def test_a_file_of_the_command_line(template: School8, tmp_path: Path) -> None:
    share = template.shares.shares[1]
    (tmp_path / "share-2.txt").write_text(f"{line(share)}\n", encoding="utf-8")
    assert typed_shares.parse(typed_shares.read(tmp_path / "share-2.txt")) == share


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "share-1.pdf").write_bytes(b"%PDF-1.7\n\xff\xfe")
    with pytest.raises(Refusal, match=r"shares\.file_unreadable"):
        typed_shares.read(tmp_path / "share-1.pdf")
