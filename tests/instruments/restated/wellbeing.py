"""Well-being, self-esteem, loneliness, support, resilience: section 3 of the scoring facts."""

from .sheet import Bands, Restated, Rule, Score, Sheet, band, coded, each, finish, numbers, raw, sum_of, times, total_of

VARIANTS = {
    "rses": {
        "order": ("order-1965", "order-web"),
        "item8": ("item8-reversed", "item8-unreversed", "item8-dropped"),
        "coding": ("coded-0-3", "coded-1-4"),
    },
    "ssrs": {"relatives": ("five-relatives", "four-relatives")},
}

ITEMS: dict[str, dict[str, tuple[object, ...]]] = {
    "who5": {**each("1-5", 0, 1, 2, 3, 4, 5)},
    "swls": {**each("1-5", 1, 2, 3, 4, 5, 6, 7)},
    "rses": {**each("1-10", 0, 1, 2, 3)},
    "ucla3": {**each("1-3", 1, 2, 3)},
    "ucla20": {**each("1-20", 1, 2, 3, 4)},
    "psss": {**each("1-12", 1, 2, 3, 4, 5, 6, 7)},
    "hkra27": {**each("1-27", 1, 2, 3, 4, 5)},
    "ssrs": {
        **each("1-4", 1, 2, 3, 4),
        "5": ("number", 5.0, 20.0),
        **each("6,7", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),  # ticks; 0 is "none at all"
        **each("8-10", 1, 2, 3, 4),
    },
}

VARIANT_ITEMS: dict[str, dict[str, dict[str, tuple[object, ...]]]] = {
    "rses": {"coded-1-4": {**each("1-10", 1, 2, 3, 4)}},
    "ssrs": {"four-relatives": {"5": ("number", 4.0, 16.0)}},
}


def who5(sheet: Sheet) -> Restated:
    """Section 3, WHO-5: raw × 4, at most 28 very low, at most 50 low. The sums are multiples of 4."""
    total = times(sum_of(coded(sheet, "1-5"), "1-5"), 4)
    table: Bands = [("very_low", 0), ("low", 32), ("good", 52)]
    return finish(sheet, numbers("1-5"), {"total": total}, bands={"total": band(total, table)})


def swls(sheet: Sheet) -> Restated:
    """Section 3, SWLS: 5-9, 10-14, 15-19, 20, 21-25, 26-30, 31-35."""
    total = sum_of(coded(sheet, "1-5"), "1-5")
    table: Bands = [
        ("very_dissatisfied", 5),
        ("dissatisfied", 10),
        ("slightly_dissatisfied", 15),
        ("neutral", 20),
        ("slightly_satisfied", 21),
        ("satisfied", 26),
        ("very_satisfied", 31),
    ]
    return finish(sheet, numbers("1-5"), {"total": total}, bands={"total": band(total, table)})


def rses(sheet: Sheet) -> Restated:
    """Section 3, RSES: two orders of the items, three ways with item 8, two codings.

    Item 8 is the one about self-respect in both orders and stands in both lists. Left out of the sum it is an unscored
    item, and the bands (made for ten items) fall away.
    """
    web, dropped = "order-web" in sheet.variants, "item8-dropped" in sheet.variants
    one_to_four = "coded-1-4" in sheet.variants
    reverse = "2,5,6,8,9" if web else "3,5,8,9,10"
    if "item8-unreversed" in sheet.variants:
        reverse = reverse.replace("8,", "")
    key = "1-7,9,10" if dropped else "1-10"
    total = sum_of(coded(sheet, key, reverse, ends=1 + 4 if one_to_four else 0 + 3), key)
    table: Bands = [("low", 0), ("middle", 16), ("high", 26)] if web else [("low", 0), ("middle", 15), ("high", 26)]
    if one_to_four:
        table = [(name, first + 10) for name, first in table]
    bands = {} if dropped else {"total": band(total, table)}
    return finish(sheet, numbers("1-10"), {"total": total}, bands=bands)


def ucla3(sheet: Sheet) -> Restated:
    """Section 3, UCLA-3: from 6."""
    total = sum_of(coded(sheet, "1-3"), "1-3")
    table: Bands = [("below", 3), ("above", 6)]
    return finish(sheet, numbers("1-3"), {"total": total}, bands={"total": band(total, table)})


def ucla20(sheet: Sheet) -> Restated:
    """Section 3, UCLA-20: no cut-off."""
    codes = coded(sheet, "1-20", "1,5,6,9,10,15,16,19,20", ends=1 + 4)
    return finish(sheet, numbers("1-20"), {"total": sum_of(codes, "1-20")})


def psss(sheet: Sheet) -> Restated:
    """Section 3, PSSS: three sources of support; 12-36, 37-60, 61-84."""
    codes = coded(sheet, "1-12")
    scores = {
        "family": sum_of(codes, "3,4,8,11"),
        "friends": sum_of(codes, "6,7,9,12"),
        "others": sum_of(codes, "1,2,5,10"),
        "total": sum_of(codes, "1-12"),
    }
    table: Bands = [("low", 12), ("middle", 37), ("high", 61)]
    return finish(sheet, numbers("1-12"), scores, bands={"total": band(scores["total"], table)})


def hkra27(sheet: Sheet) -> Restated:
    """Section 3, HKRA-27 (Hu and Gan 2008): personal strength = the first three, support = the last two."""
    codes = coded(sheet, "1-27", "1,2,5,6,9,12,15,16,17,21,26,27", ends=1 + 5)
    scores = {
        "goal": sum_of(codes, "3,4,11,20,24"),
        "emotion": sum_of(codes, "1,2,5,21,23,27"),
        "cognition": sum_of(codes, "10,13,14,25"),
        "family": sum_of(codes, "8,15,16,17,19,22"),
        "interpersonal": sum_of(codes, "6,7,9,12,18,26"),
    }
    scores["personal"] = total_of(scores["goal"], scores["emotion"], scores["cognition"])
    scores["support"] = total_of(scores["family"], scores["interpersonal"])
    scores["total"] = sum_of(codes, "1-27")
    return finish(sheet, numbers("1-27"), scores)


def _ticked(sheet: Sheet, number: str) -> Score:
    """How many sources are ticked; "none at all" (code 0) is none, an empty list is a blank."""
    ticks = sheet.answers.get(number)
    return sum(tick != 0 for tick in ticks) if isinstance(ticks, tuple) and ticks else None


def ssrs(sheet: Sheet) -> Restated:
    """Section 3, SSRS: objective 2+6+7, subjective 1+3+4+5, use 8+9+10. Item 5 is already a sum over relatives."""
    one, two, three, four, five = (raw(sheet, number) for number in ("1", "2", "3", "4", "5"))
    scores = {
        "objective": total_of(two, _ticked(sheet, "6"), _ticked(sheet, "7")),
        "subjective": total_of(one, three, four, five),
        "use": sum_of(coded(sheet, "8-10"), "8-10"),
    }
    scores["total"] = total_of(scores["objective"], scores["subjective"], scores["use"])
    return finish(sheet, numbers("1-10"), scores)


RESTATED: dict[str, Rule] = {
    "who5": who5,
    "swls": swls,
    "rses": rses,
    "ucla3": ucla3,
    "ucla20": ucla20,
    "psss": psss,
    "hkra27": hkra27,
    "ssrs": ssrs,
}
