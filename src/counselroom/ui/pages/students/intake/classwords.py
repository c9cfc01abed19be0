"""Class words that the program does not understand by itself: asked once, remembered for the school year, and shown
with what is remembered, so that it can be changed."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counselroom.domain.students.classes import ClassKey
from counselroom.services.students.review import ClassOptions
from counselroom.ui.i18n import tr
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.fields import LineEdit
from counselroom.ui.widgets.surfaces import clear, column, row
from counselroom.ui.widgets.text import Elided, Text

_NUMBER = 72
_GRADE = "grade:"


class ClassAnswer(QWidget):
    """One word and what it means: a class of the school, or a grade with a number."""

    changed = Signal()

    def __init__(
        self, word: str, rows: int, options: ClassOptions, known: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.word = word
        self._options = options
        shown = " ".join(part for part in word.split("|") if part)
        self.choice = ComboBox(tr("“{word}”是哪个班", word=shown), self._choices())
        self.number = LineEdit(tr("“{word}”的班号", word=shown), placeholder=tr("班号"))
        self.number.setFixedWidth(_NUMBER)
        self.number.hide()
        head = row()
        head.addWidget(Elided(tr("“{word}”", word=shown), Type.SECTION), 1)
        head.addWidget(Text(tr("{n} 行", n=rows), Type.META, Tone.INK2))
        answer = row()
        answer.addWidget(self.choice, 1)
        answer.addWidget(self.number)
        layout = column(gap=Space.XS)
        layout.addLayout(head)
        layout.addLayout(answer)
        self.setLayout(layout)
        self.choice.currentIndexChanged.connect(self._on_choice)
        self.number.textEdited.connect(self.changed)
        self._choose(known)
        self.remembered = bool(known) and self.class_id() == known

    def _choose(self, class_id: str) -> None:
        """Shows a class that is remembered; one in which nobody is any more by its grade and number."""
        key = ClassKey.from_id(class_id) if class_id else None
        if key is None or class_id in dict(self._options.classes):
            self.choice.set_value(class_id)
        else:
            self.choice.set_value(f"{_GRADE}{key.stage}-{key.entry_year}")
            self.number.setText(key.number)

    def _choices(self) -> list[tuple[str, str]]:
        grades = [
            (f"{_GRADE}{grade.stage}-{grade.entry_year}", tr("{grade}，填班号…", grade=grade.name))
            for grade in self._options.grades
        ]
        return [("", tr("还不清楚，先不导入")), *self._options.classes, *grades]

    def _on_choice(self) -> None:
        self.number.setVisible(self.choice.value().startswith(_GRADE))
        self.changed.emit()

    def class_id(self) -> str:
        """The class, empty while nobody has said it."""
        value = self.choice.value()
        if not value.startswith(_GRADE):
            return value
        stage, year = value.removeprefix(_GRADE).rsplit("-", 1)
        number = "".join(self.number.text().split()).upper().lstrip("0")
        return ClassKey(stage, int(year), number).class_id if number else ""


class ClassQuestions(QWidget):
    """All words that were asked, those of earlier rounds as well: an answer does not make its question vanish."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers: dict[str, ClassAnswer] = {}
        self._list = column(gap=Space.L)
        layout = column()
        layout.addLayout(self._list)
        layout.addStretch()
        self.setLayout(layout)

    def reset(self) -> None:
        """Another file."""
        self.answers = {}
        clear(self._list)

    def ask(self, words: Mapping[str, int], options: ClassOptions, remembered: Mapping[str, str] | None = None) -> bool:
        """Adds words (with the number of their rows) that were not asked yet; whether there were any. ``remembered``
        are classes by word that stand there as the answer."""
        known = remembered or {}
        fresh = [word for word in words if word not in self.answers]
        for word in fresh:
            answer = ClassAnswer(word, words[word], options, known.get(word, ""))
            answer.changed.connect(self.changed)
            self.answers[word] = answer
            self._list.addWidget(answer)
        return bool(fresh)

    def aliases(self) -> dict[str, str]:
        """The answers: class ids by word; an empty one takes back what was remembered."""
        given = {word: (answer.class_id(), answer.remembered) for word, answer in self.answers.items()}
        return {word: class_id for word, (class_id, remembered) in given.items() if class_id or remembered}
