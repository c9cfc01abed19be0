"""Results on paper: entered in both registers, and a letter that tells no level."""

import re
from datetime import datetime

import pypdfium2

from counselroom.reports import parts as p
from counselroom.reports.student_feedback import FeedbackContent, student_feedback
from counselroom.services import audit
from counselroom.services.instruments.kept import alerts
from counselroom.services.instruments.library import library
from counselroom.services.instruments.telling import feedback, result_paper
from counselroom.services.instruments.telling.feedback import Opening
from counselroom.services.room.door import Room
from counselroom.services.students import growth_file, printing
from services.instruments.conftest import Typed, refused
from services.students.conftest import Pupils

NAME = "张欣怡"


def text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_a_report_says_what_was_done_and_not_what_was_answered(lead: Room, typed: Typed, pupils: Pupils) -> None:
    saved = typed("phq9", NAME, "8*0 3 0")
    assert saved.task is not None
    lead.run(alerts.close, saved.task.task_uid, "当天面谈，家长已知情")
    said = text(lead.run(result_paper.preview_report, pupils[NAME], [saved.sheet_uid]).result)
    form = library.definition("phq9")
    assert "当天面谈，家长已知情" in said
    assert f"第9题{form.item('9').topic}" in said
    assert not any(option.word in said for option in form.responses_of("9").options if len(option.word) > 2)
    assert "内部资料" in said
    assert lead.run(audit.left).result == []


def test_a_print_is_entered_in_the_register_and_in_the_access_log(lead: Room, typed: Typed, pupils: Pupils) -> None:
    saved = typed("gad7", NAME, "7*1")
    uid = pupils[NAME]
    lead.run(result_paper.print_report, uid, [saved.sheet_uid], "meeting")
    lead.run(result_paper.print_feedback, uid, [saved.sheet_uid], "daily", "", "每天中午")
    assert [row.action for row in lead.run(audit.left).result] == ["feedback.printed", "assessment.printed"]
    seen = lead.run(growth_file.openings, uid).result
    assert [(each.words, each.printed) for each in seen] == [
        ("写给学生的反馈（日常辅导）", True),
        ("测评结果（研判会议）", True),
    ]


def test_a_print_wants_a_purpose_and_sheets_that_are_there(lead: Room, typed: Typed, pupils: Pupils) -> None:
    saved = typed("gad7", NAME, "7*1")
    uid = pupils[NAME]
    assert refused(lead, result_paper.print_report, uid, [saved.sheet_uid], "").code == "purpose.missing"
    assert refused(lead, result_paper.preview_report, uid, []).code == "answers.unknown"
    assert refused(lead, result_paper.preview_report, pupils["赵子轩"], [saved.sheet_uid]).code == "answers.unknown"


def test_no_letter_tells_a_level_a_number_or_a_scale() -> None:
    forms = library.listed()
    names = {name for form in forms for name in (form.name, form.short)}
    levels = {limit.name for form in forms for bands in form.bands for limit in bands.limits}
    scales = {score.name for form in forms for score in form.scores}
    for kind in Opening:
        for instrument in library.ids():
            things = feedback.things(kind, [instrument])
            content = FeedbackContent("某校", "某某", feedback.sentence(kind), things, "", "某", datetime(2026, 1, 1))  # noqa: DTZ001 - printed as a day
            body = [part for part in student_feedback(content) if not isinstance(part, p.Header | p.Footer)]
            letter = "\n".join(p.texts(body[:-1]))  # the last line is the day
            assert not [word for word in names | levels | scales if word in letter]
            assert not re.search(r"\d", letter)


def test_the_growth_file_on_paper_has_a_short_table(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("gad7", NAME, "7*2")
    said = text(lead.run(printing.preview_file, pupils[NAME], included="D").result)
    assert "D测评记录日期问卷填写人结果说明2025年10月10日" in said.replace("\n", "")
    assert "中度" in said
    assert "14" not in said.partition("D测评记录日期")[2].partition("内部资料")[0]
