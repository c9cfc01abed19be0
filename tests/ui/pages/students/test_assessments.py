"""Part D of a growth file: what nobody has dealt with stands first, results in words, gone in privacy mode."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from counselroom.domain.charts.definition import CurveChart, ScaleChart
from counselroom.domain.instruments.reading.examples import unrolled
from counselroom.domain.refusal import Refusal
from counselroom.services import audit
from counselroom.services.instruments.entry import entry
from counselroom.services.instruments.entry.entry import Filled, Frame
from counselroom.ui.pages.students.file.assessments.card import ResultCard
from counselroom.ui.pages.students.file.assessments.part import AssessmentsPart
from counselroom.ui.pages.students.file.assessments.why import WhyDialog
from counselroom.ui.pages.students.file.view import FileView
from counselroom.ui.paper.assessment import STUDENT, AssessmentPaper
from counselroom.ui.paper.dialog import PaperDialog
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.buttons import Button
from counselroom.ui.widgets.chart import ChartView
from counselroom.ui.widgets.facts import Veiled
from counselroom.ui.widgets.text import Tag
from ui.conftest import Script
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import peopled as template
from ui.pages.students.test_file import DAILY, RAIN, Opened

__all__ = ["template"]


class Part(Opened):
    """赵雨桐's file with part D in the panel."""

    @property
    def part(self) -> AssessmentsPart:
        return self.view.panel.assessments

    def type(self, instrument: str, answers: str, day: str) -> str:
        """Types a sheet as the screening page does; the file reads again by itself."""
        found: list[Any] = []
        filled = Filled(self.view.uid, unrolled(answers))
        self.here.jobs.run(None, found.append, entry.save, Frame(instrument, day), filled)
        self.settle()
        return str(found[0].sheet_uid)

    def settle(self) -> None:
        """Until all is read, and what was taken away is gone."""
        super().settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def said(self, card: ResultCard | None = None) -> list[str]:
        found = (card or self.part).findChildren(Veiled)
        return [each.plain() for each in found]

    def charts(self, card: ResultCard) -> list[Any]:
        return [view.chart() for view in card.findChildren(ChartView)]

    def click(self, within: Any, text: str) -> None:
        next(each for each in within.findChildren(Button) if each.text() == text).click()
        self.settle()


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def file(here: Desk, shown: Callable[[Any, Desk], Any], qtbot: QtBot) -> Iterator[Part]:
    view = FileView(here.context, lambda **_args: None)
    here.jobs.changed.connect(view.refresh)
    shown(view, here)
    made = Part(here, view, [], qtbot)
    view.acts.why = DAILY
    made.open(RAIN)
    view.panel.choose("D")
    made.settle()
    yield made
    view.hide()
    made.settle()


def test_nothing_yet(file: Part) -> None:
    row = next(row for row in file.view.panel.rows if row.part.key == "D")
    assert row.said() == "暂无"
    assert file.part.cards == []
    assert file.view.panel.add.text() == "录入答卷"


def test_a_sheet_that_was_typed_stands_there_at_once(file: Part) -> None:
    file.type("gad7", "7*2", "2025-10-10")
    (card,) = file.part.cards
    assert card.head.words() == ("广泛性焦虑量表", "2025年10月10日", "学生自评　中度")
    row = next(row for row in file.view.panel.rows if row.part.key == "D")
    assert row.said() == "1 份"
    assert "已计分" in file.said(card)
    (chart,) = file.charts(card)
    assert isinstance(chart, ScaleChart)
    assert [(scale.name, scale.said, scale.value) for scale in chart.scales] == [("总分", "中度　14", 14)]


def test_the_newest_stands_open_and_the_others_are_a_line(file: Part, qtbot: QtBot) -> None:
    file.type("gad7", "7*2", "2025-03-01")
    file.type("gad7", "7*1", "2025-10-10")
    newest, older = file.part.cards
    assert newest.head.isChecked()
    assert older.body is None
    assert any(isinstance(chart, CurveChart) for chart in file.charts(newest))
    qtbot.waitUntil(older.isVisible)  # Qt shows what is new in a layout when it is idle
    older.head.setFocus()
    qtbot.keyClick(older.head, Qt.Key.Key_Return)
    assert older.body is not None
    assert older.body.isVisible()
    qtbot.keyClick(older.head, Qt.Key.Key_Space)
    assert not older.body.isVisible()
    file.type("phq9", "10*0", "2025-11-01")
    assert [card.head.isChecked() for card in file.part.cards] == [True, False, False]
    assert file.part.cards[2].head.hasFocus()


def test_a_critical_answer_is_the_next_step_of_the_file(file: Part, script: Script) -> None:
    file.view.panel.choose("A")
    file.type("phq9", "8*0 2 0", "2025-10-10")
    due = file.view.beside.due
    assert due.sentence.plain() == "请今天当面谈一谈"
    due.button.click()
    file.settle()
    assert file.part.cards[0].head.isChecked()
    script.answers.append("当天面谈，已告知家长")
    file.click(file.part, "写明做了什么…")
    assert "当面" not in due.sentence.plain()


def test_what_nobody_has_dealt_with_stands_first(file: Part, script: Script) -> None:
    file.type("phq9", "8*0 2 0", "2025-10-10")
    assert file.part.found is not None
    assert len(file.part.found.open_tasks) == 1
    assert file.said()[0] in ("请马上当面关心", "请今天当面谈一谈")
    assert "还没有写处理情况" in file.said(file.part.cards[0])
    script.answers.append("面谈过，家长已知情")
    file.click(file.part, "写明做了什么…")
    assert file.part.found.open_tasks == ()
    assert any("面谈过，家长已知情" in text for text in file.said(file.part.cards[0]))
    said, undo = file.here.said[-1]
    assert "已写明" in said
    assert undo is not None
    undo()
    file.settle()
    assert len(file.part.found.open_tasks) == 1


def test_a_sheet_that_is_not_whole_says_so(file: Part) -> None:
    file.type("gad7", "2*1 - 4*1", "2025-10-10")
    (card,) = file.part.cards
    assert card.head.words()[2] == "学生自评　没有答完"
    assert "没有答完：第 3 题空着" in file.said(card)
    file.type("class-weather", "8*0", "2025-10-11")
    tags = [tag.text() for tag in file.part.cards[0].findChildren(Tag)]
    assert tags == ["自编，未标准化"]


def test_all_of_it_is_covered(file: Part) -> None:
    file.type("phq9", "8*0 2 0", "2025-10-10")
    (card,) = file.part.cards
    privacy.set_on(True)
    assert card.head.words() == ("测评", "2025年10月10日")
    assert {each.accessibleName() for each in file.part.findChildren(Veiled)} == {"已遮住"}
    assert {each.accessibleName() for each in card.findChildren(ChartView)} == {"隐私模式下不显示"}


def test_why(file: Part) -> None:
    file.type("gad7", "7*2", "2025-10-10")
    file.click(file.part.cards[0], "为什么是这个结果")
    shown = file.form()
    assert isinstance(shown, WhyDialog)
    said = "\n".join(each.plain() for each in shown.findChildren(Veiled))
    assert "第 1-7 题相加" in said
    assert "10 起为中度" in said
    assert "第 1 版" in said
    shown.accept()


def test_the_time_line_leads_to_the_card(file: Part) -> None:
    wanted = file.type("gad7", "7*2", "2025-03-01")
    file.type("phq9", "10*0", "2025-10-10")
    file.view.panel.choose("")
    moment = next(item.key for item in file.view.trail.line.items() if getattr(item.key, "source_id", "") == wanted)
    file.view.trail.opened.emit(moment)
    file.settle()
    assert file.view.panel.chosen == "D"
    card = next(card for card in file.part.cards if card.sheet_uid == wanted)
    assert card.head.isChecked()
    assert card.head.hasFocus()


def test_answers_are_typed_on_the_screening_page(file: Part) -> None:
    file.view.panel.add.click()
    file.press(Qt.Key.Key_F12)
    assert file.here.went == [("screening", {"view": "entry", "student": file.view.uid})] * 2


def test_looking_back_shows_what_was_there_then(file: Part) -> None:
    file.type("phq9", "8*0 2 0", "2025-10-10")
    file.view.look_back("2099-01-01")
    file.settle()
    assert len(file.part.cards) == 1
    texts = {button.text() for button in file.part.findChildren(Button)}
    assert "写明做了什么…" not in texts
    assert "打印…" not in texts
    file.open("单文博")
    assert file.part.cards == []


def test_on_paper_for_the_file_and_for_the_student(file: Part, qtbot: QtBot) -> None:
    file.type("gad7", "7*1", "2025-03-01")
    file.type("gad7", "7*2", "2025-10-10")
    file.click(file.part.cards[0], "打印…")
    shown = file.form()
    assert isinstance(shown, PaperDialog)
    paper = shown.options
    assert isinstance(paper, AssessmentPaper)
    assert [box.text() for box in paper.boxes.values()] == ["GAD-7　2025年10月10日", "GAD-7　2025年3月1日"]
    assert [box.isChecked() for box in paper.boxes.values()] == [True, False]
    assert RAIN not in paper.title() + paper.file_name()
    assert shown.ground.pages.total() >= 1
    paper.kind.set_values((STUDENT,))
    paper.kind.changed.emit()
    assert not paper.where.isHidden()
    for box in paper.boxes.values():
        box.setChecked(False)
    assert paper.reason() == "请至少选一份答卷"
    shown.reject()
    assert file.here.room.run(audit.left).result == []


def test_cards_come_back_after_they_could_not_be_read(file: Part) -> None:
    file.type("phq9", "8*0 1 0", "2025-10-10")
    before, shown = [card.sheet_uid for card in file.part.cards], file.part._file
    assert before
    assert shown is not None
    file.part._on_refused(Refusal("students.unknown"))
    assert file.part.cards == []
    file.part.show_file(shown)
    file.settle()
    assert [card.sheet_uid for card in file.part.cards] == before
