"""A vault that cannot be opened: said plainly, and never an empty new one in its place."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from attack.kit import LEAD, LEAD_PASSPHRASE, Target, snapshot
from counselroom.domain.refusal import Refusal
from counselroom.services.vault import place
from counselroom.ui.damage import DamagePage, Ways
from counselroom.ui.i18n import refusal_words
from counselroom.ui.lock import LockScreen
from counselroom.ui.shell import Shell
from counselroom.ui.widgets.buttons import Button, Kind
from counselroom.ui.widgets.text import Text
from counselroom.ui.widgets.toast import Toast
from counselroom.ui.window import Window
from ui.conftest import Script
from ui.rooms import Outside, made, outside, sign_in, target, type_back, window

__all__ = ["made", "outside", "target", "window"]


def page(window: Window) -> DamagePage:
    assert isinstance(window.screen_widget, DamagePage)
    return window.screen_widget


def words(widget: DamagePage) -> set[str]:
    return {button.text() for button in widget.findChildren(QPushButton)}


def test_a_truncated_keyring(qtbot: QtBot, window: Window, target: Target) -> None:
    target.keyring.write_text(target.keyring.read_text(encoding="utf-8")[:200], encoding="utf-8")
    before = snapshot(target.folder)
    window.open_folder(target.folder)
    assert page(window).refusal.code == "keyring.damaged"
    assert words(page(window)) == {"再试一次", "换一个文件夹", "复制技术信息"}
    assert snapshot(target.folder) == before


def test_a_damaged_database_can_be_opened_to_read(qtbot: QtBot, window: Window, target: Target) -> None:
    content = bytearray(target.database.read_bytes())
    content[:] = content[:4096] + bytes(len(content) - 4096)
    target.database.write_bytes(content)
    sign_in(qtbot, window, target)
    refused = page(window)
    assert refused.refusal.code == "vault.damaged"
    assert refused.read_only is not None
    refused.read_only.click()
    assert isinstance(window.screen_widget, LockScreen)
    assert window.screen_widget.state.read_only


def test_a_lost_database(qtbot: QtBot, window: Window, target: Target) -> None:
    target.database.unlink()
    sign_in(qtbot, window, target)
    assert page(window).refusal.code == "vault.file_missing"
    assert "另建一个档案库" not in words(page(window))


def test_put_back_and_tried_again(qtbot: QtBot, window: Window, target: Target) -> None:
    aside = target.folder.with_name("aside")
    target.folder.rename(aside)
    window.open_folder(target.folder)
    assert page(window).refusal.code == "vault.folder_missing"
    assert "另建一个档案库" not in words(page(window))  # the stick may be put in again
    aside.rename(target.folder)
    page(window).retry.click()
    assert isinstance(window.screen_widget, LockScreen)


def test_a_database_without_its_keyring_is_no_place_for_a_new_one(window: Window, target: Target) -> None:
    target.keyring.unlink()
    (target.folder / "keyring-copy.json").unlink()
    window.open_folder(target.folder)
    assert page(window).refusal.code == "keyring.lost"
    assert "另建一个档案库" not in words(page(window))


def test_a_demo_that_was_deleted_is_no_damage(window: Window, target: Target) -> None:
    place.remember(target.folder, "", demo=True)
    target.folder.rename(target.folder.with_name("aside"))
    window.open_folder(target.folder)
    assert page(window).refusal.code == "demo.gone"
    primaries = [button for button in page(window).findChildren(Button) if button.kind() is Kind.PRIMARY]
    assert [button.text() for button in primaries] == ["建立本校档案库"]


def test_an_empty_folder_may_take_a_new_one(window: Window, tmp_path: Path) -> None:
    window.open_folder(tmp_path)
    assert page(window).refusal.code == "keyring.missing"
    assert "另建一个档案库" in words(page(window))


def test_reading_only_that_failed_is_not_advised_again(window: Window, target: Target) -> None:
    window.show_damage(Refusal("vault.damaged"), target.folder, tried=True)
    shown = page(window)
    plain = "".join(text.plain() for text in shown.findChildren(Text))
    assert shown.read_only is None
    assert "也不能以只读方式打开" in plain
    assert "用“以只读方式打开”" not in plain


def test_wrapped_words_have_their_height(qtbot: QtBot, window: Window, target: Target) -> None:
    window.show_damage(Refusal("keyring.altered"), target.folder / ("很长的文件夹名" * 12))
    shown = page(window)
    qtbot.waitUntil(lambda: all(text.width() > 0 for text in shown.findChildren(Text)))
    for text in shown.findChildren(Text):
        if text.wordWrap():
            assert text.height() >= text.heightForWidth(text.width()), text.plain()


def test_damage_that_shows_itself_later_leads_to_reading_only(qtbot: QtBot, window: Window, target: Target) -> None:
    type_back(target)
    sign_in(qtbot, window, target)
    qtbot.waitUntil(lambda: isinstance(window.screen_widget, Shell))
    shell, jobs = window.screen_widget, window.database()
    assert isinstance(shell, Shell)
    qtbot.waitUntil(lambda: not jobs.running())

    def refuse() -> None:
        raise Refusal("vault.damaged")

    jobs.call(shell, None, refuse)
    qtbot.waitUntil(lambda: shell.banners.damage is not None)
    assert not shell.findChildren(Toast)  # said once, at the top
    banner = shell.banners.damage
    assert banner is not None
    buttons = {button.text(): button for button in banner.findChildren(QPushButton)}
    assert set(buttons) == {"以只读方式打开", "复制技术信息"}
    buttons["以只读方式打开"].click()
    lock = window.screen_widget
    assert isinstance(lock, LockScreen)
    assert lock.state.read_only
    qtbot.waitUntil(lambda: lock.person() == LEAD)
    qtbot.keyClicks(lock.field, LEAD_PASSPHRASE)
    lock.submit()
    qtbot.waitUntil(lambda: isinstance(window.screen_widget, Shell))
    assert window.room is not None
    assert window.room.read_only


def test_another_folder(qtbot: QtBot, window: Window, target: Target, script: Script, tmp_path: Path) -> None:
    window.open_folder(tmp_path / "nowhere")
    script.answers = [None, target.folder]
    page(window).other.click()
    assert isinstance(window.screen_widget, DamagePage)
    page(window).other.click()
    assert isinstance(window.screen_widget, LockScreen)


def test_a_vault_that_another_window_has(window: Window, outside: Outside, target: Target) -> None:
    outside.may_claim = False
    window.open_folder(target.folder)
    assert page(window).refusal.code == "vault.open_elsewhere"


def test_a_folder_that_cannot_be_written_is_read(
    qtbot: QtBot, window: Window, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counselroom.formats import files

    def locked(_folder: Path) -> None:
        raise Refusal("disk.read_only", file="lock")

    monkeypatch.setattr(files, "FolderLock", locked)
    sign_in(qtbot, window, target)
    refused = page(window)
    assert refused.read_only is not None
    refused.read_only.click()
    lock = window.screen_widget
    assert isinstance(lock, LockScreen)
    qtbot.waitUntil(lambda: bool(lock._logins))
    lock._sign_in_as(lock._logins[0])
    qtbot.keyClicks(lock.field, LEAD_PASSPHRASE)
    lock.submit()
    qtbot.waitUntil(lambda: isinstance(window.screen_widget, Shell))
    shell = window.screen_widget
    assert isinstance(shell, Shell)
    assert shell.banners.banners[0].sentence.plain() == "只读打开"


@pytest.mark.parametrize(
    "code",
    ["keyring.damaged", "keyring.limits", "keyring.newer", "vault.damaged", "vault.older", "disk.gone", "disk.full"],
)
def test_what_happened_what_is_safe_what_to_do(qtbot: QtBot, code: str, tmp_path: Path) -> None:
    nothing = Ways(lambda: None, None, lambda: None, None)
    shown = DamagePage(Refusal(code, file="vault-1.db", folder="x"), tmp_path, nothing)
    qtbot.addWidget(shown)
    told = refusal_words(shown.refusal)
    plain = {text.plain() for text in shown.findChildren(Text)}
    assert {told.what, told.safe, told.do, str(tmp_path)} <= plain


def test_the_technical_information_names_the_code_and_no_place(qtbot: QtBot, tmp_path: Path) -> None:
    nothing = Ways(lambda: None, None, lambda: None, None)
    shown = DamagePage(Refusal("vault.damaged"), tmp_path, nothing)
    qtbot.addWidget(shown)
    shown.copy()
    text = QApplication.clipboard().text()
    assert "vault.damaged" in text
    assert str(tmp_path) not in text
