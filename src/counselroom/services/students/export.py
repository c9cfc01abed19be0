"""The shown list as a spreadsheet: with its purpose, and above a limit with a second person's consent."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.approval import Intent
from counselroom.domain.dates import clock_time, long_date
from counselroom.domain.levels import Severity
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.numbers import mask_id
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.formats import files, sheet_out
from counselroom.services import codes, settings
from counselroom.services.room.declaration import leaving
from counselroom.services.room.transaction import Leaving, Transaction
from counselroom.services.students import listing, purposes
from counselroom.services.students.listing import StudentLine
from counselroom.services.students.purposes import Purpose
from counselroom.words import word

EXPORTED = "students.exported"
_LEVEL, _CARE = "level", "care"

# Every column of a list of students by its key, with what stands in it; its head is ``column.<key>`` of the catalogue.
# The page shows the same columns, and draws the two without a function (level, care) in its own way.
COLUMNS: dict[str, Callable[[StudentLine], str]] = {
    "name": lambda line: line.name,
    "pinyin": lambda line: line.pinyin,
    "sex": lambda line: line.sex,
    "class": lambda line: line.class_name,
    "grade": lambda line: line.grade,
    "school_no": lambda line: line.school_no,
    "xueji_no": lambda line: line.xueji_no,
    "id_no": lambda line: mask_id(line.id_no),
    "id_no_full": lambda line: line.id_no,
    "birth": lambda line: line.birth,
    "boarding": lambda line: line.boarding,
    "dorm": lambda line: line.dorm,
    "status": lambda line: line.status_word,
    "status_from": lambda line: line.status_from,
    "file_no": lambda line: line.file_no,
    _LEVEL: lambda line: "",
    _CARE: lambda line: "",
}


def head(column: str) -> str:
    """The head of a column as it is printed."""
    return word(f"column.{column}")


def proposed_name(moment: datetime) -> str:
    """A name for the file that says nothing of what is in it."""
    return word("export.file", at=f"{moment:%Y%m%d-%H%M}")


def _intent(
    tx: Transaction,
    student_uids: Iterable[StudentUid],
    columns: Sequence[str],
    path: Path,
    purpose: str,
    words: str = "",
) -> Intent | None:
    """What the second person sees; the mark binds the consent to exactly these students."""
    heads = word("list.separator").join(map(head, _known(columns)))
    said = purposes.checked(purpose, words).text()
    return second_person(EXPORTED, present(tx, student_uids), (("columns", heads), ("purpose", said)))


def second_person(action: str, uids: Sequence[StudentUid], facts: tuple[tuple[str, str], ...]) -> Intent | None:
    """What a second person has to agree to when so many students' data leave at once; None for a few."""
    if len(uids) <= codes.policy_number("export.approval_above"):
        return None
    mark = hashlib.sha256("\n".join(sorted(uids)).encode()).hexdigest()[:16]
    return Intent(action, (("students", str(len(uids))), *facts, ("mark", mark)))


@leaving(Permission.EXPORT_STUDENTS, EXPORTED, changes=(Topic.REGISTER,), approval=_intent)
def export(
    tx: Transaction,
    student_uids: Iterable[StudentUid],
    columns: Sequence[str],
    path: Path,
    purpose: str,
    words: str = "",
) -> Leaving[Path]:
    """Writes the students in the order given, with these columns, as a spreadsheet that this user alone can read.

    Above the number ``export.approval_above`` of the policy a second person has to agree. Care categories of high
    secrecy are in no list, whoever asks, and the note above the table says so whether or not there are any.
    """
    why, keys = purposes.checked(purpose, words), _known(columns)
    uids = present(tx, student_uids)
    data = _workbook(tx, listing.some(tx, uids), keys, why)
    whole = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
    tx.note("", students=len(uids), columns=keys, purpose=why.code, words=why.words)

    def send() -> Path:
        files.write(whole, data)
        return whole

    # Whose data it was must be known should the file be lost (个人信息保护法 57).
    return Leaving({"students": uids, "columns": keys, "purpose": why.code, "words": why.words}, send)


def present(tx: Transaction, student_uids: Iterable[StudentUid]) -> list[StudentUid]:
    """The files that hold these students now, each once, in the order given."""
    wanted = list(dict.fromkeys(student_uids))
    merges = Merges(tx.db)
    # One question for all of them; only where somebody was merged meanwhile is each looked up.
    if set(merges.roots(wanted)) != set(wanted):
        wanted = list(dict.fromkeys(map(merges.into, wanted)))
    if not wanted:
        raise Refusal("students.none_chosen")
    if len(listing.some(tx, wanted)) != len(wanted):
        raise Refusal("students.unknown")
    return wanted


def _known(columns: Sequence[str]) -> list[str]:
    keys = list(dict.fromkeys(columns))
    if not keys or not COLUMNS.keys() >= set(keys):
        raise Refusal("export.columns")
    return keys


def _workbook(tx: Transaction, lines: Iterable[StudentLine], keys: list[str], why: Purpose) -> bytes:
    scheme = codes.schemes()[str(settings.values(tx)["level.scheme"])]
    values = {
        **COLUMNS,
        _LEVEL: lambda line: "" if line.severity is None else scheme.word(Severity(line.severity)),
        _CARE: _open_care,
    }
    rows = [[values[key](line) for key in keys] for line in lines]
    sheet = sheet_out.OutSheet(
        word("export.sheet"), [head(key) for key in keys], rows, title_rows=_titles(tx, keys, why)
    )
    return sheet_out.workbook([sheet])


def _open_care(line: StudentLine) -> str:
    secret = codes.code_list("care")
    tags = (tag for code, tag in zip(line.care_codes, line.care, strict=True) if not secret.has("high_secrecy", code))
    return word("list.separator").join(tags)


def _titles(tx: Transaction, keys: list[str], why: Purpose) -> list[str]:
    at = f"{long_date(tx.today())} {clock_time(tx.ports.clock().astimezone())}"
    lines = [word("export.about", purpose=why.text(), who=tx.actor.name, at=at)]
    return [*lines, word("export.care_note")] if _CARE in keys else lines
