"""The first run, from the first click to the open room; left at any point, it comes back and leaves no half vault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counselroom.domain.refusal import Refusal
from counselroom.services import demo, draft, settings
from counselroom.services.draft import Draft
from counselroom.services.room.door import Room
from counselroom.services.students import listing
from counselroom.services.vault import first_run, location, opening, place, recovery
from counselroom.ui.wizard.place import space_words
from counselroom.ui.wizard.printed import SheetsStep
from counselroom.ui.wizard.wizard import OWN, PLACE, SCHEME, SCHOOL, SHEETS, Wizard
from services.conftest import CHEAP, School8
from ui.conftest import Script
from ui.printer import Paper

Start = Callable[[], Wizard]


@pytest.fixture
def rooms() -> Iterator[list[Room]]:
    made: list[Room] = []
    yield made
    for room in made:
        room.close()


@pytest.fixture
def held() -> list[tuple[Room, int]]:
    """The rooms that can be locked, each with its idle minutes."""
    return []


@pytest.fixture
def start(qtbot: QtBot, rooms: list[Room], held: list[tuple[Room, int]]) -> Iterator[Start]:
    """Opens the wizard; every one is shut at the end."""
    made: list[Wizard] = []

    def show() -> Wizard:
        wizard = Wizard(rooms.append, hold=lambda room, _jobs, minutes: held.append((room, minutes)))
        qtbot.addWidget(wizard)
        made.append(wizard)
        wizard.resize(1366, 768)
        wizard.show()
        qtbot.waitActive(wizard)
        qtbot.waitUntil(wizard.welcome.begin_button.hasFocus)
        return wizard

    yield show
    for wizard in made:
        wizard.shut()


def fill_school(wizard: Wizard) -> None:
    form = wizard.school.form
    form.name.set_text("云溪中学")
    form.stages.chips()[2].click()


def onward(wizard: Wizard) -> None:
    assert wizard.frame.next.reason() == ""
    wizard.frame.next.button.click()


def to_place(wizard: Wizard, qtbot: QtBot) -> None:
    wizard.welcome.begin_button.click()
    fill_school(wizard)
    onward(wizard)
    onward(wizard)
    qtbot.waitUntil(lambda: bool(wizard.place.cards))


def to_own(wizard: Wizard, qtbot: QtBot) -> None:
    to_place(wizard, qtbot)
    onward(wizard)
    wizard.own.name.set_text("林若溪")
    wizard.own.chooser.offered.noted.click()


def to_sheets(wizard: Wizard, qtbot: QtBot) -> SheetsStep:
    to_own(wizard, qtbot)
    onward(wizard)
    qtbot.waitUntil(lambda: len(wizard.steps) > SHEETS, timeout=20_000)
    step = wizard.steps[SHEETS]
    assert isinstance(step, SheetsStep)
    qtbot.waitUntil(lambda: bool(step.typeback.fields))
    return step


def test_from_the_first_click_to_the_open_room(
    start: Start,
    qtbot: QtBot,
    rooms: list[Room],
    held: list[tuple[Room, int]],
    home: Path,
    paper: Paper,
    type_back: Callable[..., None],
) -> None:
    wizard = start()
    to_own(wizard, qtbot)
    passphrase = wizard.own.chooser.passphrase()
    onward(wizard)
    qtbot.waitUntil(lambda: len(wizard.steps) > SHEETS, timeout=20_000)
    step = wizard.steps[SHEETS]
    assert isinstance(step, SheetsStep)
    for sheet in step.panel.columns:
        qtbot.waitUntil(sheet.print_button.isEnabled, timeout=20_000)
        sheet.print_button.click()
        qtbot.waitUntil(lambda sheet=sheet: sheet.done, timeout=20_000)
    assert [pdf[:5] for pdf in paper.printed] == [b"%PDF-"] * 3
    assert wizard.frame.next.reason() == "还差两组数字"
    type_back(step.typeback, step.panel._shares)
    qtbot.waitUntil(lambda: wizard.frame.next.reason() == "")
    onward(wizard)
    assert wizard.ending.sheets.plain() == "三份恢复单已经打印，字核对过了。"
    onward(wizard)
    (room,) = rooms
    assert held == [(room, 15), (room, 3)]  # among the sheets, then at the end
    folder = home / "data" / location.FOLDER_NAME
    assert room.folder == folder
    assert room.run(settings.school).result.name == "云溪中学"
    assert room.run(recovery.state).result.due == ()
    assert draft.load() is None
    assert place.remembered().folder == folder
    room.close()
    rooms[:] = [opening.unlock(folder, "林若溪", passphrase, ports=CHEAP)]


def test_nothing_on_the_disk_but_the_draft_before_the_vault(start: Start, qtbot: QtBot, home: Path) -> None:
    wizard = start()
    to_own(wizard, qtbot)
    wizard.school.form.code.set_text("3153010001")
    wizard.own.chooser.ways.chips()[1].click()
    wizard.own.chooser.own.first.set_text("苍山洱海风花雪月二")
    wizard._save()
    qtbot.waitUntil(lambda: not wizard.jobs.running())
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["first-run.json"]
    text = files[0].read_text(encoding="utf-8")
    assert "林若溪" not in text
    assert "云溪" not in text
    assert "3153010001" not in text
    assert "苍山" not in text
    assert wizard.own.chooser.offered.passphrase() not in text


def test_it_comes_back_where_it_was_left(start: Start, qtbot: QtBot) -> None:
    wizard = start()
    to_place(wizard, qtbot)
    wizard._save()
    wizard.shut()
    again = start()
    assert again.welcome.begin_button.text() == "接着做"
    again.welcome.begin_button.click()
    assert again._at == SCHOOL
    assert again.school.form.name.text() == ""  # which school it is was not kept
    assert again.frame.lead.plain().startswith("学校名称和标识码没有留在电脑里")
    assert again.school.form.stages.values() == ("junior",)
    again.school.form.name.set_text("云溪中学")
    onward(again)
    onward(again)
    qtbot.waitUntil(lambda: bool(again.place.cards))
    assert again._at == PLACE


def test_a_draft_that_misses_something_starts_there(start: Start) -> None:
    draft.save(Draft("own"))
    wizard = start()
    wizard.welcome.begin_button.click()
    assert wizard._at == SCHOOL
    wizard.school.form.name.set_text("云溪中学")
    assert wizard.frame.next.reason() == "还差学段"


def test_digits_wait_for_a_whole_set(
    start: Start, qtbot: QtBot, paper: Paper, script: Script, home: Path, type_back: Callable[..., None]
) -> None:
    wizard = start()
    step = to_sheets(wizard, qtbot)
    for number, button in enumerate((step.panel.columns[0].print_button, step.panel.columns[1].keep_button)):
        qtbot.waitUntil(button.isEnabled, timeout=20_000)
        script.answers[:] = [home / "恢复单-第2份.pdf"]
        button.click()
        qtbot.waitUntil(lambda number=number: step.panel.columns[number].done, timeout=20_000)
    assert not any(field.edit.isEnabled() for field in step.typeback.fields)
    assert step.typeback._said.plain() == "三份都打印好了，再输入两组数字"
    assert wizard.frame.next.reason() == "还有 1 份没有打印"
    step.panel.columns[2].print_button.click()
    qtbot.waitUntil(lambda: not step.panel.left(), timeout=20_000)
    assert all(field.edit.isEnabled() for field in step.typeback.fields)
    assert wizard.frame.next.reason() == "还差两组数字"
    type_back(step.typeback, step.panel._shares)
    qtbot.waitUntil(lambda: wizard.frame.next.reason() == "")
    onward(wizard)
    assert wizard.ending.sheets.plain() == "三份恢复单都做好了，其中 1 份存成了文件；字核对过了。"
    assert "再删掉文件" in wizard.ending.away.plain()


def test_right_digits_do_not_stand_for_a_sheet(start: Start, qtbot: QtBot, type_back: Callable[..., None]) -> None:
    wizard = start()
    step = to_sheets(wizard, qtbot)
    type_back(step.typeback, step.panel._shares)  # as if the fields had been open
    qtbot.waitUntil(lambda: step.typeback.reason() == "")
    assert wizard.frame.next.reason() == "还有 3 份没有打印"


def test_closed_among_the_sheets(start: Start, qtbot: QtBot, home: Path) -> None:
    wizard = start()
    to_own(wizard, qtbot)
    passphrase = wizard.own.chooser.passphrase()
    onward(wizard)
    qtbot.waitUntil(lambda: len(wizard.steps) > SHEETS, timeout=20_000)
    wizard.shut()
    folder = home / "data" / location.FOLDER_NAME
    assert place.remembered().folder == folder
    assert draft.load() is None
    room = opening.unlock(folder, "林若溪", passphrase, ports=CHEAP)
    assert len(room.run(recovery.state).result.due) == 2
    room.close()


def test_the_vault_cannot_be_made(start: Start, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> object:
        raise Refusal("disk.full", file="x")

    monkeypatch.setattr(first_run, "create", full)
    wizard = start()
    to_own(wizard, qtbot)
    onward(wizard)
    qtbot.waitUntil(lambda: wizard._at == OWN)
    assert wizard.own.refused.banner is not None
    assert wizard.own.refused.banner.sentence.plain() == "磁盘满了，没有存上"
    assert wizard.own.name.text() == "林若溪"
    assert wizard.frame.next.reason() == ""
    assert not (home / "data" / location.FOLDER_NAME).exists()


@pytest.mark.smoke
def test_the_focus_sits_in_what_is_missing(start: Start, qtbot: QtBot) -> None:
    wizard = start()
    assert QApplication.focusWidget() is wizard.welcome.begin_button
    wizard.welcome.begin_button.click()
    assert QApplication.focusWidget() is wizard.school.form.name.edit
    assert wizard.frame.next.reason() == "还差学校名称"
    fill_school(wizard)
    onward(wizard)
    assert QApplication.focusWidget() is wizard.scheme.cards[0]
    onward(wizard)
    qtbot.waitUntil(lambda: bool(wizard.place.cards))
    onward(wizard)
    assert QApplication.focusWidget() is wizard.own.name.edit
    wizard.own.name.set_text("林")
    assert wizard.frame.next.reason() == "请先把口令抄下来并打勾"


def test_back_keeps_the_answers(start: Start, qtbot: QtBot) -> None:
    wizard = start()
    to_place(wizard, qtbot)
    wizard.frame.back_button.click()
    wizard.scheme.cards[1].click()
    wizard.frame.back_button.click()
    assert wizard._at == SCHOOL
    assert wizard.school.form.name.text() == "云溪中学"
    onward(wizard)
    assert wizard._at == SCHEME
    assert wizard.scheme.scheme() == "four"


def test_the_way_by_keyboard_alone(start: Start, qtbot: QtBot) -> None:
    """Reading order is tab order on the first step: name, code, county, stages, then the foot bar."""
    wizard = start()
    wizard.welcome.begin_button.click()
    form = wizard.school.form
    seen: list[QWidget | None] = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [form.name.edit, form.code.edit, form.division.edit, form.stages.chips()[0]]
    qtbot.keyClick(form.stages.chips()[0], Qt.Key.Key_Space)
    assert form.stages.values() == ("preschool",)


class Windows(QObject):
    """Notes every window that comes onto the screen, however briefly."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_opens_as_a_window(start: Start, qtbot: QtBot, qapp: QApplication) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    to_sheets(start(), qtbot)
    qapp.removeEventFilter(windows)
    assert [name for name in windows.seen if name != "FocusRing"] == ["Wizard"]


def test_enter_does_not_go_on(start: Start, qtbot: QtBot) -> None:
    wizard = start()
    wizard.welcome.begin_button.click()
    fill_school(wizard)
    qtbot.keyClick(wizard.school.form.name.edit, Qt.Key.Key_Return)
    assert wizard._at == SCHOOL


@pytest.mark.smoke
def test_the_county_is_chosen_from_the_list(start: Start, qtbot: QtBot) -> None:
    wizard = start()
    wizard.welcome.begin_button.click()
    fill_school(wizard)
    field = wizard.school.form.division
    field.edit.setFocus()
    event = QInputMethodEvent("", [])
    event.setCommitString("昆明 五华")
    QApplication.sendEvent(field.edit, event)
    assert field.code() == ""
    assert wizard.frame.next.reason() == "县（市、区）还没有从列表里选"
    popup = field._completer.popup()
    assert popup is not None
    assert popup.isVisible()
    popup.hide()
    wizard.school.form.name.edit.setFocus()  # a single match is meant
    assert field.code() == "530102"
    assert field.text() == "云南省 昆明市 五华区"
    assert wizard.frame.next.reason() == ""


@pytest.mark.parametrize(
    ("typed", "said", "error"),
    [
        ("3153", "还差 6 位", ""),
        ("３１５３010001", "普通初中，云南省", ""),
        ("9953010001", "", "前两位 99"),
        ("315301000O", "", "第 10 位不是数字"),
    ],
)
def test_the_school_code_is_read_while_it_is_typed(start: Start, typed: str, said: str, error: str) -> None:
    form = start().school.form
    form.code.set_text(typed)
    assert (form._code_words.plain() if not form._code_words.isHidden() else "") == said
    assert error in form.code.error()


def test_a_code_that_does_not_fit_the_stages_is_pointed_out(start: Start) -> None:
    form = start().school.form
    form.stages.set_values(["primary"])
    form.code.set_text("3153010001")
    assert "和选的学段不一样" in form._code_words.plain()
    form.stages.chips()[2].click()  # junior as well
    assert form._code_words.plain() == "普通初中，云南省"


@pytest.mark.parametrize(
    ("free", "said"), [(512 * 1024**2, "可用 512 MB"), (3 * 1024**3 // 2, "可用 1.5 GB"), (40 * 1024**3, "可用 40 GB")]
)
def test_free_space_is_never_nought(qapp: QApplication, free: int, said: str) -> None:
    assert space_words(free) == said


def test_a_place_with_warnings_wants_a_tick(start: Start, qtbot: QtBot, script: Script, home: Path) -> None:
    wizard = start()
    to_place(wizard, qtbot)
    script.answers.append(home / "OneDrive")
    (home / "OneDrive").mkdir()
    wizard.place.other.click()
    qtbot.waitUntil(lambda: len(wizard.place.cards) == 2)
    chosen = wizard.place.place()
    assert chosen is not None
    assert chosen.folder == home / "OneDrive" / location.FOLDER_NAME
    assert wizard.frame.next.reason() == "请先看过提醒并打勾"
    wizard.place.accepted.click()
    assert wizard.frame.next.reason() == ""


def test_a_place_that_is_refused(start: Start, qtbot: QtBot, script: Script, school: School8) -> None:
    wizard = start()
    to_place(wizard, qtbot)
    used = school.folder.rename(school.folder.with_name(location.FOLDER_NAME))
    script.answers.append(used)
    wizard.place.other.click()
    qtbot.waitUntil(lambda: wizard.place.refused.banner is not None)
    banner = wizard.place.refused.banner
    assert banner is not None
    assert "已经有一个档案库" in banner.sentence.plain()
    assert len(wizard.place.cards) == 1


def test_an_existing_vault_is_handed_to_the_lock_screen(
    start: Start, qtbot: QtBot, script: Script, school: School8, home: Path
) -> None:
    wizard = start()
    script.answers += [home, school.folder]
    wizard.welcome.existing_button.click()
    qtbot.waitUntil(lambda: wizard.welcome.refused.banner is not None)
    with qtbot.waitSignal(wizard.existing) as handed:
        wizard.welcome.existing_button.click()
    assert handed.args == [school.folder]


@pytest.fixture
def small_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo school that is made in a second."""
    monkeypatch.setattr(demo, "LOOK_AROUND", demo.Size(students=30, years=1))


@pytest.mark.usefixtures("small_demo")
def test_the_demo_school(
    start: Start, qtbot: QtBot, rooms: list[Room], held: list[tuple[Room, int]], home: Path
) -> None:
    wizard = start()
    wizard.welcome.demo_button.click()
    qtbot.waitUntil(lambda: wizard.ready is not None, timeout=30_000)
    assert wizard.ready is not None
    assert QApplication.focusWidget() is wizard.ready.enter_button
    wizard.ready.enter_button.click()
    (room,) = rooms
    assert held == [(room, 15)]  # its passphrases are being copied
    assert room.run(settings.is_demo).result
    assert room.folder.parent == home / "data"
    assert draft.load() is None
    assert sum(line.present for line in room.run(listing.everybody).result) == 30


def test_the_demo_school_says_how_far_it_is_and_can_be_stopped(start: Start, qtbot: QtBot, home: Path) -> None:
    wizard = start()
    wizard.welcome.demo_button.click()
    making = wizard.making
    assert making is not None
    qtbot.waitUntil(lambda: making.panel.bar.share() > 0, timeout=30_000)
    assert "步" in making.panel.numbers.plain()
    making.panel.stop.click()
    qtbot.waitUntil(wizard.welcome.begin_button.hasFocus, timeout=30_000)
    assert wizard.making is None
    assert wizard.welcome.refused.banner is None
    assert list((home / "data").iterdir()) == []


def test_closing_the_wizard_stops_the_demo(start: Start, qtbot: QtBot, home: Path) -> None:
    wizard = start()
    wizard.welcome.demo_button.click()
    making = wizard.making
    assert making is not None
    qtbot.waitUntil(lambda: making.panel.bar.share() > 0, timeout=30_000)
    wizard.shut()
    assert list((home / "data").iterdir()) == []


def test_every_part_has_a_parent(start: Start) -> None:
    """A widget without one belongs to Python, whose collector may run on the database thread and end the program."""
    wizard = start()
    parts = [part for part in vars(wizard).values() if isinstance(part, QWidget)]
    assert len(parts) > 5
    assert [type(part).__name__ for part in parts if part.window() is not wizard] == []
