"""Registering a guardian, or stating one anew; whoever must not be told anything is marked here, with the reason."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from counselroom.domain.students.student import Guardian, StudentUid
from counselroom.services import codes
from counselroom.services.drafts import Place
from counselroom.services.students import guardians
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages.students.file.forms.form import FileForm, history_button
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.choices import CheckBox, ComboBox
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.surfaces import row
from counselroom.ui.widgets.text import Text


class GuardianForm(FileForm):
    """``guardian`` is the whole statement in force; the numbers of somebody who is barred are kept, and not shown."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        student_uid: StudentUid,
        guardian: Guardian | None = None,
        *,
        history: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(context, parent, tr("更正监护人") if guardian else tr("登记监护人"))
        self.guardian = guardian
        self._guardian = guardian or Guardian("", student_uid, "")
        self._build()
        self._fill()
        if guardian is not None and history is not None:
            self.beside(history_button(history), quiet(tr("作废"), self._strike))
        self.begin(Place.of("guardian", student_uid, self._guardian.guardian_id))
        self.name.edit.setFocus()

    def _build(self) -> None:
        self.name = Field(tr("姓名"))
        self.relation = ComboBox(tr("与学生的关系"), [("", tr("未说明")), *codes.code_list("relation").entries.items()])
        self.phone, self.phone_2 = Field(tr("电话")), Field(tr("另一个电话"))
        self.best_time = Field(tr("什么时候方便接"))
        self.legal, self.lives_with = CheckBox(tr("法定监护人")), CheckBox(tr("同住"))
        self.works_away = CheckBox(tr("在外务工"))
        self.barred = CheckBox(tr("不可联系：任何通知、电话、名单都不给这个人"))
        self.reason = Field(tr("不可联系的原因"))
        self.reason_note = Text(tr("如：疑似伤害学生，法院的决定。原因只在档案里看得到。"), Type.META, Tone.INK3)
        self.body.addLayout(self._pair(self.name, Field(tr("与学生的关系"), self.relation)))
        self.phones = QWidget()
        self.phones.setLayout(self._pair(self.phone, self.phone_2))
        self.body.addWidget(self.phones)
        self.body.addWidget(self.best_time)
        boxes = row(gap=Space.L)
        for box in (self.legal, self.lives_with, self.works_away):
            boxes.addWidget(box)
        boxes.addStretch()
        self.body.addLayout(boxes)
        for part in (self.barred, self.reason, self.reason_note):
            self.body.addWidget(part)
        self.barred.toggled.connect(self._on_barred)

    @staticmethod
    def _pair(left: QWidget, right: QWidget) -> QHBoxLayout:
        line = row(gap=Space.M)
        line.addWidget(left, 1)
        line.addWidget(right, 1)
        return line

    def _fill(self) -> None:
        kept = self._guardian
        self.name.set_text(kept.name)
        self.relation.set_value(kept.relation)
        self.phone.set_text(kept.phone)
        self.phone_2.set_text(kept.phone_2)
        self.best_time.set_text(kept.best_time)
        self.legal.setChecked(kept.legal)
        self.lives_with.setChecked(kept.lives_with)
        self.works_away.setChecked(kept.works_away)
        self.barred.setChecked(kept.do_not_contact)
        self.reason.set_text(kept.do_not_contact_reason)
        self._on_barred(kept.do_not_contact)

    def _on_barred(self, barred: bool) -> None:
        self.phones.setVisible(not barred)
        self.best_time.setVisible(not barred)
        self.reason.setVisible(barred)
        self.reason_note.setVisible(barred)

    def inputs(self) -> Mapping[str, QWidget]:
        """What is typed or chosen."""
        return {
            "name": self.name, "relation": self.relation, "phone": self.phone, "phone_2": self.phone_2,
            "best_time": self.best_time, "legal": self.legal, "lives_with": self.lives_with,
            "works_away": self.works_away, "barred": self.barred, "reason": self.reason,
        }  # fmt: skip

    def places(self) -> Mapping[str, Field]:
        """The fields that a refusal may concern."""
        return {
            "guardian.name_missing": self.name,
            "guardian.phone": self.phone,
            "guardian.reason_missing": self.reason,
        }

    def _stated(self) -> Guardian:
        return replace(
            self._guardian, name=self.name.text(), relation=self.relation.value(), phone=self.phone.text(),
            phone_2=self.phone_2.text(), best_time=self.best_time.text(), legal=self.legal.isChecked(),
            lives_with=self.lives_with.isChecked(), works_away=self.works_away.isChecked(),
            do_not_contact=self.barred.isChecked(), do_not_contact_reason=self.reason.text(),
        )  # fmt: skip

    def submit(self) -> None:
        """Writes the guardian."""
        said = tr("已更正，原来的内容留在历史里") if self.guardian else tr("已登记监护人")
        self.keep(said, guardians.write, self._stated())

    def _strike(self) -> None:
        effect = tr("作废后不再是联系人；写过的内容和作废的原因留在记录里，可以撤销。")
        self.strike(tr("作废"), effect, tr("已作废"), guardians.strike, self._guardian.guardian_id)
