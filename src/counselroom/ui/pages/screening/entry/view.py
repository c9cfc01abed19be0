"""录入答卷: choose, type, save. Whatever is half typed waits."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.instruments.sheets.keypad import Pad
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.services.drafts import Draft
from counselroom.services.instruments.entry import filling
from counselroom.services.instruments.entry.entry import Saved
from counselroom.services.instruments.entry.filling import Prepared
from counselroom.services.students.listing import StudentLine
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages._views import Steer, View
from counselroom.ui.pages.screening.entry import pasting, saying
from counselroom.ui.pages.screening.entry.classlist import ClassView
from counselroom.ui.pages.screening.entry.done import DonePage
from counselroom.ui.pages.screening.entry.keeping import Keeper
from counselroom.ui.pages.screening.entry.reading import Desk, Reader, make_ready
from counselroom.ui.pages.screening.entry.saving import Alerted, Saving
from counselroom.ui.pages.screening.entry.sheet import SheetView
from counselroom.ui.pages.screening.entry.start import StartPage
from counselroom.ui.pages.screening.entry.unfinished import Unfinished
from counselroom.ui.pages.screening.entry.work import Ask, Session, Work, put_back
from counselroom.ui.theme import Size, Space
from counselroom.ui.widgets.banner import Banner, BannerPlace, Tint
from counselroom.ui.widgets.surfaces import column

_CHANGED = frozenset({Topic.ASSESSMENTS, Topic.EVERYTHING})
_READ = _CHANGED | {Topic.STUDENTS, Topic.SCHOOL, Topic.DRAFTS}


class EntryView(View):
    """Start, class, sheet, result: one after the other. ``open`` takes ``student``, ``instrument``, ``class_id``,
    ``informant`` and ``day``; with a questionnaire and somebody it begins at once, with nothing it goes on."""

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        super().__init__(context, steer, parent)
        self.session: Session | None = None
        self.line: StudentLine | None = None
        self.works: dict[StudentUid, Work] = {}
        self.desk: Desk | None = None
        self._wanted: dict[str, str] = {}
        self._opened: Work | None = None
        self._drafts: dict[StudentUid, Draft] = {}
        self.said = BannerPlace()
        self.start, self.classes, self.sheet = StartPage(), ClassView(), SheetView()
        self.done = DonePage(self._on_again, self._on_file)
        self.alerted = Alerted(context, self.said)
        self.keeper = Keeper(context.jobs, self, self._typed, self._refused)
        self.saving = Saving(
            context, self, self.keeper, then=self._on_saved, failed=self._refused, undone=self._on_undone
        )
        self.unfinished = Unfinished(context, self.start.said, self.begin)
        self.reader = Reader(context.jobs, self, self._on_read)
        self._lay_out()
        self._listen()
        self.reader.read()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for stage in (self.start, self.classes, self.sheet, self.done):
            self.stack.addWidget(stage)
        layout = column(gap=Space.M, margins=(Size.PAGE_SIDE, 0, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addWidget(self.said)
        layout.addWidget(self.stack, 1)
        self.setLayout(layout)

    def _listen(self) -> None:
        self.start.wanted.connect(self.begin)
        self.classes.wanted.connect(self.type_for)
        self.classes.left.connect(self.to_start)
        self.classes.paste_wanted.connect(self._on_paste_in_class)
        self.sheet.changed.connect(self._on_changed)
        self.sheet.save_wanted.connect(self._on_save)
        self.sheet.paste_wanted.connect(self._on_paste)
        self.sheet.left.connect(self._on_left)

    # What the page asks

    def title(self) -> str:
        """The title in the top bar."""
        return tr("录入答卷")

    def context_line(self) -> str:
        """Which questionnaire, of which day, filled in by whom."""
        if self.session is None or self.stack.currentWidget() is self.start:
            return ""
        form, ready = self.session.form, self.session.ready
        who = tr("{who}填", who=saying.informant(ready.informant))
        return tr("　").join((form.short, saying.day(ready.day), who))

    def open(self, **args: str) -> None:
        """Leads to what is asked; a sheet that is open meanwhile is kept as it stands."""
        wanted = {key: args[key] for key in ("student", "instrument", "class_id", "informant", "day") if args.get(key)}
        if wanted:
            self.to_start()
            self._wanted = wanted
            self._preset()

    def refresh(self, topics: frozenset[str]) -> None:
        """Reads again what is shown."""
        if topics & _READ and self.stack.currentWidget() is self.start:
            self.reader.read()
        if topics & _CHANGED and self.session is not None and self.stack.currentWidget() is not self.start:
            asked = self.session.ask
            self.context.jobs.run(
                self, self._on_renewed, filling.prepare, asked.instrument, self.session.ready.day, asked.informant,
                asked.student_uids, asked.class_id, failed=self._refused,
            )  # fmt: skip

    def first_focus(self) -> QWidget | None:
        """Where the next key goes."""
        shown = self.stack.currentWidget()
        if shown is self.start:
            return self.start.first_focus()
        if shown is self.classes:
            return self.classes.table
        if shown is self.sheet:
            return self.sheet.focus_target()
        return self.alerted.button(self.line) or self.done.again  # a second Enter does not pass over an alert

    def may_leave(self) -> bool:
        """Nothing is lost: what is typed is kept."""
        self.keeper.keep()
        return True

    # Start

    def _on_read(self, desk: Desk) -> None:
        self.desk = desk
        self.start.offer(desk.forms, desk.seen, desk.classes)
        self.unfinished.show_drafts(desk)
        self._preset()

    def _preset(self) -> None:
        """Chooses what was asked for; with everything known it begins."""
        if self.desk is None or not self._wanted:
            return
        wanted, self._wanted = self._wanted, {}
        self.start.preset(**{key: wanted.get(key, "") for key in ("instrument", "student", "class_id")})
        if wanted.get("day"):
            self.start.day.set_text(wanted["day"])
        if wanted.get("informant"):
            self.start.informant.set_values([wanted["informant"]])
        asked = self.start.ask() if wanted.get("instrument") else None
        if asked is not None and len(wanted) > 1:
            self.begin(asked)
        elif self.isVisible():
            self.start.first_focus().setFocus()

    def to_start(self) -> None:
        """Back to choosing."""
        self._leave_sheet()
        self.session = self.line = None
        self.works = {}
        self._show(self.start)
        self.reader.read()

    def begin(self, asked: Ask) -> None:
        """Makes ready what the typing needs."""
        if self.desk is not None:
            self.start.go_on.button.setEnabled(False)
            self.alerted.forget()  # told, and in the list of today
            make_ready(self.context.jobs, self, self.desk, asked, self._on_ready, self.start.refuse)

    def _on_ready(self, session: Session, waiting: dict[StudentUid, Draft]) -> None:
        self.session, self._drafts = session, waiting
        found = {uid: put_back(session.form, draft.typed) for uid, draft in waiting.items()}
        self.works = {uid: work for uid, work in found.items() if work is not None}
        self.start.settle()
        if session.ask.class_id:
            self._show_class()
        elif session.lines:
            self.type_for(session.lines[0])

    def _on_renewed(self, ready: Prepared) -> None:
        session = self.session
        if session is None:
            return
        if ready.form != session.form:  # other variants are in force: what is typed waits as a draft and is read anew
            self.to_start()
            return
        self.session = replace(session, ready=ready)
        self.sheet.session = self.session
        if self.stack.currentWidget() is self.classes:
            self.classes.show_session(self.session, self.works)

    # Class and sheet

    def _show(self, stage: QWidget) -> None:
        self.stack.setCurrentWidget(stage)
        self.titled.emit()
        target = self.first_focus()
        if target is not None and self.isVisible():
            target.setFocus()

    def _show_class(self) -> None:
        if self.session is not None:
            self.classes.show_session(self.session, self.works)
            self._show(self.classes)

    def type_for(self, line: StudentLine) -> None:
        """The sheet of one student: what lies half typed, what is kept already, or an empty one."""
        session = self.session
        if session is None:
            return
        uid = line.student_uid
        kept, draft = session.ready.kept.get(uid), self._drafts.get(uid)
        cells = kept.cells if kept is not None else None
        base = Work(Pad.of_cells(session.form, cells) if cells is not None else Pad.empty(session.form))
        work = self.works.setdefault(uid, base)
        self.line, self._opened = line, base
        self.sheet.begin(session, line, work)
        lost = draft is not None and work is base
        if draft is not None:
            self._say_lost(draft) if lost else self._say_put_back(draft)
        elif kept is not None:
            sentence = tr("{day}已经录过一份，原来的答案都在右边", day=saying.day(session.ready.day))
            meta = tr("改了再保存会请您写更正的原因；如果是另一次施测，请返回改日期。")
            self.sheet.said.show_banner(Banner(Tint.INFO, sentence, meta, closable=True))
        self.keeper.begin(session.place(uid), draft, back=not lost)
        self._show(self.sheet)

    def _say_put_back(self, draft: Draft) -> None:
        sentence = tr("上次没录完的已经放回，{at}", at=short_stamp(draft.at))
        actions = ((tr("清空重录"), self._on_anew),)
        self.sheet.said.show_banner(Banner(Tint.INFO, sentence, "", actions=actions, closable=True))

    def _say_lost(self, draft: Draft) -> None:
        sentence = tr("上次没录完的放不回来，{at}", at=short_stamp(draft.at))
        meta = tr("这份问卷的选项后来改过。请照着卷面重新录；录之前，原来的还留着。")
        self.sheet.said.show_banner(Banner(Tint.WARN, sentence, meta, closable=True))

    def _on_anew(self) -> None:
        if self._opened is not None:
            self.sheet.said.clear()
            self._on_changed(self._opened)
            self.sheet.show_work(self._opened)

    def _typed(self) -> dict[str, Any]:
        """What is worth keeping of the sheet that is open."""
        work = self.works.get(self.line.student_uid) if self.line is not None else None
        if work is None or self.session is None or self._opened is None:
            return {}
        if work.first is None and work.pad.marks == self._opened.pad.marks:
            return {}
        return work.kept(self.session.keying)

    def _on_changed(self, work: Work) -> None:
        if self.line is not None:
            self.works[self.line.student_uid] = work

    def _leave_sheet(self) -> None:
        if self.keeper.place is None:
            return
        self.keeper.keep()
        self.keeper.end()
        if self.line is not None and not self._typed():  # only looked at
            self.works.pop(self.line.student_uid, None)

    def _on_left(self) -> None:
        self._leave_sheet()
        if self.session is not None and self.session.ask.class_id:
            self._show_class()
        else:
            self.to_start()

    def _on_paste(self) -> None:
        if self.session is not None and self.sheet.work is not None and self.sheet.work.first is None:
            pasting.paste(self.session, self.sheet.work, self.sheet.said, self._take)

    def _on_paste_in_class(self) -> None:
        row_ = self.classes.table.row()
        if row_ is not None:
            self.type_for(row_.line)
            self._on_paste()

    def _take(self, work: Work) -> None:
        self._on_changed(work)
        self.sheet.show_work(work)

    # Saved

    def _on_save(self, work: Work) -> None:
        if self.session is not None and self.line is not None and self.keeper.saving is None:
            self.saving.save(self.session, self.line, work)

    def _refused(self, refusal: Refusal) -> None:
        self.sheet.said.show_refusal(refusal_words(refusal))

    def _on_saved(self, session: Session, line: StudentLine, _work: Work, saved: Saved) -> None:
        self.alerted.add(line, saved)
        if self.session is None or self.session.ask != session.ask:  # somebody has gone on to something else
            return
        self.session = self.sheet.session = session
        self.works.pop(line.student_uid, None)
        self._drafts.pop(line.student_uid, None)
        if self.line != line and self.keeper.place is not None:  # or to the next sheet, by hand
            return
        self._opened = None
        if not session.ask.class_id:
            self.done.show_saved(session, line, saved)
            self._show(self.done)
            return
        self.classes.show_session(session, self.works)
        following = self.classes.following(line)
        if following is not None:
            self.type_for(following)
        else:
            self._show_class()

    def _on_undone(self, line: StudentLine, work: Work) -> None:
        """The step was taken back: what was typed is in the hand again."""
        self.alerted.forget(line)
        if self.session is None or line not in self.session.lines:
            return
        kept = {uid: each for uid, each in self.session.ready.kept.items() if uid != line.student_uid}
        self.session = replace(self.session, ready=replace(self.session.ready, kept=kept))
        self.works[line.student_uid] = work
        if not self.session.ask.class_id:
            self.type_for(line)
        elif self.stack.currentWidget() is self.classes:
            self._show_class()

    def _on_again(self) -> None:
        asked = self.session.ask if self.session is not None else None
        self.alerted.forget()
        self.to_start()
        if asked is not None:
            self.start.again(asked)
            self.start.first_focus().setFocus()

    def _on_file(self) -> None:
        if self.line is not None:
            self.context.go("students", student=self.line.student_uid)
