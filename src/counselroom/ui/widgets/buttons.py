"""Buttons: primary (one per page), secondary, quiet, danger; icon left, key hint inside at the right."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from counselroom.ui import icons, theme
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Text


class Kind(StrEnum):
    """How much a button asks for."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"


# kind: (ground, ground under the pointer, frame, words); empty means none
_LOOK = {
    Kind.PRIMARY: ("accent", "accent_hover", "", "on_accent"),
    Kind.SECONDARY: ("sheet", "inset", "btn_line", "ink"),
    Kind.QUIET: ("", "accent_soft", "", "accent_text"),
    Kind.DANGER: ("sheet", "danger_soft", "danger", "danger"),
}
_DISABLED = {
    Kind.PRIMARY: ("disabled_bg", "disabled_bg", "line", "ink3"),
    Kind.SECONDARY: ("disabled_bg", "disabled_bg", "line", "ink3"),
    Kind.QUIET: ("", "", "", "ink3"),
    Kind.DANGER: ("disabled_bg", "disabled_bg", "line", "ink3"),
}


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has the focus, as Space does; whether it was that."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    event.accept()
    if not event.isAutoRepeat():
        button.click()
    return True


class Button(QPushButton):
    """A button of one kind. ``hint`` is only shown; ``shortcut`` also works."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.SECONDARY,
        *,
        icon: Icon | None = None,
        hint: str = "",
        shortcut: str = "",
        small: bool = False,
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent=parent)
        self._kind, self._icon, self._hint, self._small = kind, icon, hint or shortcut, small
        self.setFont(theme.font(Type.BUTTON_PRIMARY if kind is Kind.PRIMARY else Type.BODY))
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
        if clicked is not None:
            self.clicked.connect(lambda: clicked())

    def kind(self) -> Kind:
        """How much it asks for."""
        return self._kind

    def setText(self, text: str) -> None:
        """Changes the words, on the screen and for a screen reader."""
        super().setText(text)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_icon(self, icon: Icon | None) -> None:
        """Changes the icon."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Words, icon, key hint and the margins."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + 2 * self._side()
        if self._icon:
            width += Size.ICON + Space.S
        if self._hint:
            width += QFontMetricsF(theme.font(Type.KEY)).horizontalAdvance(self._hint) + Space.M
        return QSize(round(width + 0.5), Size.BUTTON_SMALL if self._small else Size.BUTTON)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def _side(self) -> int:
        return Space.M if self._small or self._kind is Kind.QUIET else Space.L - 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws ground, frame, icon, words and hint."""
        painter = paint.start(self)
        ground, hover, frame, words = (_LOOK if self.isEnabled() else _DISABLED)[self._kind]
        fill = hover if self.underMouse() or self.isDown() else ground
        paint.box(painter, QRectF(self.rect()), Radius.BUTTON, _maybe(fill), _maybe(frame))
        self._paint_words(painter, words)

    def _paint_words(self, painter: QPainter, words: str) -> None:
        metrics = QFontMetricsF(self.font())
        text_width = metrics.horizontalAdvance(self.text())
        lead = Size.ICON + Space.S if self._icon else 0
        right = self.width() - self._side()
        # With a hint the words stand at the left and the key at the right end, else all is centred.
        x = self._side() if self._hint else (self.width() - text_width - lead) / 2
        if self._icon:
            icons.paint(painter, self._icon, x, (self.height() - Size.ICON) / 2, Size.ICON, words)
        painter.setFont(self.font())
        painter.setPen(theme.colour(words))
        area = QRectF(x + lead, 0, text_width + Space.XS, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._hint:
            painter.setFont(theme.font(Type.KEY))
            on_accent = self._kind is Kind.PRIMARY and self.isEnabled()
            painter.setPen(theme.colour("on_accent2" if on_accent else "ink3"))
            area = QRectF(0, 0, right, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._hint)


def _maybe(name: str) -> QColor | None:
    return theme.colour(name) if name else None


def primary(text: str, clicked: Callable[[], object] | None = None, **more: object) -> Button:
    """The next step; one per page."""
    return _make(Kind.PRIMARY, text, clicked, more)


def secondary(text: str, clicked: Callable[[], object] | None = None, **more: object) -> Button:
    """Another step."""
    return _make(Kind.SECONDARY, text, clicked, more)


def quiet(text: str, clicked: Callable[[], object] | None = None, **more: object) -> Button:
    """A step beside the way."""
    return _make(Kind.QUIET, text, clicked, more)


def danger(text: str, clicked: Callable[[], object] | None = None, **more: object) -> Button:
    """Something that ends something; never the first button."""
    return _make(Kind.DANGER, text, clicked, more)


def _make(kind: Kind, text: str, clicked: Callable[[], object] | None, more: dict[str, object]) -> Button:
    return Button(text, kind, clicked=clicked, **more)  # type: ignore[arg-type]  # names are checked by Button


class IconButton(QAbstractButton):
    """‹ › × and the password eye: the only icons without a word, so the name is required."""

    def __init__(
        self, icon: Icon, name: str, *, size: int = 28, colour: str = "ink2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._colour = icon, colour
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(size, size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works as Space does; a letter must not fall through to a field beneath."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)
            if event.text().isprintable() and event.text():
                event.accept()

    def set_icon(self, icon: Icon, name: str) -> None:
        """Another icon with its name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the icon."""
        painter = paint.start(self)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            paint.box(painter, QRectF(self.rect()), Radius.BUTTON, theme.colour("line_soft"), None)
        margin = (self.width() - Size.ICON) / 2
        icons.paint(painter, self._icon, margin, margin, Size.ICON, self._colour if self.isEnabled() else "line_strong")


class ReasonedButton(QWidget):
    """A primary button that, while it cannot be pressed, keeps its words and says why to its left."""

    def __init__(self, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = button
        self._reason = Text("", Type.BODY, Tone.INK2)
        layout = row(gap=Space.S)
        layout.addStretch()
        layout.addWidget(self._reason)
        layout.addWidget(button)
        self.setLayout(layout)

    def set_reason(self, reason: str) -> None:
        """Disables with a reason; an empty reason enables."""
        self._reason.set_text(reason)
        self.button.setEnabled(not reason)
        self.button.setAccessibleDescription(reason)

    def take_focus(self) -> None:
        """Stands under the hand, once it can be pressed: what was asked for is done."""
        if self.button.isEnabled():
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def reason(self) -> str:
        """Why it cannot be pressed now."""
        return self._reason.plain()
