"""Makes tests/vectors/vault-schema-<n>: a small encrypted vault of the present schema, with fictional people.

Run once, when a schema is final, and never again for the same schema: the folder is how a vault of that day looked, and
every later program has to open it.

    $(python3 dev.py env | tail -n1) tests/vectors/make_vault.py
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "src"))

from counselroom.db import migrate  # noqa: E402  the path has to be there first
from counselroom.domain.access import Role  # noqa: E402  as above
from counselroom.domain.recovery import line  # noqa: E402  as above
from counselroom.domain.school import School  # noqa: E402  as above
from counselroom.domain.students.student import Basics, Entry, Guardian, StudentUid  # noqa: E402  as above
from counselroom.formats.identity import Cost  # noqa: E402  as above
from counselroom.services import batches, people, settings  # noqa: E402  as above
from counselroom.services.instruments.entry import entry  # noqa: E402  as above
from counselroom.services.instruments.entry.entry import Filled, Frame  # noqa: E402  as above
from counselroom.services.instruments.kept import alerts  # noqa: E402  as above
from counselroom.services.instruments.library import choices  # noqa: E402  as above
from counselroom.services.room.door import Room  # noqa: E402  as above
from counselroom.services.room.ports import Ports  # noqa: E402  as above
from counselroom.services.students import entries, guardians, merging, student  # noqa: E402  as above
from counselroom.services.vault import first_run, recovery  # noqa: E402  as above
from counselroom.services.vault.first_run import FirstRun  # noqa: E402  as above

# Real vaults ask for more memory; this one is opened in every run of the tests.
PORTS = Ports(cost=lambda: Cost(64 * 1024, 3, 4))
SCHOOL = School("云溪中学（虚构）", "3153010001", "530102", ("junior", "senior"))
PEOPLE = {"林若溪": Role.COUNSELOR_LEAD, "周岚": Role.COUNSELOR, "王守正": Role.PRINCIPAL}
PASSPHRASE = "yun xi zhong xue shi li 2026"


def add_students(room: Room) -> StudentUid:
    """Two students with a little of everything; one correction, one merge. The file that holds both."""
    first, second = (
        room.run(student.register, Basics(name, birth=birth, school_no=number), "junior-2024-3", "2024-09-01").result
        for name, birth, number in (("张欣怡", "2011-02-03", "20240301"), ("张欣仪", "2011-02-03", ""))
    )
    uid = first.student_uid
    room.run(guardians.write, Guardian("", uid, "张建国", relation="51", legal=True, phone="13800000001"))
    room.run(entries.write, Entry("", uid, "care", "C01", from_on="2025-09-01", evidence="班主任家访"))
    room.run(entries.write, Entry("", uid, "event", "LE08", from_on="2026-03", text="搬到外婆家"))
    room.run(student.move, [uid], class_id="junior-2024-5", from_on="2025-09-01")
    room.run(student.correct, uid, Basics("张欣怡", birth="2011-02-03", school_no="20240301", boarding="2"))
    room.run(merging.merge, uid, second.student_uid, {})
    return uid


def add_sheets(room: Room, uid: StudentUid) -> None:
    """A sheet with an alert that was dealt with, its correction, a second one by other variants."""
    day = "2026-03-02"
    saved = room.run(entry.save, Frame("phq9", day), Filled(uid, tuple("0000000010"))).result
    assert saved.task is not None
    room.run(alerts.close, saved.task.task_uid, "当天面谈，已告知家长")
    room.run(entry.save, Frame("phq9", day), Filled(uid, tuple("1000000010"), reason="第一题录错了"))
    room.run(choices.choose, "mht", ("lie-8",), "手册")
    room.run(entry.save, Frame("mht", day), Filled(uid, ("0",) * 96 + ("1",) + ("0",) * 3))


def main() -> None:
    """Writes the vault, its passphrase and its shares; refuses to touch one that is there."""
    folder = HERE / f"vault-schema-{migrate.known()[-1].number}"
    folder.mkdir()
    lead, *others = PEOPLE
    made = first_run.create(folder / "vault", FirstRun(SCHOOL, "three", lead, PASSPHRASE), PORTS)
    room, shares = made.room, made.shares
    for name in others:
        room.run(people.add_account, name, (PEOPLE[name],), PASSPHRASE)
    due = room.run(recovery.state).result.due
    paper = {share.number: share.groups for share in shares.shares}
    room.run(recovery.confirm, {place: paper[place.share][place.position - 1] for place in due})
    batch = room.run(settings.change, "lock.idle_minutes", 5).result
    room.run(batches.undo, batch)
    add_sheets(room, add_students(room))
    room.run(people.rotate)
    room.close()
    (folder / "passphrase.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    for share in shares.shares:
        (folder / f"share-{share.number}.txt").write_text(f"{line(share)}\n", encoding="ascii")
    (folder / "vault" / "lock").unlink()


if __name__ == "__main__":
    main()
