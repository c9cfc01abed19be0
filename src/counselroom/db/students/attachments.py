"""Papers kept inside the vault."""

import hashlib
from collections.abc import Iterable

from counselroom.db.connection import Connection
from counselroom.db.students.rows import EVER, counts, ids, made, made_values
from counselroom.domain.students.student import Attachment, Provenance, StudentUid


class Attachments:
    """Statements on attachments."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, attachment: Attachment, content: bytes) -> None:
        """Keeps a paper."""
        self._db.run(
            "INSERT INTO attachments VALUES (:attachment_id, :student_uid, :title, :mime, :size, :sha256, :content,"
            " :made_at, :made_by, :source, :place, :batch_id)",
            attachment_id=attachment.attachment_id, student_uid=attachment.student_uid, title=attachment.title,
            mime=attachment.mime, size=len(content), sha256=hashlib.sha256(content).digest(), content=content,
            **made_values(attachment.made),
        )  # fmt: skip

    def strike(self, attachment_id: str, reason: str, made: Provenance) -> None:
        """From now on the paper counts no longer; it stays, like every fact."""
        self._db.run(
            "INSERT INTO attachment_voids VALUES (:id, :reason, :made_at, :made_by, :batch_id)",
            id=attachment_id, reason=reason, made_at=made.made_at, made_by=made.made_by, batch_id=made.batch_id,
        )  # fmt: skip

    def present(self, uids: Iterable[StudentUid], until: str = EVER) -> list[Attachment]:
        """The papers of these students as they stood at ``until``, the oldest first, without their content."""
        rows = self._db.all(
            "SELECT a.attachment_id, a.student_uid, a.title, a.mime, a.size, a.made_at, a.made_by, a.source, a.place,"
            " a.batch_id FROM attachments a WHERE a.student_uid IN (SELECT value FROM json_each(:uids))"
            f" AND {counts('a')} AND NOT EXISTS (SELECT 1 FROM attachment_voids v"
            f"  WHERE v.attachment_id = a.attachment_id AND {counts('v')}) ORDER BY a.made_at, a.rowid",
            uids=ids(uids), until=until,
        )  # fmt: skip
        return [
            Attachment(
                row["attachment_id"], StudentUid(row["student_uid"]), row["title"], row["mime"], row["size"], made(row)
            )
            for row in rows
        ]

    def content(self, attachment_id: str) -> tuple[Attachment, bytes] | None:
        """One paper with its bytes."""
        row = self._db.one("SELECT * FROM attachments WHERE attachment_id = :id", id=attachment_id)
        if row is None:
            return None
        paper = Attachment(
            row["attachment_id"], StudentUid(row["student_uid"]), row["title"], row["mime"], row["size"], made(row)
        )
        return paper, bytes(row["content"])
