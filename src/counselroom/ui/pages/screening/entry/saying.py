"""What is said of questionnaires, items and results, in words."""

from typing import TYPE_CHECKING

from counselroom.domain.dates import plain_date
from counselroom.domain.instruments.definition.answering import Item, Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Limit
from counselroom.services.instruments.library.wording import InUse
from counselroom.services.students.listing import StudentLine
from counselroom.ui.i18n import mark, tr, word

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.results import SheetResult

TOTAL = "total"
_INFORMANTS = {"self": mark("本人"), "parent": mark("家长"), "teacher": mark("老师")}
_MANY = 8


def informant(code: str) -> str:
    """Who answers."""
    return tr(_INFORMANTS[code])


def day(iso: str) -> str:
    """A day as people write it."""
    from datetime import date

    return plain_date(date.fromisoformat(iso))


def number_of(line: StudentLine) -> str:
    """The school number, which tells two students of one name apart; empty where there is none."""
    return tr("学号 {n}", n=line.school_no) if line.school_no else ""


def numbers(items: tuple[str, ...]) -> str:
    """第 3、7 题; the first of many, and how many there are."""
    shown = tr("、").join(items[:_MANY])
    return (
        tr("第 {items} 题", items=shown)
        if len(items) <= _MANY
        else tr("第 {items} 等 {n} 题", items=shown, n=len(items))
    )


def question(item: Item, text: InUse | None) -> str:
    """What the item asks: its text where the school has it, else our short topic; empty where neither is known."""
    found = text.items.get(item.number) if text is not None else None
    return found.text if found is not None else item.topic


def options(item: Item, responses: Responses, text: InUse | None) -> tuple[str, ...]:
    """The words of the options as they are printed."""
    found = text.items.get(item.number) if text is not None else None
    own = tuple(option.word for option in responses.options)
    return found.options if found is not None and len(found.options) == len(own) else own


def scale_of(form: Definition, item: Item) -> str:
    """The part to which an item belongs; empty where there is only the total."""
    names = [
        score.name for score in form.scores if score.id != TOTAL and not score.aside and item.number in score.items
    ]
    return tr("、").join(dict.fromkeys(names[:2]))


def answer(responses: Responses, mark_: str | None) -> str:
    """An answer in a few words."""
    if mark_ is None:
        return tr("没录到")
    if not mark_:
        return tr("空着")
    if responses.kind is Kind.OPTIONS:
        return responses.options[int(mark_) - 1].word
    if responses.kind is Kind.TICKS:
        return tr("、").join(responses.options[int(place) - 1].word for place in mark_.split(";"))
    return f"{mark_} {responses.unit}".strip()


def status(form: Definition, result: "SheetResult") -> str:
    """What became of a sheet."""
    void = [each for each in form.validity if each.void and result.validity.get(each.id)]
    if result.status == "void" and void:
        score = result.scores.get(void[0].score)
        name = next((each.name for each in form.scores if each.id == void[0].score), void[0].name)
        said = tr("{name} {n} 分", name=name, n=f"{score:g}") if score is not None else name
        return tr("作废：{why}，建议另找时间重测", why=said)
    if result.status == "incomplete" and result.missing:
        return tr("有空题：{items}", items=numbers(result.missing))
    if result.status == "prorated":
        return tr("已计分，{items}空着，按规则补缺", items=numbers(result.missing))
    return word(f"sheet_status.{result.status}")


def outcome(form: Definition, result: "SheetResult") -> str:
    """What became of a sheet, with the band of its total."""
    found = limit(form, result, TOTAL)
    said = status(form, result)
    return tr("{said}，{band}", said=said, band=found.name) if found is not None else said


def limit(form: Definition, result: "SheetResult", score: str) -> Limit | None:
    """The band in which a score lies; None where it lies in none."""
    found = result.bands.get(score)
    limits = (each for bands in form.bands if score in bands.scores for each in bands.limits)
    return next((each for each in limits if each.id == found), None) if found is not None else None


def doubtful(form: Definition, score: str) -> bool:
    """Whether the limits of a score have no good source (confidence C)."""
    return any(score in bands.scores and (bands.confidence or form.confidence) == "C" for bands in form.bands)
