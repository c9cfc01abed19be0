"""Files that may be two of one student: the pairs at the left, the chosen one side by side at the right."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.ids import BatchId
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.student import StudentUid
from counselroom.domain.topics import Topic
from counselroom.services import batches
from counselroom.services.students import duplicates, merging
from counselroom.services.students.duplicates import Pair
from counselroom.services.students.merging import MergePreview, MergeRow
from counselroom.ui.context import Context
from counselroom.ui.i18n import refusal_words, tr, word
from counselroom.ui.icons import Icon
from counselroom.ui.pages._views import Steer, View
from counselroom.ui.pages.students.duplicates.panel import MergePanel
from counselroom.ui.pages.students.duplicates.past import PastMerges
from counselroom.ui.pages.students.intake.frame import as_shown
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Size, Space
from counselroom.ui.widgets.banner import BannerPlace
from counselroom.ui.widgets.buttons import quiet
from counselroom.ui.widgets.empty import EmptyPage
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView

_LIST = 464
_TOPICS = frozenset({Topic.STUDENTS, Topic.SCHOOL, Topic.EVERYTHING})
# The two that were asked for are not two files any more: what is suggested now is shown in their place.
_NO_PAIR = frozenset({"merge.already", "merge.same", "students.unknown"})
Two = tuple[StudentUid, StudentUid]


def _both(first: str, second: str) -> str:
    return tr("、").join(dict.fromkeys(part for part in (first, second) if part))


def _columns() -> list[Column[Pair]]:
    return [
        Column("name", tr("姓名"), lambda pair: _both(pair.first.name, pair.second.name), Cell.NAME, 120),
        Column("class", tr("班级"), lambda pair: _both(pair.first.class_name, pair.second.class_name), width=176),
        Column("why", tr("像在哪里"), lambda pair: tr("、").join(_reasons(pair)), width=176, stretch=True),
    ]


def _reasons(pair: Pair) -> list[str]:
    return [word(f"duplicate.{reason}") for reason in pair.reasons]


def _identity(pair: Pair) -> Two:
    return pair.first.student_uid, pair.second.student_uid


class DuplicatesView(View):
    """``open(first=uid, second=uid)`` shows any two files, suggested or not."""

    def __init__(self, context: Context, steer: Steer, parent: QWidget | None = None) -> None:
        super().__init__(context, steer, parent)
        may = context.room.may(Permission.CHANGE_STUDENTS) and not context.room.read_only
        self.pair: Two | None = None  # the kept file first
        self._by_hand = False
        self._count = 0
        self.said = BannerPlace()
        self.model: ListModel[Pair] = ListModel(_columns(), identity=_identity, parent=self)
        self.table = TableView(tr("可能重复的档案"), self.model, row_height=Size.TABLE_ROW_TOUCHY)
        self.panel = MergePanel(may=may)
        self.past = PastMerges(may=may)
        self.empty = EmptyPage(
            Icon.DONE,
            tr("没有看起来重复的档案"),
            tr("导入名册和登记新学生以后会自动比对，像同一名学生的会列在这里。"),
            quiet=quiet(tr("返回学生列表"), self.steer),
        )
        self._lay_out()
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _pair: self.panel.first_focus().setFocus(Qt.FocusReason.OtherFocusReason))
        self.panel.merged.connect(self.merge)
        self.panel.apart.connect(self.set_apart)
        self.panel.swapped.connect(self.swap)
        self.past.undone.connect(self.take_back)

    def _lay_out(self) -> None:
        self.list_sheet = Sheet(gap=0)
        self.list_sheet.body.setContentsMargins(Size.HAIRLINE, Space.XS, Size.HAIRLINE, Space.S)
        self.list_sheet.body.addWidget(self.table)
        lists = column(gap=Size.GAP_SHEETS)
        lists.addWidget(self.list_sheet, 1)
        lists.addWidget(self.past, 0, Qt.AlignmentFlag.AlignTop)
        self._lists = QWidget()
        self._lists.setFixedWidth(_LIST)
        self._lists.setLayout(lists)
        self._pair = QWidget()
        pair = column()
        pair.addWidget(self.panel)
        self._pair.setLayout(pair)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._pair)
        self._stack.addWidget(self.empty)
        columns = row(gap=Size.GAP_COLUMNS)
        columns.addWidget(self._lists)
        columns.addWidget(self._stack, 1)
        layout = column(gap=Space.M, margins=(Size.PAGE_SIDE, Space.XS, Size.PAGE_SIDE, Size.PAGE_BOTTOM))
        layout.addWidget(self.said)
        layout.addLayout(columns, 1)
        self.setLayout(layout)
        self.panel.hide()

    def title(self) -> str:
        """The title in the top bar."""
        return tr("合并两份档案") if self._by_hand else tr("可能重复的档案")

    def context_line(self) -> str:
        """How many pairs wait."""
        return tr("{n} 对，看过再决定", n=self._count) if self._count and not self._by_hand else ""

    def open(self, **args: str) -> None:
        """The suggested pairs; or ``first`` and ``second``, of which the first is kept unless somebody swaps them."""
        self.said.clear()
        self._by_hand = bool(args.get("first") and args.get("second"))
        if self._by_hand:
            self._show((StudentUid(args["first"]), StudentUid(args["second"])))
        else:
            self.pair = None
        self._read()

    def refresh(self, topics: frozenset[str]) -> None:
        """Students have changed: the pairs, and the files that are shown."""
        if topics & _TOPICS:
            self._read()

    def first_focus(self) -> QWidget | None:
        """The pairs; the choices of two files that were chosen elsewhere."""
        return self.table if self.model.rows() and not self._by_hand else self.panel.first_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.steer()
        else:
            super().keyPressEvent(event)

    def merge(self) -> None:
        """Makes the two one, as it was chosen."""
        if self.pair is None or self.panel.preview is None:
            return
        keep, other = self.pair
        name = self.panel.preview.keep.version.basics.name
        self._run(
            partial(self._on_merged, keep, name), merging.merge, keep, other, self.panel.chosen(), self.panel.place_of()
        )

    def set_apart(self) -> None:
        """Somebody has looked: these are two people."""
        if self.pair is None:
            return
        self._run(self._on_apart, duplicates.set_apart, *self.pair)

    def swap(self) -> None:
        """The other file is kept."""
        if self.pair is not None:
            self._show((self.pair[1], self.pair[0]))

    def take_back(self, merge: MergeRow) -> None:
        """A merge of earlier is undone; refused, with names, when later facts stand on it."""
        self._run(partial(self._on_taken_back, merge.kept), batches.undo, merge.batch_id)

    def _on_taken_back(self, name: str, _none: object) -> None:
        self.context.toast(tr("已撤销合并，“{name}”又是两份档案", name=self.context.privacy.name(name)))

    def _run(self, then: object, use_case: object, *args: object) -> None:
        self.said.clear()
        self.context.jobs.run(self, then, use_case, *args, failed=self._on_refused)  # type: ignore[arg-type]  # as the runner declares

    def _on_merged(self, keep: StudentUid, name: str, batch: BatchId) -> None:
        by_hand = self._by_hand
        self._done()
        self._toast(tr("“{name}”的两份档案已合并", name=self.context.privacy.name(name)), batch)
        if by_hand:
            self.steer(student=keep)

    def _on_apart(self, batch: BatchId) -> None:
        self._done()
        self._toast(tr("已记下是两个人，不再提示"), batch)

    def _done(self) -> None:
        """On to the next pair."""
        self.pair, self._by_hand = None, False
        self._read()

    def _toast(self, said: str, batch: BatchId) -> None:
        self.context.toast(said, lambda: self._run(None, batches.undo, batch))

    def _read(self) -> None:
        self.context.jobs.run(self, self._on_pairs, duplicates.suggestions, failed=self._on_refused)
        self.context.jobs.run(self, self._on_past, merging.past, failed=self._on_refused)

    def _on_past(self, rows: list[MergeRow]) -> None:
        self.past.show_rows(rows)
        self._show_lists()

    def _show_lists(self) -> None:
        """Two files that were chosen elsewhere have the whole page."""
        self.list_sheet.setVisible(self._count > 0)
        self._lists.setVisible(not self._by_hand and (self._count > 0 or not self.past.isHidden()))

    def _on_pairs(self, pairs: list[Pair]) -> None:
        place = max(self.table.currentIndex().row(), 0)
        self._count = len(pairs)
        self.table.blockSignals(True)  # one pair is chosen below, and told once
        self.model.set_rows(pairs)
        identities = [_identity(pair) for pair in self.model.rows()]
        at = self._place_of_pair(identities)
        if at < 0 and identities and not self._by_hand:
            at = min(place, len(identities) - 1)
            self.pair = identities[at]
        if at >= 0:
            self.table.choose(identities[at])
        else:
            self.table.clearSelection()
        self.table.blockSignals(False)
        self._show_lists()
        if not self._by_hand and not pairs:
            self.pair = None
        self._show(self.pair)
        self.titled.emit()

    def _place_of_pair(self, identities: list[Two]) -> int:
        shown = set(self.pair or ())
        return next((place for place, pair in enumerate(identities) if set(pair) == shown), -1)

    def _on_chosen(self, pair: Pair | None) -> None:
        if pair is not None:
            self.said.clear()
            self._show(_identity(pair))

    def _show(self, pair: Two | None) -> None:
        self.pair = pair
        self._stack.setCurrentWidget(self._pair if pair else self.empty)
        if pair is not None:
            self.context.jobs.run(
                self, partial(self._on_preview, pair), merging.preview, *pair, failed=self._on_refused
            )

    def _on_preview(self, pair: Two, preview: MergePreview) -> None:
        if pair == self.pair:  # somebody may have gone on to the next one meanwhile
            suggested = next((one for one in self.model.rows() if set(_identity(one)) == set(pair)), None)
            self.panel.show_preview(preview, _reasons(suggested) if suggested else ())
            self.panel.show()

    def _on_refused(self, refusal: Refusal) -> None:
        self.said.show_refusal(refusal_words(as_shown(refusal)))
        if refusal.code in _NO_PAIR:
            self._done()
