"""Opening a vault with two recovery shares: who, which shares, a new passphrase; then new sheets."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from counselroom.domain.access import Kind
from counselroom.domain.recovery import Share
from counselroom.domain.refusal import Refusal
from counselroom.services.room.door import Room
from counselroom.services.vault import opening, place, recover
from counselroom.services.vault.first_run import Created
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.idle import WALK_MINUTES
from counselroom.ui.jobs import Jobs
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.surfaces import Hairline, Sheet, clear, column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.frame import Guided
from counselroom.ui.wizard.passphrase import PassphraseChooser
from counselroom.ui.wizard.printed import SheetsStep
from counselroom.ui.wizard.share_field import ShareField
from counselroom.ui.wizard.step import Hold, Step
from counselroom.ui.wizard.working import Working

_FEW = 6


class SharesStep(Step):
    """Two shares from paper, the name, the new passphrase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refused = BannerPlace()
        self.one, self.two = ShareField(tr("第一份恢复单")), ShareField(tr("第二份恢复单"))
        self.chooser = PassphraseChooser(self.name, title=tr("新的口令"))
        self._names: ChipRow | ComboBox | None = None
        self._who = row(gap=Space.L)
        shares = row(gap=Space.XL)
        shares.addWidget(self.one, 1)
        shares.addWidget(self.two, 1)
        sheet = Sheet(gap=Space.S)
        sheet.body.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        sheet.body.addLayout(shares)
        sheet.body.addWidget(Hairline())
        sheet.body.addLayout(self._who)
        sheet.body.addWidget(Hairline())
        sheet.body.addWidget(self.chooser)
        lost = tr("旧口令从此无效。只有您本人能看的个人手记是用旧口令封的，打不开了；其他档案都在。")
        sheet.body.addWidget(Text(lost, Type.META, Tone.WARN, wrap=True))
        layout = column(gap=Space.M)
        layout.addWidget(self.refused)
        layout.addWidget(sheet)
        layout.addStretch()
        self.setLayout(layout)
        for part in (self.one, self.two, self.chooser):
            part.changed.connect(self.changed)

    def title(self) -> str:
        """The title."""
        return tr("用恢复单打开档案库")

    def lead(self) -> str:
        """What it takes."""
        return tr("任意两份合在一起就能打开。打开后会做三份新的，旧的三份当场作废。")

    def set_names(self, names: list[str]) -> None:
        """The members for whom it can be opened: chips up to six, a list beyond."""
        clear(self._who)
        options = [(name, name) for name in names]
        self._names = ChipRow(tr("谁来打开"), options) if len(names) <= _FEW else ComboBox(tr("谁来打开"), options)
        if isinstance(self._names, ChipRow):
            self._names.changed.connect(self.changed)
            self._names.set_values(names if len(names) == 1 else [])
        self._who.addWidget(Text(tr("谁来打开（口令会换成这个人的新口令）"), Type.SECTION))
        self._who.addWidget(self._names, 1)
        self.changed.emit()

    def name(self) -> str:
        """Who was chosen."""
        return (self._names.value() or "") if self._names is not None else ""

    def shares(self) -> list[Share]:
        """The shares that are whole."""
        return [share for share in (self.one.share(), self.two.share()) if share is not None]

    def reason(self) -> str:
        """What is missing."""
        if len(self.shares()) < 2:
            return tr("还差两份恢复单") if not self.shares() else tr("还差一份恢复单")
        if self.shares()[0].number == self.shares()[1].number:
            return refusal_words(Refusal("recovery.share_same", number=self.shares()[0].number)).what
        if not self.name():
            return tr("还没有选谁来打开")
        return self.chooser.reason()

    def missing(self) -> QWidget | None:
        """Where it is missing."""
        for field in (self.one, self.two):
            if field.share() is None:
                return field.edit
        return self._names if not self.name() else self.chooser.missing()

    def forget(self) -> None:
        """Nothing secret stays in the fields."""
        for field in (self.one, self.two):
            field.forget()
        self.chooser.forget()


class RecoverPage(Guided):
    """Calls ``on_done`` with the open room once the new sheets are printed and typed back; ``on_cancel`` before.

    ``hold`` is told of the room as soon as it is open, so that it can be locked from here.
    """

    def __init__(
        self,
        folder: Path,
        on_done: Callable[[Room], None],
        on_cancel: Callable[[], None],
        parent: QWidget | None = None,
        *,
        hold: Hold,
    ) -> None:
        super().__init__([tr("两份恢复单"), tr("新的恢复单")], parent)
        self._folder, self._on_done, self._on_cancel, self._hold = folder, on_done, on_cancel, hold
        self.jobs = Jobs(parent=self)
        self._room: Room | None = None
        self.first = SharesStep()
        self.second: Step | None = None
        self._at: Step = self.first
        self.frame.add_page(self.first)
        self.first.changed.connect(self._on_changed)
        self.frame.back.connect(self._leave)
        self.frame.onward.connect(self._onward)
        self.frame.back_button.setText(tr("回到登录"))
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.shut)
        self._show(self.first)
        self.jobs.call(self, self.first.set_names, _names, folder, failed=self._on_refused)

    def target(self) -> QWidget | None:
        """What the step misses, else the button that leads on."""
        return self._at.missing() or self.frame.next.button

    def shut(self) -> None:
        """Ends the background thread and closes a room that was not handed over; harmless when called twice."""
        room, self._room = self._room, None
        self.jobs.close(room.close if room is not None else None)

    def _show(self, step: Step) -> None:
        last = step is self.second
        self._at = step
        self.frame.side.steps.set_current(1 if last else 0)
        self.frame.show_page(step, step.title(), step.lead(), foot=True)
        self.frame.back_button.setVisible(not last)
        self.frame.next.button.setText(tr("进入心理辅导室") if last else tr("打开并换成新口令"))
        said = tr("档案库已经用新口令打开，关掉也不会丢。") if last else tr("输完之前，什么也不会改动。")
        self.frame.side.note.set_text(said)
        self._on_changed()
        self.focus_target()

    def _on_changed(self) -> None:
        self.frame.next.set_reason(self._at.reason())

    def _onward(self) -> None:
        if self._at is self.second:
            room, self._room = self._room, None
            if room is not None:
                self.jobs.close()
                self._on_done(room)
            return
        self.frame.side.note.set_text(tr("正在写新的档案库，请不要关机。中途断电，旧的还在。"))
        self._working = self._make_working(tr("核对恢复单，换钥匙，写一份新的档案库。以前的档案原样保留。"))
        self.frame.show_page(self._working, tr("正在打开"), "", foot=False)
        step = self.first
        self.jobs.call(
            self, self._on_recovered, recover.recover, self._folder, step.shares(), step.name(),
            step.chooser.passphrase(), step.chooser.key_file(), failed=self._on_refused,
        )  # fmt: skip

    def _make_working(self, sentence: str) -> Working:
        working = Working(sentence)
        self.frame.add_page(working)
        return working

    def _on_recovered(self, created: Created) -> None:
        self._room = self.jobs.room = created.room
        self._hold(created.room, self.jobs, WALK_MINUTES)
        account = created.room.account.account_id  # the lock screen greets this person, even when it is closed here
        self.jobs.call(self, None, place.remember, created.room.folder, account, failed=lambda _refusal: None)
        self.first.forget()
        self.frame.forget_page(self._working)
        self.second = SheetsStep(self.jobs.run, created.shares)
        self.second.typeback.confirmed.connect(self.frame.next.take_focus)
        self.second.changed.connect(self._on_changed)
        self.frame.add_page(self.second, scrolls=False)
        self._show(self.second)

    def _on_refused(self, refusal: Refusal) -> None:
        self._show(self.first)
        self.first.refused.show_refusal(refusal_words(refusal))

    def _leave(self) -> None:
        self.first.forget()
        self.shut()
        self._on_cancel()


def _names(folder: Path) -> list[str]:
    return [login.name for login in opening.login_names(folder) if login.kind is Kind.MEMBER]
