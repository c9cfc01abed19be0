"""A row from a spreadsheet in the place of typing: what was understood, what was not, and the way back."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from counselroom.domain.instruments.sheets.keypad import keying_matters
from counselroom.services.instruments.entry import pasting
from counselroom.ui.i18n import tr
from counselroom.ui.pages.screening.entry.work import Session, Work
from counselroom.ui.widgets.banner import Banner, BannerPlace, Tint

Take = Callable[[Work], object]


def clipboard_row() -> tuple[str, int]:
    """The first line of the clipboard that holds anything, and how many others there are."""
    lines = [line for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
    return (lines[0], len(lines) - 1) if lines else ("", 0)


def paste(session: Session, work: Work, said: BannerPlace, take: Take, *, ordinal: bool = False) -> None:
    """Puts the row into the sheet and says what came of it; ``take`` gets the next state of the work."""
    text, others = clipboard_row()
    if not text:
        said.show_banner(
            Banner(Tint.INFO, tr("剪贴板里没有一行答案"), tr("请先在表格里复制一名学生的那一行。"), closable=True)
        )
        return
    read = pasting.read_row(session.form, text, ordinal=ordinal)
    if read.extra:
        wanted = len(session.form.items)
        sentence = tr("粘贴的一行有 {n} 格，这份问卷有 {all} 题，没有放进去", n=wanted + read.extra, all=wanted)
        meta = tr("已经录的都还在。请只复制答案那几格：不要姓名、学号，空着的题也占一格。")
        said.show_banner(Banner(Tint.WARN, sentence, meta, closable=True))
        return
    take(work.with_row(read))
    said.show_banner(_told(session, work, len(read.problems), others, said, take, ordinal=ordinal))


def _told(
    session: Session, before: Work, wrong: int, others: int, said: BannerPlace, take: Take, *, ordinal: bool
) -> Banner:
    form = session.form
    sentence = tr("已放进 {n} 题", n=len(form.items))
    if wrong:
        sentence = tr("已放进 {n} 题，{wrong} 格看不懂，先当空着", n=len(form.items) - wrong, wrong=wrong)
    parts = []
    actions: list[tuple[str, Callable[[], object]]] = [(tr("还原粘贴前"), lambda: _back(before, said, take))]
    if keying_matters(form):
        codes = tr("、").join(sorted({f"{option.code:g}" for each in form.responses for option in each.options}))
        if ordinal:
            parts.append(tr("数字按第几个选项读（从 1 数起）。"))
            actions.append((tr("改按分值读"), lambda: paste(session, before, said, take)))
        else:
            parts.append(tr("数字按分值读（{codes}）。", codes=codes))
            actions.append((tr("改按第几个选项读"), lambda: paste(session, before, said, take, ordinal=True)))
    if others:
        parts.append(tr("只取了第一行，另外 {n} 行没有放进去。", n=others))
    if wrong:
        parts.append(tr("看不懂的格子标了红框，逐题说明原因。"))
    return Banner(Tint.WARN if wrong else Tint.INFO, sentence, "".join(parts), actions=tuple(actions), closable=True)


def _back(before: Work, said: BannerPlace, take: Take) -> None:
    said.clear()
    take(before)
