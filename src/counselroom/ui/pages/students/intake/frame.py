"""The page of a task in four steps: steps above, a banner when something is to be said, the step, the foot bar."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.refusal import Refusal
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.jobs import CANCELLED, Job
from counselroom.ui.pages._views import Steer, View
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.banner import Banner, BannerPlace, Tint
from counselroom.ui.widgets.buttons import ReasonedButton, primary, quiet
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Elided

START, COLUMNS, PLAN, RESULT = range(4)


class StepsFrame(View):
    """A subclass fills ``stack`` in the order of the steps and says what the foot bar says."""

    def __init__(self, context: Context, steer: Steer, steps: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(context, steer, parent)
        self.may = context.room.may(Permission.IMPORT_ROSTER) and not context.room.read_only
        self.said = BannerPlace()
        self.doubted = BannerPlace()
        self.stack = QStackedWidget()
        self.back_button = quiet(tr("上一步"), self.back, icon=Icon.BACK)
        self.summary = Elided("", Type.BODY, Tone.INK2)
        self.next = ReasonedButton(primary("", self.onward))
        self.job: Job | None = None
        self._foot = QWidget()
        foot = row(gap=Space.M)
        foot.addWidget(self.back_button)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.next)
        layout = column(gap=Space.M, margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addWidget(steps)
        layout.addWidget(self.said)
        layout.addWidget(self.doubted)
        layout.addWidget(self.stack, 1)
        self._foot.setLayout(foot)
        layout.addWidget(self._foot)
        self.setLayout(layout)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.leave)

    def foot(self) -> tuple[str, str, str]:
        """The words of the primary button, what it will do, and why it cannot be pressed."""
        raise NotImplementedError

    def onward(self) -> None:
        """The primary button."""
        raise NotImplementedError

    def back(self) -> None:
        """One step back; what was decided stays."""
        raise NotImplementedError

    def step(self) -> int:
        """Which step is at hand."""
        return self.stack.currentIndex()

    def leave(self) -> None:
        """Escape: back to the list; what was begun stays here."""
        self.steer()

    def show_foot(self) -> None:
        """The foot bar says what comes next, or why it cannot."""
        words, said, reason = self.foot()
        self.back_button.setVisible(self.step() in (COLUMNS, PLAN))
        self.back_button.setText(tr("换一个文件") if self.step() == COLUMNS else tr("上一步"))
        self._foot.setVisible(bool(words))
        self.next.button.setText(words)
        self.next.set_reason(tr("请稍候") if self.job is not None else reason)
        self.summary.set_text(said)

    # Work

    def run(self, then: Callable[[Any], object], use_case: Any, *args: Any, busy: str = "") -> None:
        """Runs a use case; while it runs nothing else is asked for."""
        self._begin(self.context.jobs.run(self, self._after(then), use_case, *args, failed=self.on_refused, busy=busy))

    def call(self, then: Callable[[Any], object], function: Callable[..., Any], *args: Any, busy: str) -> None:
        """Runs a plain function beside the window; when somebody has asked to stop, its result counts for nothing."""

        def ended(result: Any) -> None:
            if self.job is not None and self.job.cancelled():
                self.on_refused(Refusal(CANCELLED))
                return
            self._after(then)(result)

        self._begin(self.context.jobs.call(self, ended, function, *args, failed=self.on_refused, busy=busy))

    def _begin(self, job: Job) -> None:
        self.said.clear()
        self.job = job
        self.show_foot()

    def _after(self, then: Callable[[Any], object]) -> Callable[[Any], None]:
        def ended(result: Any) -> None:
            self.job = None
            then(result)
            self.show_foot()

        return ended

    def on_refused(self, refusal: Refusal) -> None:
        """Says what was refused."""
        self.job = None
        self.show_foot()
        if refusal.code == CANCELLED:
            self.tell(Tint.INFO, tr("已停下，什么也没有写入"))
        else:
            self.said.show_refusal(refusal_words(as_shown(refusal)))

    def tell(self, tint: Tint, sentence: str, meta: str = "") -> None:
        """Says something that can be closed."""
        self.said.show_banner(Banner(tint, sentence, meta, closable=True))


def as_shown(refusal: Refusal) -> Refusal:
    """The refusal as privacy mode allows it: whom it names stands in a tuple of names."""
    values: Mapping[str, object] = refusal.values
    names = values.get("names")
    if not isinstance(names, tuple):
        return refusal
    return Refusal(refusal.code, **{**values, "names": tuple(privacy.name(str(name)) for name in names)})
