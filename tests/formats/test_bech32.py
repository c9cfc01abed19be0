"""The age identity made from recovery bytes, against the age tools and the BIP 173 vectors."""

import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.formats import bech32
from counselroom.formats.identity import encrypt_to, recipient_of


def test_the_empty_vector_of_bip_173() -> None:
    assert bech32.encode("a", b"") == "a12uel5l"


@given(st.binary(min_size=32, max_size=32))
def test_every_secret_is_an_identity_that_the_library_takes(secret: bytes) -> None:
    text = bech32.age_identity(secret)
    assert str(pyrage.x25519.Identity.from_str(text)) == text


@pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed")
def test_age_opens_what_was_sealed_to_the_recovery_identity(tmp_path: Path) -> None:
    text = bech32.age_identity(bytes(range(32)))
    (tmp_path / "identity").write_text(text + "\n")
    (tmp_path / "sealed").write_bytes(encrypt_to([recipient_of(text)], b"vault key"))
    opened = subprocess.run(
        ["age", "-d", "-i", "identity", "sealed"], cwd=tmp_path, capture_output=True, check=True
    ).stdout
    assert opened == b"vault key"
