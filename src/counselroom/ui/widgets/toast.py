"""A toast: what was done, bottom left, for eight seconds, with the way back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QPushButton, QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.theme import TOAST_FADE_MS, TOAST_MS, Radius, Size, Space, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Text

_HEIGHT = 46


class _Undo(QPushButton):
    """The way back, in the light letters of the toast."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setFont(theme.font(Type.BODY))
        self.setFixedSize(self.fontMetrics().horizontalAdvance(text) + Space.L, Size.BUTTON_SMALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the words."""
        painter = paint.start(self)
        painter.setFont(self.font())
        painter.setPen(theme.colour("toast_action"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Toast(QWidget):
    """One at a time per window: a new one takes the place of the old."""

    def __init__(
        self, parent: QWidget, sentence: str, undo: Callable[[], object] | None = None, *, left: int = 0
    ) -> None:
        super().__init__(parent)
        self._ground, self._left = parent, left
        self.setObjectName("toast")
        self.sentence = Text(sentence)
        self.sentence.setProperty("tone", "TOAST")
        self.setAccessibleName(sentence)
        layout = row(gap=Space.L, margins=(Space.L, 0, Space.M, 0))
        layout.addWidget(self.sentence)
        self.undo_button: QPushButton | None = None
        if undo is not None:
            self.undo_button = _Undo(tr("撤销"))
            self.undo_button.clicked.connect(lambda: self._on_undo(undo))
            layout.addWidget(self.undo_button)
        self.setLayout(layout)
        self.setFixedHeight(_HEIGHT)
        self._timer = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._timer.timeout.connect(self._fade)
        parent.installEventFilter(self)

    def present(self) -> None:
        """Shows it and starts the eight seconds."""
        for other in self._ground.findChildren(Toast):
            if other is not self:
                other.dismiss()
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Takes it away."""
        self._timer.stop()
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _on_undo(self, undo: Callable[[], object]) -> None:
        self.dismiss()
        undo()

    def _fade(self) -> None:
        """The only thing in the program that moves, unless the system asks for less motion."""
        if not QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            self.dismiss()
            return
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", self)
        fade.setDuration(TOAST_FADE_MS)
        fade.setStartValue(1.0)
        fade.setEndValue(0.0)
        fade.finished.connect(self.dismiss)
        fade.start()

    def _place(self) -> None:
        self.move(self._left + Space.XL, self._ground.height() - self.height() - Size.PAGE_BOTTOM)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stays while the pointer rests on it."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Counts again."""
        super().leaveEvent(event)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when the window grows."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the dark ground."""
        paint.box(paint.start(self), QRectF(self.rect()), Radius.SHEET, theme.colour("toast_bg"), None)


def toast(
    parent: QWidget, sentence: str, undo: Callable[[], object] | None = None, *, left: int | None = None
) -> Toast:
    """Shows a toast in the window of ``parent``, no further left than ``parent`` itself or ``left``."""
    begins = parent.mapTo(parent.window(), QPoint()).x() if left is None else left
    shown = Toast(parent.window(), sentence, undo, left=begins)
    shown.present()
    return shown
