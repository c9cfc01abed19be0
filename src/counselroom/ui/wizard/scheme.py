"""Step 2: which words the school uses for its levels."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from counselroom.domain.levels import LevelScheme
from counselroom.services import codes
from counselroom.services.draft import Draft
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.levels import LevelBadge
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.wizard.cards import ChoiceCard
from counselroom.ui.wizard.step import Step

_CARD = 640


class SchemeCard(ChoiceCard):
    """One scheme: its name, its four levels, one sentence."""

    def __init__(self, scheme: LevelScheme, parent: QWidget | None = None) -> None:
        words = [tr(word) for _severity, _shape, word in scheme.rows()]
        super().__init__(tr(scheme.name), "　".join((tr(scheme.about), *words)), parent)
        self.code = scheme.code
        self.body.setSpacing(Space.S)
        self.body.addWidget(Text(tr(scheme.name), Type.LEAD_STRONG))
        levels = row(gap=Space.M)
        for severity, _shape, word in scheme.rows():
            levels.addWidget(LevelBadge(int(severity), tr(word), legend=True))
        levels.addStretch()
        self.body.addLayout(levels)
        self.body.addWidget(Text(tr(scheme.about), Type.BODY, Tone.INK2))


class SchemeStep(Step):
    """Two cards; the policy's own scheme is chosen at first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(gap=Space.L)
        self.cards = [SchemeCard(scheme, self) for scheme in codes.schemes().values()]
        for card in self.cards:
            card.setMaximumWidth(_CARD)
            card.clicked.connect(self.changed)
            layout.addWidget(card)
        note = tr("轻重次序和图形不变，变的只有名称和颜色。以后改用另一种叫法，已有的等级照旧。")
        layout.addWidget(Text(note, Type.META, Tone.INK2))
        layout.addStretch()
        self.setLayout(layout)
        self.load(Draft())

    def title(self) -> str:
        """The title."""
        return tr("等级方案")

    def lead(self) -> str:
        """What it is for."""
        return tr("学校平时怎么称呼关注等级，就选哪一种。每个等级总是词、形、色一起出现。")

    def scheme(self) -> str:
        """The code of the chosen scheme."""
        return next(card.code for card in self.cards if card.isChecked())

    def missing(self) -> QWidget | None:
        """The chosen card, so that the arrow keys work at once."""
        return next((card for card in self.cards if card.isChecked()), None)

    def load(self, draft: Draft) -> None:
        """Chooses the remembered scheme."""
        wanted = draft.scheme if draft.scheme in codes.schemes() else str(codes.policy()["level.scheme"])
        for card in self.cards:
            card.setChecked(card.code == wanted)

    def store(self, draft: Draft) -> Draft:
        """Remembers the scheme."""
        return replace(draft, scheme=self.scheme())
