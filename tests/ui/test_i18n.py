"""The one seam for words: a pretended language reaches everything that is shown."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from counselroom import resources, words
from counselroom.domain.refusal import Refusal
from counselroom.ui import errors, i18n
from counselroom.ui.i18n import refusal_words, tr, word
from counselroom.ui.widgets.banner import refusal_banner
from counselroom.ui.widgets.fields import PassphraseField
from counselroom.ui.widgets.progress import ProgressPanel

CATALOGUE = {
    "role": {"head": "班主任"},
    "setting": {"lock.minutes": "离开 {n} 分钟", "lock.minutes.help": "说明"},
    "refusal": {"people.taken": {"what": "已有“{name}”", "safe": "没有改动。", "do": "请换一个。"}},
}


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of this test's own."""
    monkeypatch.setattr(resources, "toml", lambda *_parts: CATALOGUE)


@pytest.mark.usefixtures("catalogue")
def test_words_come_from_the_catalogue_with_their_values() -> None:
    assert words.word("role.head") == "班主任"
    assert words.word("setting.lock.minutes", n=3) == "离开 3 分钟"
    assert words.word("setting.lock.minutes.help") == "说明"
    assert words.word("role.unknown_role") == "unknown_role"
    assert words.refusal_words(Refusal("people.taken", name="李{0}")).what == "已有“李{0}”"
    assert words.refusal_words(Refusal("people.taken")).what == "已有“—”"
    assert words.refusal_words(Refusal("no.such.code")) == words.UNKNOWN


@pytest.mark.usefixtures("catalogue", "bracketed")
def test_another_language_reaches_every_word(qtbot: QtBot) -> None:
    assert tr("还有 {n} 份", n=2) == "‹还有 2 份›"
    assert word("role.head") == "‹班主任›"
    shown = refusal_words(Refusal("people.taken", name="甲"))
    assert (shown.what, shown.safe, shown.do) == ("‹已有“甲”›", "‹没有改动。›", "‹请换一个。›")
    banner = refusal_banner(shown)
    panel = ProgressPanel("标题", "份")
    field = PassphraseField("口令")
    for widget in (banner, panel, field):
        qtbot.addWidget(widget)
    assert banner.sentence.plain() == "‹已有“甲”›"
    assert panel.stop.text() == "‹停止并恢复原样›"
    assert field.passphrase.eye.accessibleName() == "‹显示‹口令››"


@pytest.mark.usefixtures("bracketed")
def test_the_error_page_is_translated(qtbot: QtBot) -> None:
    page = errors.ErrorPage(errors.Report("x"))
    qtbot.addWidget(page)
    assert page.copy_button.text() == "‹复制技术信息›"
    assert page.windowTitle() == "‹程序出错›"


def test_the_buttons_of_qt_are_chinese(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"
    assert box.button(QDialogButtonBox.StandardButton.Save).text() == "保存"


TS = """<!DOCTYPE TS><TS version="2.1" language="bo_CN" sourcelanguage="zh_CN"><context><name>ui</name>
<message><source>停止并恢复原样</source><translation>stop and restore</translation></message></context></TS>"""


def test_another_language_is_a_file(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "i18n"
    folder.mkdir()
    (folder / "a.ts").write_text(TS, encoding="utf-8")
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, folder / "a.ts", "-qm", folder / "counselroom_bo_CN.qm"], check=True, capture_output=True)
    monkeypatch.setenv("COUNSELROOM_LANG", "bo_CN")
    monkeypatch.setattr(resources, "path", lambda *parts: tmp_path.joinpath(*parts))
    installed = i18n.install(qapp)
    try:
        assert tr("停止并恢复原样") == "stop and restore"
        assert tr("正在进行") == "正在进行"  # what has no translation stays Chinese
    finally:
        for translator in installed:
            qapp.removeTranslator(translator)
        QLocale.setDefault(QLocale("zh_CN"))
    assert tr("停止并恢复原样") == "停止并恢复原样"


def test_nobody_is_called_teacher_twice() -> None:
    called = {"李老师": "李", "李 老师": "李", "林若溪": "林若溪", "老师": "老师"}
    assert {name: i18n.without_title(name) for name in called} == called
