"""Key files: made once, never overwritten, read with care."""

from pathlib import Path

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.services import key_files


def test_a_new_one_is_random_and_private(tmp_path: Path) -> None:
    one, two = key_files.create(tmp_path / "a.key"), key_files.create(tmp_path / "b.key")
    assert one != two
    assert len(one) == 32
    assert key_files.read(tmp_path / "a.key") == one
    assert (tmp_path / "a.key").stat().st_mode & 0o777 == 0o600


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x" * 100)
    with pytest.raises(Refusal, match=r"key_file\.exists"):
        key_files.create(tmp_path / "photo.jpg")
    assert (tmp_path / "photo.jpg").read_bytes() == b"x" * 100


@pytest.mark.parametrize(("content", "code"), [(b"", "short"), (b"x" * 15, "short"), (None, "file")])
def test_what_cannot_be_one(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "a.key"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refusal, match=rf"key_file\.{code}"):
        key_files.read(path)
