"""Students: the roster, and from it each growth file."""

from PySide6.QtWidgets import QWidget

from counselroom.services import settings
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages._empty import EmptyRoom


class StudentsPage(EmptyRoom):
    """What belongs here; the demo school says what it has and what it has not."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            Icon.STUDENTS,
            tr("学生"),
            tr("这里会列出本学期的学生"),
            tr("名册用 Excel 或 WPS 表格导入，每个学生一份成长档案。"),
            parent,
        )
        context.jobs.run(self, self._on_demo, settings.is_demo)

    def _on_demo(self, demo: bool) -> None:
        if demo:
            self.empty.sentence.set_text(tr("演示学校里还没有学生"))
            self.empty.setAccessibleName(self.empty.sentence.plain())
            self.later.hide()
            self.empty.first_step.set_text(
                tr("现在可以看的是学校、账号、恢复单和设置；虚构的学生和记录由以后的版本带来。")
            )
