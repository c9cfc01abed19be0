"""``roster`` and ``students``: rosters come in, students are found."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from counselroom.cli import output
from counselroom.cli.rooms import signed_in
from counselroom.domain.intake.roster_line import Problem
from counselroom.domain.refusal import Exit
from counselroom.services.students import intake, listing
from counselroom.services.students.intake import Choices
from counselroom.services.students.problems import sentence
from counselroom.words import word


def roster_import(arguments: Namespace) -> int:
    """``roster import``: the report is written whatever came of the rows; a refused file leaves none.

    A place that takes no report is refused before anything is taken in: nobody would learn which rows stayed out.
    """
    file, place = intake.read_path(Path(arguments.file).absolute()), Path(arguments.report).absolute()
    intake.refuse_report_place(place)
    with signed_in(arguments) as room:
        if arguments.dry_run:
            made = room.run(intake.preview, file, Choices()).result
            counts, problems, notes, doubts = made.counts(), made.problems(), made.notes(), made.doubts
            not_taken = made.not_taken
        else:
            done = room.run(intake.commit, file, Choices()).result
            counts, problems, notes, doubts = done.counts, list(done.problems), list(done.notes), done.doubts
            not_taken = done.not_taken
    report = {
        **counts,
        "problems": list(map(_problem, problems)),
        "notes": [*map(_doubt, doubts), *map(_problem, notes)],
    }
    intake.save_report(place, report)
    key = "cli.roster_tried" if arguments.dry_run else "cli.roster_done"
    output.note(word(key, **counts))
    if not_taken:
        output.note(word("cli.roster_not_taken", count=not_taken))
    for doubt in doubts:
        output.note(word(f"year.{doubt}"))
    return Exit.DONE


def _doubt(code: str) -> dict[str, Any]:
    """A note about the whole file, which stands on no row."""
    return {"sheet": "", "row": 0, "column": "", "code": code, "message": word(f"year.{code}")}


def _problem(problem: Problem) -> dict[str, Any]:
    found = asdict(problem)
    return {name: found[name] for name in ("sheet", "row", "column", "code")} | {"message": sentence(problem)}


def find(arguments: Namespace) -> int:
    """``students find``: one JSON object on each line."""
    with signed_in(arguments) as room:
        lines = room.run(listing.find, arguments.text, arguments.limit).result
    for line in lines:
        output.result_line({
            "student_uid": line.student_uid,
            "name": line.name,
            "class": line.class_name,
            "school_no": line.school_no,
            "xueji_no": line.xueji_no,
        })  # fmt: skip
    return Exit.DONE
