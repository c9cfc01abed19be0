"""The lock screen: the time, who signs in, one field. Nothing of the content.

It paints before anything of the vault is loaded; the names and the database thread come a moment later (``attach``).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from counselroom.domain.dates import clock_time, long_date
from counselroom.domain.refusal import Refusal
from counselroom.ui import fonts
from counselroom.ui.cover import paint_hills
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.icons import Icon
from counselroom.ui.lock_field import LockField
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import primary, quiet
from counselroom.ui.widgets.fields import IconMark, LineEdit
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text

if TYPE_CHECKING:
    from counselroom.services.vault.opening import LoginName
    from counselroom.ui.jobs import Jobs

# After a wrong passphrase: seconds until the next try. Argon2id is what protects; this keeps a hand from hammering.
WAITS = (1, 2, 4, 8, 16, 32, 60)
# Refusals that are put right here; any other one gets the page of its own.
STAYS = frozenset({"passphrase.wrong", "key_file.missing", "vault.busy", "vault.open_elsewhere"})
_TOP = 0.244  # where the clock begins, as a share of the height
_OPEN_WIDTH = 88


class LockState(NamedTuple):
    """How the lock screen came up: after a lock, with the tree head of that lock, for which account."""

    locked: bool = False
    head: str = ""
    account: str = ""
    read_only: bool = False
    demo: bool = False


class LockScreen(QWidget):
    """Asks for a passphrase and opens the vault with it."""

    unlocked = Signal(object)  # the room
    refused = Signal(object)  # a Refusal that this screen cannot put right
    forgotten = Signal()

    def __init__(
        self,
        folder: Path,
        state: LockState,
        *,
        clock: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder, self.state = folder, state
        self._clock = clock
        self._jobs: Jobs | None = None
        self._logins: Sequence[LoginName] = ()
        self._key_file: Path | None = None
        self._tries = 0
        self._wait = 0
        self._busy = False
        self._build()
        self._lay_out()
        self._tick()
        self._clock_timer, self._pause = QTimer(self, interval=1000), QTimer(self, interval=1000)
        self._clock_timer.timeout.connect(self._tick)
        self._clock_timer.start()
        self._pause.timeout.connect(self._on_second)
        self.setFocusProxy(self.field)

    # Parts

    def _build(self) -> None:
        self.time = Text("", Type.CLOCK)
        self.date = Text("", Type.LEAD, Tone.INK2)
        self.line = Text(self._first_line(), Type.LEAD, Tone.INK2)
        self.field = LockField(tr("口令"))
        self.field.returnPressed.connect(self.submit)
        self.field.capitals.connect(self._on_capitals)
        self.open_button = primary(tr("打开"), self.submit)
        self.open_button.setFixedSize(_OPEN_WIDTH, Size.FIELD_LOCK)
        self.message = Text("", Type.META, Tone.DANGER)
        self.message_mark = IconMark(Icon.ERROR, 14, "danger")
        self.name = Text("", Type.BODY, Tone.INK2)
        self.typed = LineEdit(tr("姓名"), placeholder=tr("姓名"))
        self.typed.setFixedWidth(160)
        self.typed.returnPressed.connect(self.field.setFocus)
        self.switch = quiet(tr("换人登录"), self._choose_person, small=True)
        self.forgot = quiet(tr("忘记口令"), self.forgotten.emit, small=True)
        self.key_name = Text(tr("还需要密钥文件"), Type.BODY, Tone.INK2)
        self.key_button = quiet(tr("选择密钥文件"), self._choose_key_file, small=True)
        self.foot = Text(self._foot_line(), Type.META, Tone.INK2)

    def _lay_out(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        self._column = QWidget(self)
        layout = column(gap=0)
        layout.addWidget(self.time, 0, middle)
        layout.addWidget(self.date, 0, middle)
        layout.addSpacing(36)
        layout.addLayout(_centred(Space.S, IconMark(Icon.LOCK, 18), self.line))
        layout.addSpacing(Space.M + 2)
        layout.addLayout(_centred(Space.S, self.field, self.open_button))
        self._message_row = _Row(6, self.message_mark, self.message)
        self._key_row = _Row(Space.S, self.key_name, self.key_button)
        keeps = self._message_row.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # what is said must not push away what is about to be clicked
        self._message_row.setSizePolicy(keeps)
        for part in (self._message_row, self._key_row):
            part.hide()
            layout.addWidget(part)
        layout.addSpacing(Space.XS)
        layout.addWidget(_Row(Space.XS, self.name, self.typed, self.switch, self.forgot))
        self.typed.hide()
        self._column.setLayout(layout)
        self.foot.setParent(self)
        order = (self.field, self.open_button, self.key_button, self.typed, self.switch, self.forgot)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _first_line(self) -> str:
        if self.state.read_only:
            return tr("只读打开：只看，不写入任何东西")
        if self.state.demo:
            return tr("演示学校，人物均为虚构")
        return tr("已锁定，草稿都存好了") if self.state.locked else tr("输入口令，打开心理辅导室")

    def _foot_line(self) -> str:
        words = tr("密钥已从内存清除。再次打开需要约 1 秒。") if self.state.locked else tr("不连接网络，档案只在本机。")
        if self.state.head:
            words += "　" + tr("记录号 {head}，可抄在纸质日志里。", head=self.state.head)
        if fonts.missing():
            words += "　" + tr("没有找到随程序的字体，现在用系统的字体。")
        return words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column keeps its place under the middle, the foot its place above the lower edge."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        # Laid out at once: a later layout pass would show the screen jumping.
        wanted = self._column.sizeHint()
        self._column.setGeometry(0, round(self.height() * _TOP), self.width(), wanted.height())
        foot = self.foot.sizeHint()
        self.foot.setGeometry((self.width() - foot.width()) // 2, self.height() - 47, foot.width(), foot.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the hills."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_hills(painter, QRectF(self.rect()))

    def _tick(self) -> None:
        now = self._clock()
        self.time.set_text(clock_time(now))
        self.date.set_text(long_date(now))

    # Who

    def attach(self, jobs: "Jobs", logins: "Sequence[LoginName]") -> None:
        """The names and the thread, once they are loaded; what was typed before stays."""
        self._jobs, self._logins = jobs, tuple(logins)
        known = next((login for login in logins if login.account_id == self.state.account), None)
        if known is None and len(logins) == 1:
            known = logins[0]
        if known is not None:
            self._sign_in_as(known)
        else:
            self.name.set_text(tr("请先选姓名"))

    def person(self) -> str:
        """The name that will sign in."""
        if self.typed.isVisibleTo(self):
            return self.typed.text().strip()
        login = self._login()
        return login.name if login else ""

    def _login(self) -> "LoginName | None":
        return next((login for login in self._logins if login.name == self.name.plain()), None)

    def _sign_in_as(self, login: "LoginName") -> None:
        self.typed.hide()
        self.name.show()
        self.name.set_text(login.name)
        self._say("")  # what was wrong was another person's
        self._need_key_file(login.key_file)
        self.field.setFocus()

    def _choose_person(self) -> None:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        for login in self._logins:
            menu.addAction(login.name, partial(self._sign_in_as, login))
        menu.addSeparator()
        menu.addAction(tr("输入姓名"), self._type_name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.switch.mapToGlobal(self.switch.rect().bottomLeft()))

    def _type_name(self) -> None:
        self.name.hide()
        self.typed.show()
        self.typed.setFocus()
        self._say("")
        self._need_key_file(False)

    def _need_key_file(self, needed: bool) -> None:
        self._key_row.setVisible(needed)
        self._key_file = None
        self.key_name.set_text(tr("还需要密钥文件"))
        self._place()

    def _choose_key_file(self) -> None:
        from counselroom.ui import dialogs

        chosen = dialogs.open_file(self, tr("选择密钥文件"))
        if chosen is not None:
            self._key_file = chosen
            self.key_name.set_text(tr("密钥文件 {name}", name=chosen.name))
        self.field.setFocus()

    # Opening

    def submit(self) -> None:
        """Tries the passphrase, on the database thread."""
        if self._jobs is None or self._busy or self._wait or not self.field.text():
            return
        if not self.person():
            self._say(tr("请先选姓名，再输入口令。"))
            return
        self._set_busy(True)
        self._jobs.call(
            self, self._on_room, _unlock, self.folder, self.person(), self.field.text(), self._key_file,
            self.state.read_only, failed=self._on_refusal,
        )  # fmt: skip

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.field.setReadOnly(busy)
        self.open_button.setEnabled(not busy)
        if busy:
            self._say("")
            self.open_button.setText(tr("正在打开"))
        elif not self._wait:
            self.open_button.setText(tr("打开"))

    def _on_room(self, room: object) -> None:
        self.field.take()
        self._set_busy(False)
        self.unlocked.emit(room)

    def _on_refusal(self, refusal: Refusal) -> None:
        self._set_busy(False)
        if refusal.code not in STAYS:
            self.refused.emit(refusal)
            return
        words = refusal_words(refusal)
        if refusal.code == "key_file.missing":
            self._key_row.show()
        elif refusal.code == "passphrase.wrong":
            self.field.take()
            self._start_wait()
        self._say(tr("{what}。{do}", what=words.what, do=words.do))
        self.field.setFocus()

    def _start_wait(self) -> None:
        self._wait = WAITS[min(self._tries, len(WAITS) - 1)]
        self._tries += 1
        self._pause.start()
        self._show_wait()

    def _on_second(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._pause.stop()
        self._show_wait()

    def _show_wait(self) -> None:
        self.open_button.setEnabled(not self._wait)
        self.open_button.setText(tr("等 {n} 秒", n=self._wait) if self._wait else tr("打开"))

    def _on_capitals(self, on: bool) -> None:
        hint = tr("大写锁定开着")
        if on:
            self._say(hint)
        elif self.message.plain() == hint:
            self._say("")

    def _say(self, sentence: str) -> None:
        self.message.set_text(sentence)
        self.field.setAccessibleDescription(sentence)
        self._message_row.setVisible(bool(sentence))
        self._place()


class _Row(QWidget):
    """Parts side by side in the middle."""

    def __init__(self, gap: int, *parts: QWidget) -> None:
        super().__init__()
        layout = _centred(gap, *parts)
        layout.setContentsMargins(0, Space.S, 0, 0)
        self.setLayout(layout)


def _centred(gap: int, *parts: QWidget) -> Any:
    layout = row(gap=gap)
    layout.addStretch()
    for part in parts:
        layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    layout.addStretch()
    return layout


def _unlock(folder: Path, name: str, passphrase: str, key_file: Path | None, read_only: bool) -> object:
    """Runs on the database thread."""
    from counselroom.services import key_files
    from counselroom.services.vault import opening

    content = key_files.read(key_file) if key_file else None
    return opening.unlock(folder, name, passphrase, content, read_only=read_only)
