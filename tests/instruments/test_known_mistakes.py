"""Mistakes that programs and hand scoring make with these questionnaires, one by one (field.md 4b, instruments.md)."""

import pytest

from counselroom.domain.instruments.definition.definition import Definition
from instruments.sheets import IDS, Answers, definition, filled, score

BOY, GIRL = ("M", 14, None), ("F", 14, None)


def raised(instrument: str, low: int, count: int, code: int) -> Answers:
    """The first items at one code, the rest at the lowest."""
    answers = filled(instrument, low)
    return answers | dict.fromkeys(list(answers)[:count], code)


def standard(instrument: str, raw: int, *variants: str) -> tuple[float | None, str | None]:
    """Standard score and band of a raw sum from 20 on, whichever items are turned round."""
    turned = {number for coding in definition(instrument).coding for number in coding.reverse}
    answers: Answers = {number: 4 if number in turned else 1 for number in definition(instrument).numbers()}
    for at in range(raw - 20):
        number = str(at % 20 + 1)
        answers[number] = int(str(answers[number])) + (-1 if number in turned else 1)
    found = score(instrument, answers, *variants)
    assert found.scores["raw"] == raw
    return found.scores["total"], found.bands["total"]


def test_sds_42_is_52_cut_off_and_53_rounded() -> None:
    assert standard("sds", 40) == (50, "normal")
    assert standard("sds", 42) == (52, "normal")
    assert standard("sds", 42, "round") == (53, "mild")
    assert standard("sds", 40, "bands-50") == (50, "mild")
    assert standard("sas", 39) == (48, "normal")
    assert standard("sas", 39, "round") == (49, "normal")


@pytest.mark.parametrize("item", ["2", "5", "6", "11", "12", "14", "16", "17", "18", "20"])
def test_sds_items_that_are_turned_round(item: str) -> None:
    assert score("sds", filled("sds", 1) | {item: 4}).scores["raw"] == score("sds", filled("sds", 1)).scores["raw"] - 3


def test_sds_19_is_heard_above_its_lowest_answer() -> None:
    assert [score("sds", filled("sds", 1, _19=code)).alerts for code in (1, 2)] == [(), ("19",)]


def test_a_mean_is_never_rounded_up_to_a_line() -> None:
    """1.95 is shown as 2.0 by a system in use, and then "needs attention"."""
    found = score("mssmhs", raised("mssmhs", 1, 57, 2))
    assert found.scores["total"] == pytest.approx(1.95)
    assert found.bands["total"] == "none"
    assert score("mssmhs", filled("mssmhs", 2)).bands["total"] == "light"


def test_scl90_needs_more_than_two_or_with_the_other_reading_two() -> None:
    twos = filled("scl90", 1) | dict.fromkeys(("11", "24", "63", "67", "74", "81"), 2)
    just_below = twos | {"11": 1}
    assert score("scl90", just_below).scores["hostility"] == pytest.approx(11 / 6)
    assert [score("scl90", sheet).bands["hostility"] for sheet in (just_below, twos)] == ["below", "below"]
    assert score("scl90", twos, "factor-from").bands["hostility"] == "above"
    assert score("scl90", just_below, "factor-from").bands["hostility"] == "below"
    assert score("scl90", twos | {"11": 3}).bands["hostility"] == "above"


def test_scl90_factors_are_not_numbered_through() -> None:
    """Somatization is not items 1 to 12: 2 is anxiety, 3 obsessive."""
    found = score("scl90", filled("scl90", 1, _2=5))
    assert [key for key in ("somatization", "anxiety") if found.scores[key] != 1] == ["anxiety"]


def test_scl90_coded_from_nought_has_other_lines() -> None:
    seventy_one = filled("scl90", 0) | dict.fromkeys(map(str, range(1, 72)), 1)
    found = score("scl90", seventy_one, "coded-0-4")
    assert (found.scores["total"], found.bands["total"], found.scores["positive_items"]) == (71, "above", 71)
    assert found.scores["positive_mean"] == 1
    plain = score("scl90", filled("scl90", 1))
    assert (plain.scores["total"], plain.scores["positive_mean"], plain.status) == (90, None, "scored")


@pytest.mark.parametrize(
    ("total", "survey", "australia"),
    [
        (15, "low", "low"), (16, "low", "moderate"), (19, "low", "moderate"), (20, "moderate", "moderate"),
        (22, "moderate", "high"), (24, "moderate", "high"), (25, "high", "high"), (29, "high", "high"),
        (30, "very_high", "very_high"),
    ],
)  # fmt: skip
def test_k10_has_two_sets_of_bands(total: int, survey: str, australia: str) -> None:
    answers = raised("k10", 1, (total - 10) // 4, 5)
    answers["10"] = 1 + (total - 10) % 4
    assert score("k10", answers).scores["total"] == total
    assert score("k10", answers).bands["total"] == survey
    assert score("k10", answers, "bands-australia").bands["total"] == australia


@pytest.mark.parametrize(
    ("raw", "percent", "band"), [(7, 28, "very_low"), (8, 32, "low"), (12, 48, "low"), (13, 52, "good")]
)
def test_who5_is_four_times_the_sum_and_more_is_better(raw: int, percent: int, band: str) -> None:
    answers = raised("who5", 0, raw // 5, 5)
    answers["5"] = raw % 5
    found = score("who5", answers)
    assert (found.scores["total"], found.bands["total"]) == (percent, band)
    assert definition("who5").direction == "better"


@pytest.mark.parametrize(
    ("total", "boy", "girl"),
    [(30, "below", "below"), (31, "above", "below"), (32, "above", "below"), (33, "above", "above")],
)
def test_smartphone_line_is_by_sex(total: int, boy: str, girl: str) -> None:
    answers = raised("sassv", 3, total - 30, 4)
    assert score("sassv", answers, person=BOY).bands == {"total": boy}
    assert score("sassv", answers, person=GIRL).bands == {"total": girl}
    unknown = score("sassv", answers)
    assert (unknown.status, unknown.scores, unknown.bands) == ("scored", {"total": total}, {"total": None})


def test_phq15_item_4_is_for_girls() -> None:
    boy = score("phq15", filled("phq15", 2, _4=None), person=BOY)
    assert (boy.status, boy.missing, boy.scores["total"]) == ("scored", (), 28)
    assert score("phq15", filled("phq15", 2), person=BOY).scores["total"] == 28
    girl = score("phq15", filled("phq15", 2, _4=None), person=GIRL)
    assert (girl.status, girl.missing) == ("incomplete", ("4",))
    assert score("phq15", filled("phq15", 2), person=GIRL).scores["total"] == 30


def test_phq9_item_9_is_heard_and_item_10_is_not_summed() -> None:
    found = score("phq9", filled("phq9", 0, _9=1, _10=3))
    assert (found.scores["total"], found.bands["total"], found.alerts) == (1, "minimal", ("9",))
    unasked = score("phq9", filled("phq9", 0, _10=None))
    assert (unasked.status, unasked.missing) == ("scored", ())


def test_phq9_is_prorated_only_where_that_is_chosen() -> None:
    two = filled("phq9", 2, _1=None, _2=None)
    assert (score("phq9", two).status, score("phq9", two).scores["total"]) == ("incomplete", None)
    filled_up = score("phq9", two, "prorate-2")
    assert (filled_up.status, filled_up.scores["total"], filled_up.prorated) == ("prorated", 18, ("total",))
    assert score("phq9", two | {"3": None}, "prorate-2").status == "incomplete"


def test_dass_is_doubled_once() -> None:
    five = score("dass21", filled("dass21", 0) | dict.fromkeys(("3", "5", "10", "13", "16"), 1))
    assert (five.scores["depression"], five.bands["depression"]) == (10, "mild")
    seven = score("dass21", filled("dass21", 0) | dict.fromkeys(("3", "5", "10", "13", "16", "17", "21"), 1))
    assert (seven.scores["depression"], seven.bands["depression"], seven.alerts) == (14, "moderate", ())
    assert seven.flags == {"hopeless_21": True, "nothing_ahead_10": True}


@pytest.mark.parametrize(
    ("undoubled", "depression", "anxiety", "stress"),
    [
        (4, "normal", "mild", "normal"), (5, "mild", "moderate", "normal"), (7, "moderate", "moderate", "normal"),
        (8, "moderate", "severe", "mild"), (10, "moderate", "extreme", "moderate"),
        (11, "severe", "extreme", "moderate"), (13, "severe", "extreme", "severe"),
        (14, "extreme", "extreme", "severe"), (17, "extreme", "extreme", "extreme"),
    ],
)  # fmt: skip
def test_dass_doubled_lines_are_the_undoubled_ones(undoubled: int, depression: str, anxiety: str, stress: str) -> None:
    answers = filled("dass21", 0)
    for scale in definition("dass21").scores:
        left = undoubled
        for number in scale.items:
            answers[number], left = min(left, 3), left - min(left, 3)
    assert score("dass21", answers).bands == {"depression": depression, "anxiety": anxiety, "stress": stress}


def test_psqi_goes_over_midnight() -> None:
    night = filled("psqi", 0, _1="23:30", _2=10, _3="07:30", _4=7.5)
    assert score("psqi", night).scores["hours_in_bed"] == 8
    assert score("psqi", night | {"1": "00:30"}).scores["hours_in_bed"] == 7
    assert score("psqi", night | {"1": "00:00", "3": "08:00"}).scores["hours_in_bed"] == 8
    nothing = score("psqi", night | {"1": "07:30"})
    assert (nothing.scores["hours_in_bed"], nothing.scores["efficiency"], nothing.scores["total"]) == (0, None, None)
    assert nothing.missing == ()


@pytest.mark.parametrize(
    ("hours", "step"), [(6.8, 0), (6.79, 1), (6.75, 1), (6.0, 1), (5.99, 2), (5.2, 2), (5.19, 3), (0, 3), (8.5, 0)]
)
def test_psqi_84_per_cent_is_below_85(hours: float, step: int) -> None:
    """Tables end at 84 and begin at 85: 84.4 % is not 85 %, and 85 % is not lost in binary digits."""
    found = score("psqi", filled("psqi", 0, _1="23:00", _2=0, _3="07:00", _4=hours))
    assert found.scores["efficiency"] == step


def test_psqi_lines_and_the_seventh_hour() -> None:
    night = filled("psqi", 0, _1="23:00", _2=15, _3="07:00", _4=7)
    assert (score("psqi", night).scores["duration"], score("psqi", night, "seven-hours-1").scores["duration"]) == (0, 1)
    assert [score("psqi", night | {"2": minutes}).scores["latency"] for minutes in (15, 16, 31, 61)] == [0, 1, 1, 2]
    six = night | {"9": 3, "6": 3}
    assert (score("psqi", six).bands["total"], score("psqi", six, "line-5").bands["total"]) == ("below", "above")


def test_upi_four_validity_items_make_it_void_and_are_not_summed() -> None:
    three = filled("upi", 0) | dict.fromkeys(("5", "20", "35"), 1)
    assert (score("upi", three).status, score("upi", three).scores["total"]) == ("scored", 0)
    found = score("upi", three | {"50": 1, "25": 1})
    assert (found.status, found.alerts, found.scores["total"]) == ("void", ("25",), 1)
    assert found.flags == {"class_a": True, "class_b": False}
    assert score("upi", filled("upi", 1)).scores["total"] == 56


def test_upi_second_class_by_either_or_by_both() -> None:
    one = filled("upi", 0, _8=1)
    assert score("upi", one).flags == {"class_a": False, "class_b": True}
    assert score("upi", one, "class-b-and").flags == {"class_a": False, "class_b": False}
    assert score("upi", one | {"61": 1}).flags == {"class_a": True, "class_b": False}


def test_ssrs_counts_ticks_and_none_is_none() -> None:
    answers = filled("ssrs", 1, _5=5.0, _6=(1, 3, 9), _7=(0,))
    found = score("ssrs", answers)
    assert found.scores == {"objective": 1 + 3 + 0, "subjective": 3 + 5, "use": 3, "total": 15}
    assert score("ssrs", answers | {"7": None}).status == "incomplete"


def test_sdq_bands_are_those_of_who_answers() -> None:
    """One parent's table for all is a mistake seen: 14 is high for a teacher, near for a parent, usual for a pupil."""
    keys = {"3": 2, "8": 2, "13": 2, "16": 2, "24": 2, "5": 2, "12": 2}
    bands = {}
    for whose in ("self", "parent", "teacher"):
        known: Definition = definition(f"sdq-{whose}")
        answers: Answers = dict.fromkeys(known.numbers(), 0) | dict.fromkeys(("7", "11", "14", "21", "25"), 2) | keys
        found = score(f"sdq-{whose}", answers)
        assert found.scores["total"] == 14
        bands[whose] = found.bands["total"]
    assert bands == {"self": "normal", "parent": "borderline", "teacher": "borderline"}


def test_sdq_needs_three_answers_and_rounds_halves_up() -> None:
    base = filled("sdq-self", 0)
    half = score("sdq-self", base | {"3": None, "8": 1, "13": 1, "16": 0, "24": 0})
    assert (half.scores["emotional"], half.status) == (3, "prorated")  # 2 of 4 answers: 2.5
    assert "total" in half.prorated
    assert score("sdq-self", base | dict.fromkeys(("3", "8"))).status == "prorated"
    assert score("sdq-self", base | dict.fromkeys(("3", "8", "13"))).status == "incomplete"


def test_psc17_counts_blanks_as_nought_up_to_three() -> None:
    three = score("psc17", filled("psc17", 1, _1=None, _2=None, _4=None))
    assert (three.status, three.scores["total"], three.scores["attention"]) == ("prorated", 14, 4)
    four = score("psc17", filled("psc17", 1, _1=None, _2=None, _4=None, _6=None))
    assert (four.status, set(four.scores.values())) == ("incomplete", {None})


def test_cries_and_cesdr_codes_are_not_the_place_of_the_option() -> None:
    assert score("cries8", filled("cries8", 5)).scores["total"] == 40
    assert (
        score("cesdr", filled("cesdr", 4)).scores["total"] == score("cesdr", filled("cesdr", 3)).scores["total"] == 60
    )


def test_cdi_is_turned_round_once_and_not_in_sorted_copies() -> None:
    assert score("cdi", filled("cdi", 0)).scores["total"] == 26
    assert score("cdi", filled("cdi", 0), "presorted").scores["total"] == 0


@pytest.mark.parametrize("instrument", IDS)
def test_no_result_names_a_disorder_or_gives_an_order(instrument: str) -> None:
    """A fixed text that says what a pupil has, or what must be done, is a verdict; ours says what to look at."""
    known = definition(instrument)
    names = [limit.name for bands in known.bands for limit in bands.limits]
    names += [each.name for each in (*known.rules, *known.validity)]
    for name in names:
        assert not [word for word in ("症", "障碍", "患", "病", "异常", "必须", "抑郁", "焦虑") if word in name], name
