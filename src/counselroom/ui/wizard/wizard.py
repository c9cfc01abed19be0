"""The first-run wizard. It can be left at any time: answers that are no secret come back, and there is either a whole
vault or none. The vault is made before its recovery sheets are printed, so that printed sheets stay good when the
window is closed; what was not typed back is asked for at the next sign-in.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import draft
from counselroom.services.draft import Draft
from counselroom.services.room.door import Room
from counselroom.services.vault import first_run, place
from counselroom.services.vault.first_run import Created, FirstRun
from counselroom.ui import dialogs
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.idle import MINUTES, WALK_MINUTES
from counselroom.ui.jobs import CANCELLED, Jobs
from counselroom.ui.wizard.demo import DemoMaking, DemoReady, DemoWork
from counselroom.ui.wizard.ending import EndingStep
from counselroom.ui.wizard.frame import Guided
from counselroom.ui.wizard.own import OwnStep
from counselroom.ui.wizard.place import PlaceStep
from counselroom.ui.wizard.printed import SheetsStep
from counselroom.ui.wizard.scheme import SchemeStep
from counselroom.ui.wizard.school import SchoolStep
from counselroom.ui.wizard.step import Hold, Step
from counselroom.ui.wizard.welcome import Welcome
from counselroom.ui.wizard.working import Working

if TYPE_CHECKING:
    from counselroom.services.demo import Created as DemoCreated

SCHOOL, SCHEME, PLACE, OWN, SHEETS, ENDING = range(6)
_KEYS = ("school", "scheme", "place", "own")
_MINUTES = (10, 8, 7, 6, 4, 1)
_SAVE_AFTER_MS = 1000


class Wizard(Guided):
    """Calls ``on_done`` with the open room of a new school or of the demo. ``existing`` carries the folder of a vault
    that is there already: the lock screen opens it. ``hold`` is told of a room as soon as there is one, so that it can
    be locked from the steps that follow."""

    existing = Signal(object)

    def __init__(self, on_done: Callable[[Room], None], parent: QWidget | None = None, *, hold: Hold) -> None:
        super().__init__(self._names(), parent)
        self._on_done, self._hold = on_done, hold
        self.jobs = Jobs(parent=self)
        self._draft = draft.load() or Draft()
        self._room: Room | None = None
        self._at = -1
        self.ready: DemoReady | None = None
        self.making: DemoMaking | None = None
        self.school, self.scheme, self.place, self.own = SchoolStep(), SchemeStep(), PlaceStep(self.jobs), OwnStep()
        self.ending = EndingStep()
        self.steps: list[Step] = [self.school, self.scheme, self.place, self.own]
        self._saver = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._saver.timeout.connect(self._save)
        for step in (*self.steps, self.ending):
            self.frame.add_page(step)
        for step in self.steps:
            step.load(self._draft)
            step.changed.connect(self._on_changed)
        self.frame.back.connect(self._back)
        self.frame.onward.connect(self._onward)
        self.welcome = self._make_welcome()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.shut)
        self._show_welcome()

    def shut(self) -> None:
        """Ends the background thread and closes a room that was not handed over; harmless when called twice."""
        self._saver.stop()
        if self.making is not None:
            self.making.work.stop()
        room, self._room = self._room, None
        self.jobs.close(room.close if room is not None else None)

    # Where it stands.

    def _names(self) -> list[str]:
        return [tr("学校信息"), tr("等级方案"), tr("数据位置"), tr("您的口令"), tr("恢复单"), tr("完成")]

    def _make_welcome(self) -> Welcome:
        welcome = Welcome(resumed=self._draft.step in _KEYS)
        self.frame.add_page(welcome)
        welcome.begin.connect(self._begin)
        welcome.demo.connect(self._make_demo)
        welcome.existing.connect(self._choose_existing)
        return welcome

    def _show_welcome(self) -> None:
        self._at = -1
        self.frame.side.steps.set_current(-1)
        self.frame.side.note.set_text(tr("不联网，也不需要注册。数据只在这台电脑上。"))
        lead = tr("学生的心理档案在这里加密保存，只有您和您指定的人能打开。")
        self.frame.show_page(self.welcome, tr("欢迎使用心理辅导室"), lead, foot=False)
        self.focus_target()

    def target(self) -> QWidget | None:
        """What the step at hand misses, else the button that leads on."""
        if self._at >= 0:
            return self.steps[self._at].missing() or self.frame.next.button
        return self.ready.enter_button if self.ready is not None else self.welcome.begin_button

    def _begin(self) -> None:
        wanted = _KEYS.index(self._draft.step) if self._draft.step in _KEYS else SCHOOL
        # Never past a step that still misses something; the place is judged once it is on the screen.
        blocked = next((number for number in (SCHOOL, SCHEME) if self.steps[number].reason()), PLACE)
        self._show(min(wanted, blocked))

    def _show(self, number: int) -> None:
        self._at = number
        step = self.steps[number]
        if self._room is not None:
            self._hold(self._room, self.jobs, WALK_MINUTES if number == SHEETS else MINUTES)
        step.enter()
        side = self.frame.side
        side.steps.set_current(number)
        closing = _closing(number)
        side.note.set_text(tr("大约还要 {n} 分钟。", n=_MINUTES[number]) + "\n" + closing)
        self.frame.show_page(step, step.title(), step.lead(), foot=True)
        self.frame.back_button.setVisible(number < SHEETS)
        self.frame.next.button.setText(self._next_text(number))
        self._on_changed()
        self.focus_target()

    def _next_text(self, number: int) -> str:
        if number == OWN:
            return tr("建立档案库")
        if number == ENDING:
            return tr("进入心理辅导室")
        return tr("下一步：{step}", step=self._names()[number + 1])

    def _on_changed(self) -> None:
        if self._at < 0:
            return
        reason = self.steps[self._at].reason()
        had_focus = self.frame.next.button.hasFocus()
        self.frame.next.set_reason(reason)
        target = self.steps[self._at].missing()
        if had_focus and reason and target is not None:
            target.setFocus()
        if self._at <= PLACE:
            self._saver.start()

    def _back(self) -> None:
        self._save()
        if self._at == SCHOOL:
            self._show_welcome()
        else:
            self._show(self._at - 1)

    def _onward(self) -> None:
        if self._at == OWN:
            self._create()
        elif self._at == ENDING:
            self._hand_over()
        else:
            self._show(self._at + 1)
            self._save()

    def _save(self) -> None:
        """Remembers what is no secret; a configuration folder that cannot be written stops nobody."""
        self._saver.stop()
        if not 0 <= self._at < SHEETS:
            return
        kept = self._draft
        for step in self.steps[: OWN + 1]:
            kept = step.store(kept)
        kept = replace(kept, step=_KEYS[self._at])
        if kept != self._draft:
            self._draft = kept
            self.jobs.call(self, None, draft.save, kept, failed=lambda _refusal: None)

    # The vault.

    def _create(self) -> None:
        where = self.place.place()
        if where is None:
            self._show(PLACE)
            return
        first = FirstRun(
            self.school.form.school(), self.scheme.scheme(), self.own.name.text(),
            self.own.chooser.passphrase(), self.own.chooser.key_file(),
        )  # fmt: skip
        self._saver.stop()
        self._work(tr("正在建立档案库"), tr("生成钥匙、加密、核对。几秒钟就好，中途断电也不会留下半个档案库。"))
        self.jobs.call(self, self._on_created, first_run.create, where.folder, first, failed=self._on_create_refused)

    def _work(self, title: str, sentence: str) -> None:
        self._at = -1
        self.working = Working(sentence)
        self.frame.add_page(self.working)
        self.frame.show_page(self.working, title, "", foot=False)

    def _on_create_refused(self, refusal: Refusal) -> None:
        self.frame.forget_page(self.working)
        self.own.show_refusal(refusal)
        self._show(OWN)

    def _on_created(self, created: Created) -> None:
        self._room = self.jobs.room = created.room
        self.own.chooser.forget()
        self._remember(created.room)
        self.ending.set_folder(str(created.room.folder))
        sheets = SheetsStep(self.jobs.run, created.shares)
        sheets.typeback.confirmed.connect(self.frame.next.take_focus)
        self.frame.add_page(sheets, scrolls=False)
        self.steps = [*self.steps, sheets, self.ending]
        sheets.changed.connect(self._on_changed)
        sheets.changed.connect(lambda: self.ending.set_sheets(sheets.panel.kept(), sheets.panel.folders()))
        self.frame.forget_page(self.working)
        self._show(SHEETS)

    def _remember(self, room: Room) -> None:
        """From now on the next start shows the lock screen, even when the wizard is closed here."""
        self.jobs.call(self, None, place.remember, room.folder, room.account.account_id, failed=lambda _refusal: None)
        self.jobs.call(self, None, draft.discard)

    def _hand_over(self) -> None:
        room, self._room = self._room, None
        if room is not None:
            self.jobs.close()
            self._on_done(room)

    # The two other ways.

    def _make_demo(self) -> None:
        self._at = -1
        self.making = DemoMaking()
        self.frame.add_page(self.making)
        self.frame.show_page(
            self.making, tr("正在准备演示学校"), tr("建一个真的档案库，里面是虚构的学校。"), foot=False
        )
        self.jobs.call(self, self._on_demo, _new_demo, self.making.work, failed=self._on_demo_refused)

    def _on_demo(self, created: "DemoCreated") -> None:
        self._room = created.room
        self._hold(created.room, self.jobs, WALK_MINUTES)
        self._forget_making()
        self.ready = DemoReady(created)
        self.frame.add_page(self.ready, scrolls=False)
        self.ready.entered.connect(self._hand_over)
        self.frame.side.steps.hide()
        lead = tr("演示学校的人物均为虚构，恢复单不用打印。")
        self.frame.show_page(self.ready, tr("演示学校准备好了"), lead, foot=False)
        self.focus_target()

    def _on_demo_refused(self, refusal: Refusal) -> None:
        self._forget_making()
        if refusal.code != CANCELLED:
            self.welcome.refused.show_refusal(refusal_words(refusal))
        self._show_welcome()

    def _forget_making(self) -> None:
        if self.making is not None:
            self.frame.forget_page(self.making)
            self.making = None

    def _choose_existing(self) -> None:
        folder = dialogs.choose_folder(self, tr("打开已有的档案库"))
        if folder is not None:
            self.jobs.call(self, self._on_existing, _checked_vault, folder, failed=self._on_existing_refused)

    def _on_existing(self, folder: Path) -> None:
        self.jobs.close()
        self.existing.emit(folder)

    def _on_existing_refused(self, refusal: Refusal) -> None:
        self.welcome.refused.show_refusal(refusal_words(refusal))


def _closing(number: int) -> str:
    """What stays when the window is closed at a step."""
    if number >= SHEETS:
        return tr("档案库已经建好，关掉也不会丢。")
    if number == SCHOOL:
        return tr("可以关掉，下次接着做；学校名称和标识码不留在电脑里，要再写一次。")
    if number == OWN:
        return tr("可以关掉，下次接着做；姓名和口令不留在电脑里，要再写一次。")
    return tr("可以关掉，下次从这里接着做；学校名称和标识码要再写一次。")


def _new_demo(work: DemoWork) -> "DemoCreated":
    from counselroom.services import demo  # a tenth of a second that only this way needs

    return demo.create_demo(demo.demo_folder(), work.report, size=demo.LOOK_AROUND, cancelled=work.stopped)


def _checked_vault(folder: Path) -> Path:
    """The folder of a vault whose keyring can be read; what is not one is refused."""
    from counselroom.services.vault import location, opening

    location.refuse_network(folder)
    opening.login_names(folder)
    return folder
