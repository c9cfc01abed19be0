"""The verbs of a growth file, each one key away; at the right the way to the student before and after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.file.acts import Acts
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import Button, IconButton, Kind
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Text

PRINT = "print"


@dataclass(frozen=True)
class Verb:
    """One of them."""

    key: str
    text: str
    icon: Icon
    shortcut: str
    act: Callable[[], object]


class VerbBar(QWidget):
    """``look_back`` asks for a day, ``step`` goes to the student before (-1) or after (1)."""

    def __init__(
        self,
        acts: Acts,
        *,
        step: Callable[[int], object],
        look_back: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._acts = acts
        self.buttons: dict[str, Button] = {}
        self.keys: dict[str, QAction] = {}
        layout = row(gap=Space.S)
        for place, verb in enumerate(_verbs(acts)):
            kind = Kind.PRIMARY if place == 0 else Kind.SECONDARY
            self._add(verb, kind, layout, parent)
        self.more = Button(tr("更多"), Kind.SECONDARY, icon=Icon.MORE, clicked=self._on_more)
        layout.addWidget(self.more)
        self.menu = QMenu(self)
        self.actions_more = [self._action(verb, parent) for verb in _more(acts, look_back)]
        layout.addStretch()
        printing = Verb(PRINT, tr("打印档案"), Icon.PRINT, "Ctrl+P", acts.print_file)
        self._add(printing, Kind.QUIET, layout, parent)
        self.before = IconButton(Icon.BACK, tr("上一位　Ctrl+↑"))
        self.after = IconButton(Icon.FORWARD, tr("下一位　Ctrl+↓"))
        self.where = Text("", Type.META, Tone.INK2)
        self.before.clicked.connect(lambda: step(-1))
        self.after.clicked.connect(lambda: step(1))
        for part in (self.before, self.where, self.after):
            layout.addWidget(part)
        self.setLayout(layout)

    def _add(self, verb: Verb, kind: Kind, layout: QHBoxLayout, view: QWidget) -> None:
        """The key is the view's: a button's own key only acts after the tenth of a second in which it looks pressed."""
        button = Button(verb.text, kind, icon=verb.icon, hint=verb.shortcut, clicked=verb.act)
        self.buttons[verb.key] = button
        self.keys[verb.key] = self._key(verb, view)
        layout.addWidget(button)

    def _key(self, verb: Verb, view: QWidget) -> QAction:
        action = QAction(verb.text, self)
        action.setShortcut(QKeySequence(verb.shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: verb.act())
        view.addAction(action)
        return action

    def _action(self, verb: Verb, view: QWidget) -> QAction:
        """In the menu to be seen, in the view so that its key works."""
        action = self._key(verb, view)
        self.menu.addAction(action)
        return action

    def _on_more(self) -> None:
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + Space.XS)))

    def show_state(self, reason: str, *, looking_back: bool) -> None:
        """Verbs that write wait with a reason; looking back and printing go on."""
        for key, button in self.buttons.items():
            if key != PRINT:
                button.setEnabled(not reason)
                self.keys[key].setEnabled(not reason)
                button.setToolTip(reason)
                button.setAccessibleDescription(reason)
        self.buttons[PRINT].setEnabled(self._acts.file is not None)
        for action in self.actions_more[:-1]:
            action.setEnabled(not reason)
        self.actions_more[-1].setEnabled(not looking_back)

    def show_place(self, place: int, total: int) -> None:
        """Which one of the list this is; nothing where the file does not stand in the list."""
        self.where.set_text(tr("{n} / {total}", n=f"{place + 1:,}", total=f"{total:,}") if place >= 0 else "")
        for part in (self.before, self.where, self.after):
            part.setVisible(place >= 0 and total > 1)
        self.before.setEnabled(place > 0)
        self.after.setEnabled(place < total - 1)


def _verbs(acts: Acts) -> Sequence[Verb]:
    return (
        Verb("event", tr("记一笔"), Icon.WRITE_NOTE, "F2", lambda: acts.write("event")),
        Verb("strength", tr("优势"), Icon.STRENGTH, "F3", lambda: acts.write("strength")),
        Verb("care", tr("关爱类别"), Icon.CARE_TAG, "F4", lambda: acts.write("care")),
        Verb("consent", tr("知情同意"), Icon.CONSENT, "F5", lambda: acts.write("consent")),
        Verb("guardian", tr("监护人"), Icon.PHONE, "F6", lambda: acts.guardian()),
        Verb("paper", tr("附件"), Icon.ATTACH, "F7", lambda: acts.keep_paper()),
    )


def _more(acts: Acts, look_back: Callable[[], object]) -> Sequence[Verb]:
    return (
        Verb("basics", tr("更正资料"), Icon.EDIT, "F8", lambda: acts.basics()),
        Verb("placement", tr("班级与状态"), Icon.STUDENTS, "F9", lambda: acts.placement()),
        Verb("background", tr("记成长背景"), Icon.BACKGROUND, "F10", lambda: acts.write("background")),
        Verb("sheet", tr("录入答卷"), Icon.SCREENING, "F12", lambda: acts.enter_sheet()),
        Verb("as_of", tr("查看某日的样子"), Icon.HISTORY, "Ctrl+D", look_back),
    )
