"""The questionnaires: found, looked at, scored as the school chooses, given a text, printed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counselroom.services.instruments.library import choices
from counselroom.ui.pages.screening.library.choosing import ChoiceForm
from counselroom.ui.pages.screening.library.listing import LibraryView
from counselroom.ui.pages.screening.library.pack import PackForm
from counselroom.ui.pages.screening.library.view import ITEMS, InstrumentView
from counselroom.ui.pages.screening.page import ScreeningPage
from counselroom.ui.paper.dialog import PaperDialog
from ui.conftest import Script
from ui.pages.conftest import Desk, Open
from ui.pages.screening.conftest import answered as template

__all__ = ["template"]

Shown = Callable[[Any, Desk], Any]
Settle = Callable[[], None]


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def settle(here: Desk, qtbot: QtBot) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not here.jobs.running(), timeout=20_000)


@pytest.fixture
def library(here: Desk, shown: Shown) -> LibraryView:
    return shown(LibraryView(here.context, lambda **args: here.context.go("screening", **args)), here)  # type: ignore[no-any-return]


@pytest.fixture
def one(here: Desk, shown: Shown, settle: Settle) -> Callable[[str], InstrumentView]:
    """Shows one questionnaire."""

    def show(instrument: str) -> InstrumentView:
        view = InstrumentView(here.context, lambda **args: here.context.go("screening", **args))
        shown(view, here)
        view.open(instrument=instrument)
        settle()
        return view

    return show


def names(library: LibraryView) -> list[str]:
    return [line.definition.bare_id for line in library.model.rows()]


def test_our_own_first_then_all_the_others(library: LibraryView) -> None:
    assert names(library)[:2] == ["adaptation-check", "class-weather"]
    assert len(names(library)) >= 53
    assert library.context_line().endswith("其中 2 份有题本、可以打印")
    library.hide()


@pytest.mark.parametrize("typed", ["PHQ-9", "phq9", "病人健康问卷抑郁"])
def test_found_by_whatever_it_is_called(library: LibraryView, here: Desk, qtbot: QtBot, typed: str) -> None:
    library.search.setText(typed)
    assert "phq9" in names(library)
    assert all("phq" in name for name in names(library))
    qtbot.keyClick(library.search, Qt.Key.Key_Return)
    assert here.went[-1] == ("screening", {"view": "instrument", "instrument": names(library)[0]})
    library.search.setText("没有这个")
    assert library.rows.currentIndex() == 1
    library.hide()


def test_what_the_line_says(library: LibraryView) -> None:
    columns = {column.key: column for column in library.model.columns}
    cdi = next(line for line in library.model.rows() if line.definition.bare_id == "cdi")
    said = {key: column.text(cdi) for key, column in columns.items()}
    assert said["confidence"] == "存疑"
    assert said["whom"] == "7–17 岁"
    assert said["licence"] == "须购买授权"
    assert said["wording"] == "—"
    library.hide()


def test_one_in_full(one: Callable[[str], InstrumentView]) -> None:
    view = one("mht")
    assert view.title() == "心理健康诊断测验"
    (total,) = view.scores.bars["total"]
    assert total.accessibleName().endswith("65 起：需要重点关心（建议关注）")
    said = [line.plain() for line in view.lines.lines]
    assert "第 97 题（想从高处跳下）：答“是”的，马上当面了解" in said
    assert any("作废" in line for line in said)
    view.chips.chips()[2].click()
    assert view.places.currentWidget() is view.items
    assert view.items.model.rows()[84].text == "觉得不活更好"
    assert view.chips.value() == ITEMS
    view.hide()


def test_edges_of_a_ruler_are_in_order_and_end_at_its_end(one: Callable[[str], InstrumentView]) -> None:
    view = one("phq9")
    (total,) = view.scores.bars["total"]
    total.resize(400, total.height())
    edges = total.edges()
    assert edges == sorted(edges)
    assert edges[0] == 0
    assert edges[-1] == pytest.approx(400)
    view.hide()


def test_a_choice_has_a_reason_and_can_be_taken_back(
    one: Callable[[str], InstrumentView], here: Desk, settle: Settle
) -> None:
    view = one("sds")
    view.choose()
    form = view.form
    assert isinstance(form, ChoiceForm)
    form.accept()
    assert form.reason.error() == "现在用的就是这些，没有改动"
    form.parts[1].buttons["bands-50"].click()
    form.accept()
    assert form.reason.error() == "请写一句理由，日后查得到"
    form.reason.set_text("全区统一")
    form.accept()
    settle()
    assert "bands-50" in here.room.run(choices.get, "sds").result.variants
    view.refresh(frozenset({"assessments"}))
    settle()
    assert view.held is not None
    assert view.held.in_force.past[0].reason == "全区统一"
    undo = here.said[-1][1]
    assert undo is not None
    undo()
    settle()
    assert "bands-53" in here.room.run(choices.get, "sds").result.variants
    view.hide()


def test_without_a_text_nothing_is_printed_and_with_one_it_is(
    one: Callable[[str], InstrumentView], here: Desk, settle: Settle, script: Script, tmp_path: Path
) -> None:
    view = one("phq2")
    assert view.paper.reason() == "没有题本，不能打印"
    assert not view.print_button.isEnabled()
    path = tmp_path / "题本.csv"
    path.write_text("题号,题目\n1,甲\n2,乙\n", encoding="utf-8")
    script.answers = [path]
    view.beside.buttons["bring"].click()
    settle()
    form = view.form
    assert isinstance(form, PackForm)
    form.accept()
    assert form.note.error() == "请写明来源和使用权"
    form.note.set_text("学校持有许可")
    form.accept()
    settle()
    view.refresh(frozenset({"assessments"}))
    settle()
    assert view.print_button.isEnabled()
    assert [line.text for line in view.items.model.rows()] == ["甲", "乙"]
    view.hide()


def test_a_file_that_is_no_text_is_refused_in_words(
    one: Callable[[str], InstrumentView], settle: Settle, script: Script, tmp_path: Path
) -> None:
    view = one("phq2")
    path = tmp_path / "题本.csv"
    path.write_text("题号,题目\n1,甲\n", encoding="utf-8")
    script.answers = [path]
    view.beside.buttons["bring"].click()
    settle()
    form = view.form
    assert isinstance(form, PackForm)
    form.note.set_text("学校持有许可")
    form.accept()
    settle()
    assert form.isVisible()
    assert form.said.banner is not None
    form.reject()
    view.hide()


def test_our_own_are_printed_without_anybody_on_them(
    one: Callable[[str], InstrumentView], here: Desk, settle: Settle
) -> None:
    view = one("class-weather")
    assert "bring" not in view.beside.buttons
    view.print_button.click()
    settle()
    dialog = view.form
    assert isinstance(dialog, PaperDialog)
    assert dialog.print_button.isEnabled()
    dialog.reject()
    view.hide()


def test_back_goes_one_step(here: Desk, shown: Shown, settle: Settle) -> None:
    page = shown(ScreeningPage(here.context), here)
    page.open(view="library")
    settle()
    page.open(view="instrument", instrument="who5")
    settle()
    assert page.above() == "问卷"
    page.up()
    assert page.current == "library"
    assert page.above() == "测评"
    page.up()
    assert page.current == "home"
    page.hide()
