"""Growth files and class lists on paper. Paper leaves the room: each print is entered in the register and, for a file,
in its access log."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from counselroom.domain.access import Permission
from counselroom.domain.approval import Intent
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.formats import files
from counselroom.reports import batch, worker
from counselroom.reports.class_list import ClassListContent, Column, class_list
from counselroom.reports.growth_file import EVERY_PART, TITLES, growth_file
from counselroom.reports.parts import Parts
from counselroom.services import settings
from counselroom.services.room.declaration import leaving, query
from counselroom.services.room.transaction import Leaving, Transaction
from counselroom.services.students import classes, export, listing, paper, purposes, writing
from counselroom.services.students.growth_file import PRINTED, content, openings
from counselroom.words import word

CLASS_LIST = "class_list.printed"
# The parts of a growth file in their order: letter and title.
PARTS: tuple[tuple[str, str], ...] = tuple(TITLES.items())
# Columns of a class list, with their widths (a name of three characters is about 2): the register of the class and
# nothing more, because such a list lies on desks and is printed without a purpose.
LIST_COLUMNS = {"name": 2.4, "sex": 1.0, "school_no": 2.4, "boarding": 1.3, "dorm": 2.2}
_TICKS = 4


@dataclass(frozen=True)
class Written:
    """Files that were written, and whose could not be drawn and why."""

    paths: tuple[Path, ...]
    failures: tuple[tuple[StudentUid, Refusal], ...]


@leaving(Permission.READ_STUDENTS, PRINTED, changes=(Topic.REGISTER,))
def print_file(
    tx: Transaction,
    student_uid: StudentUid,
    purpose: str,
    words: str = "",
    *,
    included: Collection[str] = EVERY_PART,
    masked: bool = True,
) -> Leaving[bytes]:
    """The growth file as PDF bytes; ``included`` are letters of its parts, ``masked`` hides the middle of numbers."""
    why = purposes.checked(purpose, words)
    uid = writing.present(tx, student_uid)
    parts = _file(tx, uid, included, masked)
    how = _how(included, masked)
    tx.note(uid, purpose=why.code, words=why.words, **how)
    body = {"students": [uid], "purpose": why.code, "words": why.words, **how}
    return Leaving(body, lambda: worker.render(parts))


@query(Permission.READ_STUDENTS)
def preview_file(
    tx: Transaction, student_uid: StudentUid, *, included: Collection[str] = EVERY_PART, masked: bool = True
) -> bytes:
    """The paper as ``print_file`` would make it, of a file that lies open: nothing leaves the screen."""
    return worker.render(_file(tx, writing.present(tx, student_uid), included, masked))


def _many(
    tx: Transaction,
    student_uids: Iterable[StudentUid],
    folder: Path,
    purpose: str,
    words: str = "",
    *,
    included: Collection[str] = EVERY_PART,
    masked: bool = True,
) -> Intent | None:
    """Above the number of the policy a second person has to agree, as for a list (services/students/export).

    The consent is one to these parts and to numbers hidden or whole: more of the files is another intent.
    """
    uids = export.present(tx, student_uids)
    _paths(tx, uids, folder)  # nobody is asked to agree to what would be refused
    titles = [title for letter, title in PARTS if letter in included]
    every = len(titles) == len(PARTS)
    facts = (
        ("parts", word("paper.every_part") if every else word("list.separator").join(titles)),
        ("numbers", word("paper.numbers_masked" if masked else "paper.numbers_whole")),
        ("purpose", purposes.checked(purpose, words).text()),
    )
    return export.second_person(PRINTED, uids, facts)


@leaving(Permission.EXPORT_STUDENTS, PRINTED, changes=(Topic.REGISTER,), approval=_many)
def print_files(
    tx: Transaction,
    student_uids: Iterable[StudentUid],
    folder: Path,
    purpose: str,
    words: str = "",
    *,
    included: Collection[str] = EVERY_PART,
    masked: bool = True,
) -> Leaving[Written]:
    """Growth files as PDFs in a folder, named by the number of the file alone, readable for this user only.

    ``Refusal('print.folder_used')`` where one of the names is taken: nothing there is overwritten, so that what is
    taken away again is always of this run. A file that cannot be drawn (a character that no font has) is named and
    does not end the rest. Stopped, or when the folder takes no more, everything written is taken away again.
    """
    why, uids = purposes.checked(purpose, words), export.present(tx, student_uids)
    paths, how = _paths(tx, uids, folder), _how(included, masked)
    tx.note_each(uids, purpose=why.code, words=why.words, **how)

    def send() -> Written:
        return _write(tx, uids, paths, included, masked)

    return Leaving({"students": uids, "purpose": why.code, "words": why.words, **how}, send)


def _how(included: Collection[str], masked: bool) -> dict[str, str | bool]:
    """What the registers say of the paper itself: letters of its parts, and whether numbers were hidden."""
    return {"parts": "".join(sorted(included)), "masked": masked}


def _paths(tx: Transaction, uids: list[StudentUid], folder: Path) -> list[Path]:
    """Where each file goes; refused when something is there already."""
    numbers = {line.student_uid: line.file_no for line in listing.some(tx, uids)}
    paths = [folder / f"{numbers[uid]}.pdf" for uid in uids]
    used = sum(files.is_file(path) for path in paths)
    if used:
        raise Refusal("print.folder_used", folder=folder.name, count=used)
    return paths


def _write(
    tx: Transaction, uids: list[StudentUid], paths: list[Path], included: Collection[str], masked: bool
) -> Written:
    """Draws and writes; each file is read as it is needed, after the intent was committed.

    A thousand files at once would not fit, so they are read outside of the transaction: each as by a query, in which
    the database refuses to write, and which locking the room may end.
    """
    written: list[Path] = []
    failures: list[tuple[StudentUid, Refusal]] = []

    def jobs() -> Iterator[Parts]:
        for uid in uids:
            with tx.db.reading():
                parts = _file(tx, uid, included, masked)
            yield parts

    def keep(drawn: batch.Drawn) -> None:
        if isinstance(drawn.failure, Refusal):
            failures.append((uids[drawn.index], drawn.failure))
        elif drawn.failure is not None:
            raise drawn.failure
        else:
            files.write(paths[drawn.index], drawn.pdf)
            written.append(paths[drawn.index])
        tx.progress(len(written) + len(failures), len(uids))

    try:
        batch.render_many(jobs(), keep, cancelled=lambda: tx.cancelled)
    except BaseException:
        for path in written:
            files.discard(path)
        raise
    return Written(tuple(sorted(written)), tuple(failures))


def _file(tx: Transaction, uid: StudentUid, included: Collection[str], masked: bool) -> Parts:
    said = paper.content(tx, content(tx, uid), openings(tx, uid))
    return growth_file(said, included=included, masked=masked)


@leaving(Permission.READ_STUDENTS, CLASS_LIST, changes=(Topic.REGISTER,))
def print_class_list(
    tx: Transaction, class_id: str, columns: Iterable[str] = ("name", "sex", "school_no"), title: str = ""
) -> Leaving[bytes]:
    """The students of a class as a list with empty columns to tick in; care categories and levels are never on it.

    Neither a purpose nor a second person is asked for: it holds what the register of a class on the teacher's desk
    holds anyway (name, sex, school number, where somebody sleeps), no day of birth and no number of a document.
    """
    said, wanted = _class_list(tx, class_id, columns, title)
    parts, students = class_list(said), len(said.rows)
    tx.note(class_id, class_id=class_id, students=students)
    return Leaving({"class": class_id, "students": students, "columns": wanted}, lambda: worker.render(parts))


@query(Permission.READ_STUDENTS)
def preview_class_list(
    tx: Transaction, class_id: str, columns: Iterable[str] = ("name", "sex", "school_no"), title: str = ""
) -> bytes:
    """The paper as ``print_class_list`` would make it, for the screen."""
    return worker.render(class_list(_class_list(tx, class_id, columns, title)[0]))


def _class_list(
    tx: Transaction, class_id: str, columns: Iterable[str], title: str
) -> tuple[ClassListContent, list[str]]:
    """What stands on the list, and the keys of its columns, each once."""
    wanted = list(dict.fromkeys(columns))
    if not wanted or not set(wanted) <= LIST_COLUMNS.keys():
        raise Refusal("export.columns")
    here = [line for line in listing.everybody(tx) if line.class_id == class_id and line.present]
    if not here:
        raise Refusal("students.none_chosen")
    called = next(row for row in classes.listed(tx) if row.class_id == class_id)
    said = ClassListContent(
        school=settings.school(tx).name,
        title=title.strip() or word("paper.class_title"),
        class_name=called.name,
        head_teacher=called.teacher,
        boys=called.boys,
        girls=called.girls,
        columns=tuple(Column(export.head(name), LIST_COLUMNS[name]) for name in wanted),
        rows=tuple(tuple(export.COLUMNS[name](line) for name in wanted) for line in here),
        printed_by=tx.actor.name,
        printed_at=tx.ports.clock().astimezone(),
        ticks=("",) * _TICKS,
    )
    return said, wanted
