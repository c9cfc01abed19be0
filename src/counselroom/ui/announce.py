"""What has to be said after signing in: alarms, a read-only vault, notices, what the check in the background found."""

from datetime import UTC, datetime, timedelta

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import notices, settings
from counselroom.services.notices import Notice
from counselroom.services.vault import checks
from counselroom.ui import errors
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, tr, word
from counselroom.ui.jobs import DAMAGED
from counselroom.ui.localtime import short_stamp
from counselroom.ui.theme import Size, Tone, Type
from counselroom.ui.widgets.banner import Banner, Tint
from counselroom.ui.widgets.surfaces import column
from counselroom.ui.widgets.text import Text

_FAULTS = {
    "integrity": mark("有数据页损坏"),
    "pragmas": mark("数据库的安全设置没有全部生效"),
    "chain": mark("日志的前后对不上"),
}
# So long a holder, who has no notices, is told that recovery shares have opened the vault.
_RECENT = timedelta(days=30)


class Announcements(QWidget):
    """One banner at a time between top bar and page, so that the page keeps its room; no height while there is none.

    What can be closed comes first; what stays (a read-only vault, a fault) comes last. That a school is fictional is
    said beneath, always.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._layout = column(margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.GAP_SHEETS))
        self.setLayout(self._layout)
        self.banners: list[Banner] = []
        begin = context.ways.begin
        way = ((tr("建立本校档案库"), begin),) if begin is not None else ()
        self.demo = Banner(Tint.INFO, tr("演示学校，人物均为虚构"), actions=way)
        self.demo.hide()
        self.damage: Banner | None = None
        self._notices: list[tuple[Banner, Notice]] = []
        context.jobs.damaged.connect(self._on_damaged)
        context.privacy.changed.connect(self._on_privacy)
        self._lasting: set[Banner] = set()
        self.more = Text("", Type.META, Tone.INK2)
        self._layout.addWidget(self.more)
        self._layout.addWidget(self.demo)
        self.more.hide()
        self.hide()

    def begin(self) -> None:
        """Says what is known at once, and asks for the rest in the background."""
        room, jobs = self._context.room, self._context.jobs
        for alarm in room.alarms:
            self.add(Banner(Tint.ERROR, tr("请先看这一条"), word(f"alarm.{alarm.code}"), closable=True))
        if room.read_only:
            said = tr("可以查看和打印，什么也不会写入。解决原因后请重新打开。")
            self.add(Banner(Tint.WARN, tr("只读打开"), said), lasting=True)
        if not room.is_member:
            self._tell_of_recovery(room.recovered_at)
        else:
            jobs.run(self, self._on_demo, settings.is_demo)
            jobs.run(self, self._on_notices, notices.mine)
            # Last: it may take seconds on a large vault, and everything else waits for the same thread.
            jobs.run(self, self._on_faults, checks.full)

    def add(self, banner: Banner, *, lasting: bool = False, first: bool = False) -> None:
        """One more thing to be said; ``first`` puts it before what is there."""
        if lasting:
            self._lasting.add(banner)
        place = len(self.banners) if lasting else sum(1 for each in self.banners if each not in self._lasting)
        place = 0 if first else place
        self.banners.insert(place, banner)
        self._layout.insertWidget(place, banner)
        banner.closed.connect(lambda: self.remove(banner))
        self._show_first()

    def remove(self, banner: Banner) -> None:
        """It was read."""
        self.banners.remove(banner)
        self._notices = [(each, notice) for each, notice in self._notices if each is not banner]
        self._layout.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self._show_first()

    def _show_first(self) -> None:
        for place, banner in enumerate(self.banners):
            banner.setVisible(place == 0)
        left = len(self.banners) - 1
        self.more.set_text(tr("还有 {n} 条", n=left) if left > 0 else "")
        self.more.setVisible(left > 0)
        self.setVisible(bool(self.banners) or not self.demo.isHidden())

    def _on_demo(self, fictional: bool) -> None:
        self.demo.setVisible(fictional)
        self._show_first()

    def _tell_of_recovery(self, at: str | None) -> None:
        if at is None or datetime.now(UTC) - datetime.fromisoformat(at).astimezone(UTC) > _RECENT:
            return
        said = tr(
            "{when}档案库用恢复单打开过，旧的恢复单已经作废。如果您不知道这件事，请马上问负责人。", when=short_stamp(at)
        )
        self.add(Banner(Tint.WARN, tr("请您知道"), said, closable=True))

    def _on_notices(self, found: list[Notice]) -> None:
        for notice in found:
            self._tell(notice)

    def _tell(self, notice: Notice) -> None:
        def seen() -> None:
            self.remove(banner)
            if not self._context.room.read_only:
                self._context.jobs.run(self, None, notices.seen, notice.notice_id)

        banner = Banner(Tint.WARN, tr("请您知道"), self._words(notice), actions=((tr("知道了"), seen),))
        self._notices.append((banner, notice))
        self.add(banner)

    def _words(self, notice: Notice) -> str:
        """A notice names an account."""
        return word(f"notice.{notice.code}", name=self._context.privacy.name(notice.text))

    def _on_privacy(self, _on: bool) -> None:
        for banner, notice in self._notices:
            banner.meta.set_text(self._words(notice))
            banner.setAccessibleDescription(self._words(notice))

    def _on_faults(self, codes: list[str]) -> None:
        self._context.health.tell(codes)
        if codes:
            found = tr("、").join(tr(_FAULTS[code]) for code in codes)
            self._tell_of_damage(tr("检查档案库时发现问题：{found}", found=found), readable=codes != ["pragmas"])

    def _on_damaged(self) -> None:
        """A page could not be read; the check, which takes longer, may tell more exactly later."""
        if self.damage is None:
            self._tell_of_damage(tr("档案库有一部分读不出来"), readable=True)

    def _tell_of_damage(self, sentence: str, *, readable: bool) -> None:
        """Comes before everything else: nothing should be typed into a vault that is damaged."""
        said = tr("已保存的内容没有被改动。请先不要录入，把整个文件夹复制一份，再告诉负责人。")
        reopen = self._context.ways.reopen if readable else None
        ways = ((tr("以只读方式打开"), reopen),) if reopen is not None else ()
        if self.damage is not None:
            self.remove(self.damage)
        self.damage = Banner(Tint.ERROR, sentence, said, actions=(*ways, (tr("复制技术信息"), self._copy)))
        self.add(self.damage, lasting=True, first=True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(errors.technical(Refusal(DAMAGED)))
        self._context.toast(tr("已复制"))
