"""Single-bit flips of the closed database: each is noticed, none is called well."""

import random

import pytest

from attack.kit import LEAD, LEAD_PASSPHRASE, SOAK, Target, refused, snapshot
from counselroom.cli import main
from counselroom.domain.refusal import Exit
from counselroom.formats import identity as keys
from counselroom.services.vault import opening

FLIPS = 300 if SOAK else 30


@pytest.fixture
def one_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id once: what it gives for the same question is remembered."""
    known: dict[tuple[str, bytes], bytes] = {}
    real = keys._stretch

    def remembered(passphrase: str, salt: bytes, cost: keys.Cost) -> bytes:
        if (passphrase, salt) not in known:
            known[passphrase, salt] = real(passphrase, salt, cost)
        return known[passphrase, salt]

    monkeypatch.setattr(keys, "_stretch", remembered)


@pytest.mark.soak
def test_every_flip_is_noticed(target: Target, one_stretch: None) -> None:
    whole = target.database.read_bytes()
    seeded = random.Random(20260901)
    # The first page (with the salt) and the last bytes besides those of chance.
    places = [0, 15, 16, 99, 4095, 4096, len(whole) - 1, *(seeded.randrange(len(whole)) for _ in range(FLIPS - 7))]
    missed = []
    for place in places:
        bit = seeded.randrange(8)
        flipped = bytearray(whole)
        flipped[place] ^= 1 << bit
        target.database.write_bytes(flipped)
        report = target.check()
        if not report.faults or report.integrity != "damaged":
            missed.append((place, bit, report))
    assert not missed
    target.database.write_bytes(whole)
    assert target.check().faults == []


def test_the_command_says_so(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    secret = target.folder.parent / "passphrase.txt"
    secret.write_text(LEAD_PASSPHRASE, encoding="utf-8")
    flipped = bytearray(target.database.read_bytes())
    flipped[len(flipped) // 2] ^= 4
    target.database.write_bytes(flipped)
    before = snapshot(target.folder)
    code = main(["vault", "check", str(target.folder), "--user", LEAD, "--passphrase-file", str(secret)])
    said = capsys.readouterr()
    assert code == Exit.DAMAGED
    assert '"integrity": "damaged"' in said.out
    assert said.err.strip()
    assert snapshot(target.folder) == before


@pytest.mark.parametrize("length", [0, 100, 4096, 8192, -4096, -1])
def test_truncated_database(length: int, target: Target, one_stretch: None) -> None:
    whole = target.database.read_bytes()
    target.database.write_bytes(whole[:length])
    before = snapshot(target.folder)
    report = target.check()
    assert report.faults
    assert report.integrity != "ok"
    assert snapshot(target.folder) == before


def test_an_emptied_database_is_no_new_one(target: Target) -> None:
    target.database.write_bytes(b"")
    before = snapshot(target.folder)
    assert refused(target.open) == "vault.damaged"
    assert refused(lambda: target.open(read_only=True)) == "vault.damaged"
    assert snapshot(target.folder) == before


def test_a_damaged_first_page_is_said_and_never_replaced(target: Target) -> None:
    flipped = bytearray(target.database.read_bytes())
    flipped[200] ^= 1
    target.database.write_bytes(flipped)
    before = snapshot(target.folder)
    assert refused(target.open) == "vault.damaged"
    assert refused(lambda: target.open(read_only=True)) == "vault.damaged"
    assert snapshot(target.folder) == before
    assert opening.exists(target.folder)
