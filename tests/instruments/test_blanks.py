"""Every single item left out, of every questionnaire: the result says so, and no number silently used the blank."""

import pytest

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.scoring.results import SheetResult
from instruments.restated import Sheet
from instruments.sheets import IDS, Answers, aside, choices, definition, scored


def rests_on(form: Definition, number: str) -> set[str]:
    """The scores that an item enters, directly or through others."""
    found: set[str] = set()
    while more := {each.id for each in form.scores if number in each.items or found & set(each.scores)} - found:
        found |= more
    return found


def bases(instrument: str, variants: frozenset[str]) -> list[Answers]:
    """Whole valid sheets on which every item is asked: all lowest but for what opens others, and a mixed one."""
    form, listed = definition(instrument).in_force(variants), choices(instrument, variants)
    low = {number: codes[0] for number, codes in listed.items()}
    for opens in {item.shown.any for item in form.items if item.shown and item.shown.any}:
        low[opens[0]] = listed[opens[0]][-1]
    mixed = {number: codes[-1 if place % 3 else 0] for place, (number, codes) in enumerate(listed.items())}
    for line in form.validity:
        mixed |= {number: low[number] for number in form.score(line.score).items}
    return [low, {**mixed, **{opens: low[opens] for opens in low if low[opens] != listed[opens][0]}}]


def cases(instrument: str) -> list[tuple[frozenset[str], Answers]]:
    return [(names, base) for names in definition(instrument).combinations() for base in bases(instrument, names)]


def with_blanks(instrument: str, variants: frozenset[str], base: Answers) -> tuple[SheetResult, dict[str, SheetResult]]:
    """The whole sheet, and by item the sheet without it."""
    sheets = [Sheet(base, "F", 14, None, variants)]
    sheets += [Sheet({**base, number: None}, "F", 14, None, variants) for number in base]
    whole, *lacking = scored(instrument, sheets)
    return whole, dict(zip(base, lacking, strict=True))


@pytest.mark.parametrize("instrument", IDS)
def test_every_scored_item_left_out(instrument: str) -> None:
    for variants, base in cases(instrument):
        form = definition(instrument).in_force(variants)
        whole, lacking = with_blanks(instrument, variants, base)
        assert (whole.status, whole.missing) == ("scored", ())
        in_some_score = {number for each in form.scores for number in each.items}
        for number in in_some_score:
            found, touched = lacking[number], rests_on(form, number)
            assert found.missing == (number,)
            assert found.status in ("incomplete", "prorated"), number
            for key, score in found.scores.items():
                if key not in touched:
                    assert score == whole.scores[key], (number, key)
                else:
                    assert (score is None) != (key in found.prorated), (number, key)
            if found.status == "prorated":
                assert set(found.prorated) == {key for key in touched if found.scores[key] is not None}
                assert all(found.scores[key] is not None for key in touched - aside(form))
            # An alert of another item stays, one of this item cannot be.
            assert found.alerts == tuple(each for each in whole.alerts if each != number)


@pytest.mark.parametrize("instrument", IDS)
def test_an_unscored_item_left_out_is_only_missing(instrument: str) -> None:
    """No score, band or status moves; a rule over the item itself may become unknown, never true."""
    for variants, base in cases(instrument):
        form = definition(instrument).in_force(variants)
        whole, lacking = with_blanks(instrument, variants, base)
        in_some_score = {number for each in form.scores for number in each.items}
        for number in set(base) - in_some_score:
            found = lacking[number]
            assert number in found.missing
            assert (found.status, found.scores, found.bands) == (whole.status, whole.scores, whole.bands)
            assert (found.validity, found.norms, found.prorated) == (whole.validity, whole.norms, ())
            assert all(flag in (None, whole.flags[key]) for key, flag in found.flags.items())


@pytest.mark.parametrize("instrument", IDS)
def test_an_empty_row_is_incomplete(instrument: str) -> None:
    for variants in definition(instrument).combinations():
        empty: Answers = dict.fromkeys(definition(instrument).numbers())
        found = scored(instrument, [Sheet(empty, variants=variants)])[0]
        assert found.status == "incomplete"
        assert list(found.missing) == list(empty)
        assert set(found.scores.values()) == {None}
        assert (found.bands, found.alerts, found.prorated, found.norms) == ({}, (), (), {})
        assert not any(found.flags.values())
        assert not any(found.validity.values())


@pytest.mark.parametrize("instrument", IDS)
def test_alerts_are_raised_on_a_sheet_with_nothing_else(instrument: str) -> None:
    """One critical answer on an otherwise empty sheet is heard."""
    for variants in definition(instrument).combinations():
        form, listed = definition(instrument).in_force(variants), choices(instrument, variants)
        critical = [number for alert in form.alerts for number in alert.items]
        for number in critical:
            answers = dict.fromkeys(listed) | {number: listed[number][-1]}
            found = scored(instrument, [Sheet(answers, variants=variants)])[0]
            assert (found.status, found.alerts) == ("incomplete", (number,))
