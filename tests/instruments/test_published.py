"""A published version of a questionnaire never changes: results that were made with it have to stay explicable."""

import hashlib
from pathlib import Path

import pytest

from counselroom.formats.instruments.definitions import parse
from counselroom.services.instruments.library import library
from instruments import make_published
from instruments.make_published import LIBRARY, LIST, ReleasedError, files, lines


def listed() -> list[tuple[str, str]]:
    """Hash and version of every line."""
    return [(line.split()[0], line.split()[1]) for line in LIST.read_text("utf-8").splitlines()]


def test_every_file_is_listed_with_the_hash_that_it_has() -> None:
    """After a change that is meant: python tests/instruments/make_published.py"""
    assert {version: sha for sha, version in listed()} == files()


def test_no_version_has_two_hashes() -> None:
    versions = [version for _, version in listed()]
    assert sorted(set(versions)) == versions


def test_released_versions_are_what_was_released() -> None:
    assert LIST.read_text("utf-8") == lines(files(), make_published.RELEASED)


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.toml")), ids=lambda path: path.stem)
def test_what_is_read_without_a_look_makes_sense(path: Path) -> None:
    """The program reads listed files without the checks of their meaning: here they are made."""
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() in library.published()
    known = parse(data)
    assert known == parse(data, checked=True)
    assert path.stem in (known.bare_id, f"{known.bare_id}@{known.version}")


def test_a_released_version_that_changed_is_refused_and_one_that_was_mended_before_is_listed() -> None:
    found = files()
    version = next(iter(found))
    assert f"{found[version]}  {version}\n" in lines(found, {version: found[version]})
    with pytest.raises(ReleasedError, match=version):
        lines(found, {version: "0" * 64})
    with pytest.raises(ReleasedError, match="gone@1"):
        lines(found, {"gone@1": "0" * 64})


def test_two_files_of_one_version_are_refused(tmp_path: Path) -> None:
    for name in ("mht.toml", "mht@1.toml"):
        (tmp_path / name).write_bytes((LIBRARY / "mht.toml").read_bytes())
    with pytest.raises(ReleasedError, match="mht@1"):
        files(tmp_path)
