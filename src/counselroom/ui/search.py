"""The global search: a field in the top bar, Ctrl+K, and what was found beneath it."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr, word
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.fields import LineEdit
from counselroom.ui.widgets.text import KeyCap

_ROW = Size.TABLE_ROW_TOUCHY
_MOST = 9  # rows at once
_WIDE = 420
_TITLE_SHARE = 0.5
# What these are called names nobody; the title of anything else is masked in privacy mode.
_NAMELESS = frozenset({"page", "section", "setting"})


def shown_title(hit: "HitLike") -> str:
    """What a hit is called, as it may be shown now."""
    return hit.title if hit.kind in _NAMELESS else privacy.name(hit.title)


class HitLike(Protocol):
    """A place that was found."""

    @property
    def kind(self) -> str:
        """A code of the catalogue."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def detail(self) -> str:
        """One fact about it."""


Ask = Callable[[str, Callable[[Sequence[Any]], None]], object]


class HitList(QWidget):
    """What was found: a list over the page, chosen with the arrow keys of the field."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("搜索结果"))
        self._hits: Sequence[Any] = ()
        self._first = 0
        self.current = 0
        privacy.changed.connect(self._on_privacy)
        self.hide()

    def hits(self) -> Sequence[Any]:
        """What is listed."""
        return self._hits

    def show_hits(self, hits: Sequence[Any], at: QPoint) -> None:
        """Lists these beneath ``at``, the right end of the field."""
        self._hits, self.current, self._first = tuple(hits), 0, 0
        rows = max(1, min(len(hits), _MOST))
        self.setGeometry(at.x() - _WIDE, at.y(), _WIDE, rows * _ROW + 2 * Space.XS)
        self._announce()
        self.show()
        self.raise_()
        self.update()

    def move_by(self, step: int) -> None:
        """Chooses the next or the one before."""
        if self._hits:
            self.current = min(max(self.current + step, 0), len(self._hits) - 1)
            self._first = min(max(self._first, self.current - _MOST + 1), self.current)
            self._announce()
            self.update()

    def open_current(self) -> None:
        """Opens the chosen one."""
        if self._hits:
            self.opened.emit(self._hits[self.current])

    def _announce(self) -> None:
        if self._hits:
            hit = self._hits[self.current]
            self.setAccessibleDescription(f"{shown_title(hit)}　{hit.detail}")

    def _on_privacy(self, _on: bool) -> None:
        self._announce()
        self.update()

    def _at(self, y: float) -> int | None:
        number = self._first + int((y - Space.XS) // _ROW)
        return number if 0 <= number < len(self._hits) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is the chosen one."""
        number = self._at(event.position().y())
        if number is not None and number != self.current:
            self.current = number
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Opens the row."""
        number = self._at(event.position().y())
        if number is not None:
            self.current = number
            self.open_current()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws paper and rows."""
        painter = paint.start(self)
        area = QRectF(self.rect())
        paint.box(painter, area, Radius.SHEET, theme.colour("sheet"), theme.colour("line_strong"))
        if not self._hits:
            painter.setFont(theme.font(Type.BODY))
            painter.setPen(theme.colour("ink2"))
            painter.drawText(area.adjusted(Space.L, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, tr("没有找到"))
        for place, hit in enumerate(self._hits[self._first : self._first + _MOST]):
            top = Space.XS + place * _ROW
            self._paint_row(painter, hit, QRectF(Space.XS, top, self.width() - 2 * Space.XS, _ROW), place)

    def _paint_row(self, painter: QPainter, hit: HitLike, area: QRectF, place: int) -> None:
        if self._first + place == self.current:
            paint.box(painter, area, Radius.BUTTON, theme.colour("accent_soft"), None)
        middle = Qt.AlignmentFlag.AlignVCenter
        kind = word(f"hit.{hit.kind}")
        columns = (
            (shown_title(hit), Type.SECTION, "ink", area.adjusted(Space.M, 0, -area.width() * (1 - _TITLE_SHARE), 0)),
            (hit.detail, Type.META, "ink2", area.adjusted(area.width() * _TITLE_SHARE + Space.S, 0, -64, 0)),
            (kind, Type.META, "ink3", area.adjusted(area.width() - 60, 0, -Space.S, 0)),
        )
        for text, style, tone, place_of in columns:
            painter.setFont(theme.font(style))
            painter.setPen(theme.colour(tone))
            metrics = QFontMetrics(painter.font())
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place_of.width()))
            right = Qt.AlignmentFlag.AlignRight if text is kind else Qt.AlignmentFlag.AlignLeft
            painter.drawText(place_of, middle | right, cut)


class SearchField(LineEdit):
    """Types, asks, lists. ``ask(text, answer)`` calls ``answer(hits)`` on the UI thread."""

    chosen = Signal(object)
    left = Signal()  # Escape in an empty field: back to the page

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(tr("搜索"), placeholder=tr("找学生、班级、记录…"), icon=Icon.SEARCH, parent=parent)
        self.setFixedWidth(Size.SEARCH)
        self._ask = ask
        self._list: HitList | None = None
        self._cap = KeyCap(tr("Ctrl K"), self)
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextMargins(Space.XL, 0, self._cap.sizeHint().width(), 0)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._on_enter)

    def list(self) -> HitList:
        """The list over the page; made when it is first needed, as a child of the window."""
        if self._list is None:
            self._list = HitList(self.window())
            self._list.opened.connect(self._on_opened)
            self.window().installEventFilter(self)
        return self._list

    def start(self) -> None:
        """Ctrl+K: the cursor goes here, what stood here is chosen."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _on_edited(self, text: str) -> None:
        if text.strip():
            self._ask(text, lambda hits: self._on_hits(text, hits))
        else:
            self.list().hide()

    def _on_hits(self, text: str, hits: Sequence[Any]) -> None:
        """An answer to what no longer stands in the field is dropped."""
        if text == self.text() and self.hasFocus():
            right = self.mapTo(self.window(), self.rect().bottomRight())
            self.list().show_hits(hits, right + QPoint(1, Space.XS))

    def _on_enter(self) -> None:
        if self.list().isVisible():
            self.list().open_current()

    def _on_opened(self, hit: object) -> None:
        self.list().hide()
        self.clear()
        self.chosen.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys choose in the list, Escape closes it."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_MOST, Qt.Key.Key_PageDown: _MOST}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self.list().isVisible():
            self.list().move_by(step)
        elif event.key() == Qt.Key.Key_Escape:
            if not self.text():
                self.left.emit()
            self.clear()
            self.list().hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the focus."""
        super().focusOutEvent(event)
        if self._list is not None and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that changes its size hides the list."""
        if event.type() == QEvent.Type.Resize and self._list is not None:
            self._list.hide()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the key cap at the right end."""
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        self._cap.setGeometry(
            self.width() - size.width() - Space.S, (self.height() - size.height()) // 2, size.width(), size.height()
        )
