"""UPI, the questionnaire for college entrants (section 3 of the scoring facts)."""

from .sheet import (
    Restated,
    Rule,
    Sheet,
    all_of,
    answered,
    any_of,
    at_least,
    between,
    coded,
    each,
    finish,
    no,
    numbers,
    raised,
    raw,
    sum_of,
)

VARIANTS = {"upi": {"class-b": ("class-b-or", "class-b-and")}}

ITEMS: dict[str, dict[str, tuple[object, ...]]] = {"upi": {**each("1-64", 1, 0)}}

VALIDITY = "5,20,35,50"
SUMMED = "1-4,6-19,21-34,36-49,51-60"


def upi(sheet: Sheet) -> Restated:
    """Section 3, UPI: 56 items are summed; all four validity items endorsed make the sheet void; item 25 critical.

    Class A: total from 25, or 25 endorsed, or an own request (61-64). Class B, for those not in A: total 20-24 and/or
    one of 8, 16, 26.
    """
    total = sum_of(coded(sheet, SUMMED), SUMMED)
    lie = coded(sheet, VALIDITY)
    void = sum(answered(lie, VALIDITY)) >= 4
    class_a = any_of(at_least(total, 25), *(at_least(raw(sheet, item), 1) for item in ("25", "61", "62", "63", "64")))
    middle = between(total, 20, 24)
    named = any_of(*(at_least(raw(sheet, item), 1) for item in ("8", "16", "26")))
    joined = all_of(middle, named) if "class-b-and" in sheet.variants else any_of(middle, named)
    return finish(
        sheet,
        numbers("1-64"),
        {"total": total, "lie": sum_of(lie, VALIDITY)},
        flags={"class_a": class_a, "class_b": all_of(no(class_a), joined)},
        alerts=raised(sheet, "25", 1),
        validity={"lie": void},
        void=void,
    )


RESTATED: dict[str, Rule] = {"upi": upi}
