"""Choosing a passphrase and a key file."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counselroom.ui.wizard.passphrase import PassphraseChooser
from ui.conftest import Script


@pytest.fixture
def chooser(qtbot: QtBot) -> PassphraseChooser:
    made = PassphraseChooser(lambda: "林若溪")
    qtbot.addWidget(made)
    made.show()
    return made


def own(chooser: PassphraseChooser, first: str, second: str = "") -> None:
    chooser.ways.chips()[1].click()
    chooser.own.first.set_text(first)
    chooser.own.second.set_text(second)


def test_the_offered_one_comes_first(chooser: PassphraseChooser) -> None:
    assert chooser.reason() == "请先把口令抄下来并打勾"
    assert chooser.missing() is chooser.offered.noted
    chooser.offered.noted.click()
    assert chooser.reason() == ""
    assert chooser.passphrase() == chooser.offered.shown.plain()


def test_another_one_has_to_be_noted_again(chooser: PassphraseChooser) -> None:
    before = chooser.passphrase()
    chooser.offered.noted.click()
    chooser.offered.another.click()
    assert chooser.passphrase() != before
    assert chooser.reason() == "请先把口令抄下来并打勾"


def test_it_can_be_covered(chooser: PassphraseChooser) -> None:
    chooser.offered.cover.click()
    assert set(chooser.offered.shown.plain()) == {"•"}
    chooser.offered.cover.click()
    assert chooser.offered.shown.plain() == chooser.passphrase()


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("", "", "还差口令"),
        ("苍山洱海", "", "口令至少要 10 个字符"),
        ("aaaaaaaaaaaa", "", "这个口令太容易猜到"),
        ("林若溪林若溪林若溪林", "", "这个口令太容易猜到"),
        ("苍山洱海风花雪月二三", "", "请再输入一次口令"),
        ("苍山洱海风花雪月二三", "苍山洱海", "两次输入的还不一样"),
        ("苍山洱海风花雪月二三", "苍山洱海风花雪月二三", ""),
    ],
)
def test_an_own_one(chooser: PassphraseChooser, first: str, second: str, reason: str) -> None:
    own(chooser, first, second)
    assert chooser.reason() == reason
    assert chooser.passphrase() == first


def test_the_repetition_is_judged_while_it_is_typed(chooser: PassphraseChooser) -> None:
    own(chooser, "苍山洱海风花雪月二三", "苍山")
    assert chooser.own.second.error() == ""
    chooser.own.second.set_text("苍海")
    assert chooser.own.second.error() == "两次输入的不一样"
    chooser.own.first.set_text("苍海")
    assert chooser.own.second.error() == ""


def test_nothing_stays(chooser: PassphraseChooser) -> None:
    own(chooser, "苍山洱海风花雪月二三", "苍山洱海风花雪月二三")
    offered = chooser.offered.passphrase()
    chooser.forget()
    assert chooser.own.first.text() == chooser.own.second.text() == ""
    assert chooser.offered.passphrase() != offered


def test_a_key_file(chooser: PassphraseChooser, script: Script, tmp_path: Path) -> None:
    chooser.offered.noted.click()
    chooser.key.wanted.click()
    assert chooser.reason() == "还没有选密钥文件"
    script.answers += [tmp_path / "counselroom.key", tmp_path / "counselroom.key", None, tmp_path / "counselroom.key"]
    chooser.key.make.click()
    content = chooser.key_file()
    assert content == (tmp_path / "counselroom.key").read_bytes()
    assert chooser.reason() == ""
    chooser.key.make.click()  # the file is there already: it is not overwritten
    assert chooser.key_file() is None
    assert "没有覆盖" in chooser.key.state.plain() or "已经有一个" in chooser.key.state.plain()
    chooser.key.choose.click()
    assert chooser.key_file() is None
    chooser.key.choose.click()
    assert chooser.key_file() == content
    chooser.key.wanted.click()
    assert chooser.key_file() is None
