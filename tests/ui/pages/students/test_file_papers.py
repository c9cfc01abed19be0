"""Papers of a growth file: kept, looked at, taken out, struck out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counselroom.services.students import listing
from counselroom.ui.pages.students.file.forms.purpose import Why
from counselroom.ui.pages.students.file.view import FileView
from counselroom.ui.widgets import privacy
from ui.conftest import Script
from ui.pages.conftest import Desk, Open
from ui.pages.students.conftest import peopled as template

__all__ = ["template"]

Settle = Callable[[], None]


@pytest.fixture
def here(desk: Open) -> Desk:
    return desk()


@pytest.fixture
def settle(here: Desk, qtbot: QtBot) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not here.jobs.running(), timeout=20_000)


@pytest.fixture
def view(here: Desk, settle: Settle, shown: Callable[[Any, Desk], Any]) -> Iterator[FileView]:
    uid = next(line.student_uid for line in here.room.run(listing.everybody).result if line.name == "赵雨桐")
    made = FileView(here.context, lambda **_args: None)
    here.jobs.changed.connect(made.refresh)
    made.acts.why = Why("daily")
    shown(made, here)
    made.open(student=uid)
    settle()
    yield made
    made.hide()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("beige"))
    path = tmp_path / "家访照片.png"
    assert image.save(str(path))
    return path


@pytest.fixture
def kept(view: FileView, photo: Path, script: Script, settle: Settle) -> FileView:
    """The view with one paper."""
    script.answers = [photo]
    view.verbs.buttons["paper"].click()
    settle()
    form: Any = view.acts.form
    assert form.name.text() == "家访照片"
    form.accept_button.click()
    settle()
    return view


def paper(view: FileView, settle: Settle) -> Any:
    assert view.acts.file is not None
    view.acts.paper(view.acts.file.attachments[0])
    settle()
    return view.acts.form


def test_a_photo_is_kept_and_stands_on_the_time_line(kept: FileView) -> None:
    assert kept.trail.line.items()[0].title == "附件　家访照片"
    assert kept.panel.rows[-1].said() == "1 份"
    kept.panel.choose("papers")
    assert [item.title for item in kept.panel.line.items()] == ["家访照片"]


def test_what_is_no_picture_and_no_pdf_is_refused_in_the_sheet(
    view: FileView, tmp_path: Path, script: Script, settle: Settle
) -> None:
    (tmp_path / "名单.docx").write_bytes(b"PK\x03\x04 no picture")
    script.answers = [tmp_path / "名单.docx"]
    view.acts.keep_paper()
    settle()
    form: Any = view.acts.form
    form.accept_button.click()
    settle()
    assert form.said.banner is not None
    assert view.acts.file is not None
    assert view.acts.file.attachments == ()
    form.done(0)


def test_a_file_that_is_gone_is_said(
    view: FileView, tmp_path: Path, script: Script, settle: Settle, here: Desk
) -> None:
    script.answers = [tmp_path / "没有.png"]
    view.acts.keep_paper()
    settle()
    assert view.acts.form is None


def test_looking_at_a_paper(kept: FileView, settle: Settle) -> None:
    shown = paper(kept, settle)
    (page,) = [label for label in shown.findChildren(QLabel) if not label.pixmap().isNull()]
    assert 0 < page.pixmap().width() <= 800
    shown.close_button.click()
    assert kept.acts.form is None


def test_the_title_of_a_paper_is_masked_in_privacy_mode(kept: FileView, settle: Settle) -> None:
    privacy.set_on(True)
    shown = paper(kept, settle)
    assert "家访照片" not in [label.text() for label in shown.findChildren(QLabel)]
    shown.accept()


def test_taking_out_asks_what_for(kept: FileView, settle: Settle, script: Script, tmp_path: Path, here: Desk) -> None:
    shown = paper(kept, settle)
    script.answers = [tmp_path / "出去"]
    shown.out_button.click()
    shown.form.accept_button.click()
    settle()
    (path,) = [path for path in tmp_path.iterdir() if path.name.startswith("出去")]
    assert path.suffix in (".png", ".jpg")
    assert here.said[-1][0] == f"已取出：{path.name}"
    shown.accept()


def test_striking_a_paper_out_and_the_way_back(kept: FileView, settle: Settle, script: Script, here: Desk) -> None:
    shown = paper(kept, settle)
    script.answers = ["放错了学生"]
    shown.strike_button.click()
    settle()
    assert kept.acts.file is not None
    assert kept.acts.file.attachments == ()
    said, undo = here.said[-1]
    assert said == "已作废附件"
    assert undo is not None
    undo()
    settle()
    assert [each.title for each in kept.acts.file.attachments] == ["家访照片"]
