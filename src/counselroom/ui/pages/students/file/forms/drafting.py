"""What is typed into a form is kept every few seconds, and put back when the form is opened again."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.services import drafts
from counselroom.services.drafts import Draft, Place
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.jobs import Job, Jobs
from counselroom.ui.localtime import short_stamp
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.choices import CheckBox, ComboBox
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Text
from counselroom.ui.widgets.timeline_chips import KindChips

EVERY_MS = 5000  # ui.md: "Save is automatic for drafts (every 5 s)"

Values = dict[str, Any]


def values_of(inputs: Mapping[str, QWidget]) -> Values:
    """What stands in each input: text, the key of what is chosen, or yes and no."""
    return {name: _value(widget) for name, widget in inputs.items()}


def _value(widget: QWidget) -> Any:
    if isinstance(widget, Field):
        return _value(widget.edit) if isinstance(widget.edit, ComboBox) else widget.text()
    if isinstance(widget, CheckBox):
        return widget.isChecked()
    return widget.value() if isinstance(widget, ComboBox | KindChips) else ""


def _put(widget: QWidget, value: Any) -> None:
    """Fills an input; a choice that is no longer offered leaves it as it is."""
    if isinstance(widget, Field) and isinstance(widget.edit, ComboBox):
        _put(widget.edit, value)
    elif isinstance(widget, Field):
        widget.set_text(str(value))
    elif isinstance(widget, CheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, ComboBox) and widget.findData(value) >= 0:
        widget.set_value(str(value))
    elif isinstance(widget, KindChips):
        widget.choose(str(value))


class DraftLine(QWidget):
    """One quiet line: what was put back and when it was left, with the way to an empty form."""

    def __init__(self, clicked: Any) -> None:
        super().__init__()
        self.words = Text("", Type.META, Tone.INK2)
        self.button = quiet(tr("清空"), clicked, small=True)
        layout = row(gap=Space.S)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        self.setLayout(layout)
        self.hide()

    def say(self, words: str, *, clearing: bool) -> None:
        """Shows the line."""
        self.words.set_text(words)
        self.button.setVisible(clearing)
        self.show()


class Drafting(QObject):
    """The draft of one form. ``put_back`` is what stood in the form after a draft was put back.

    Of a correction only what was changed is kept: putting back the rest would undo what somebody else corrected since.
    """

    def __init__(
        self, jobs: Jobs, form: QWidget, place: Place, inputs: Mapping[str, QWidget], dated: Sequence[str]
    ) -> None:
        super().__init__(form)
        self.place, self.put_back = place, Values()
        self.line = DraftLine(self.clear)
        self._jobs, self._form, self._inputs, self._dated = jobs, form, inputs, dated
        self._begun = values_of(inputs)
        self._kept: Values | None = None  # what waits in the vault; None until that is known
        self._over = False
        self.timer = QTimer(self, interval=EVERY_MS)
        self.timer.timeout.connect(self.keep)
        jobs.run(form, self._on_kept, drafts.kept, place, failed=lambda _refusal: self._on_kept(None))

    def _typed(self) -> Values:
        """What differs from the beginning, with the days that began as today."""
        now = values_of(self._inputs)
        changed = {name: value for name, value in now.items() if value != self._begun[name]}
        return {**changed, **{name: now[name] for name in self._dated}} if changed else {}

    def _on_kept(self, draft: Draft | None) -> None:
        """Puts back what waits; where somebody has typed meanwhile, the typing goes before."""
        self._kept = draft.typed if draft is not None else {}
        self.timer.start()
        if draft is None:
            return
        now = values_of(self._inputs)
        for name, widget in self._inputs.items():
            if name in draft.typed and now[name] == self._begun[name]:
                _put(widget, draft.typed[name])
        if self._typed():
            self.put_back = values_of(self._inputs)
            self.line.say(tr("上次没写完的内容已经放回，{at}", at=short_stamp(draft.at)), clearing=True)

    def keep(self) -> None:
        """Keeps what is typed, when that is not what waits already."""
        typed = self._typed()
        if self._over or self._kept is None or typed == self._kept:
            return
        self._kept = typed
        self._jobs.run(self._form, None, drafts.keep, self.place, typed, failed=self._on_not_kept)

    def _on_not_kept(self, refusal: Refusal) -> None:
        self._kept = {}  # tried again after the next five seconds
        self.line.say(tr("没能自动留存：{why}", why=refusal_words(refusal).what), clearing=False)

    def clear(self) -> None:
        """The form as it began; what waited is thrown away."""
        for name, widget in self._inputs.items():
            _put(widget, self._begun[name])
        self._kept, self.put_back = {}, Values()
        self._jobs.run(None, None, drafts.drop, self.place)
        next(iter(self._inputs.values())).setFocus()
        self.line.hide()

    def throw_away(self) -> None:
        """What was typed is not wanted."""
        self.end()
        if self._kept:
            self._jobs.run(None, None, drafts.drop, self.place)

    def end(self) -> None:
        """Nothing is kept any more: it was saved (which dropped the draft), or thrown away."""
        self._over = True
        self.timer.stop()

    def hand_over(self, saving: Job | None) -> None:
        """The room parts: what is typed is written last of all, unless ``saving`` gets through before."""
        typed = self._typed()
        if not self._over and self._kept is not None and (typed or self._kept):
            self._jobs.last(drafts.keep, self.place, typed, unless=saving)
        self.end()
