"""A banner: one bold sentence (what happened), one meta sentence (what is safe), at most two buttons."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from counselroom.ui import theme
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.theme import Radius, Size, Space, Tone, Type
from counselroom.ui.widgets import paint
from counselroom.ui.widgets.buttons import Button, IconButton, quiet, secondary
from counselroom.ui.widgets.fields import IconMark
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text
from counselroom.words import RefusalWords


class Tint(StrEnum):
    """What a banner is about."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"
    OK = "ok"


# tint: (ground, icon, colour of the icon)
_LOOK = {
    Tint.INFO: ("info_soft", Icon.INFO, "accent_text"),
    Tint.WARN: ("warn_soft", Icon.REMIND, "warn"),
    Tint.ERROR: ("danger_soft", Icon.ERROR, "danger"),
    Tint.OK: ("ok_soft", Icon.DONE, "ok"),
}


class Banner(QWidget):
    """Stays until it is closed or its cause is gone. The first action is framed, the second quiet."""

    closed = Signal()

    def __init__(
        self,
        tint: Tint,
        sentence: str,
        meta: str = "",
        *,
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tint = tint
        ground, icon, colour = _LOOK[tint]
        self._ground = ground
        self.sentence = Text(sentence, Type.SECTION, wrap=True)
        self.meta = Text(meta, Type.META, Tone.INK2, wrap=True)
        if not meta:  # and never shown before it has its place: it would open as a window
            self.meta.hide()
        words = column(gap=0)
        words.addWidget(self.sentence)
        words.addWidget(self.meta)
        layout = row(gap=Space.M, margins=(14, Space.S, Space.M, Space.S))
        mark = IconMark(icon, Size.ICON_BANNER, colour)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        self.buttons: list[Button] = []
        for place, (text, clicked) in enumerate(actions[:2]):
            kind = secondary if place == 0 and tint in (Tint.WARN, Tint.ERROR) else quiet
            self.buttons.append(kind(text, clicked, small=True))
            layout.addWidget(self.buttons[-1])
        if closable:
            layout.addWidget(self._close_button())
        self.setLayout(layout)
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(meta)

    def tint(self) -> Tint:
        """What it is about."""
        return self._tint

    def _close_button(self) -> IconButton:
        button = IconButton(Icon.CLOSE, tr("关闭提示"))
        button.clicked.connect(self.hide)
        button.clicked.connect(self.closed)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the ground."""
        paint.box(paint.start(self), QRectF(self.rect()), Radius.SHEET, theme.colour(self._ground), None)


def refusal_banner(words: RefusalWords, parent: QWidget | None = None) -> Banner:
    """The three sentences of a refusal; it can be closed."""
    meta = "".join(part for part in (words.safe, words.do) if part)
    return Banner(Tint.ERROR, words.what, meta, closable=True, parent=parent)


class BannerPlace(QWidget):
    """Where a page shows its banner: empty and without height until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = column()
        self.setLayout(self._layout)
        self.banner: Banner | None = None
        self.hide()

    def show_banner(self, banner: Banner) -> None:
        """Shows this banner in place of the one before."""
        self.clear()
        self.banner = banner
        self._layout.addWidget(banner)
        banner.closed.connect(self.clear)
        self.show()

    def show_refusal(self, words: RefusalWords) -> None:
        """Shows a refusal."""
        self.show_banner(refusal_banner(words))

    def clear(self) -> None:
        """Takes the banner away."""
        if self.banner is not None:
            self._layout.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        self.hide()
