"""Step 5: print the three sheets, put them in three places, type two groups back."""

from PySide6.QtWidgets import QWidget

from counselroom.services.vault.recovery import Shares
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Space
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.wizard.sheets import Run, SheetsPanel
from counselroom.ui.wizard.step import Step
from counselroom.ui.wizard.typeback import TypeBack


class SheetsStep(Step):
    """The sheets and the two groups; also the second half of a recovery."""

    def __init__(self, run: Run, shares: Shares, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = SheetsPanel(run, shares)
        self.typeback = TypeBack(run)
        layout = column(gap=Space.L)
        layout.addWidget(self.panel)
        layout.addWidget(self.typeback)
        layout.addStretch()
        self.setLayout(layout)
        self.typeback.wait_for(self.panel)
        self.panel.changed.connect(self.changed)
        self.typeback.changed.connect(self.changed)
        self.panel.all_done.connect(self._on_printed)

    def title(self) -> str:
        """The title."""
        return tr("打印三份恢复单")

    def lead(self) -> str:
        """What they are for."""
        return tr("忘记口令，或者您调离学校时，任意两份合在一起才能打开档案。少于两份，谁也打不开，软件作者也不能。")

    def reason(self) -> str:
        """What is missing: paper first, then digits."""
        if self.panel.left():
            return tr("还有 {n} 份没有打印", n=self.panel.left())
        return self.typeback.reason()

    def missing(self) -> QWidget | None:
        """Where it is missing."""
        return self.panel.first() or self.typeback.missing()

    def _on_printed(self) -> None:
        target = self.typeback.missing()
        if target is not None:
            target.setFocus()
