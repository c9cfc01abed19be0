"""The growth file: one student, one page."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.services.students import growth_file
from counselroom.services.students.growth_file import GrowthFile
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.pages._views import Steer, View
from counselroom.ui.pages.students.file.acts import Acts
from counselroom.ui.pages.students.file.beside import Beside
from counselroom.ui.pages.students.file.forms.as_of import AsOfForm
from counselroom.ui.pages.students.file.forms.purpose import PurposeForm, Why
from counselroom.ui.pages.students.file.head import FileHead
from counselroom.ui.pages.students.file.moments import day_words
from counselroom.ui.pages.students.file.panel import Panel
from counselroom.ui.pages.students.file.parts import ASSESSMENTS, STRENGTHS
from counselroom.ui.pages.students.file.trail import Trail
from counselroom.ui.pages.students.file.verbs import VerbBar
from counselroom.ui.theme import Size, Space
from counselroom.ui.widgets.banner import Banner, BannerPlace, Tint
from counselroom.ui.widgets.surfaces import column, row
from counselroom.words import RefusalWords

_TOPICS = frozenset({Topic.STUDENTS, Topic.SCHOOL, Topic.ASSESSMENTS, Topic.EVERYTHING})
_NOT_YET = "file.not_yet"


class FileView(View):
    """Header and verbs stay; three sheets scroll inside.

    ``sequence`` gives the students among whom "next" and "previous" go: whom the list shows.
    """

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        super().__init__(context, steer, parent)
        self.acts = Acts(context, self)
        self.sequence: Callable[[], Sequence[StudentUid]] = self._of_list
        self.uid = StudentUid("")
        self.as_of = ""
        self.form: PurposeForm | AsOfForm | None = None
        self.head = FileHead(self.ask_why, self.acts.placement)
        self.verbs = VerbBar(self.acts, step=self.step, look_back=self.ask_day, parent=self)
        self.said = BannerPlace()
        self.trail, self.beside, self.panel = Trail(), Beside(self.acts), Panel(self.acts)
        self.trail.opened.connect(self.acts.open_moment)
        self.acts.sheet_wanted.connect(self._on_sheet)
        self.beside.all_wanted.connect(lambda: self.panel.choose(STRENGTHS, focus=True))
        self._lay_out()
        self._on_key("Ctrl+Up", lambda: self.step(-1))
        self._on_key("Ctrl+Down", lambda: self.step(1))
        self._on_key("Esc", self._leave)
        self._show_nobody()

    def _lay_out(self) -> None:
        sheets = row(gap=Size.GAP_COLUMNS)
        sheets.addWidget(self.trail, 1)
        sheets.addWidget(self.beside)
        sheets.addWidget(self.panel)
        layout = column(gap=Space.M, margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addWidget(self.head)
        layout.addWidget(self.verbs)
        layout.addWidget(self.said)
        layout.addLayout(sheets, 1)
        self.setLayout(layout)

    def _on_key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _on_sheet(self, sheet_uid: str) -> None:
        self.panel.choose(ASSESSMENTS, focus=True)
        self.panel.assessments.reveal(sheet_uid)

    # What the page asks

    def student(self) -> str:
        """Whose file lies open."""
        return self.uid

    def title(self) -> str:
        """Names nobody: a title is read from afar."""
        return tr("成长档案")

    def open(self, **args: str) -> None:
        """Opens a student's file; the first time in a session the purpose is asked before anything is read."""
        if "student" not in args:
            return
        self.uid, self.as_of = StudentUid(args["student"]), ""
        self._show_nobody()
        if self.acts.why is None:
            self.ask_why()
        else:
            self._read()

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads the open file again, once more for the same purpose."""
        shown = self.acts.file is not None and not self.isHidden()  # hidden: the list lies over it
        if shown and topics & _TOPICS and not self.as_of:
            self.context.jobs.run(self, self._on_again, growth_file.again, self.uid, failed=self._on_refused)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing of the student stays behind the list; while another page is shown, the file stays open."""
        super().hideEvent(event)
        if self.isHidden():
            self._show_nobody()

    def first_focus(self) -> QWidget:
        """The time line: up and down at once."""
        return self.trail.line

    # Purpose, day, neighbours

    def ask_why(self) -> None:
        """Asks what files are opened for; it holds until the program is locked or another is chosen."""
        sentence = tr("成长档案只为工作需要打开。选一次，本次登录内都用它；随时可以在右上角换。")
        self.form = PurposeForm(self, tr("查阅事由"), sentence, self.acts.why)
        self.form.chosen.connect(self._on_why)
        self.form.rejected.connect(self._on_no_purpose)
        self.form.finished.connect(self.form.deleteLater)
        self.form.open()

    def _on_why(self, why: Why) -> None:
        if why != self.acts.why:
            self.acts.why = why
            self._read()

    def _on_no_purpose(self) -> None:
        if self.acts.why is None:
            self.steer()

    def ask_day(self) -> None:
        """Asks for a day on which the file is to be seen."""
        self.form = AsOfForm(self, date.today())  # noqa: DTZ011 - the day on the wall of the room
        self.form.chosen.connect(self.look_back)
        self.form.finished.connect(self.form.deleteLater)
        self.form.open()

    def look_back(self, day: str) -> None:
        """Shows the file as it stood on a day (ISO); an empty one is today."""
        self.as_of = day
        self._read()

    def _of_list(self) -> Sequence[StudentUid]:
        from counselroom.ui.pages.students.listing import ListView

        page = self.parentWidget()
        listed = page.findChild(ListView) if page is not None else None
        return listed.shown_uids() if isinstance(listed, ListView) else ()

    def step(self, by: int) -> None:
        """To the student before or after, in the order of the list."""
        uids = list(self.sequence())
        place = uids.index(self.uid) + by if self.uid in uids else -1
        if 0 <= place < len(uids):
            self.steer(student=uids[place])

    def _leave(self) -> None:
        if self.acts.form is None:  # else the key was meant for the sheet that is just opening
            self.steer()

    # Reading and showing

    def _read(self) -> None:
        why = self.acts.why
        if why is not None and self.uid:
            self.said.clear()
            self.head.show_why(why)
            self.context.jobs.run(
                self, self._on_file, growth_file.open_file, self.uid, why.code, why.words, self.as_of,
                failed=self._on_refused, busy=tr("正在打开档案"),
            )  # fmt: skip

    def _on_file(self, file: GrowthFile) -> None:
        asked = {file.student_uid, *(version.student_uid for version in file.versions)}
        if self.uid in asked and file.as_of == self.as_of:  # else another one was asked for meanwhile
            self.uid = file.student_uid  # after a merge the file that holds the student now
            self._show(file)

    def _on_again(self, file: GrowthFile) -> None:
        if file.student_uid == self.uid and not self.as_of:
            self._show(file)

    def _on_refused(self, refusal: Refusal) -> None:
        words, shown = refusal_words(refusal), self.acts.file
        if self.as_of and refusal.code == _NOT_YET:
            self._show_nothing_yet(words)
            return
        if self.as_of and shown is not None:  # what is shown stays, and is what the verbs are about
            self.as_of = shown.as_of
            back = ((tr("回到今天"), lambda: self.look_back("")),) if shown.as_of else ()
            ways = ((tr("换一天"), self.ask_day), *back)
            self.said.show_banner(Banner(Tint.WARN, words.what, words.do, actions=ways, closable=not shown.as_of))
            return
        self._show_nobody()
        self.said.show_refusal(words)

    def _show_nothing_yet(self, words: RefusalWords) -> None:
        """That day is shown as it was: with nothing. What stands there today must not be taken for it."""
        self._show_nobody()
        self.verbs.show_state(self._reason(), looking_back=True)
        ways = ((tr("换一天"), self.ask_day), (tr("回到今天"), lambda: self.look_back("")))
        self.said.show_banner(Banner(Tint.INFO, words.what, words.do, actions=ways))

    def _show_nobody(self) -> None:
        """Nothing of another student stays on the screen while the next is read."""
        self.acts.file = None
        self.head.show_nobody()
        self.head.show_why(self.acts.why)
        self.said.clear()
        self.verbs.show_state(tr("正在读取"), looking_back=True)
        self.verbs.show_place(-1, 0)
        self.trail.show_moments(())
        self.beside.show_file(None)
        self.panel.show_file(None)

    def _show(self, file: GrowthFile) -> None:
        self.acts.file = file
        self.head.show_file(file, self.acts.may_write)
        self.verbs.show_state(self._reason(), looking_back=bool(file.as_of))
        uids = list(self.sequence())
        self.verbs.show_place(uids.index(file.student_uid) if file.student_uid in uids else -1, len(uids))
        self.trail.show_moments(file.moments)
        self.beside.show_file(file)
        self.panel.show_file(file)
        self._say_state(file)

    def _reason(self) -> str:
        if self.as_of:
            return tr("正在看以前的样子，回到今天才能写")
        return tr("档案库以只读方式打开，不能写") if self.context.room.read_only else ""

    def _say_state(self, file: GrowthFile) -> None:
        self.said.clear()
        if file.as_of:
            sentence = tr("这是 {day} 的样子", day=day_words(file.as_of))
            meta = tr("那一天以后写下的内容不显示；只能看，回到今天才能写。")
            back = ((tr("回到今天"), lambda: self.look_back("")),)
            self.said.show_banner(Banner(Tint.INFO, sentence, meta, actions=back))
        elif self.context.room.read_only:
            self.said.show_banner(Banner(Tint.INFO, tr("档案库以只读方式打开"), tr("可以看，不能写；按钮都停用了。")))
