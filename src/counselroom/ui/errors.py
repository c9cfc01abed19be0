"""What the user sees when something unforeseen happens, and the technical information that may leave the room.

That information holds versions, the kind of the exception, and module, function and line of each step. It never holds
values, messages, names or paths: an exception's message may quote a student's name.
"""

import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from counselroom import __version__
from counselroom.domain.refusal import Refusal
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.buttons import primary, quiet, secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import Hairline, Sheet, column, row
from counselroom.ui.widgets.text import Text


@dataclass(frozen=True)
class Report:
    """An unforeseen exception as far as it may be told."""

    technical: str


def technical(error: BaseException) -> str:
    """Versions, kinds and places; nothing that anyone typed."""
    lines = [
        f"counselroom {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide {pyside_version}",
        f"{platform.system()} {platform.release()}, {QGuiApplication.platformName()}",
    ]
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        lines.append(_kind(step))
        lines.extend(_places(step.__traceback__))
        step = step.__cause__ or step.__context__
    return "\n".join(lines)


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{kind} [{error.code}]" if isinstance(error, Refusal) else kind


def _places(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        module = str(traceback.tb_frame.f_globals.get("__name__", "?"))
        places.append(f"  {module}.{code.co_qualname}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places


class ErrorPage(QWidget):
    """What happened, what is safe, what to do; and a button that copies the technical information."""

    restart = Signal()
    closed = Signal()

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("程序出错"))
        self._report = report
        sheet = Sheet(gap=Space.M)
        sheet.setFixedWidth(Size.DIALOG + Size.DIALOG // 2)
        self._fill(sheet)
        middle = row()
        middle.addStretch()
        middle.addWidget(sheet)
        middle.addStretch()
        layout = column(margins=(Space.XL, Space.XL, Space.XL, Space.XL))
        layout.addStretch()
        layout.addLayout(middle)
        layout.addStretch()
        self.setLayout(layout)

    def _fill(self, sheet: Sheet) -> None:
        head = row(gap=Space.M)
        head.addWidget(IconMark(Icon.ERROR, Size.ICON_NAV, "danger"))
        head.addWidget(Text(tr("程序遇到了没有料到的情况"), Type.TITLE), 1)
        sheet.body.addLayout(head)
        sheet.body.addWidget(Hairline())
        for title, sentence in (
            (tr("发生了什么"), tr("刚才的一步没有做完，程序停在了这里。")),
            (tr("什么是安全的"), tr("已经保存的档案没有变化；没做完的一步已经整体退回。")),
            (
                tr("接下来"),
                tr("请重新打开程序再试一次。如果又出现，请把技术信息复制给维护人员，其中没有姓名和任何记录内容。"),
            ),
        ):
            part = column(gap=Space.XS)
            part.addWidget(Text(title, Type.META, Tone.INK2))
            part.addWidget(Text(sentence, Type.BODY, wrap=True))
            sheet.body.addLayout(part)
        self.copy_button = secondary(tr("复制技术信息"), self.copy)
        self.copied = Text("", Type.META, Tone.OK)
        buttons = row()
        buttons.addWidget(self.copied, 1)
        buttons.addWidget(quiet(tr("回到刚才的页面"), self.closed.emit))
        buttons.addWidget(self.copy_button)
        buttons.addWidget(primary(tr("重新打开"), self.restart.emit))
        sheet.body.addLayout(buttons)

    def copy(self) -> None:
        """Puts the technical information on the clipboard."""
        QGuiApplication.clipboard().setText(self._report.technical)
        self.copied.set_text(tr("已复制"))


Present = Callable[[Report], object]


class _Hook:
    present: Present | None = None
    window: ErrorPage | None = None
    busy = False


def install(present: Present | None = None) -> None:
    """Catches whatever nothing else caught, exceptions in slots included.

    ``present`` shows the page; by default it opens as a window of its own. Under test nothing is installed, so that an
    exception fails the test.
    """
    _Hook.present = present
    sys.excepthook = _on_exception


def report(error: BaseException) -> None:
    """Hands an exception to whatever catches the uncaught: the error page, or the test runner."""
    sys.excepthook(type(error), error, error.__traceback__)


def _on_exception(_kind_of: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        QApplication.quit()
        return
    text = technical(error)
    if sys.stderr is not None:  # a windowed program has none on Windows
        sys.stderr.write(text + "\n")
    if _Hook.busy:  # the error page itself failed: the text on stderr is all that can be done
        return
    _Hook.busy = True
    try:
        (_Hook.present or _open_window)(Report(text))
    finally:
        _Hook.busy = False


def _open_window(shown: Report) -> None:
    if QApplication.instance() is None:
        return
    page = ErrorPage(shown)
    page.resize(Size.MIN_WIDTH - Size.DIALOG, Size.DIALOG)
    page.closed.connect(page.close)
    page.restart.connect(QApplication.quit)
    page.show()
    _Hook.window = page  # keeps it
