"""A definition that is wrong is refused with file, line and reason; nothing wrong ever scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom import resources
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.scores import Direction
from counselroom.formats.instruments.definitions import Fault, FaultyError, parse
from counselroom.formats.instruments.lines import Path, line_of


def text(instrument: str = "phq4") -> str:
    return resources.text("instruments", f"{instrument}.toml")


def faults(changed: str) -> list[Fault]:
    with pytest.raises(FaultyError) as caught:
        parse(changed.encode())
    return caught.value.faults


def faults_or_none(changed: str) -> list[Fault]:
    try:
        parse(changed.encode())
    except FaultyError as error:
        return error.faults
    return []


def line_with(changed: str, words: str) -> int:
    return next(number for number, line in enumerate(changed.splitlines(), 1) if words in line)


def test_a_definition_says_what_its_file_says() -> None:
    found = parse(text().encode())
    assert isinstance(found, Definition)
    assert (found.id, found.bare_id, found.version) == ("counselroom/phq4", "phq4", 1)
    assert found.numbers() == ("1", "2", "3", "4")
    assert found.score("total").items == ("1", "2", "3", "4")
    assert found.responses_of("1").codes() == (0, 1, 2, 3)
    assert found.direction is Direction.WORSE


RULE = '[[rule]]\nid = "r"\nname = "r"\nkind = "flag"\nsource = "key"\n'
RELIABILITY = '[[reliability]]\nsource = "key"\n'
CHANGES = [
    # what is changed, into what, the code of the fault, and the words of the line that it points at
    ("format = 1", "format = 2", "format", "format = 2"),
    ('id = "counselroom/phq4"', 'id = "phq4"', "id", 'id = "phq4"'),
    ("version = 1", 'version = "1"', "kind", 'version = "1"'),
    ('confidence = "A"', 'confidence = "D"', "not_one_of", 'confidence = "D"'),
    ('informant = "self"', 'informant = "aunt"', "not_one_of", 'informant = "aunt"'),
    ('how = "sum"', 'how = "eval"', "not_one_of", 'how = "eval"'),
    ('how = "sum"', 'how = "sum"\nformula = "1+1"', "unknown_word", 'formula = "1+1"'),
    ('items = "1-2"', 'items = "1-5"', "items", 'items = "1-5"'),
    ('items = "1-2"', 'items = "2-1"', "items", 'items = "2-1"'),
    ('items = "1-4"', 'scores = ["anxiety", "sleep"]', "no_score", 'scores = ["anxiety", "sleep"]'),
    ('id = "depression"', 'id = "anxiety"', "twice", 'id = "anxiety"'),
    ("count = 4", 'count = 4\nunscored = "4"', "unscored_used", "unscored"),
    ('responses = "days4"', 'responses = "days"', "no_responses", "[items]"),
    ('source = "key"\nlimits', 'source = "me"\nlimits', "no_source", 'source = "me"'),
    ('"normal", name = "平稳", from = 0', '"normal", name = "平稳", from = 1', "bands_gap", "from = 1"),
    ('name = "重度", from = 9', 'name = "重度", from = 5', "bands_order", "limits = ["),
    ('name = "重度", from = 9', 'name = "重度", from = 13', "bands_beyond", "from = 13"),
    ('id = "severe", name', 'id = "mild", name', "twice", 'id = "mild", name = "重度"'),
    ('scores = ["anxiety", "depression"]', 'scores = ["total"]', "bands_twice", 'scores = ["total"]'),
    ('age = [12, 99]', 'age = [12, 99]\neffect = "exclude"', "age_excludes", "effect"),
    ('age = [12, 99]', 'age = [99, 12]', "range", "age = [99, 12]"),
    ('age = [12, 99]', 'age = [11.5, 99]', "range", "age = [11.5, 99]"),
    ('age = [12, 99]', 'age = [nan, 99]', "kind", "age = [nan, 99]"),
    ('age = [12, 99]', 'age = [12, inf]', "kind", "age = [12, inf]"),
    ("code = 3", "code = nan", "kind", "code = nan"),
    ('items = "1-4"', 'items = "1-4"\nthen = [{ multiply = 1' + "0" * 400 + " }]", "kind", "multiply"),
    ('items = "1-4"', 'items = "1-4"\nthen = [{ round = 400 }]', "not_one_of", "round = 400"),
    ("count = 4", "count = 1000000000", "items", "count = 1000000000"),
    ("count = 4", "count = 0", "items", "count = 0"),
    ("[[gate]]", f"{RULE}if = {{ all = [] }}\n\n[[gate]]", "condition", "if = { all = [] }"),
    ("[[gate]]", f"{RELIABILITY}score = 'sleep'\nvalue = 0.9\nsd = 3\n\n[[gate]]", "no_score", "score = 'sleep'"),
    ("[[gate]]", f"{RELIABILITY}score = 'total'\nvalue = 0.9\nsd = 0\n\n[[gate]]", "reliability", "[[reliability]]"),
    ("[[gate]]", f"{RELIABILITY}score = 'total'\nvalue = 1\nsd = 3\n\n[[gate]]", "reliability", "[[reliability]]"),
    ("[[gate]]", "[[reliability]]\nscore = 'total'\nvalue = 0.9\nsd = 3\nsource = 'me'\n\n[[gate]]", "no_source",
     "source = 'me'"),
    ('answers = "2 3*1"', 'answers = "2 2*1"', "answer_count", 'answers = "2 2*1"'),
    ('answers = "2 3*1"', 'answers = "2 0*1 1 1 1"', "answers", 'answers = "2 0*1 1 1 1"'),
    ('total = "mild" }', 'total = "mild" }\nflags = ["low"]', "no_such", 'flags = ["low"]'),
    ('name = "重度", from = 9', 'name = "重度", from = 10', "example_band", "[[bands]]"),
    ('"轻度", from = 3 },', '"轻度", from = 3 },\n  { id = "new", name = "新", from = 4 },', "no_example_band", "新"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "code", "place"), CHANGES, ids=[f"{each[2]}-{at}" for at, each in enumerate(CHANGES)]
)
def test_what_is_wrong_is_named_with_its_line(before: str, after: str, code: str, place: str) -> None:
    assert before in text()
    changed = text().replace(before, after, 1)
    found = faults(changed)
    assert code in [fault.code for fault in found]
    lines = {fault.line for fault in found if fault.code == code}
    wanted = {number for number, line in enumerate(changed.splitlines(), 1) if place in line}
    assert lines & wanted, (lines, wanted)


def test_scores_that_wait_for_each_other_are_a_cycle() -> None:
    changed = text().replace('items = "1-2"', 'items = "1-2"\nscores = ["depression"]').replace(
        'items = "3-4"', 'items = "3-4"\nscores = ["anxiety"]'
    )  # fmt: skip
    (cycle,) = [fault for fault in faults(changed) if fault.code == "cycle"]
    assert cycle.values["scores"] == ("anxiety", "depression")


def test_a_definition_without_examples_does_not_load() -> None:
    found = faults(text().split("[[example]]", 1)[0])
    assert {fault.code for fault in found} >= {"no_examples", "no_example_band"}


def test_every_band_boundary_alert_and_validity_line_needs_its_example() -> None:
    head, *examples = text("mht").split("[[example]]")
    for place in range(len(examples)):
        left = [example for at, example in enumerate(examples) if at != place]
        if "validity" in examples[place] or "alerts" in examples[place]:
            continue  # some of these stand for the same thing twice
        codes = {fault.code for fault in faults_or_none("[[example]]".join([head, *left]))}
        assert codes <= {"no_example_band", "no_example_boundary", "no_example_validity"}
    without = [example for example in examples if "alerts" not in example]
    codes = {fault.code for fault in faults("[[example]]".join([head, *without]))}
    assert "no_example_alert" in codes


def test_nobody_lies_in_two_sets_of_bands() -> None:
    changed = text("yp-core").replace("ages = [11, 13]", "ages = [11, 14]")
    assert changed != text("yp-core")
    assert {fault.code for fault in faults(changed)} == {"bands_twice"}


def test_an_item_is_described_once() -> None:
    twice = '[[item]]\nnumber = "1"\n\n[[item]]\nnumber = "1"\n\n[[responses]]'
    changed = text().replace("[[responses]]", twice, 1)
    (fault,) = faults(changed)
    assert (fault.code, fault.values["id"]) == ("twice", "1")


def test_an_item_in_no_score_has_to_say_so() -> None:
    changed = text().replace('items = "1-4"', 'items = "1-3"').replace('items = "3-4"', 'items = "3"')
    (fault,) = [fault for fault in faults(changed) if fault.code == "in_no_score"]
    assert (fault.values["item"], fault.line) == ("4", line_with(changed, "[items]"))


def test_a_variant_that_nobody_declared() -> None:
    changed = text().replace('items = "1-2"', 'items = "1-2"\nwhen = "mine"')
    (fault,) = [fault for fault in faults(changed) if fault.code == "no_variant"]
    assert fault.line == line_with(changed, 'when = "mine"')


def test_every_choice_of_variants_has_to_be_whole() -> None:
    changed = text("sas").replace('when = "round"', 'when = "truncate"', 1)
    assert {"twice", "no_score"} & {fault.code for fault in faults(changed)}


def test_a_norm_needs_its_score_in_every_choice_of_variants() -> None:
    changed = text("sas").replace("[[example]]", """[[score]]
id = "half"
name = "x"
how = "sum"
items = "1-10"
source = "key"
when = "round"

[[norm]]
score = "half"
name = "x"
mean = 1
sd = 1
source = "key"

[[example]]""", 1)  # fmt: skip
    (fault,) = [fault for fault in faults(changed) if fault.code == "no_score"]
    assert (fault.values["score"], fault.line) == ("half", line_with(changed, 'score = "half"'))


def test_topics_are_short_and_name_their_source() -> None:
    long = text().replace(
        "[[responses]]", '[[item]]\nnumber = "1"\ntopic = "十三个字的题意提示太长了一些"\n\n[[responses]]', 1
    )
    assert {"topic_long", "missing_word"} <= {fault.code for fault in faults(long)}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", "not_utf8"),
        (b"format = ", "not_toml"),
        (b"a = 1\nb = = 2\n", "not_toml"),
        (b"", "missing_word"),
        (b"x" * 2_000_001, "too_large"),
        (b"a = " + b"[" * 5000, "not_toml"),
        (b"a = " + b"1" * 5000, "not_toml"),
    ],
)
def test_what_is_no_definition_at_all(data: bytes, code: str) -> None:
    with pytest.raises(FaultyError) as caught:
        parse(data)
    assert code in {fault.code for fault in caught.value.faults}


def test_a_toml_error_has_its_line() -> None:
    assert faults("a = 1\nb = = 2\n")[0].line == 2


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_fault(data: bytes) -> None:
    with pytest.raises(FaultyError):
        parse(data)


@given(st.integers(0, 400), st.sampled_from(["", '"', "]", "= 1", "score = 3", "[[score]]", "\x00", "9" * 40]))
def test_a_damaged_line_faults_or_reads_but_never_fails(place: int, junk: str) -> None:
    lines = text().splitlines()
    lines[place % len(lines)] = junk
    assert all(1 <= fault.line <= len(lines) for fault in faults_or_none("\n".join(lines)))


def test_lines_of_paths() -> None:
    toml = "a = 1\n[t]\nx = [\n  { y = 1 },\n  { y = 2 },\n]\n[[s]]\nid = 1\n[[s]]\nid = 2\n[s.u]\nw = 3\n"
    paths: list[Path] = [("a",), ("t", "x"), ("t", "x", 1), ("t", "x", 1, "y"), ("s", 1, "id"), ("z",)]
    assert [line_of(toml, path) for path in paths] == [1, 3, 5, 5, 10, 1]


def test_parts_cannot_multiply_without_end() -> None:
    parts = "".join(
        f'[[part]]\nid = "p{n}"\nname = "处"\nvariants = [\n'
        f'  {{ id = "a{n}", name = "甲", default = true, source = "key" }},\n'
        f'  {{ id = "b{n}", name = "乙", source = "key" }},\n]\n\n'
        for n in range(20)
    )
    (fault,) = faults(text().replace("[[score]]", f"{parts}[[score]]", 1))
    assert (fault.code, fault.values["found"]) == ("many_choices", 2**20)
