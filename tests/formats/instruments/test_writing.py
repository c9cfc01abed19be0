"""What is written reads back as the same definition."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom import resources
from counselroom.domain.instruments.definition.answering import Coding, Item, Responses, Shown
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import AnyOf, Compare, Gate, Keys, Norm, Not, Reliability, Rule
from counselroom.domain.instruments.definition.ranges import chosen, heads
from counselroom.domain.instruments.definition.scores import Bin, Bound, Direction, How, Missing, Score, Step, StepKind
from counselroom.formats.instruments.definitions import parse
from counselroom.formats.instruments.writing import number, write
from counselroom.formats.instruments.writing_tables import head_ranges, ranges
from formats.instruments.converting import library

LIBRARY = sorted(path.stem for path in resources.path("instruments").glob("*.toml"))


def read_back(definition: Definition) -> Definition:
    """Whether it makes sense is not looked at: only the words."""
    return parse(write(definition).encode(), checked=True)


@pytest.mark.parametrize("instrument", LIBRARY)
def test_the_library(instrument: str) -> None:
    definition = library(instrument)
    assert read_back(definition) == definition


SENTENCES = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1).filter(lambda text: bool(text.strip()))


@given(SENTENCES, SENTENCES, st.dictionaries(SENTENCES, SENTENCES))
def test_any_text(name: str, evidence: str, sources: dict[str, str]) -> None:
    gad7 = library("gad7")
    definition = replace(gad7, name=name, evidence=evidence, sources={**gad7.sources, **sources})
    assert read_back(definition) == definition


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number(value: float) -> None:
    assert float(number(value)) == value
    definition = replace(library("gad7"), reliability=(Reliability("total", value, value, "key"),))
    assert read_back(definition) == definition


def test_what_no_instrument_of_the_library_uses() -> None:
    gad7 = library("gad7")
    whole = frozenset({"a", "b"})
    steps = (
        Step(StepKind.CLAMP, (-1, 2.5)), Step(StepKind.ROUND, (0,)), Step(StepKind.ADD, (-0.1,)),
        Step(StepKind.BINS, bins=(Bin(Bound(0), 0), Bin(Bound(1.5, above=True), 3))),
    )  # fmt: skip
    score = Score(
        "more", "more", How.WEIGHTED, ("7", "1", "2"), ("total",), Missing(up_to=0, over=("1", "2")), steps,
        (1, 0, -2, 0.5), direction=Direction.NEITHER, aside=True, source="key", when=whole,
    )  # fmt: skip
    keys = Keys("M", (11, 13), (7, 12))
    definition = replace(
        gad7,
        scores=(*gad7.scores, score, Score("n", "n", How.COUNT, ("3",), at_least=0, source="key")),
        norms=(Norm("total", "n", keys, table=((0, 35), (1, 38.5)), n=3, source="key", when=whole),
               Norm("total", "n", mean=0, sd=2, source="key")),
        reliability=(Reliability("total", 0.9, 0, "key", frozenset({"a"})),),
        rules=(Rule("r", "r", AnyOf((Not(Compare("below", 0, score="total")), Compare("equal", -1.5, item="3"))),
                    source="key"),),
        gates=(Gate(Keys(ages=(0, 99)), source="key"), Gate(Keys(sex="F"), excludes=True, source="key")),
        coding=(Coding(("7",)), Coding(items=("2", "1"), table=((0, 0), (1, 0), (2, 0), (3, 1)))),
        examples=(replace(gad7.examples[0], sex="F", age=0, grade=1, status="void", alerts=("2",), flags=("r",)),),
    )  # fmt: skip
    assert read_back(definition) == definition


def test_heads_and_their_own_answers() -> None:
    numbers = ("3", "1", "2", "5a", "5b", "5d", "6", "7b", "8a")
    items = tuple(Item(number, "s" if number != "6" else "t", shown=Shown(any=("1",)) if number == "6" else None)
                  for number in numbers)  # fmt: skip
    gad7 = library("gad7")
    sets = (replace(gad7.responses[0], id="s"), Responses("t", options=gad7.responses[0].options, words="yes_no"))
    score = replace(gad7.scores[0], items=numbers)
    example = replace(gad7.examples[0], answers=("0",) * len(numbers))
    definition = replace(gad7, items=items, responses=sets, scores=(score,), examples=(example,), alerts=())
    assert head_ranges(numbers) == "3, 1-2, 5a-5b, 5d, 6, 7b, 8a"
    assert read_back(definition) == definition


NUMBERS = st.lists(st.from_regex(r"[1-9][0-9]?[a-e]?", fullmatch=True), min_size=1, max_size=40, unique=True)


@given(NUMBERS, st.randoms())
def test_ranges_name_items_in_the_order_given(numbers: list[str], chance) -> None:  # type: ignore[no-untyped-def]  # hypothesis gives a random.Random
    assert heads(head_ranges(numbers)) == tuple(numbers)
    some = chance.sample(numbers, chance.randint(1, len(numbers)))
    assert chosen(ranges(some, numbers), numbers) == tuple(some)


def test_it_is_compact() -> None:
    text = write(library("mht"))
    assert 'items = "1-15"' in text
    assert "unscored = " not in text
    assert len(text.splitlines()) < 400
