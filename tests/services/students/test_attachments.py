"""Papers in the vault: what is kept of them, what is refused, how they are seen and taken out."""

import io
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

import foreign
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import Attachment, StudentUid
from counselroom.reports import preview
from counselroom.services import audit, batches, codes
from counselroom.services.room.door import Room
from counselroom.services.students import attachments, growth_file, merging
from services.students.conftest import Pupils

ARTIST = "Wang's camera"


def photo(width: int = 60, height: int = 40) -> bytes:
    image = Image.effect_noise((width, height), 80).convert("RGB")
    notes = image.getexif()
    notes[0x013B] = ARTIST
    target = io.BytesIO()
    image.save(target, "JPEG", exif=notes)
    return target.getvalue()


def paper(pages: int = 1) -> bytes:
    return b"%PDF-1.4\n" + b"0" * 100 if pages == 0 else _drawn(pages)


def _drawn(pages: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 300)
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def refusal(room: Room, *args: object, **more: object) -> Refusal:
    with pytest.raises(Refusal) as refused:
        room.run(*args, **more)  # type: ignore[arg-type]  # any use case with any arguments
    return refused.value


def listed(room: Room, uid: StudentUid) -> list[Attachment]:
    return room.run(attachments.listed, uid).result


@pytest.fixture
def uid(pupils: Pupils) -> StudentUid:
    return pupils["张欣怡"]


@pytest.fixture
def letter(lead: Room, uid: StudentUid) -> Attachment:
    """A PDF of two pages."""
    lead.run(attachments.add, uid, "转介回执", paper(2), "scan0001.pdf")
    return listed(lead, uid)[0]


def test_a_picture_is_kept_without_what_the_camera_added(lead: Room, uid: StudentUid) -> None:
    data = photo()
    assert ARTIST.encode() in data
    lead.run(attachments.add, uid, "  同意书 \n 第一页 ", data, "IMG_0001.jpg")
    (kept,) = listed(lead, uid)
    assert (kept.title, kept.mime) == ("同意书 第一页", "image/jpeg")
    found, content = lead.run(attachments.content, kept.attachment_id).result
    assert found == kept
    assert len(content) == kept.size
    assert ARTIST.encode() not in content
    shown = lead.run(attachments.pages, kept.attachment_id).result
    assert (shown.picture, shown.pages, shown.total) == (content, (), 1)


@pytest.mark.parametrize("filename", ["诊断 证明.pdf", "C:\\学生\\诊断 证明.pdf", "/home/x/诊断 证明.pdf"])
def test_without_a_title_the_name_of_the_file_is_the_title(lead: Room, uid: StudentUid, filename: str) -> None:
    data = paper()
    lead.run(attachments.add, uid, " ", data, filename)
    (kept,) = listed(lead, uid)
    assert (kept.title, kept.mime, kept.size) == ("诊断 证明", "application/pdf", len(data))
    assert lead.run(attachments.content, kept.attachment_id).result[1] == data, "a PDF is kept as it is"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 a document", "attachment.kind"),
        ("一段文字".encode(), "attachment.kind"),
        (b"", "attachment.kind"),
        (b"\xff\xd8\xff not a picture", "picture.damaged"),
        (b"%PDF-" + b"0" * 20 * 1024 * 1024, "attachment.too_large"),
    ],
    ids=["zip", "text", "empty", "torn picture", "too large"],
)
def test_what_is_not_taken(lead: Room, uid: StudentUid, data: bytes, code: str) -> None:
    assert refusal(lead, attachments.add, uid, "附件", data, "附件.pdf").code == code
    assert listed(lead, uid) == []


def test_a_student_has_fifty_megabytes(
    lead: Room, uid: StudentUid, register: Callable[..., StudentUid], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one megabyte instead, so that the test is quick; a merged file's papers count."""
    from counselroom.services import codes

    real = codes.policy_number
    monkeypatch.setattr(codes, "policy_number", lambda key: 1 if key == "attachment.student_megabytes" else real(key))
    half = b"%PDF-" + b"0" * 600_000
    other = register("张欣怡")
    lead.run(attachments.add, other, "一", half, "")
    lead.run(merging.merge, uid, other, {})
    refused = refusal(lead, attachments.add, uid, "二", half, "")
    assert (refused.code, refused.values) == ("attachment.full", {"limit": 1})
    (first,) = listed(lead, uid)
    lead.run(attachments.strike, first.attachment_id, "换成清楚的一份")
    lead.run(attachments.add, uid, "二", half, "")


def test_a_pdf_is_shown_as_pictures_and_opening_is_entered(lead: Room, uid: StudentUid, letter: Attachment) -> None:
    shown = lead.run(attachments.pages, letter.attachment_id).result
    assert (shown.total, len(shown.pages), shown.picture) == (2, 2, b"")
    page = shown.pages[0]
    assert len(page.rgb) == 3 * page.width * page.height
    newest = lead.run(audit.entries).result[0]
    assert (newest.action, newest.facts["attachment"]) == ("attachment.opened", letter.attachment_id)


def test_a_long_pdf_is_shown_in_part_and_says_so(lead: Room, uid: StudentUid) -> None:
    lead.run(attachments.add, uid, "长", paper(preview.MOST_PAGES + 3), "")
    shown = lead.run(attachments.pages, listed(lead, uid)[0].attachment_id).result
    assert (shown.total, len(shown.pages)) == (preview.MOST_PAGES + 3, preview.MOST_PAGES)


def test_a_pdf_that_cannot_be_read_can_still_be_taken_out(lead: Room, uid: StudentUid, tmp_path: Path) -> None:
    lead.run(attachments.add, uid, "回执", paper(0), "")
    (kept,) = listed(lead, uid)
    refused = refusal(lead, attachments.pages, kept.attachment_id)
    assert (refused.code, refused.values) == ("attachment.unreadable", {"title": "回执"})
    written = lead.run(attachments.take_out, kept.attachment_id, tmp_path / "a.pdf", "transfer").result
    assert written.read_bytes() == paper(0)


def test_a_pdf_made_to_do_harm_is_not_shown_and_harms_nothing(lead: Room, uid: StudentUid, tmp_path: Path) -> None:
    lead.run(attachments.add, uid, "回执", foreign.bomb(), "")
    (kept,) = listed(lead, uid)
    assert refusal(lead, attachments.pages, kept.attachment_id).code == "paper.too_large"
    lead.run(attachments.add, uid, "通知", paper(), "")
    assert lead.run(attachments.pages, listed(lead, uid)[1].attachment_id).result.total == 1
    written = lead.run(attachments.take_out, kept.attachment_id, tmp_path / "a.pdf", "transfer").result
    assert written.read_bytes() == foreign.bomb()


def test_a_struck_paper_is_gone_and_comes_back(lead: Room, uid: StudentUid, letter: Attachment, tmp_path: Path) -> None:
    assert refusal(lead, attachments.strike, letter.attachment_id, " ").code == "attachment.reason_missing"
    batch = lead.run(attachments.strike, letter.attachment_id, "放错了学生").result
    assert listed(lead, uid) == []
    for use_case, more in (
        (attachments.content, ()),
        (attachments.pages, ()),
        (attachments.strike, ("再一次",)),
        (attachments.take_out, (tmp_path / "a", "daily")),
    ):
        assert refusal(lead, use_case, letter.attachment_id, *more).code == "attachment.unknown"
    lead.run(batches.undo, batch)
    assert listed(lead, uid) == [letter]


def test_adding_can_be_undone_unless_the_paper_was_struck_since(lead: Room, uid: StudentUid) -> None:
    added = lead.run(attachments.add, uid, "一", paper(), "").result
    struck = lead.run(attachments.strike, listed(lead, uid)[0].attachment_id, "放错了学生").result
    assert refusal(lead, batches.undo, added).values["names"] == ("张欣怡",)
    lead.run(batches.undo, struck)
    lead.run(batches.undo, added)
    assert listed(lead, uid) == []


def test_taking_out_needs_a_purpose_and_is_entered(lead: Room, letter: Attachment, tmp_path: Path) -> None:
    for purpose in (("",), ("other",), ("other", "  ")):
        where = (letter.attachment_id, tmp_path / "回执", *purpose)
        assert refusal(lead, attachments.take_out, *where).code == "purpose.missing"
    assert refusal(lead, attachments.take_out, letter.attachment_id, tmp_path / "回执", "fun").code == "codes.unknown"
    assert lead.run(audit.left).result == []
    written = lead.run(attachments.take_out, letter.attachment_id, tmp_path / "回执", "other", "家长来取").result
    assert written == tmp_path / "回执.pdf"
    assert written.read_bytes().startswith(b"%PDF-")
    if sys.platform != "win32":
        assert stat.S_IMODE(written.stat().st_mode) == 0o600
    (left,) = lead.run(audit.left).result
    assert (left.action, left.outcome) == ("attachment.taken_out", "done")


def test_a_look_at_a_paper_is_among_those_who_opened_the_file(
    lead: Room, uid: StudentUid, letter: Attachment, tmp_path: Path
) -> None:
    lead.run(attachments.pages, letter.attachment_id)
    lead.run(attachments.take_out, letter.attachment_id, tmp_path / "a.pdf", "transfer")
    out, look = lead.run(growth_file.openings, uid).result
    assert (look.who, look.purpose, look.words, look.printed) == ("林若溪", "other", "打开附件", False)
    assert (out.purpose, out.words) == ("other", f"{codes.name('purpose', 'transfer')}（取出附件）")


def test_a_place_that_cannot_be_written_is_entered_as_failed(lead: Room, letter: Attachment, tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "a.pdf"
    assert refusal(lead, attachments.take_out, letter.attachment_id, gone, "daily").code == "disk.gone"
    (left,) = lead.run(audit.left).result
    assert left.outcome == "failed"


def test_after_a_merge_the_papers_are_in_the_kept_file(
    lead: Room, uid: StudentUid, letter: Attachment, register: Callable[..., StudentUid]
) -> None:
    kept = register("张欣怡")
    lead.run(merging.merge, kept, uid, {})
    assert listed(lead, kept) == listed(lead, uid) == [letter]
