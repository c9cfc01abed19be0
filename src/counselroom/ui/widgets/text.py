"""Words on a page: styled text, a text that is cut with an ellipsis, outline tags and key caps."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from counselroom.ui import theme
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint, privacy


class Text(QLabel):
    """Plain text in a style and a tone; wrapped text gets the line height of the design."""

    def __init__(
        self,
        text: str = "",
        style: Type = Type.BODY,
        tone: Tone = Tone.INK,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._plain = ""
        self._wrap = wrap
        self.setFont(theme.font(style))
        self.setProperty("tone", tone.name)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.RichText if wrap else Qt.TextFormat.PlainText)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Shows another text, in the same style."""
        self._plain = text
        self.setText(theme.rich(text) if self._wrap and text else text)

    def plain(self) -> str:
        """What is shown, without mark-up."""
        return self._plain

    def set_tone(self, tone: Tone) -> None:
        """Changes the colour."""
        self.setProperty("tone", tone.name)
        self.style().unpolish(self)
        self.style().polish(self)


class Elided(Text):
    """One line that is cut with an ellipsis when it has no room; the whole text is in the tool tip."""

    def __init__(
        self, text: str = "", style: Type = Type.BODY, tone: Tone = Tone.INK, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, style, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """May shrink to a few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("…") + Space.XL, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws what fits."""
        metrics = self.fontMetrics()
        cut = metrics.elidedText(self._plain, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self._plain if cut != self._plain else "")
        painter = paint.start(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), cut)


class PersonName(Text):
    """A name, which privacy mode masks."""

    def __init__(
        self, name: str = "", style: Type = Type.SECTION, tone: Tone = Tone.INK, *, parent: QWidget | None = None
    ) -> None:
        self._name = name
        super().__init__(privacy.name(name), style, tone, parent=parent)
        privacy.changed.connect(self._on_privacy)

    def set_name(self, name: str) -> None:
        """Shows another person's name."""
        self._name = name
        self._on_privacy()

    def _on_privacy(self) -> None:
        self.set_text(privacy.name(self._name))


class _Outlined(QWidget):
    """A word in an outline; the two kinds differ in height, letters and colour."""

    HEIGHT: int = Size.TAG
    STYLE = Type.META
    TONE = "ink2"
    SIDE: int = Space.S

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setFont(theme.font(self.STYLE))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The word."""
        return self._text

    def set_text(self, text: str) -> None:
        """Shows another word."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The word and its margins."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self._text)
        return QSize(round(width) + 2 * self.SIDE, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws outline and word."""
        painter = paint.start(self)
        paint.box(painter, QRectF(self.rect()), Radius.BADGE, None, theme.colour("line"))
        painter.setPen(theme.colour(self.TONE))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class Tag(_Outlined):
    """A care tag or another quiet fact in one word."""


class KeyCap(_Outlined):
    """A key that does something here; the only place for 12 px letters."""

    HEIGHT = Size.KEY
    STYLE = Type.KEY
    TONE = "ink3"
    SIDE = 7
