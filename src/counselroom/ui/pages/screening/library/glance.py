"""The questionnaire whose line is chosen, at a glance."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.services.instruments.telling.explaining import number
from counselroom.ui.i18n import tr, word
from counselroom.ui.icons import Icon
from counselroom.ui.pages.screening.library import words
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import primary
from counselroom.ui.widgets.facts import Fact, FactGrid
from counselroom.ui.widgets.surfaces import Hairline, Scroll, Sheet, clear, column, row
from counselroom.ui.widgets.text import Tag, Text

WIDTH = 306


def tags(definition: Definition) -> list[Tag]:
    """What has to be seen at once."""
    found = [Tag(tr("自编，未标准化"))] if definition.own else []
    if definition.confidence == "C" and not definition.own:
        found.append(Tag(tr("界线存疑")))
    return found


class Glance(Sheet):
    """306 px beside the list; ``opened`` asks for all of it."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.M)
        self.setFixedWidth(WIDTH)
        self.body.setContentsMargins(Space.L + Space.XS, Space.L, Space.L + Space.XS, Space.L)
        self.name = Text("", Type.TITLE, wrap=True)
        self.english = Text("", Type.META, Tone.INK2, wrap=True)
        self._tags = row(gap=Space.XS)
        self.evidence = Text("", Type.BODY, wrap=True)
        self.facts = FactGrid(tr("这份问卷"))
        self.open_button = primary(tr("打开"), self.opened.emit, icon=Icon.PAPER, hint=tr("Enter"))
        shown = QWidget()
        inner = column(gap=Space.S, margins=(0, 0, Space.XS, 0))
        for part in (self.name, self.english):
            inner.addWidget(part)
        inner.addLayout(self._tags)
        inner.addWidget(self.evidence)
        inner.addSpacing(Space.XS)
        inner.addWidget(Hairline())
        inner.addSpacing(Space.XS)
        inner.addWidget(self.facts)
        inner.addStretch()
        shown.setLayout(inner)
        shown.setMinimumSize(1, 1)  # the height follows the width
        self.scroller = Scroll(shown)
        self.nothing = Text(tr("在左边选一份问卷，这里会显示它测什么、给谁用。"), Type.BODY, Tone.INK3, wrap=True)
        self.body.addWidget(self.scroller, 1)
        self.body.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.open_button)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No line is chosen."""
        self._show(False)

    def _show(self, shown: bool) -> None:
        self.scroller.setVisible(shown)
        self.open_button.setVisible(shown)
        self.nothing.setVisible(not shown)

    def show_definition(self, definition: Definition, *, worded: bool) -> None:
        """Shows this one."""
        self.name.set_text(definition.name)
        self.english.set_text(definition.english)
        clear(self._tags)
        for tag in tags(definition):
            self._tags.addWidget(tag)
        self._tags.addStretch()
        self.evidence.set_text(definition.evidence)
        scores = [score.name for score in definition.scores if not score.aside]
        alerts = {item for alert in definition.alerts for item in alert.items}
        facts = (
            Fact(tr("题数"), tr("{n} 题", n=number(len(definition.items)))),
            Fact(tr("谁来答"), words.informants(definition)),
            Fact(tr("适用"), words.for_whom(definition.gates)),
            Fact(tr("分数"), tr("、").join(dict.fromkeys(scores))),
            Fact(tr("关键题"), tr("{n} 题", n=len(alerts)) if alerts else tr("没有")),
            Fact(tr("计分把握"), words.sureness(definition)),
            Fact(tr("使用权"), word(f"licence.{definition.licence[0]}")),
            Fact(tr("题本"), tr("有，可以打印") if worded else tr("没有，可以录入，不能打印")),
        )
        self.facts.set_facts(facts)
        self._show(True)
