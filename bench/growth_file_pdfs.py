"""A school's growth files as PDFs in a folder: 1,000 of them through the use case, with its two drawing processes.

The reference is one process that draws what it was handed, without vault, audit and disk: ten times a hundred files.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import _bulk

COUNT, SAMPLE, YEARS = 1_000, 100, 10
LIMIT_S = 60
LEAD, SECOND = ("林若溪", "lan tian bai yun 01"), ("王守正", "chun hua qiu yue 03")
PURPOSE = "inspection"


def main() -> int:
    """Prints the time, its ratio to the limit and to the reference, and where the time of the service goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory(prefix="counselroom-bench-") as home:
        room, vault = _school(Path(home))
        uids = _bulk.fill(room, count, YEARS)
        written = _seconds(lambda: _print(room, vault, uids, Path(home)))
        sizes = [path.stat().st_size for path in (Path(home) / "papers").iterdir()]
        steps = _steps(room, uids[:SAMPLE])
        room.close()
    drawing = steps.pop("drawing in one process")
    ratio = written / (LIMIT_S * count / COUNT)
    size = sum(sizes) / len(sizes) / 1024
    print(f"{count:,} growth files of {size:.0f} kB: {written:.1f} s, ratio {ratio:.2f} of the limit")
    print(f"one process that only draws would take {drawing * count:.1f} s: {written / (drawing * count):.2f} of it")
    for name, each in steps.items():
        print(f"  {name}: {1000 * each:.2f} ms a file, {each * count / written:.0%} of the whole")
    return 0 if ratio <= 1 and len(sizes) == count else 1


def _school(home: Path) -> tuple[Any, Path]:
    """An open vault of a school with a head who agrees."""
    from counselroom.domain.access import Role
    from counselroom.domain.school import School
    from counselroom.formats.identity import Cost
    from counselroom.services import people
    from counselroom.services.room.ports import Ports
    from counselroom.services.vault import first_run
    from counselroom.services.vault.first_run import FirstRun

    (home / "papers").mkdir()
    ports = Ports(cost=lambda: Cost(64 * 1024, 3, 4))
    school = School("云溪学校", "", "", ("primary", "junior"))
    made = first_run.create(home / "vault", FirstRun(school, "three", *LEAD), ports)
    made.room.run(people.add_account, SECOND[0], (Role.PRINCIPAL,), SECOND[1])
    return made.room, home / "vault"


def _print(room: Any, vault: Path, uids: Sequence[Any], home: Path) -> None:
    from counselroom.formats.identity import Cost
    from counselroom.services.room import approvals
    from counselroom.services.room.ports import Ports
    from counselroom.services.students import printing

    asked = (uids, home / "papers", PURPOSE)
    intent = room.intent_of(printing.print_files, *asked)
    approval = approvals.approve(vault, *SECOND, intent, ports=Ports(cost=lambda: Cost(64 * 1024, 3, 4)))
    done = room.run(printing.print_files, *asked, approval=approval).result
    assert not done.failures, done.failures[0][1].code


def _steps(room: Any, uids: Sequence[Any]) -> dict[str, float]:
    """Seconds a file for each step, one after another in this process."""
    from counselroom.reports.growth_file import growth_file
    from counselroom.reports.pdf import pdf
    from counselroom.reports.worker import request
    from counselroom.services.students import paper
    from counselroom.services.students.growth_file import content, openings

    tx = room._transaction(room._open.db)
    files: list[Any] = []
    seen: list[Any] = []
    said: list[Any] = []
    parts: list[Any] = []
    pdf(growth_file(paper.content(tx, content(tx, uids[0]), ())))  # what the first one alone costs: fonts
    steps: dict[str, Callable[[], object]] = {
        "reading the file (growth_file.content)": lambda: files.extend(content(tx, uid) for uid in uids),
        "reading who opened it (growth_file.openings)": lambda: seen.extend(openings(tx, uid) for uid in uids),
        "words for paper (paper.content)": lambda: said.extend(map(paper.content, [tx] * len(uids), files, seen)),
        "parts (reports.growth_file)": lambda: parts.extend(growth_file(each, masked=True) for each in said),
        "parts as JSON for the pipe": lambda: list(map(request, parts)),
        "drawing in one process": lambda: list(map(pdf, parts)),
    }
    return {name: _seconds(step) / len(uids) for name, step in steps.items()}


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
