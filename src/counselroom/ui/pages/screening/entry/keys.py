"""One item, large, and the keys that answer it: the heart of the entry."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counselroom.domain.instruments.definition.answering import Kind, Responses
from counselroom.domain.instruments.sheets.cells import CellProblem
from counselroom.domain.instruments.sheets.keypad import Keying, Pad, key_of, place_of, written
from counselroom.services.instruments.library.wording import InUse
from counselroom.ui.i18n import tr, word
from counselroom.ui.pages.screening.entry import saying
from counselroom.ui.pages.screening.entry.option import FLAT, LOW, TALL, OptionButton
from counselroom.ui.pages.screening.entry.work import Work
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets import privacy
from counselroom.ui.widgets.fields import Field, LineEdit
from counselroom.ui.widgets.surfaces import clear, column
from counselroom.ui.widgets.text import Text

BLANKS = ("0", " ", "-")
_MANY, _CROWD = 6, 9  # from here on the options stand closer
_FIELD = 240


class TypedEdit(LineEdit):
    """A number or a time. What the pad does with arrow keys it does here too."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to other items, Backspace in an empty field goes back."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            step = -1
        if step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class KeyPad(QWidget):
    """Shows the item at which the work stands and turns keys into answers; ``typed`` gives the next state.

    ``done`` when somebody goes on behind the last item with Enter; ``blank_wanted`` asks for the first blank.
    """

    typed = Signal(object)
    blank_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._work: Work | None = None
        self._text: InUse | None = None
        self._keying, self._sex = Keying.PLACE, ""
        self._shown: tuple[str, Responses] | None = None
        self.buttons: list[OptionButton] = []
        self.asked = Text("", Type.TITLE, wrap=True)
        self.place = Text("", Type.META, Tone.INK2)
        self.beneath = Text("", Type.BODY, Tone.INK2)
        self.note = Text("", Type.META, Tone.INK2, wrap=True)
        self.choices = column(gap=Space.S)
        self.edit = TypedEdit(tr("答案"))
        self.field = Field(tr("照着卷面写，Enter 到下一题"), self.edit)
        self.field.setFixedWidth(_FIELD)
        layout = column(gap=Space.XS)
        for part in (self.place, self.asked, self.beneath):
            layout.addWidget(part)
        layout.addSpacing(Space.S)
        layout.addLayout(self.choices)
        layout.addWidget(self.field)
        layout.addWidget(self.note)
        layout.addStretch()
        self.setLayout(layout)
        self.edit.returnPressed.connect(self._on_written)
        self.edit.stepped.connect(self._step)
        privacy.changed.connect(self._on_privacy)

    def begin(self, text: InUse | None, keying: Keying, sex: str) -> None:
        """Another sheet: how its items are asked, and what digits mean."""
        self._text, self._keying, self._sex, self._shown = text, keying, sex, None

    def show_work(self, work: Work) -> None:
        """Shows the item at which it stands."""
        self._work = work
        pad = work.pad
        item, responses = pad.item, pad.responses
        same = self._shown == (item.number, responses)
        self._shown = (item.number, responses)
        self.place.set_text(
            tr("第 {n} 题，共 {all} 题", n=pad.form.numbers().index(item.number) + 1, all=len(pad.marks))
        )
        asked = saying.question(item, self._text)
        scale = saying.scale_of(pad.form, item)
        self.asked.set_text(tr("{n}. {asked}", n=item.number, asked=asked) if asked else tr("第 {n} 题", n=item.number))
        self.beneath.set_text(tr("属于“{scale}”", scale=scale) if scale else "" if asked else tr("题目看手里的卷面"))
        self.beneath.setVisible(bool(self.beneath.plain()))
        self._say_note(work)
        if not same:
            self._offer(responses)
        self._mark(pad)
        self._name()

    def _say_note(self, work: Work) -> None:
        pad = work.pad
        problem = work.problems.get(pad.item.number)
        if problem is not None:
            self.note.set_tone(Tone.DANGER)
            self.note.set_text(tr("粘贴的是“{found}”：{why}", found=problem.found, why=word(f"cell.{problem.code}")))
        elif not pad.asked(pad.item, self._sex):
            self.note.set_tone(Tone.INK2)
            self.note.set_text(tr("这一题不用答：按前面的答案或性别没有问到，Enter 跳过。"))
        else:
            self.note.set_text("")
        self.note.setVisible(bool(self.note.plain()))

    def _offer(self, responses: Responses) -> None:
        clear(self.choices)
        self.buttons = []
        listed = responses.kind in (Kind.OPTIONS, Kind.TICKS)
        self.field.setVisible(not listed)
        if not listed:
            hint = tr("如 23:30") if responses.kind is Kind.CLOCK else _span(responses)
            self.edit.setPlaceholderText(hint)
            return
        item = self._work.pad.item if self._work else None
        words = saying.options(item, responses, self._text) if item else ()
        high = FLAT if len(words) >= _CROWD else LOW if len(words) >= _MANY else TALL
        keys = [key_of(responses, place, self._keying) for place in range(1, len(words) + 1)]
        codes = [f"{option.code:.10g}" for option in responses.options]
        other = codes != keys  # the code is said where it is not what is typed
        for place, (said, key, code) in enumerate(zip(words, keys, codes, strict=True), 1):
            button = OptionButton(key, said, tr("编码 {code}", code=code) if other else "", high)
            button.clicked.connect(lambda _on=False, place=place: self._on_place(place))
            self.choices.addWidget(button)
            self.buttons.append(button)
        self.choices.setSpacing(Space.S if high == TALL else Space.XS)

    def _mark(self, pad: Pad) -> None:
        marks = (pad.mark or "").split(";")
        for place, button in enumerate(self.buttons, 1):
            button.setChecked(str(place) in marks)
        if not self.buttons:
            self.edit.setText(pad.mark or "")
            self.edit.selectAll()
            self.field.clear_error()
            self._on_privacy()

    def _on_privacy(self) -> None:
        covered = privacy.is_on()
        self.edit.setEchoMode(LineEdit.EchoMode.Password if covered else LineEdit.EchoMode.Normal)
        if self._work is not None:
            self._name()

    def _name(self) -> None:
        if self._work is None:
            return
        pad = self._work.pad
        self.setAccessibleName(self.asked.plain())
        choices = tr("，").join(button.accessibleName() for button in self.buttons)
        now = tr("已遮住") if privacy.is_on() else saying.answer(pad.responses, pad.mark)
        self.setAccessibleDescription(tr("{choices}。现在：{now}", choices=choices, now=now))

    def focus_target(self) -> QWidget:
        """Where the next key is typed."""
        return self if self.buttons else self.edit

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer, arrows and Backspace move, 0, space and - leave blank, End goes to the first blank."""
        plain = self._work is not None and not event.modifiers() & ~_PLAIN
        if not (plain and (self._on_way(event) or self._on_sign(event))):
            super().keyPressEvent(event)

    def _on_way(self, event: QKeyEvent) -> bool:
        """A key that moves; whether it was one."""
        steps = {
            Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Backspace: -1,
            Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key is Qt.Key.Key_Home:
            self._to(0)
        elif key is Qt.Key.Key_End:
            self.blank_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key is Qt.Key.Key_Delete:
            self._type(self._pad().set(None))
        else:
            return False
        return True

    def _on_sign(self, event: QKeyEvent) -> bool:
        """A sign that answers; whether it was one."""
        text = event.text()
        if not text or not text.isprintable():
            return False
        if event.isAutoRepeat():  # a key that is held down answers one item, not the rest of the sheet
            return True
        place = place_of(self._pad().responses, text, self._keying)
        if place is not None:
            self._on_place(place)
        elif text in BLANKS:
            self.leave_blank()
        return True

    def leave_blank(self) -> None:
        """Nothing was answered here."""
        self._type(self._pad().put(""))

    def _pad(self) -> Pad:
        if self._work is None:
            raise RuntimeError("no sheet is shown yet")
        return self._work.pad

    def _on_place(self, place: int) -> None:
        pad = self._pad()
        self._type(pad.toggled(place) if pad.responses.kind is Kind.TICKS else pad.put(str(place)))

    def _on_enter(self) -> None:
        """Goes on from ticks, from what is answered, and from what is not asked; else an answer is missing."""
        pad = self._pad()
        if pad.mark is not None:
            self._to(pad.at + 1)
        elif pad.responses.kind is Kind.TICKS or not pad.asked(pad.item, self._sex):
            self.leave_blank()

    def _on_written(self) -> None:
        found = written(self._pad().responses, self.edit.text())
        if isinstance(found, CellProblem):
            self.field.set_error(_wrong(self._pad().responses))
        else:
            self._type(self._pad().put(found))

    def _step(self, step: int) -> None:
        self._to(self._pad().at + step)

    def _to(self, place: int) -> None:
        self._type(self._pad().moved(place))

    def _type(self, pad: Pad) -> None:
        if self._work is not None:
            self.typed.emit(self._work.typed(pad))


_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


def _span(responses: Responses) -> str:
    return tr(
        "{least} 到 {most} {unit}", least=f"{responses.least:g}", most=f"{responses.most:g}", unit=responses.unit
    ).strip()


def _wrong(responses: Responses) -> str:
    if responses.kind is Kind.CLOCK:
        return tr("请写成 23:30 这样的时间；没有答就留空")
    return tr("请写 {span} 的数；没有答就留空", span=_span(responses))
