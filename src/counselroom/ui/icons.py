"""Icons: Lucide SVG files drawn in a colour of the theme, and the mark of the program drawn by code.

One meaning per name. A pixmap is cached by (icon, colour, size, ratio), so widgets ask for it each time they paint
and get the right one after a change of palette or screen.
"""

from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from counselroom import resources
from counselroom.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_STROKE = 1.75
_STROKE_SMALL = 2
_SMALL_BELOW = 16


class Icon(StrEnum):
    """What an icon means, and the file that shows it (resources/icons)."""

    TODAY = "list-checks"
    STUDENTS = "users"
    SCREENING = "clipboard-list"
    WATCH = "flag"
    COUNSELLING = "messages-square"
    CARE = "handshake"
    EXCHANGE = "arrow-left-right"
    LEDGER = "notebook-tabs"
    REPORTS = "chart-column"
    SETTINGS = "settings-2"
    SEARCH = "search"
    LOCK = "lock"
    SHOW = "eye"
    HIDE = "eye-off"
    WRITE_NOTE = "notebook-pen"
    APPOINT = "calendar"
    ASSESS = "scale"
    NOTIFY = "mail"
    REFER = "stethoscope"
    ADJUST_PLAN = "clipboard-check"
    PRINT = "printer"
    OPEN_FILE = "book-open"
    PHONE = "phone"
    OBSERVE = "pen-line"
    DEADLINE = "hourglass"
    RESCHEDULE = "calendar-clock"
    DONE = "circle-check"
    REMIND = "clock"
    ERROR = "triangle-alert"
    INFO = "info"
    TOTAL = "trending-up"
    BACKUP = "archive"
    CLASS_TEACHER = "users-round"
    CHECK = "check"
    CLOSE = "x"
    BACK = "chevron-left"
    EXPAND = "chevron-down"
    PROTECTED = "shield-check"
    PERSON = "user"
    ADD_PERSON = "user-plus"
    FOLDER = "folder"
    REFRESH = "refresh-cw"
    ATTENTION = "circle-alert"
    DRIVE = "hard-drive"
    SORTED_UP = "arrow-up"
    SORTED_DOWN = "arrow-down"
    ADD = "plus"
    CLEAR_FILTER = "funnel-x"
    TAKE_OUT = "download"
    TAKE_IN = "upload"
    MERGE = "merge"
    ATTACH = "paperclip"
    HISTORY = "history"
    FORWARD = "chevron-right"
    EDIT = "pencil"
    CONSENT = "file-check"
    PAPER = "file-text"
    STRENGTH = "star"
    BACKGROUND = "house"
    CARE_TAG = "heart-handshake"
    EVENT = "calendar-days"
    UNDO = "undo-2"
    SCHOOL_YEAR = "calendar-range"
    MORE = "ellipsis"


class _Drawing:
    """Whether icons are drawn yet: the very first picture of the program does without them."""

    held = False


def hold() -> None:
    """Draws no icon until ``release``: loading Qt's SVG and drawing the first one would cost a part of the first
    paint. The picture that follows a moment later has them."""
    _Drawing.held = True


def release() -> None:
    """Draws icons from now on; whoever was painted without is to be painted again."""
    _Drawing.held = False


@cache
def _source(icon: Icon) -> str:
    return resources.text("icons", f"{icon}.svg")


@lru_cache(maxsize=512)
def _render(icon: Icon, hex_colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtCore import QByteArray
    from PySide6.QtSvg import QSvgRenderer

    stroke = _STROKE_SMALL if size < _SMALL_BELOW else _STROKE
    text = _source(icon).replace("currentColor", hex_colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(icon: Icon, size: int, colour: str = "ink2", ratio: float = 1.0) -> QPixmap:
    """The icon at ``size`` logical pixels in a colour of the palette in force (a name of ``theme.Colours``)."""
    return _render(icon, getattr(theme.now(), colour), int(size), ratio)


def paint(painter: QPainter, icon: Icon, x: float, y: float, size: int, colour: str = "ink2") -> None:
    """Draws the icon with its top left corner at (x, y)."""
    if _Drawing.held:
        return
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(round(x), round(y), pixmap(icon, size, colour, ratio))


def paint_mark(painter: QPainter, rect: QRectF, ground: QColor, line: QColor) -> None:
    """The mark of the program: an arch, a door within it, on a rounded square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 30, rect.height() / 30)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(0, 0, 30, 30), 6.5, 6.5)
    pen = QPen(line, 1.9)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_arch(7.2, 22.8, 6.5, 22.5))
    painter.drawPath(_arch(12, 18, 11.5, 22.5))
    painter.drawLine(QRectF(5.4, 22.5, 0, 0).topLeft(), QRectF(24.6, 22.5, 0, 0).topLeft())
    painter.restore()


def _arch(left: float, right: float, top: float, foot: float) -> QPainterPath:
    """An arch: two posts and a half circle over them."""
    width = right - left
    path = QPainterPath()
    path.moveTo(left, foot)
    path.lineTo(left, top + width / 2)
    path.arcTo(QRectF(left, top, width, width), 180, -180)
    path.lineTo(right, foot)
    return path


def window_icon() -> "QIcon":
    """The icon of the window and the task bar, the same in both palettes."""
    from PySide6.QtGui import QIcon

    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_mark(painter, QRectF(0, 0, size, size), QColor(theme.LIGHT.accent), QColor(theme.LIGHT.on_accent))
        painter.end()
        made.addPixmap(pixmap)
    return made
