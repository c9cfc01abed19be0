"""A text that a school brings along: the file is read first, then it is asked by what right it is used."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from counselroom.domain.ids import BatchId
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.refusal import Refusal
from counselroom.services.instruments.library import wording
from counselroom.services.instruments.library.wording import PackFile
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.pages._forms import FormDialog
from counselroom.ui.theme import Tone, Type
from counselroom.ui.widgets.fields import Field
from counselroom.ui.widgets.text import Text

Failed = Callable[[Refusal], object]


class PackForm(FormDialog):
    """Says what the file has to look like, and asks where it comes from."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        definition: Definition,
        file: PackFile,
        then: Callable[[BatchId], object],
    ) -> None:
        sentence = tr(
            "“{file}”里要有 {n} 题：一列题号、一列题目；选项和印的不同时，再加选项1、选项2……。",
            file=file.name, n=len(definition.items),
        )  # fmt: skip
        super().__init__(context, parent, tr("导入题本"), sentence)
        self._definition, self._file, self._then = definition, file, then
        self.note = Field(
            tr("从哪里来，学校凭什么使用"), hint=tr("如：2026 年购买的手册，学校持有使用许可；会印在这里备查")
        )
        self.body.addWidget(Text(definition.licence[1], Type.META, Tone.INK2, wrap=True))
        self.body.addWidget(self.note)
        self.note.setFocus()

    def submit(self) -> None:
        """Keeps the text."""
        if not self.note.text():
            self.note.set_error(tr("请写明来源和使用权"))
            self.note.setFocus()
            return
        self.run(self._then, wording.import_pack, self._definition.bare_id, self._file, self.note.text())

    def place_of(self, refusal: Refusal) -> Field | None:
        """A source that is missing."""
        return self.note if refusal.code == "wording.source_missing" else None


def choose(context: Context, parent: QWidget, then: Callable[[PackFile], object], failed: Failed) -> None:
    """Asks for a file and reads it; nothing of it is kept yet."""
    path = dialogs.open_file(parent, tr("选择题本"), tr("表格或 OSD、FHIR 文件 (*.xlsx *.xls *.csv *.osd *.json)"))
    if path is not None:
        context.jobs.call(parent, then, wording.read, path, failed=failed, busy=tr("正在读取题本"))
