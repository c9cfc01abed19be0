"""A value to choose: one of the two files says so. The two of a line form a group; arrow keys move between them."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.duplicates.wording import Compared
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint, privacy
from counselroom.ui.widgets.buttons import IconButton
from counselroom.ui.widgets.facts import Mask
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Text

LABEL = 88
_HEIGHT = 32
_BAR = 10  # height of the grey bar that stands for free text


class Choice(QAbstractButton):
    """A radio mark and a value, which privacy mode masks."""

    def __init__(self, label: str, value: str, mask: Mask, covered: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self.value, self._mask = label, value, mask if value else Mask.NONE
        self._covered, self._whole = covered, False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(theme.font(Type.BODY))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        privacy.changed.connect(self._on_privacy)
        self._on_privacy()

    def shown(self) -> str:
        """The value as it may be shown now; empty where a bar stands for it."""
        if not self.value:
            return tr("没有填")
        if self._mask is Mask.NAME:
            return privacy.name(self.value)
        if self._mask is Mask.PHONE:
            return privacy.phone(self.value)
        if self._veiled():
            return ""
        return self.value if self._whole or not self._covered else self._covered

    def show_whole(self, whole: bool) -> None:
        """Shows a long number whole, or with its middle hidden."""
        self._whole = whole
        self._on_privacy()

    def _veiled(self) -> bool:
        return self._mask is Mask.WORDS and privacy.is_on()

    def _on_privacy(self) -> None:
        self.setAccessibleName(tr("{label}：{value}", label=self._label, value=self.shown() or tr("已遮住")))
        self.update()

    def sizeHint(self) -> QSize:
        """A row; as wide as it gets."""
        return QSize(160, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws ground, mark and value."""
        painter = paint.start(self)
        chosen = self.isChecked()
        ground = "accent_soft" if chosen else "inset" if self.underMouse() else ""
        line = theme.colour("accent_line" if chosen else "line")
        paint.box(painter, QRectF(self.rect()), Radius.BUTTON, theme.colour(ground) if ground else None, line)
        mark = QRectF(Space.M, (self.height() - Size.CHECK) / 2, Size.CHECK, Size.CHECK)
        frame = theme.colour("accent" if chosen else "field")
        paint.box(painter, mark, Size.CHECK / 2, theme.colour("field_bg"), frame, 5 if chosen else Size.HAIRLINE)
        area = QRectF(self.rect()).adjusted(Space.M + Size.CHECK + Space.S, 0, -Space.M, 0)
        metrics = QFontMetricsF(self.font())
        if self._veiled():
            width = min(max(metrics.horizontalAdvance(self.value), Space.XXL), area.width())
            bar = QRectF(area.left(), area.center().y() - _BAR / 2, width, _BAR)
            paint.box(painter, bar, Radius.BAR, theme.colour("track"), None)
            return
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink" if self.value else "ink3"))
        cut = metrics.elidedText(self.shown(), Qt.TextElideMode.ElideRight, area.width())
        self.setToolTip(self.shown() if cut != self.shown() else "")
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)


class ChoiceLine(QWidget):
    """A label and the two values; ``changed`` when the other one is chosen."""

    changed = Signal()

    def __init__(self, line: Compared, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        label = Text(line.label, Type.META, Tone.INK2)
        self.choices = tuple(
            Choice(line.label, value, line.mask, covered)
            for value, covered in zip(line.values, line.covered, strict=True)
        )
        head = QWidget()
        head.setFixedWidth(LABEL)
        words = row(gap=0)
        words.addWidget(label, 1)
        self.eye = IconButton(Icon.SHOW, tr("显示号码"))
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._on_eye)
        self.eye.setVisible(any(line.covered))
        words.addWidget(self.eye)
        head.setLayout(words)
        group = QButtonGroup(self)
        layout = row(gap=Space.M)
        layout.addWidget(head)
        for choice in self.choices:
            group.addButton(choice)
            layout.addWidget(choice, 1)
        self.setLayout(layout)
        self.choose(kept=line.kept)
        group.buttonClicked.connect(lambda _button: self.changed.emit())

    def _on_eye(self, whole: bool) -> None:
        self.eye.set_icon(Icon.HIDE if whole else Icon.SHOW, tr("遮住号码") if whole else tr("显示号码"))
        for choice in self.choices:
            choice.show_whole(whole)

    def kept(self) -> bool:
        """Whether the value of the kept file is chosen."""
        return self.choices[0].isChecked()

    def choose(self, *, kept: bool) -> None:
        """Chooses a side, without the signal."""
        self.choices[0 if kept else 1].setChecked(True)
