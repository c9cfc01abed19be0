"""Papers of a student that are kept inside the vault: added, looked at, struck out, taken out."""

from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from counselroom.db.students.attachments import Attachments
from counselroom.db.students.merges import Merges
from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Attachment, StudentUid
from counselroom.domain.topics import Topic
from counselroom.formats import files, pictures
from counselroom.reports import preview
from counselroom.reports.preview import Bitmap
from counselroom.services import codes
from counselroom.services.room.declaration import command, leaving, query
from counselroom.services.room.transaction import Leaving, Transaction
from counselroom.services.students import purposes, writing
from counselroom.services.students.growth_file import PAPER_OPENED, PAPER_OUT

PDF = "application/pdf"
_PDF_HEAD = b"%PDF-"
_ENDINGS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
_MEGABYTE = 1024 * 1024
_SCREEN_DPI = 100  # a page of A4 fills a screen at this


@dataclass(frozen=True)
class Pages:
    """A paper for the screen: the ``picture`` as it is kept, or the first ``pages`` of ``total``, not all of many."""

    paper: Attachment
    picture: bytes
    pages: tuple[Bitmap, ...]
    total: int


@command(Permission.CHANGE_STUDENTS, "attachment.added", changes=(Topic.STUDENTS,))
def add(tx: Transaction, student_uid: StudentUid, title: str, data: bytes, filename: str) -> BatchId:
    """Keeps a paper: pictures are drawn anew without what a camera adds, a PDF is kept as it is.

    Without a title the file's name without its ending is the title. Refused: other kinds, by content and never by
    name; more than the policy allows for one file or one student (``attachment.*_megabytes``).
    """
    uid = writing.present(tx, student_uid)
    mime, content = _kept(data)
    present = Attachments(tx.db).present(Merges(tx.db).family(uid))
    most = codes.policy_number("attachment.student_megabytes")
    if sum(paper.size for paper in present) + len(content) > most * _MEGABYTE:
        raise Refusal("attachment.full", limit=most)
    where = writing.made(tx, "attachment.added")
    named = " ".join(title.split()) or proposed_title(filename)
    Attachments(tx.db).add(Attachment(tx.new_id(), uid, named, mime, len(content), where), content)
    tx.note(uid, mime=mime, size=len(content))
    return BatchId(where.batch_id)


def read(path: Path) -> bytes:
    """What is in a file that somebody chose to keep; ``Refusal('attachment.too_large')`` before it is read."""
    most = codes.policy_number("attachment.file_megabytes")
    try:
        return files.read(path, at_most=most * _MEGABYTE)
    except Refusal as refusal:
        if refusal.code == "disk.too_large":
            raise Refusal("attachment.too_large", limit=most) from refusal
        raise


def proposed_title(filename: str) -> str:
    """What a file is called, without folders and ending."""
    return " ".join(PureWindowsPath(filename).stem.split())


@query(Permission.READ_STUDENTS)
def listed(tx: Transaction, student_uid: StudentUid) -> list[Attachment]:
    """The student's papers, the oldest first, without their content."""
    return Attachments(tx.db).present(Merges(tx.db).family(writing.present(tx, student_uid)))


@query(Permission.READ_STUDENTS, audited=PAPER_OPENED)
def content(tx: Transaction, attachment_id: str) -> tuple[Attachment, bytes]:
    """A paper with its bytes."""
    paper, data = _paper(tx, attachment_id)
    tx.note(writing.present(tx, paper.student_uid), attachment=attachment_id)
    return paper, data


@query(Permission.READ_STUDENTS, audited=PAPER_OPENED)
def pages(tx: Transaction, attachment_id: str) -> Pages:
    """A paper as the screen shows it; ``Refusal('attachment.unreadable')`` for a PDF that is damaged or locked,
    ``paper.too_large`` or ``paper.too_slow`` for one that asks for more than its process may have."""
    paper, data = content(tx, attachment_id)
    if paper.mime != PDF:
        return Pages(paper, data, (), 1)
    try:
        total, drawn = preview.foreign_pages(data, _SCREEN_DPI)
    except Refusal as refusal:
        if refusal.code == "paper.unreadable":
            raise Refusal("attachment.unreadable", title=paper.title) from refusal
        raise
    return Pages(paper, b"", drawn, total)


@command(Permission.CHANGE_STUDENTS, "attachment.struck", changes=(Topic.STUDENTS,))
def strike(tx: Transaction, attachment_id: str, reason: str) -> BatchId:
    """The paper counts no longer (a wrong student, a wrong paper); it stays in the vault, like every fact."""
    if not reason.strip():
        raise Refusal("attachment.reason_missing")
    paper, _ = _paper(tx, attachment_id)
    where = writing.made(tx, "attachment.struck")
    Attachments(tx.db).strike(attachment_id, reason.strip(), where)
    tx.note(writing.present(tx, paper.student_uid), attachment=attachment_id)
    return BatchId(where.batch_id)


@leaving(Permission.EXPORT_STUDENTS, PAPER_OUT, changes=(Topic.REGISTER,))
def take_out(tx: Transaction, attachment_id: str, path: Path, purpose: str, words: str = "") -> Leaving[Path]:
    """Writes a paper to a file that this user alone can read; the path with the ending of its kind."""
    why = purposes.checked(purpose, words)
    paper, data = _paper(tx, attachment_id)
    uid, ending = writing.present(tx, paper.student_uid), _ENDINGS[paper.mime]
    whole = path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")
    tx.note(uid, attachment=attachment_id, purpose=why.code, words=why.words)

    def send() -> Path:
        files.write(whole, data)
        return whole

    return Leaving({"student": uid, "attachment": attachment_id, "purpose": why.code, "words": why.words}, send)


def _kept(data: bytes) -> tuple[str, bytes]:
    """Kind and bytes as they are kept."""
    most = codes.policy_number("attachment.file_megabytes")
    if len(data) > most * _MEGABYTE:
        raise Refusal("attachment.too_large", limit=most)
    if data.startswith(_PDF_HEAD):
        return PDF, data
    try:
        picture = pictures.clean(data)
    except Refusal as refusal:
        if refusal.code == "picture.kind":
            raise Refusal("attachment.kind") from refusal
        raise
    return picture.mime, picture.data


def _paper(tx: Transaction, attachment_id: str) -> tuple[Attachment, bytes]:
    """A paper that counts; one that was struck out or taken back is unknown."""
    found = Attachments(tx.db).content(attachment_id)
    if found is None:
        raise Refusal("attachment.unknown")
    present = Attachments(tx.db).present([found[0].student_uid])
    if attachment_id not in {paper.attachment_id for paper in present}:
        raise Refusal("attachment.unknown")
    return found
