"""The three broad questionnaires of schools: MHT, MSSMHS, SCL-90 (instruments.md section 3)."""

from .sheet import (
    Bands,
    Restated,
    Score,
    Sheet,
    above,
    answered,
    any_of,
    at_least,
    band,
    coded,
    count_of,
    each,
    finish,
    mean_of,
    numbers,
    over,
    raised,
    raw,
    sum_of,
    total_of,
)

MHT = {
    "learning": "1-15",
    "people": "16-25",
    "loneliness": "26-35",
    "self_blame": "36-45",
    "sensitivity": "46-55",
    "body": "56-70",
    "phobia": "71-80",
    "impulsive": "81,83,85,87,89,91,93,95,97,99",
}
MHT_LIE = "82,84,86,88,90,92,94,96,98,100"

MSSMHS = {
    "obsession": "3,10,12,22,23,48",
    "paranoia": "11,20,24,26,47,49",
    "hostility": "19,21,25,50,52,58",
    "interpersonal": "4,17,18,45,51,59",
    "depression": "5,13,14,16,44,57",
    "anxiety": "6,15,34,43,46,56",
    "study": "31,33,36,38,40,55",
    "maladjustment": "1,8,9,29,39,41",
    "instability": "2,7,27,32,35,53",
    "imbalance": "28,30,37,42,54,60",
}

SCL90 = {
    "somatization": "1,4,12,27,40,42,48,49,52,53,56,58",
    "obsessive": "3,9,10,28,38,45,46,51,55,65",
    "interpersonal": "6,21,34,36,37,41,61,69,73",
    "depression": "5,14,15,20,22,26,29,30,31,32,54,71,79",
    "anxiety": "2,17,23,33,39,57,72,78,80,86",
    "hostility": "11,24,63,67,74,81",
    "phobic": "13,25,47,50,70,75,82",
    "paranoid": "8,18,43,68,76,83",
    "psychotic": "7,16,35,62,77,84,85,87,88,90",
    "other": "19,44,59,60,64,66,89",
}

VARIANTS = {
    "mht": {"middle": ("no-middle", "middle-56"), "validity": ("lie-7", "lie-8")},
    "scl90": {"coding": ("coded-1-5", "coded-0-4"), "factor": ("factor-above", "factor-from")},
}
ITEMS = {
    "mht": each("1-100", 1, 0),
    "mssmhs": each("1-60", 1, 2, 3, 4, 5),
    "scl90": each("1-90", 1, 2, 3, 4, 5),
}
VARIANT_ITEMS = {"scl90": {"coded-0-4": each("1-90", 0, 1, 2, 3, 4)}}


def mht(sheet: Sheet) -> Restated:
    """Section 3, mht: eight scales with the same cut-offs, the lie items in no total, void from 7."""
    codes = coded(sheet, "1-100")
    scores: dict[str, Score] = {name: sum_of(codes, key) for name, key in MHT.items()}
    scores["total"] = total_of(*scores.values())
    scores["lie"] = sum_of(codes, MHT_LIE)
    scale: Bands = [("low", 0), ("middle", 4), ("high", 8)]
    whole: Bands = [("normal", 0), ("special", 65)]
    if "middle-56" in sheet.variants:
        whole = [("normal", 0), ("middle", 56), ("special", 65)]
    yes = sum(answered(codes, MHT_LIE))
    void = yes > 7 if "lie-8" in sheet.variants else yes >= 7
    return finish(
        sheet,
        numbers("1-100"),
        scores,
        bands={**{name: band(scores[name], scale) for name in MHT}, "total": band(scores["total"], whole)},
        alerts=raised(sheet, "85,97", 1),
        validity={"lie": void},
        void=void,
        excluded=sheet.grade is not None and not 4 <= sheet.grade <= 12,
    )


def mssmhs(sheet: Sheet) -> Restated:
    """Section 3, mssmhs: means of six, the total is the mean of all 60, unrounded against the lines."""
    codes = coded(sheet, "1-60")
    scores: dict[str, Score] = {name: mean_of(codes, key) for name, key in MSSMHS.items()}
    scores["total"] = mean_of(codes, "1-60")
    table: Bands = [("none", 1), ("light", 2), ("middle", 3), ("marked", 4), ("severe", 5)]
    return finish(
        sheet,
        numbers("1-60"),
        scores,
        bands={name: band(score, table) for name, score in scores.items()},
        soft={"no_future": at_least(raw(sheet, "14"), 2)},
        excluded=sheet.grade is not None and not 7 <= sheet.grade <= 12,
    )


def scl90(sheet: Sheet) -> Restated:
    """Section 3, scl90: with 1–5 total > 160, positive items > 43, a factor > 2; with 0–4 total > 70 and 1."""
    from_0 = "coded-0-4" in sheet.variants
    lowest, factor_line, total_line = (0, 1, 70) if from_0 else (1, 2, 160)
    codes = coded(sheet, "1-90")
    scores: dict[str, Score] = {name: mean_of(codes, key) for name, key in SCL90.items()}
    total = sum_of(codes, "1-90")
    positive = count_of(codes, "1-90", lowest + 1)
    # The sum of the positive items: what the negative ones (all at the lowest code) add is taken away.
    positive_sum = None if total is None or positive is None else total - lowest * (90 - positive)
    mean = positive_sum / positive if positive_sum is not None and positive else None
    if "factor-from" in sheet.variants:
        passed = {name: at_least(scores[name], factor_line) for name in SCL90}
    else:
        passed = {name: above(scores[name], factor_line) for name in SCL90}
    factors = {name: {None: None, False: "below", True: "above"}[it] for name, it in passed.items()}
    scores |= {
        "total": total,
        "average": None if total is None else total / 90,
        "positive_items": positive,
        "positive_sum": positive_sum,
        "positive_mean": mean,
    }
    return finish(
        sheet,
        numbers("1-90"),
        scores,
        bands={**factors, "total": over(total, total_line), "positive_items": over(positive, 43)},
        flags={"screen": any_of(above(total, total_line), above(positive, 43), *passed.values())},
        alerts=raised(sheet, "15,59", lowest + 1),
        undefined=["positive_mean"] if positive == 0 else [],
    )


RESTATED = {"mht": mht, "mssmhs": mssmhs, "scl90": scl90}
