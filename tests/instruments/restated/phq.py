"""The PHQ family and GAD-7 (instruments.md section 3, "phq9, phqa, phq2/4/8/15" and "gad7")."""

from collections.abc import Sequence

from .sheet import (
    Bands,
    Codes,
    Restated,
    Score,
    Sheet,
    Ternary,
    all_of,
    at_least,
    band,
    between,
    coded,
    count_of,
    each,
    finish,
    numbers,
    prorated_sum,
    raised,
    raw,
    sum_of,
    total_of,
)

DEPRESSION: Bands = [("minimal", 0), ("mild", 5), ("moderate", 10), ("moderately_severe", 15), ("severe", 20)]

VARIANTS = {"phq9": {"missing": ("refuse", "prorate-2")}}
ITEMS = {
    "phq9": each("1-10", 0, 1, 2, 3),
    "phqa": {**each("1-9", 0, 1, 2, 3), "10": (1, 0), "11": (0, 1, 2, 3), "12": (1, 0), "13": (1, 0)},
    "phq2": each("1-2", 0, 1, 2, 3),
    "phq4": each("1-4", 0, 1, 2, 3),
    "phq8": each("1-8", 0, 1, 2, 3),
    "phq15": each("1-15", 0, 1, 2),
    "gad7": each("1-7", 0, 1, 2, 3),
}


def _counts(codes: Codes) -> dict[str, Score]:
    """The counts of the algorithm: items 1–8 from 2 on, item 9 from 1 on."""
    first = count_of(codes, "1-8", 2)
    ninth = count_of(codes, "9", 1)
    return {
        "core": count_of(codes, "1,2", 2),
        "symptoms_1_8": first,
        "symptom_9": ninth,
        "symptoms": total_of(first, ninth),
    }


def _syndromes(scores: dict[str, Score]) -> dict[str, Ternary]:
    """Core ≥ 1 with a count ≥ 5, or with a count of 2–4."""
    core = at_least(scores["core"], 1)
    return {
        "major_syndrome": all_of(core, at_least(scores["symptoms"], 5)),
        "other_syndrome": all_of(core, between(scores["symptoms"], 2, 4)),
    }


def phq9(sheet: Sheet) -> Restated:
    """Section 3, phq9: item 10 is asked only when something was endorsed, and is in no sum."""
    codes = coded(sheet, "1-9")
    total = sum_of(codes, "1-9")
    filled = total is None and "prorate-2" in sheet.variants
    if filled:
        total = prorated_sum(codes, "1-9", 7)
    scores = {"total": total, **_counts(codes)}
    # With a blank among the nine nobody knows whether 10 was to be asked: then it counts as asked.
    nothing = all(raw(sheet, number) == 0 for number in numbers("1-9"))
    return finish(
        sheet,
        numbers("1-9" if nothing else "1-10"),
        scores,
        bands={"total": band(total, DEPRESSION)},
        flags=_syndromes(scores),
        alerts=raised(sheet, "9", 1),
        # The counts only feed the rules: with the total prorated the sheet has its result.
        undefined=set(scores) - {"total"},
        prorated=["total"] if filled else [],
    )


def phqa(sheet: Sheet) -> Restated:
    """Section 3, phqa: as phq9; 10 and 11 are in no score, thoughts (12) and attempt (13) are critical too."""
    codes = coded(sheet, "1-9")
    scores = {"total": sum_of(codes, "1-9"), **_counts(codes)}
    return finish(
        sheet,
        numbers("1-13"),
        scores,
        bands={"total": band(scores["total"], DEPRESSION)},
        flags=_syndromes(scores),
        alerts=raised(sheet, "9,12,13", 1),
    )


def _one_sum(sheet: Sheet, key: str, table: Sequence[tuple[str, float]]) -> Restated:
    """One sum of all items with bands."""
    total = sum_of(coded(sheet, key), key)
    return finish(sheet, numbers(key), {"total": total}, bands={"total": band(total, table)})


def phq2(sheet: Sheet) -> Restated:
    """Section 3: PHQ-2 ≥ 3."""
    return _one_sum(sheet, "1-2", [("below", 0), ("above", 3)])


def phq4(sheet: Sheet) -> Restated:
    """Section 3: items 1–2 anxiety, 3–4 depression, each ≥ 3; total 0–2, 3–5, 6–8, 9–12."""
    codes = coded(sheet, "1-4")
    scores = {name: sum_of(codes, key) for name, key in (("anxiety", "1,2"), ("depression", "3,4"), ("total", "1-4"))}
    part: Bands = [("below", 0), ("above", 3)]
    whole: Bands = [("normal", 0), ("mild", 3), ("moderate", 6), ("severe", 9)]
    bands = {name: band(score, whole if name == "total" else part) for name, score in scores.items()}
    return finish(sheet, numbers("1-4"), scores, bands=bands)


def phq8(sheet: Sheet) -> Restated:
    """Section 3: PHQ-9 without item 9."""
    return _one_sum(sheet, "1-8", DEPRESSION)


def phq15(sheet: Sheet) -> Restated:
    """Section 3: item 4 is for females only (maximum 28 for males); 5, 10, 15."""
    key = "1-3,5-15" if sheet.sex == "M" else "1-15"
    return _one_sum(sheet, key, [("minimal", 0), ("low", 5), ("medium", 10), ("high", 15)])


def gad7(sheet: Sheet) -> Restated:
    """Section 3, gad7: 0–4, 5–9, 10–14, 15–21."""
    return _one_sum(sheet, "1-7", [("minimal", 0), ("mild", 5), ("moderate", 10), ("severe", 15)])


RESTATED = {"phq9": phq9, "phqa": phqa, "phq2": phq2, "phq4": phq4, "phq8": phq8, "phq15": phq15, "gad7": gad7}
