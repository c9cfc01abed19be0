"""What is said of a questionnaire in a few words: for whom it is, how sure it is, by what right it may be used."""

from collections.abc import Iterable

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Gate, Keys, Limit
from counselroom.domain.instruments.definition.scores import Bound, Direction
from counselroom.services.instruments.telling import explaining
from counselroom.ui.i18n import mark, tr, word

# An upper end from which on a range of years is open (docs/formats/instrument-v1.md: both ends are written).
_OPEN_END = 99
_GRADES = (
    "", mark("一年级"), mark("二年级"), mark("三年级"), mark("四年级"), mark("五年级"), mark("六年级"),
    mark("初一"), mark("初二"), mark("初三"), mark("高一"), mark("高二"), mark("高三"),
)  # fmt: skip
_DIRECTIONS = {
    Direction.WORSE: mark("分数越高，困扰越多"),
    Direction.BETTER: mark("分数越高，状态越好"),
    Direction.NEITHER: mark("分数没有好坏之分"),
}


def informants(definition: Definition) -> str:
    """Whose answers it asks for."""
    return tr("、").join(word(f"informant.{each}") for each in definition.informants)


def for_whom(gates: Iterable[Gate]) -> str:
    """Ages, grades and sex as people say them; empty where nothing is stated."""
    return tr("，").join(filter(None, (whom(gate.keys) for gate in gates)))


def whom(keys: Keys) -> str:
    """Whom bands, norms or a gate are for."""
    said = [tr("男生") if keys.sex == "M" else tr("女生")] if keys.sex else []
    if keys.ages:
        first, last = keys.ages
        said.append(tr("{n} 岁起", n=first) if last >= _OPEN_END else tr("{a}–{b} 岁", a=first, b=last))
    if keys.grades:
        first, last = keys.grades
        said.append(tr("{a}至{b}", a=tr(_GRADES[first]), b=tr(_GRADES[last])))
    return tr("，").join(said)


def confidence(letter: str) -> str:
    """How sure it is, in one word."""
    return word(f"confidence_word.{letter}")


def sureness(definition: Definition) -> str:
    """How sure key and limits are, in a sentence; for our own ones there is nothing to be sure of."""
    return tr("自编，未标准化") if definition.own else word(f"confidence.{definition.confidence}")


def direction(of: Direction) -> str:
    """What a higher score means."""
    return tr(_DIRECTIONS[of])


def bound(of: Bound) -> str:
    """Where a band begins."""
    number = explaining.number(of.value)
    return tr("大于 {n}", n=number) if of.above else tr("{n} 起", n=number)


def limits(of: Iterable[Limit]) -> str:
    """All bands in one line, those that ask for attention marked by words."""
    return tr("　").join(map(_limit, of))


def _limit(limit: Limit) -> str:
    said = tr("{start}：{name}", start=bound(limit.bound), name=limit.name)
    return tr("{said}（建议关注）", said=said) if limit.flag else said
