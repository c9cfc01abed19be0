"""After the first sign-in and after a recovery: the recovery sheets have to be proven readable before work begins."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from counselroom.domain.access import Permission
from counselroom.domain.refusal import Refusal
from counselroom.services.room.door import Room
from counselroom.services.vault import recovery
from counselroom.services.vault.recovery import Shares
from counselroom.ui import dialogs, theme
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.jobs import Jobs
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import ReasonedButton, primary, quiet
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text

if TYPE_CHECKING:
    from counselroom.ui.wizard.sheets import SheetsPanel
    from counselroom.ui.wizard.typeback import TypeBack

_WIDE = 1006


def reissue_effect() -> str:
    """What new sheets mean, in the words of every place that offers them."""
    return tr("会做三份新的恢复单，会更换档案库钥匙。旧的三份从此打不开档案库，请当面销毁。")


class Gate(QWidget):
    """Types two groups back, or prints all three sheets anew. Only the lead has to; others may go on."""

    passed = Signal()
    lock_wanted = Signal()
    printing = Signal()  # new sheets are on the screen: a walk to the printer follows

    def __init__(self, room: Room, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from counselroom.ui.wizard.typeback import TypeBack

        self._jobs = jobs
        self.is_lead = room.may(Permission.MANAGE_KEYS) and not room.read_only
        self.said = BannerPlace()
        self.type_back = TypeBack(jobs.run)
        self.type_back.changed.connect(self._on_changed)
        self.sheets: SheetsPanel | None = None
        self._waiting = True
        self.again = quiet(tr("重新制作恢复单"), self.reissue, icon=Icon.PRINT)
        self.again.setVisible(self.is_lead)
        self.later = quiet(tr("先用，请负责人核对"), self.passed.emit)
        self.later.setVisible(not self.is_lead)
        self.go_on = ReasonedButton(primary(tr("开始使用"), self.passed.emit))
        self.type_back.confirmed.connect(self.go_on.take_focus)
        self._lay_out()
        self._on_changed()

    def _lay_out(self) -> None:
        self._middle = column(gap=Space.L)
        self.heading, self.lead = Text("", Type.GREETING), Text("", Type.BODY, Tone.INK2, wrap=True)
        self._middle.addWidget(self.heading)
        self._middle.addWidget(self.lead)
        self._middle.addWidget(self.said)
        self._middle.addWidget(self.type_back)
        foot = row()
        foot.addWidget(quiet(tr("锁定"), self.lock_wanted.emit, icon=Icon.LOCK))
        foot.addWidget(self.again)
        foot.addStretch()
        foot.addWidget(self.later)
        foot.addWidget(self.go_on)
        self._middle.addLayout(foot)
        self._middle.addStretch()
        inner = QWidget()
        inner.setMaximumWidth(_WIDE)
        inner.setLayout(self._middle)
        layout = row(margins=(Size.PAGE_SIDE, 2 * Space.XXL, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addStretch()
        layout.addWidget(inner, 1000)
        layout.addStretch()
        self.setLayout(layout)

    def _on_changed(self) -> None:
        self.go_on.set_reason(self._reason())
        if self.sheets is not None and self.sheets.left():
            self.heading.set_text(tr("打印新的恢复单"))
            self.lead.set_text(tr("旧的三份已经作废。请把新的三份逐张打印出来，再照纸上输入两组数字。"))
        else:
            self.heading.set_text(tr("核对恢复单"))
            said = tr("忘记口令时，只有恢复单能打开档案库。请照纸上输入两组数字，证明打印没有问题；对上了就不再问。")
            self.lead.set_text(said)
        target = self.type_back.missing()
        # Once the fields are there the cursor goes into the first; afterwards they move on by themselves.
        if target is not None and self._waiting:
            self._waiting = False
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reason(self) -> str:
        """What is missing: paper first, then digits."""
        left = self.sheets.left() if self.sheets is not None else 0
        return tr("还有 {n} 份没有打印", n=left) if left else self.type_back.reason()

    @staticmethod
    def _focus(type_back: "TypeBack") -> None:
        target = type_back.missing()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def reissue(self) -> None:
        """Three new sheets, after a confirmation that names the effect: the old ones open nothing from now on."""
        if not dialogs.confirm(self, tr("重新制作恢复单"), reissue_effect(), danger=True):
            return
        self.again.setEnabled(False)
        self._jobs.run(
            self, self._on_shares, recovery.reissue, failed=self._on_refused, busy=tr("正在制作新的恢复单，换钥匙")
        )

    def _on_refused(self, refusal: Refusal) -> None:
        self.again.setEnabled(True)
        self.said.show_refusal(refusal_words(refusal))

    def _on_shares(self, shares: Shares) -> None:
        from counselroom.ui.wizard.sheets import SheetsPanel
        from counselroom.ui.wizard.typeback import TypeBack

        self.again.setEnabled(True)
        self.said.clear()
        fresh = TypeBack(self._jobs.run)
        fresh.changed.connect(self._on_changed)
        panel = SheetsPanel(self._jobs.run, shares)
        fresh.wait_for(panel)
        panel.changed.connect(self._on_changed)
        panel.all_done.connect(lambda: self._focus(fresh))
        for old in (self.type_back, self.sheets):
            if old is not None:
                old.hide()
                old.deleteLater()
        place = self._middle.indexOf(self.said) + 1
        self._middle.insertWidget(place, panel, 1000)
        self._middle.insertWidget(place + 1, fresh)
        self.type_back, self.sheets = fresh, panel
        self._on_changed()
        self.printing.emit()
        first = panel.first()
        if first is not None:
            first.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the desk."""
        paint.start(self).fillRect(QRectF(self.rect()), theme.colour("desk"))
