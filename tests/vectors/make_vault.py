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
from counselroom.formats.identity import Cost  # noqa: E402  as above
from counselroom.services import people, settings  # noqa: E402  as above
from counselroom.services.room.ports import Ports  # noqa: E402  as above
from counselroom.services.vault import first_run, recovery  # noqa: E402  as above
from counselroom.services.vault.first_run import FirstRun  # noqa: E402  as above

# Real vaults ask for more memory; this one is opened in every run of the tests.
PORTS = Ports(cost=lambda: Cost(64 * 1024, 3, 4))
SCHOOL = School("云溪中学（虚构）", "3153010001", "530102", ("junior", "senior"))
PEOPLE = {"林若溪": Role.COUNSELOR_LEAD, "周岚": Role.COUNSELOR, "王守正": Role.PRINCIPAL}
PASSPHRASE = "yun xi zhong xue shi li 2026"


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
    room.run(settings.undo, batch)
    room.run(people.rotate)
    room.close()
    (folder / "passphrase.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    for share in shares.shares:
        (folder / f"share-{share.number}.txt").write_text(f"{line(share)}\n", encoding="ascii")
    (folder / "vault" / "lock").unlink()


if __name__ == "__main__":
    main()
