"""The dialog seam: answers can be put in place, and the real sheets are Chinese and in order."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from counselroom.ui import dialogs
from counselroom.ui.dialogs import SheetDialog
from counselroom.ui.theme import Size
from counselroom.ui.widgets.buttons import Button, Kind
from counselroom.ui.widgets.fields import Field, PassphraseField


def test_answers_stand_in_for_people(script, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # see conftest
    script.answers = [True, "名字", None, tmp_path, None, tmp_path]
    assert dialogs.confirm(None, "停用", "将停用 1 人", danger=True)
    assert dialogs.ask_text(None, "改名", "姓名") == "名字"
    assert dialogs.ask_passphrase(None, "批准", "口令") is None
    assert dialogs.open_file(None, "打开") == tmp_path
    assert dialogs.save_file(None, "保存", "a.pdf") is None
    assert dialogs.choose_folder(None, "选择") == tmp_path
    assert script.asked[0] == ("confirm", "停用", "将停用 1 人", "danger")


def later(act: object) -> None:
    """Does something once the next dialog is open."""

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SheetDialog)
        act(dialog)  # type: ignore[operator]  # a callable

    QTimer.singleShot(0, run)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_verb_stands_on_the_button(window: QWidget) -> None:
    seen: list[tuple[object, ...]] = []

    def look(dialog: SheetDialog) -> None:
        buttons = [dialog.buttons.itemAt(place).widget() for place in range(dialog.buttons.count())]
        kinds = [button.kind() for button in buttons if isinstance(button, Button)]
        seen.append((dialog.width(), dialog.windowTitle(), dialog.accept_button.text(), dialog.reject_button.text()))
        seen.append(tuple(kinds))
        dialog.accept_button.click()

    later(look)
    assert dialogs.confirm(window, "封存", "将封存 3 份记录，之后只能追加")
    assert seen == [(Size.DIALOG, "封存", "封存", "取消"), (Kind.QUIET, Kind.PRIMARY)]


def test_danger_is_outlined_and_enter_does_not_take_it(window: QWidget, qtbot: QtBot) -> None:
    kinds: list[Kind] = []

    def press(dialog: SheetDialog) -> None:
        kinds.append(dialog.accept_button.kind())
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        assert not dialog.isVisible()  # the safe button has the key

    later(press)
    assert not dialogs.confirm(window, "移除", "将移除 1 人", danger=True)
    assert kinds == [Kind.DANGER]


def test_a_passphrase_is_asked_and_not_kept(window: QWidget, qtbot: QtBot) -> None:
    fields: list[PassphraseField] = []

    def fill(dialog: SheetDialog) -> None:
        field = dialog.findChildren(PassphraseField)[0]
        fields.append(field)
        assert not dialog.accept_button.isEnabled()
        qtbot.keyClicks(field.edit, " tall trees ")
        dialog.accept_button.click()

    later(fill)
    assert dialogs.ask_passphrase(window, "批准", "您的口令") == " tall trees "
    assert fields[0].text() == ""


def test_text_is_asked_with_what_stood_there(window: QWidget) -> None:
    later(lambda dialog: dialog.accept_button.click())
    assert dialogs.ask_text(window, "改名", "姓名", text="旧名 ") == "旧名"


def test_turning_back_gives_nothing(window: QWidget) -> None:
    later(lambda dialog: dialog.reject_button.click())
    assert dialogs.ask_text(window, "改名", "姓名", text="旧名") is None


def test_a_sheet_that_does_not_block(window: QWidget, qtbot: QtBot) -> None:
    dialog = SheetDialog(window, "导出", "将写出 1 个文件")
    field = Field("份数")
    dialog.body.addWidget(field)
    with qtbot.waitSignal(dialog.accepted):
        dialog.open()
        dialog.accept_button.click()
    assert not dialog.isVisible()


def test_it_is_as_high_as_its_words_need(window: QWidget, qtbot: QtBot) -> None:
    dialog = SheetDialog(window, "导出", "将写出 1 个文件。" * 20)
    field = Field("份数")
    dialog.body.addWidget(field)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.sentence.height() == dialog.sentence.heightForWidth(dialog.sentence.width()))
    before = dialog.height()
    field.set_error("只能是数字")
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert dialog.title.geometry().bottom() < dialog.sentence.geometry().top() <= dialog.title.geometry().bottom() + 20
    dialog.reject()


def test_the_upper_edge_stays_once_it_was_seen(window: QWidget, qtbot: QtBot) -> None:
    window.resize(900, 700)
    dialog = SheetDialog(window, "导出")
    field, more = Field("份数"), Field("备注")
    dialog.body.addWidget(field)
    dialog.body.addWidget(more)
    dialog.open()
    qtbot.waitExposed(dialog)
    dialog.grab()
    top, height = dialog.y(), dialog.height()
    field.set_error("只能是数字")
    qtbot.waitUntil(lambda: dialog.height() > height)
    assert dialog.y() == top
    more.hide()
    qtbot.waitUntil(lambda: dialog.height() < height)
    assert dialog.y() == top
    dialog.move(dialog.x(), window.frameGeometry().bottom() - dialog.height())
    before = dialog.y()
    more.show()
    qtbot.waitUntil(lambda: dialog.height() > height)
    assert dialog.y() < before  # it would have left the window
    assert dialog.frameGeometry().bottom() <= window.frameGeometry().bottom()
    dialog.reject()


def test_turning_back_can_have_its_own_words(window: QWidget, qtbot: QtBot) -> None:
    seen: list[str] = []

    def press(dialog: SheetDialog) -> None:
        seen.append(dialog.reject_button.text())
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    later(press)
    assert not dialogs.confirm(window, "不保存就关闭", "刚才写的内容不保存。", danger=True, back="继续写")
    assert seen == ["继续写"]


def test_file_dialogs_speak_chinese_and_hand_back_paths(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: QWidget
) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(b"")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    seen: list[tuple[object, ...]] = []

    def accept(dialog: QFileDialog) -> int:
        labels = QFileDialog.DialogLabel
        seen.append((dialog.labelText(labels.LookIn), dialog.labelText(labels.FileType), dialog.acceptMode()))
        if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptOpen:
            dialog.selectFile(str(tmp_path / "花名册.xlsx"))
        return 1

    monkeypatch.setattr(QFileDialog, "exec", accept)
    assert dialogs.open_file(window, "导入", "表格 (*.xlsx)") == tmp_path / "花名册.xlsx"
    assert dialogs.save_file(window, "保存", "恢复单.pdf") == tmp_path / "恢复单.pdf"
    assert seen[0][:2] == ("位置：", "类型：")
    assert seen[1][2] is QFileDialog.AcceptMode.AcceptSave
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 0)
    assert dialogs.choose_folder(window, "选择", str(tmp_path)) is None
