"""Rows of a plan in words: what becomes of them, what they change, what is in the way."""

from counselroom.domain.intake.planning import Action
from counselroom.domain.intake.roster_cells import NOT_TAKEN
from counselroom.domain.intake.roster_line import NamedGuardian
from counselroom.domain.students.numbers import mask_id
from counselroom.services import codes
from counselroom.services.students import problems
from counselroom.services.students.review import Difference, ReviewLine
from counselroom.ui.i18n import mark, tr, word
from counselroom.ui.theme import Tone
from counselroom.ui.widgets import privacy

OUTCOMES = {
    Action.CREATED: mark("新建"),
    Action.UPDATED: mark("更新"),
    Action.UNCHANGED: mark("没有变化"),
    Action.BAD: mark("需要处理"),
}
TONES = {Action.CREATED: Tone.OK, Action.UPDATED: Tone.INK, Action.UNCHANGED: Tone.INK3, Action.BAD: Tone.WARN}
# What may be shown to a stranger of what a row changes.
_OPEN = frozenset({"class", "status"})
_NUMBERS = ("id_no", "xueji_no")


def outcome(line: ReviewLine) -> str:
    """新建, 更新, …"""
    return tr(OUTCOMES[line.planned.action])


def where(line: ReviewLine, *, sheets: bool) -> str:
    """Sheet and row; the sheet only where the file has several."""
    sheet, number = line.planned.line.sheet, line.planned.line.row
    return tr("{sheet}　第 {row} 行", sheet=sheet, row=number) if sheets and sheet else tr("第 {row} 行", row=number)


def difference(change: Difference) -> str:
    """班级 七（3）班→七（5）班; what is added has no arrow."""
    label = word(f"roster_field.{change.field}")
    if not change.before:
        return tr("{label}：{after}", label=label, after=change.after)
    return tr("{label} {before}→{after}", label=label, before=change.before, after=change.after)


def value(change: Difference) -> str:
    """Before and after, as privacy mode allows it."""
    if privacy.is_on() and change.field not in _OPEN:
        return tr("已遮住")
    return tr("{before} → {after}", before=change.before, after=change.after) if change.before else change.after


def told(line: ReviewLine) -> list[tuple[str, str]]:
    """What the row says of somebody new: label and value, long numbers with their middle hidden."""
    if line.planned.action not in (Action.CREATED, Action.BAD):
        return []
    row = line.planned.line
    said = {name: getattr(row.basics, name) for name in ("birth", *_NUMBERS, "school_no", "phone")}
    said |= {name: mask_id(said[name]) for name in _NUMBERS if said[name]}
    said["phone"] = privacy.phone(said["phone"])
    pairs = [(name, text) for name, text in said.items() if text]
    pairs += [("guardian", _guardian(each)) for each in row.guardians]
    pairs += [("care", codes.code_list("care").name(code)) for code, _said in row.care]
    return [
        (word(f"roster_field.{name}"), tr("已遮住") if privacy.is_on() and name not in _OPEN else text)
        for name, text in pairs
    ]


def _guardian(named: NamedGuardian) -> str:
    parts = (named.name, codes.name("relation", named.relation), privacy.phone(named.phone))
    return " ".join(part for part in parts if part)


def untaken(line: ReviewLine) -> bool:
    """Whether the row comes in, and a cell of it does not, because nobody can tell what it says."""
    row = line.planned
    return row.action is not Action.BAD and any(note.code in NOT_TAKEN for note in row.line.notes)


def doubt(code: str) -> tuple[str, str, str]:
    """What makes a whole file doubtful: its first clause (for one line), its first sentence, and what to do."""
    sentence, stop, advice = word(f"year.{code}").partition(tr("。"))
    return sentence.partition(tr("，"))[0], sentence + stop, advice


def explanation(line: ReviewLine) -> str:
    """One line for the table: what is in the way; else what changes and what was pointed out, cells left alone
    before the rest."""
    row = line.planned
    if row.problems:
        return tr("；").join(problems.with_column(problem, word, privacy.name) for problem in row.problems)
    said = [difference(change) for change in line.differences]
    noted = [problems.with_column(note, word, privacy.name) for note in row.line.notes]
    return tr("；").join(noted + said if untaken(line) else said + noted)
