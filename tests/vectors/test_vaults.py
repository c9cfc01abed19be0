"""Stored vaults of every schema that was ever released: they still open, check and recover."""

import shutil
from pathlib import Path

import pytest

from attack.kit import CHEAP, NEW_PASSPHRASE, snapshot
from counselroom.cli import inputs
from counselroom.db import migrate
from counselroom.domain.access import Kind
from counselroom.services import audit, people, settings
from counselroom.services.instruments.kept import alerts, sheets
from counselroom.services.students import growth_file, listing
from counselroom.services.vault import inspection, opening, typed_shares
from counselroom.services.vault.recover import recover

HERE = Path(__file__).resolve().parent
STORED = sorted(HERE.glob("vault-schema-*"))
PEOPLE = {"林若溪": ("counselor_lead",), "周岚": ("counselor",), "王守正": ("principal",)}


def test_the_first_schema_is_stored() -> None:
    assert HERE / "vault-schema-1" in STORED


@pytest.fixture(params=STORED, ids=lambda path: path.name)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a stored vault with what belongs to it."""
    folder = tmp_path / "stored"
    shutil.copytree(request.param, folder)
    return folder


def test_opens_and_checks(stored: Path) -> None:
    folder, passphrase = stored / "vault", inputs.passphrase(stored / "passphrase.txt")
    before = snapshot(folder)
    report = inspection.check(folder, "林若溪", passphrase)
    assert report.faults == []
    assert f"vault-schema-{report.schema}" in {path.name for path in STORED}
    assert snapshot(folder) == before
    room = opening.unlock(folder, "林若溪", passphrase, ports=CHEAP)
    assert room.alarms == ()
    assert {row.name: row.roles for row in room.run(people.accounts).result} == PEOPLE
    school = room.run(settings.school).result
    assert (school.name, school.code, school.division) == ("云溪中学（虚构）", "3153010001", "530102")
    assert room.run(settings.values).result["lock.idle_minutes"] == 3, "a withdrawn batch counts no longer"
    assert len(room.run(audit.entries).result) >= 8
    room.close()
    report = inspection.check(folder, "林若溪", passphrase)
    assert (report.schema, report.faults) == (migrate.known()[-1].number, [])


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_signs_in(name: str, stored: Path) -> None:
    room = opening.unlock(stored / "vault", name, inputs.passphrase(stored / "passphrase.txt"), ports=CHEAP)
    assert room.is_member is (room.account.kind is Kind.MEMBER)
    room.close()


def test_students_are_there_since_the_second_schema(stored: Path) -> None:
    folder, passphrase = stored / "vault", inputs.passphrase(stored / "passphrase.txt")
    began = inspection.check(folder, "林若溪", passphrase).schema
    room = opening.unlock(folder, "林若溪", passphrase, ports=CHEAP)
    lines = room.run(listing.everybody).result
    if began == 1:
        assert lines == []
    else:
        (line,) = lines
        assert (line.name, line.school_no, line.class_id, line.care_codes) == (
            "张欣怡", "20240301", "junior-2024-5", ("C01",),
        )  # fmt: skip
        file = room.run(growth_file.open_file, line.student_uid, "daily").result
        assert [guardian.phone for guardian in file.guardians] == ["13800000001"]
        assert [entry.text for entry in file.of("event")] == ["搬到外婆家"]
        assert [found.name for found in room.run(listing.find, "张欣仪").result] == ["张欣怡"]
    room.close()


def test_sheets_are_there_since_the_third_schema(stored: Path) -> None:
    folder, passphrase = stored / "vault", inputs.passphrase(stored / "passphrase.txt")
    began = inspection.check(folder, "林若溪", passphrase).schema
    room = opening.unlock(folder, "林若溪", passphrase, ports=CHEAP)
    lines = {
        line.sheet.instrument: line
        for student in room.run(listing.everybody).result
        for line in room.run(sheets.of_student, student.student_uid).result
    }
    tasks = room.run(alerts.open_tasks).result
    if began < 3:
        assert (lines, tasks) == ({}, [])
    else:
        assert {key: line.result.scores["total"] for key, line in lines.items()} == {"phq9": 2, "mht": 1}
        assert lines["phq9"].sheet.reason == "第一题录错了"
        assert "lie-8" in lines["mht"].result.variants
        assert [[item.item for sheet in task.sheets for item in sheet.items] for task in tasks] == [["97"]]
    room.close()


def test_two_shares_open(stored: Path) -> None:
    shares = [typed_shares.parse(typed_shares.read(stored / f"share-{number}.txt")) for number in (3, 1)]
    recover(stored / "vault", shares, "周岚", NEW_PASSPHRASE, ports=CHEAP).room.close()
    opening.unlock(stored / "vault", "周岚", NEW_PASSPHRASE, ports=CHEAP).close()
