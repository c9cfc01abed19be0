"""Result cards: what a growth file shows of a sheet, and with what care."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counselroom.domain.instruments.telling.change import Verdict
from counselroom.services.instruments.kept import alerts
from counselroom.services.instruments.library import choices, library
from counselroom.services.instruments.telling import cards, curves, feedback, telling
from counselroom.services.instruments.telling.cards import Card, Cards
from counselroom.services.instruments.telling.feedback import Opening
from counselroom.services.room.door import Room
from services.instruments.conftest import Typed, refused
from services.students.conftest import Pupils

NAME = "张欣怡"


def read(room: Room, pupils: Pupils, as_of: str = "") -> Cards:
    found: Cards = room.run(cards.of_student, pupils[NAME], as_of).result
    return found


def only(room: Room, pupils: Pupils) -> Card:
    (card,) = read(room, pupils).cards
    return card


def test_words_first_and_the_number_behind_them(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("gad7", NAME, "7*2")
    card = only(lead, pupils)
    total = card.total
    assert total is not None
    assert telling.status(card.line) == "已计分"
    assert telling.gauge(total, void=card.void) == "中度　14"
    assert (total.low, total.high) == (0, 21)
    assert [(low, tone) for low, _, tone in total.bands] == [(0, 0), (5, 1), (10, 2), (15, 3)]
    assert (total.place, total.flagged) == (1, 2)


@pytest.mark.parametrize(
    ("instrument", "answers", "said"),
    [
        ("gad7", "2*1 - 3*1 -", "没有答完：第 3、7 题空着"),
        ("mht", "81*0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1", "作废：效度题过高，建议重测（10 分）"),
    ],
)
def test_why_there_is_no_result(
    lead: Room, typed: Typed, pupils: Pupils, instrument: str, answers: str, said: str
) -> None:
    typed(instrument, NAME, answers)
    assert telling.status(only(lead, pupils).line) == said


def test_a_blank_says_which_scales_have_no_score(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("mht", NAME, "2*0 - 97*0")
    said = {each.name: telling.gauge(each, void=False) for each in only(lead, pupils).gauges}
    assert (said["总分"], said["学习焦虑"], said["对人焦虑"]) == ("第 3 题空着", "第 3 题空着", "平稳　0")


def test_a_void_sheet_keeps_its_numbers_and_is_not_judged(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("mht", NAME, "81*0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1")
    card = only(lead, pupils)
    assert {each.limit for each in card.gauges} == {None}
    assert telling.gauge(card.gauges[0], void=card.void) == "不判断　0"


def test_critical_answers_and_what_became_of_them(lead: Room, typed: Typed, pupils: Pupils) -> None:
    task = typed("phq9", NAME, "8*0 2 0").task
    assert task is not None
    found = read(lead, pupils)
    (item,) = found.cards[0].critical
    assert (item.item, bool(item.topic)) == ("9", True)
    assert [each.task_uid for each in found.open_tasks] == [task.task_uid]
    lead.run(alerts.close, task.task_uid, "面谈过")
    found = read(lead, pupils)
    assert found.open_tasks == ()
    (card,) = found.cards
    assert card.task is not None
    assert (card.task.done, len(card.critical)) == ("面谈过", 1)


def test_as_of_a_day_before_nothing_was_there(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("phq9", NAME, "8*0 2 0")
    assert len(read(lead, pupils).open_tasks) == 1
    assert len(read(lead, pupils, "2099-01-01").cards) == 1
    before = read(lead, pupils, "2025-06-01")
    assert (before.cards, before.open_tasks) == ((), ())


def test_as_of_a_day_a_task_that_was_closed_later_is_open(lead: Room, typed: Typed, pupils: Pupils) -> None:
    task = typed("phq9", NAME, "8*0 2 0").task
    assert task is not None
    today = lead.ports.clock()
    lead.ports = replace(lead.ports, clock=lambda: today + timedelta(days=3))
    lead.run(alerts.close, task.task_uid, "面谈过")
    assert len(read(lead, pupils, today.astimezone().date().isoformat()).open_tasks) == 1
    assert read(lead, pupils).open_tasks == ()


def test_the_curve_and_whether_it_is_a_change(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("gad7", NAME, "7*2", day="2025-03-01")
    typed("gad7", NAME, "7*1", day="2025-05-01")
    typed("gad7", NAME, "6*1 -", day="2025-06-01")
    blank, last, first = read(lead, pupils).cards
    curve = curves.curve(last.line, last.total, last.points)
    assert curve.chart is not None
    assert curve.chart.title == "总分由 14 降到 7，轻度"
    assert curve.chart.points == (("2025-03-01", 14), ("2025-05-01", 7))
    assert curve.mark == ""
    assert curves.curve(first.line, first.total, first.points).chart is None
    ((name, change),) = last.changes
    assert name == "总分"
    assert telling.changed(change, name).startswith("总分：")
    ((_, change),) = blank.changes
    assert change.verdict is Verdict.CANNOT_TELL
    assert telling.changed(change, "总分") == "总分：说不清是不是真的变化，其中一次没有可用的分数"


def test_what_was_scored_otherwise_stands_on_no_line(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("phq9", NAME, "10*1", day="2025-03-01")
    part = library.definition("phq9").parts[0]
    other = next(variant.id for variant in part.variants if not variant.default)
    lead.run(choices.choose, "phq9", (other,), "试")
    typed("phq9", NAME, "10*0", day="2025-05-01")
    card = read(lead, pupils).cards[0]
    curve = curves.curve(card.line, card.total, card.points)
    assert curve.chart is None
    assert curve.mark == "2025年3月1日的计分方式或版本不同，没有画进同一条线"
    assert len(card.variants) == 1


def test_what_has_to_be_known_of_the_questionnaire(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("class-weather", NAME, "8*0", day="2025-03-01")
    typed("cdi", NAME, "27*0", day="2025-02-01")
    typed("dsrsc", NAME, "18*0", day="2025-01-02")
    typed("scl90", NAME, "90*1", day="2025-01-01")
    weather, unsure, doubtful, adult = read(lead, pupils).cards
    assert weather.tags == ("自编，未标准化",)
    assert unsure.tags == ("计分存疑",)
    assert doubtful.tags == ("界线存疑",)
    assert adult.tags == ()
    assert len(adult.warnings) == 1
    assert all(text for _, text in adult.reasons)


@pytest.mark.parametrize(
    ("instrument", "answers", "wanted"),
    [
        ("gad7", "7*0", Opening.FINE),
        ("gad7", "7*1", Opening.FINE),
        ("gad7", "3*2 4*1", Opening.TIRED),
        ("gad7", "7*3", Opening.HARD),
        ("gad7", "6*3 -", Opening.AGAIN),
        ("who5", "5*0", Opening.HARD),
        ("who5", "5*5", Opening.FINE),
        ("class-weather", "8*0", Opening.THANKS),
        ("class-weather", "7*0 1", Opening.THANKS),
        ("phq9", "8*0 1 0", Opening.HARD),
        ("phq9", "7*0 - 1 0", Opening.HARD),
    ],
)
def test_how_a_letter_begins(
    lead: Room, typed: Typed, pupils: Pupils, instrument: str, answers: str, wanted: Opening
) -> None:
    typed(instrument, NAME, answers)
    assert feedback.opening(read(lead, pupils).cards) is wanted


def test_three_things_to_try_for_every_opening_but_the_invitation() -> None:
    for kind in Opening:
        for instrument in library.ids():
            found = feedback.things(kind, [instrument])
            assert len(found) == (0 if kind is Opening.AGAIN else 3)
    assert feedback.things(Opening.TIRED, ["psqi"]) != feedback.things(Opening.TIRED, ["phq9"])
    assert feedback.things(Opening.TIRED, ["psqi", "phq9"]) == feedback.things(Opening.TIRED, ["phq9"])


def test_every_result_of_every_questionnaire_can_be_drawn() -> None:
    from counselroom.domain.instruments.scoring.marking import mark
    from counselroom.domain.instruments.sheets.occasions import Person
    from counselroom.domain.instruments.telling.gauges import gauges

    for instrument in library.ids():
        definition = library.definition(instrument)
        for example in definition.examples:
            variants = definition.choose(example.variants)
            person = Person(example.sex, example.age, example.grade)
            scorer = library.scorer(instrument, variants)
            (result,) = mark(scorer, [(example.answers, person)], definition.informants[0])
            shown = gauges(definition.in_force(variants), result, person)
            chart = telling.chart(shown, void=result.status == "void")
            assert len(chart.scales) == len(shown)


def test_an_unknown_student_is_refused(lead: Room) -> None:
    assert refused(lead, cards.of_student, "nobody").code.startswith("student")


def test_answers_that_contradict_each_other_are_said_so(lead: Room, typed: Typed, pupils: Pupils) -> None:
    typed("psqi", "张欣怡", "00:30 10 00:30 6 14*0")
    (card,) = read(lead, pupils).cards
    assert card.line.result.status == "incomplete"
    assert telling.status(card.line) == "答得前后矛盾，算不出来；请核对录入"
