"""Rosters come in: a file is read, a plan is shown, and the plan is carried out as one batch."""

import errno
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from counselroom.db.students.basics import Students
from counselroom.db.students.entries import Entries
from counselroom.db.students.guardians import Guardians
from counselroom.db.students.imports import ImportRow, Imports
from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.intake import heads
from counselroom.domain.intake.matching import Matcher
from counselroom.domain.intake.planning import Action, Decisions, Known, Planned, plan
from counselroom.domain.intake.roster_cells import NOT_TAKEN
from counselroom.domain.intake.roster_line import Problem, RosterLine, RosterLists
from counselroom.domain.intake.roster_reader import read_lines
from counselroom.domain.intake.tables import Table
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.classes import school_year_of
from counselroom.domain.students.names import similar_key
from counselroom.domain.students.student import Entry, Guardian, StudentUid
from counselroom.domain.students.year_plan import grade_doubts
from counselroom.domain.topics import Topic
from counselroom.formats import files, sheets
from counselroom.formats.sheets import limits
from counselroom.services import codes, settings
from counselroom.services.collecting import collecting_later
from counselroom.services.room.declaration import command, query
from counselroom.services.room.transaction import Transaction
from counselroom.services.students import classes, foreign, writing
from counselroom.services.students.carrying_out import carry_out

KIND = "roster"
_CARE = "care"
_MAPPING, _ALIAS = "roster.mapping", "class.alias"
_OF_YEAR = ":"  # between a school year and a class word, which is remembered for that year alone
IN_SCHOOL = "01"
_Fact = TypeVar("_Fact", Guardian, Entry)


@dataclass(frozen=True)
class RosterFile:
    """A file that was read: its tables, with the columns as they were understood by their heads."""

    name: str
    sha256: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Choices:
    """What a person has decided about a file.

    ``columns`` maps, for a table by its place, a column's place to a field (None: leave it alone). ``aliases`` are
    class ids by ``alias_name`` (empty: nobody knows, whatever was said before). ``decisions`` say who a line in doubt
    is. ``from_on`` is the ISO date from which classes hold (today when it is later), ``school_year`` the year whose
    grade names the file uses; empty and None: as is usual today.
    ``our_school``: somebody has looked, and the file is ours.
    """

    columns: Mapping[int, Mapping[int, str | None]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=dict)
    from_on: str = ""
    school_year: int | None = None
    our_school: bool = False


@dataclass(frozen=True)
class Preview:
    """What a file would change. ``unknown_classes`` are class words (by alias name) that nobody has explained yet.

    ``remembered`` says that the columns were mapped as somebody mapped the same heads before. ``remembered_classes``
    are class words of the file that were explained in an earlier one of the same school year, with their class ids.
    ``doubts`` are codes of [year] about the file as a whole: most of a year group would change the grade.
    """

    tables: tuple[Table, ...]
    planned: tuple[Planned, ...]
    unknown_classes: tuple[str, ...]
    remembered: bool
    from_on: str
    school_year: int
    remembered_classes: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    def count(self, action: Action) -> int:
        """How many rows have that outcome."""
        return sum(1 for row in self.planned if row.action is action)

    def counts(self) -> dict[str, int]:
        """Rows in all and by outcome; the outcomes add up to the rows."""
        return {"rows": len(self.planned), **{action.value: self.count(action) for action in Action}}

    def notes(self) -> list[Problem]:
        """What was not taken as it stands, in the order of the file; it keeps no row out."""
        return [note for row in self.planned for note in row.line.notes]

    @property
    def not_taken(self) -> int:
        """How many cells of rows that come in are left alone, because nobody can tell what they say."""
        return _not_taken(note for row in self.planned if row.action is not Action.BAD for note in row.line.notes)

    def problems(self) -> list[Problem]:
        """Why rows are kept out, in the order of the file."""
        return [problem for row in self.planned for problem in row.problems]


@dataclass(frozen=True)
class Outcome:
    """What was done; ``batch_id`` is None when the file changed nothing. ``not_taken`` as in ``Preview``."""

    batch_id: BatchId | None
    counts: dict[str, int]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    doubts: tuple[str, ...] = ()
    not_taken: int = 0


def _not_taken(notes: Iterable[Problem]) -> int:
    return sum(1 for note in notes if note.code in NOT_TAKEN)


def read_path(path: Path) -> RosterFile:
    """Reads a file of the disk; it is only looked at, never changed and never kept."""
    try:
        data = files.read(path, at_most=limits.FILE)
    except Refusal as refusal:
        raise limits.too_large() if refusal.code == "disk.too_large" else refusal from None
    return read_file(data, path.name)


@collecting_later()
def read_file(data: bytes, name: str) -> RosterFile:
    """Reads a file in the limited child process; nothing of it has been believed yet."""
    words = codes.roster_heads()
    found = sheets.read_file(data)
    tables = heads.find_all(found, words)
    return RosterFile(name, hashlib.sha256(data).hexdigest(), tables)


def refuse_report_place(path: Path) -> None:
    """Refuses a place where ``save_report`` could not write, while nothing has been taken in yet; leaves nothing."""
    if files.is_folder(path):
        raise Refusal("disk.failed", file=path.name, errno=errno.EISDIR)
    files.discard(files.stage(path, b""))


def save_report(path: Path, report: Mapping[str, Any]) -> None:
    """Writes what came of an import, as JSON that this user alone can read: its sentences may name pupils."""
    files.write(path, f"{json.dumps(report, ensure_ascii=False, indent=1)}\n".encode())


@query(Permission.IMPORT_ROSTER)
def preview(tx: Transaction, file: RosterFile, choices: Choices) -> Preview:
    """The plan; nothing is written. A file of another school is refused."""
    return planned(tx, file, choices)


@command(Permission.IMPORT_ROSTER, "roster.imported", changes=(Topic.STUDENTS,))
@collecting_later()
def commit(tx: Transaction, file: RosterFile, choices: Choices) -> Outcome:
    """Carries the plan out as one batch; rows with a problem stay out. What was explained is remembered."""
    made = planned(tx, file, choices)
    counts = made.counts()
    learn(tx, made, choices)
    batch_id = None
    if counts[Action.CREATED] or counts[Action.UPDATED]:
        batch_id = tx.batch("roster.imported")
        carry_out(tx, made.planned, "roster.imported", made.from_on)
        Imports(tx.db).add(ImportRow(batch_id, KIND, file.name, file.sha256, counts, tx.now(), tx.actor.account_id))
    tx.note(file.sha256, **counts)
    return Outcome(batch_id, counts, tuple(made.problems()), tuple(made.notes()), made.doubts, made.not_taken)


def planned(tx: Transaction, file: RosterFile, choices: Choices) -> Preview:
    """What a file would change, given what was decided about it."""
    tables, remembered = _mapped(tx, file, choices)
    if not choices.our_school:
        foreign.refuse_other_school(tables, settings.school(tx))
    year = choices.school_year or school_year_of(tx.today())
    tx.progress(0, 4)
    lines = read_lines(tables, lists(tx, year, choices.aliases))
    tx.progress(1, 4)
    rows = writing.roster(tx).rows()
    matcher = Matcher(rows, _similar(), codes.is_present)
    done = plan(lines, matcher, _known(tx, matcher), choices.decisions, IN_SCHOOL)
    tx.progress(2, 4)
    # Where most rows are new the file is a roster of the year, and not a change in the middle of it.
    created = sum(1 for row in done if row.action is Action.CREATED)
    from_on = min(choices.from_on or _from_on(tx, year, 2 * created >= len(done)), tx.today().isoformat())
    return Preview(
        tables, done, _unknown(lines), remembered, from_on, year, _remembered(lines, choices.aliases),
        _doubts(done, matcher),
    )  # fmt: skip


def lists(tx: Transaction, school_year: int, aliases: Mapping[str, str]) -> RosterLists:
    """What cells are read with."""
    learned = _learned_classes(tx, school_year)
    return RosterLists(
        lists=codes.lists(),
        words=classes.words(tx),
        school_year=school_year,
        today=tx.today(),
        aliases={**learned, **aliases},
        care_of_field=codes.care_of_field(),
        flags=codes.flag_words(),
        test_names=codes.test_names(),
        usual_name=codes.policy_number("name.usual_most"),
    )


def learn(tx: Transaction, made: Preview, choices: Choices) -> None:
    """Remembers which column meant what where a person has said so, and what class words meant."""
    imports = Imports(tx.db)
    for place in choices.columns:
        table = made.tables[place]
        # By their order: where a table begins in its sheet differs from file to file.
        mapping = {str(number): column.field for number, column in enumerate(table.columns)}
        imports.learn(_MAPPING, heads.signature(table), json.dumps(mapping, ensure_ascii=False))
    for name, class_id in choices.aliases.items():
        imports.learn(_ALIAS, f"{made.school_year}{_OF_YEAR}{name}", class_id)


def _learned_classes(tx: Transaction, school_year: int) -> dict[str, str]:
    """Class words explained in files of that school year: a class of the same name next year is another one."""
    start = f"{school_year}{_OF_YEAR}"
    learned = Imports(tx.db).learned(_ALIAS)
    return {name.removeprefix(start): class_id for name, class_id in learned.items() if name.startswith(start)}


def from_day(choices: Choices, day: str) -> Choices:
    """The choices, with classes that hold from another day."""
    return replace(choices, from_on=day)


def _mapped(tx: Transaction, file: RosterFile, choices: Choices) -> tuple[tuple[Table, ...], bool]:
    """The tables with their columns as somebody has mapped them now, or before under the same heads."""
    learned, remembered, tables = Imports(tx.db).learned(_MAPPING), False, []
    for place, table in enumerate(file.tables):
        before = learned.get(heads.signature(table))
        if place in choices.columns:
            mapped = heads.with_mapping(table, choices.columns[place])
        elif before is not None:
            remembered = True
            indices = [column.index for column in table.columns]
            mapped = heads.with_mapping(
                table, {indices[int(number)]: name for number, name in json.loads(before).items()}
            )
        else:
            mapped = table
        tables.append(mapped)
    if not any(table.place("name") is not None for table in tables):
        raise Refusal("roster.no_name_column")
    return tuple(tables), remembered


def _from_on(tx: Transaction, school_year: int, first: bool) -> str:
    """A first roster holds since the school year began, all others from today; ``planned`` lets none begin later.

    One day for the whole file, which the person sees and may change: somebody who was forgotten in September and comes
    in with a later file is in the class from the day of that file, unless an earlier day is chosen.
    """
    return (date(school_year, 9, 1) if first else tx.today()).isoformat()


def _similar() -> Callable[[str], str]:
    variants = codes.name_variants()
    return lambda name: similar_key(name, variants)


def _doubts(done: Iterable[Planned], matcher: Matcher) -> tuple[str, ...]:
    matched = ((row.match.student_uid, row.line.class_id) for row in done if row.action is not Action.BAD)
    moves = ((matcher.row(uid).class_id, class_id) for uid, class_id in matched if uid)
    return grade_doubts(moves, codes.policy_number("year.doubt_percent"))


def _known(tx: Transaction, matcher: Matcher) -> Callable[[Iterable[StudentUid]], Mapping[StudentUid, Known]]:
    """Of each student what the own file states and every file that was merged into it."""

    def known(uids: Iterable[StudentUid]) -> Mapping[StudentUid, Known]:
        held = Merges(tx.db).held(uids)
        guardians = _by_student(held, Guardians(tx.db).present(held))
        struck = _by_student(held, Guardians(tx.db).struck(held))
        struck_care = _by_student(held, (entry for entry in Entries(tx.db).struck(held) if entry.kind == _CARE))
        versions = sorted(Students(tx.db).present(held).values(), key=lambda version: version.version_id)
        found = {}
        for uid, version in {held[version.student_uid]: version for version in versions}.items():
            row = matcher.row(uid)
            found[uid] = Known(
                version.basics, row.class_id, row.status, codes.is_present(row.status),
                tuple(guardians.get(uid, ())), frozenset(row.care),
                tuple(struck.get(uid, ())), frozenset(entry.code for entry in struck_care.get(uid, ())),
            )  # fmt: skip
        return found

    return known


def _by_student(held: Mapping[StudentUid, StudentUid], rows: Iterable[_Fact]) -> dict[StudentUid, list[_Fact]]:
    """Rows by the file that holds them now."""
    found: dict[StudentUid, list[_Fact]] = {}
    for row in rows:
        found.setdefault(held[row.student_uid], []).append(row)
    return found


def _remembered(lines: Iterable[RosterLine], said: Mapping[str, str]) -> dict[str, str]:
    """Class words that were understood from memory, not by what is said now."""
    return {
        line.class_word: line.class_id
        for line in lines
        if line.class_word not in said and line.class_id and line.class_word
    }


def _unknown(lines: Iterable[RosterLine]) -> tuple[str, ...]:
    words = {
        line.class_word: None for line in lines if any(problem.code == "class_unknown" for problem in line.problems)
    }
    return tuple(words)
