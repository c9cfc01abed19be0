"""An empty questionnaire on paper, to be answered by hand: nobody's name stands on it, only a box for a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from counselroom.domain.dates import clock_time, plain_date
from counselroom.reports.parts import (
    Choices,
    Footer,
    Header,
    Lines,
    Paragraph,
    Part,
    Parts,
    Section,
    Spacer,
    Table,
    Title,
)

_BOX = "□"
# Options stand in columns beside the question where the words are short and few; else beneath it.
_MOST_COLUMNS, _MOST_LETTERS, _WHOLE = 7, 5, 22
_NUMBER_SHARE, _ALL_SHARE = 2.1, 24.0
_LETTER_SHARE, _LEAST_SHARE = 0.95, 1.9
_ROW_MM, _SIZE = 7.4, 10


@dataclass(frozen=True)
class Question:
    """One item: ``options`` in printed order; none where something is written by hand, ``blank`` says what (a unit).

    ``ticks``: several may be ticked. ``only`` says to whom it is put, where that is not everybody.
    """

    number: str
    text: str
    options: tuple[str, ...] = ()
    blank: str = ""
    ticks: bool = False
    only: str = ""


@dataclass(frozen=True)
class QuestionnaireContent:
    """What stands on the paper. ``intro`` is read before the first question; ``fields`` are filled in at the top;
    ``note`` stands at the end (自编，未标准化, or by whose leave it is printed)."""

    school: str
    title: str
    intro: str
    fields: tuple[str, ...]
    questions: tuple[Question, ...]
    note: str
    printed_by: str
    printed_at: datetime


def questionnaire(content: QuestionnaireContent) -> Parts:
    """The parts of one empty questionnaire."""
    when = f"{plain_date(content.printed_at)} {clock_time(content.printed_at)}"
    return (
        Header(f"{content.school}　心理辅导室", "问卷"),
        Footer("做完请交给老师", f"{content.printed_by}　{when} 打印"),
        Title(content.title),
        *_fields(content.fields),
        Paragraph(content.intro),
        Spacer(2),
        *_questions(content.questions),
        Spacer(2),
        *([Paragraph(content.note, small=True, quiet=True)] if content.note else ()),
    )


def _fields(words: Sequence[str]) -> Iterator[Part]:
    """Side by side, to be filled in by hand."""
    if words:
        yield Table(tuple(words), (("",) * len(words),), (), 9, _SIZE)
        yield Spacer(1)


def _questions(questions: Sequence[Question]) -> Iterator[Part]:
    """Questions with the same short options stand in one table; the others one by one."""
    for options, group in groupby(questions, key=_columns):
        several = tuple(group)
        if options:
            yield _table(options, several)
        else:
            for question in several:
                yield from _alone(question)


def _columns(question: Question) -> tuple[str, ...]:
    """The options that stand in columns; none where they have to stand beneath."""
    words = question.options
    short = 1 < len(words) <= _MOST_COLUMNS and max(map(len, words)) <= _MOST_LETTERS and sum(map(len, words)) <= _WHOLE
    return words if short and not question.ticks else ()


def _table(options: tuple[str, ...], questions: Sequence[Question]) -> Table:
    shares = [max(_LEAST_SHARE, _LETTER_SHARE * len(word)) for word in options]
    text = _ALL_SHARE - _NUMBER_SHARE - sum(shares)
    rows = tuple((each.number, _said(each), *(_BOX for _ in options)) for each in questions)
    return Table(("题号", "题目", *options), rows, (_NUMBER_SHARE, text, *shares), _ROW_MM, _SIZE)


def _said(question: Question) -> str:
    return f"{question.text}（{question.only}）" if question.only else question.text


def _alone(question: Question) -> Iterator[Part]:
    several = "（可以选几项）" if question.ticks else ""
    told = f"{_said(question)}{several}"
    under: tuple[Part, ...] = (Choices(question.options),) if question.options else (Lines((question.blank,)),)
    yield Section(question.number, (told, *under))
