"""Writing an entry, or stating one anew: an event, a strength, background, a care category, a consent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counselroom.domain.students.student import Entry, StudentUid
from counselroom.services import codes
from counselroom.services.drafts import Place
from counselroom.services.students import entries
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, tr
from counselroom.ui.pages._forms import DateField
from counselroom.ui.pages.students.file.forms.form import FileForm, history_button
from counselroom.ui.pages.students.file.moments import day_words
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.choices import ComboBox
from counselroom.ui.widgets.fields import Field, TextArea
from counselroom.ui.widgets.surfaces import column, row
from counselroom.ui.widgets.text import Text
from counselroom.ui.widgets.timeline_chips import KindChips

_LINES = 84  # px: three lines


@dataclass(frozen=True)
class Look:
    """How the sheet of a kind asks: its verb, the words of its fields; an empty one is not asked for."""

    verb: str
    correct: str
    said: str
    code: str
    day: str = ""
    until: str = ""
    text: str = ""
    example: str = ""
    evidence: str = ""
    today: bool = False  # the day begins as today


LOOKS = {
    "event": Look(
        mark("记一笔"), mark("更正这件事"), mark("已记下"), mark("是什么事"), day=mark("哪一天"),
        text=mark("经过"), example=mark("一两句话，写事实"), today=True,
    ),
    "strength": Look(
        mark("记一个优势"), mark("更正这个优势"), mark("已记下优势"), mark("是哪一种"),
        text=mark("写一句"), example=mark("如：篮球队替补，愿意帮低年级同学"),
    ),
    "background": Look(
        mark("记成长背景"), mark("更正成长背景"), mark("已记下成长背景"), mark("是哪一方面"), day=mark("什么时候"),
        text=mark("写一句"), example=mark("如：三岁起由奶奶照料"),
    ),
    "care": Look(
        mark("加关爱类别"), mark("更正关爱类别"), mark("已记下关爱类别"), mark("类别"),
        day=mark("从"), until=mark("到"), text=mark("说明"), evidence=mark("依据"), today=True,
    ),
    "consent": Look(
        mark("登记知情同意"), mark("更正知情同意"), mark("已登记知情同意"), mark("事项"), day=mark("日期"),
        text=mark("备注"), evidence=mark("谁表示的，用什么方式"), today=True,
    ),
}  # fmt: skip
_SECRET = mark("{note}。不列入任何名单，标签不写明原因。")


class EntryForm(FileForm):
    """The sheet of one kind; with ``entry`` it states that one anew and can strike it out."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        student_uid: StudentUid,
        kind: str,
        *,
        today: str,
        entry: Entry | None = None,
        history: Callable[[], object] | None = None,
        code: str = "",
    ) -> None:
        self.look, self.kind, self.entry = LOOKS[kind], kind, entry
        super().__init__(context, parent, tr(self.look.correct if entry else self.look.verb))
        self._entry = entry or Entry("", student_uid, kind, code, from_on=today if self.look.today else "")
        self._build()
        self._fill()
        if entry is not None and history is not None:
            self.beside(history_button(history), quiet(tr("作废"), self._strike))
        self.code.currentIndexChanged.connect(self._on_code)
        self._on_code()
        self.begin(Place.of(kind, student_uid, self._entry.entry_id), () if entry else ("day",))
        (self.code if not entry else self.text.edit).setFocus()

    def _build(self) -> None:
        options = list(codes.code_list(self.kind).entries.items())
        if not self._entry.code:  # nothing is proposed: the first of the list would be written by a slip of the hand
            options.insert(0, ("", tr("请选择")))
        self.code = ComboBox(tr(self.look.code), options)
        self.code_field = Field(tr(self.look.code), self.code)
        self.note = Text("", Type.META, Tone.WARN, wrap=True)
        self.states = KindChips(tr("结果"))
        self.no_state = Text(tr("请选一个结果：同意、不同意，还是别的"), Type.META, Tone.DANGER)
        self.no_state.hide()
        self.day = DateField(tr(self.look.day) if self.look.day else tr("日期"), month=self.kind != "consent")
        self.until = DateField(tr(self.look.until) if self.look.until else tr("到"), month=True, hint=tr("还在的不填"))
        self.area = TextArea(tr(self.look.text), placeholder=tr(self.look.example) if self.look.example else "")
        self.area.setFixedHeight(_LINES)
        self.text = Field(tr(self.look.text), self.area)
        self.evidence = Field(tr(self.look.evidence) if self.look.evidence else tr("依据"))
        top = column(gap=Space.XS)
        top.addWidget(self.code_field)
        top.addWidget(self.note)
        self.body.addLayout(top)
        if self.kind == "consent":
            self.states.set_options(list(codes.code_list("consent_state").entries.items()), self._entry.state or None)
            self.states.changed.connect(self.no_state.hide)
            said = column(gap=Space.XS)
            said.addWidget(self.states)
            said.addWidget(self.no_state)
            self.body.addLayout(said)
        days = row(gap=Space.M)
        for wanted, field in ((self.look.day, self.day), (self.look.until, self.until)):
            if wanted:
                days.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        if days.count():
            self.body.addLayout(days)
        if self.look.evidence:
            self.body.addWidget(self.evidence)
        self.body.addWidget(self.text)

    def _fill(self) -> None:
        self.code.set_value(self._entry.code)
        self.day.set_text(day_words(self._entry.from_on))
        self.until.set_text(day_words(self._entry.to_on))
        self.text.set_text(self._entry.text)
        self.evidence.set_text(self._entry.evidence)

    def _on_code(self) -> None:
        self.code_field.clear_error()
        listed, chosen = codes.code_list(self.kind), self.code.value()
        words = listed.notes.get(chosen, "") if self.kind == "care" else ""
        if listed.has("high_secrecy", chosen):
            words = tr(_SECRET, note=words)
        self.note.set_text(words)
        self.note.setVisible(bool(words))

    def inputs(self) -> Mapping[str, QWidget]:
        """What is typed or chosen."""
        return {
            "code": self.code, "state": self.states, "day": self.day, "until": self.until, "text": self.text,
            "evidence": self.evidence,
        }  # fmt: skip

    def places(self) -> Mapping[str, Field]:
        """The fields that a refusal may concern."""
        return {"entry.text_missing": self.text, "entry.dates_turned": self.until}

    def submit(self) -> None:
        """Writes the entry."""
        if not self.code.value():
            self.code_field.set_error(tr("请先选一项"))
            self.code.setFocus()
            return
        if self.kind == "consent" and not self.states.value():  # that somebody agrees is never proposed
            self.no_state.show()
            self.states.setFocus()
            return
        day, until = self.day.iso(), self.until.iso()
        if day is None or until is None:
            return
        written = replace(
            self._entry, code=self.code.value(), state=self.states.value() if self.kind == "consent" else "",
            from_on=day, to_on=until, text=self.text.text(), evidence=self.evidence.text(),
        )  # fmt: skip
        self.keep(tr("已更正，原来的内容留在历史里") if self.entry else tr(self.look.said), entries.write, written)

    def _strike(self) -> None:
        effect = tr("作废后不再计入；写过的内容和作废的原因留在记录里，可以撤销。")
        self.strike(tr("作废"), effect, tr("已作废"), entries.strike, self._entry.entry_id)
