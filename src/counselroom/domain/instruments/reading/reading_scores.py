"""Reading the elements of a definition that make and interpret scores: one function for each array of the file."""

from counselroom.domain.instruments.definition.meaning import (
    Alert,
    All,
    AnyOf,
    Bands,
    Compare,
    Condition,
    Gate,
    Keys,
    Limit,
    Norm,
    Not,
    Part,
    Priority,
    Reliability,
    Rule,
    Validity,
    Variant,
)
from counselroom.domain.instruments.definition.scores import Bin, Bound, Direction, How, Missing, Score, Step, StepKind
from counselroom.domain.instruments.reading.tables import Table

_OPS = ("at_least", "above", "at_most", "below", "equal")
_DECIMALS = range(10)  # to how many places a score may be rounded


def read_when(entry: Table) -> frozenset[str]:
    """The variants for which an element exists."""
    return frozenset(entry.text_or_texts("when"))


def read_score(entry: Table, numbers: tuple[str, ...], direction: Direction) -> Score:
    """``[[score]]``; ``direction`` is that of the whole."""
    return Score(
        id=entry.text("id"),
        name=entry.text("name"),
        how=How(entry.one_of("how", tuple(How))),
        items=entry.items("items", numbers),
        scores=entry.texts("scores"),
        missing=_missing(entry, numbers),
        then=entry.each("then", _step),
        weights=entry.numbers("weights"),
        at_least=entry.maybe("at_least"),
        equal=entry.numbers("equal"),
        direction=Direction(entry.one_of("direction", tuple(Direction), direction)),
        aside=entry.yes("aside"),
        confidence=entry.text("confidence", ""),
        source=entry.text("source"),
        when=read_when(entry),
    )


def _missing(entry: Table, numbers: tuple[str, ...]) -> Missing:
    found = entry.raw("missing")
    if found in (None, "refuse"):
        return Missing()
    table = Table(found, (*entry.path, "missing"), entry.flaws)
    if table.has("prorate"):
        missing = Missing(prorate=table.whole("prorate"))
    else:
        if table.number("blank") != 0:
            table.flaw("not_one_of", "blank", word="blank", found=table.raw("blank"), allowed="0")
        missing = Missing(up_to=table.whole("up_to"), over=table.items("over", numbers))
    table.close()
    return missing


def _step(table: Table) -> Step:
    words = [kind for kind in StepKind if table.has(kind)]
    if len(words) != 1:
        table.flaw("one_step")
        return Step(StepKind.ADD, (0,))
    kind = words[0]
    if kind is StepKind.FLOOR:
        if not table.yes(kind):
            table.flaw("kind", kind, word=kind, wanted="true")
        return Step(kind)
    if kind is StepKind.BINS:
        return Step(kind, bins=table.each(kind, lambda each: Bin(_bound(each), each.number("value"))))
    if kind is StepKind.CLAMP:
        return Step(kind, table.numbers(kind, 2))
    number = table.number(kind)
    if kind is StepKind.ROUND and number not in _DECIMALS:
        table.flaw("not_one_of", kind, word=kind, found=number, allowed=tuple(map(str, _DECIMALS)))
        return Step(kind, (0,))
    return Step(kind, (number,))


def _bound(table: Table, reached: str = "from") -> Bound:
    if table.has("above"):
        return Bound(table.number("above"), above=True)
    return Bound(table.number(reached))


def read_validity(entry: Table) -> Validity:
    """``[[validity]]``."""
    return Validity(
        id=entry.text("id"),
        name=entry.text("name"),
        score=entry.text("score"),
        bound=_bound(entry, "at_least"),
        void=entry.one_of("state", ("void", "doubtful")) == "void",
        confidence=entry.text("confidence", ""),
        source=entry.text("source"),
        when=read_when(entry),
    )


def read_alert(entry: Table, numbers: tuple[str, ...]) -> Alert:
    """``[[alert]]``."""
    return Alert(
        items=entry.items("items", numbers),
        priority=Priority(entry.one_of("priority", tuple(Priority))),
        at_least=entry.maybe("at_least"),
        confidence=entry.text("confidence", ""),
        source=entry.text("source"),
        when=read_when(entry),
    )


def read_rule(entry: Table, numbers: tuple[str, ...]) -> Rule:
    """``[[rule]]``."""
    condition = entry.table("if")
    found = _condition(condition, numbers)
    condition.close()
    return Rule(
        id=entry.text("id"),
        name=entry.text("name"),
        condition=found,
        soft=entry.one_of("kind", ("flag", "soft")) == "soft",
        confidence=entry.text("confidence", ""),
        source=entry.text("source"),
        when=read_when(entry),
    )


def _condition(table: Table, numbers: tuple[str, ...]) -> Condition:
    for word, kind in (("all", All), ("any", AnyOf)):
        if table.has(word):
            several = table.each(word, lambda each: _condition(each, numbers))
            if not several:
                table.flaw("condition", word)
            return kind(several)
    if table.has("not"):
        inner = table.table("not")
        found = Not(_condition(inner, numbers))
        inner.close()
        return found
    return _compare(table, numbers)


def _compare(table: Table, numbers: tuple[str, ...]) -> Compare:
    ops = [op for op in _OPS if table.has(op)]
    item = table.text("item", "")
    if len(ops) != 1 or table.has("score") == bool(item):
        table.flaw("condition")
        return Compare("equal", 0)
    if item and item not in numbers:
        table.flaw("items", "item", found=item)
    return Compare(ops[0], table.number(ops[0]), score=table.text("score", ""), item=item)


def read_keys(entry: Table, age: str = "ages", grade: str = "grades") -> Keys:
    """Whom an element is for."""
    sex = entry.one_of("sex", ("M", "F")) if entry.has("sex") else ""
    return Keys(sex, entry.span(age), entry.span(grade))


def read_bands(entry: Table) -> Bands:
    """``[[bands]]``."""
    return Bands(
        scores=entry.texts("scores"),
        limits=entry.each("limits", _limit),
        keys=read_keys(entry),
        confidence=entry.text("confidence", ""),
        source=entry.text("source"),
        when=read_when(entry),
    )


def _limit(table: Table) -> Limit:
    return Limit(table.text("id"), table.text("name"), _bound(table), table.yes("flag"))


def read_norm(entry: Table) -> Norm:
    """``[[norm]]``."""
    return Norm(
        score=entry.text("score"),
        name=entry.text("name"),
        keys=read_keys(entry),
        mean=entry.number("mean", 0),
        sd=entry.number("sd", 0),
        table=entry.pairs("table"),
        n=entry.whole("n", 0),
        confidence=entry.text("confidence", ""),
        source=entry.text("source"),
        when=read_when(entry),
    )


def read_reliability(entry: Table) -> Reliability:
    """``[[reliability]]``."""
    return Reliability(
        entry.text("score"), entry.number("value"), entry.number("sd"), entry.text("source"), read_when(entry)
    )


def read_gate(entry: Table) -> Gate:
    """``[[gate]]``."""
    return Gate(
        keys=read_keys(entry, "age", "grade"),
        excludes=entry.one_of("effect", ("warn", "exclude"), "warn") == "exclude",
        source=entry.text("source"),
        when=read_when(entry),
    )


def read_part(entry: Table) -> Part:
    """``[[part]]``."""
    return Part(entry.text("id"), entry.text("name"), entry.each("variants", _variant))


def _variant(table: Table) -> Variant:
    return Variant(
        table.text("id"),
        table.text("name"),
        table.yes("default"),
        table.text("confidence", ""),
        table.text("source"),
    )
