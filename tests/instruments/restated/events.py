"""Life events and what they leave behind: ASLEC, CRIES, PCL-5 (section 3 of the scoring facts)."""

from .sheet import (
    Bands,
    Restated,
    Rule,
    Sheet,
    all_of,
    at_least,
    band,
    coded,
    count_of,
    each,
    finish,
    numbers,
    sum_of,
    total_of,
)

VARIANTS = {"aslec": {"absent": ("absent-1", "absent-0")}}

ITEMS: dict[str, dict[str, tuple[object, ...]]] = {
    "aslec": {**each("1-27", 1, 1, 2, 3, 4, 5)},  # first "did not happen", then "no effect" to "extreme"
    "cries8": {**each("1-8", 0, 1, 3, 5)},
    "cries13": {**each("1-13", 0, 1, 3, 5)},
    "pcl5": {**each("1-20", 0, 1, 2, 3, 4)},
}

VARIANT_ITEMS: dict[str, dict[str, dict[str, tuple[object, ...]]]] = {
    "aslec": {"absent-0": {**each("1-27", 0, 1, 2, 3, 4, 5)}},
}


def aslec(sheet: Sheet) -> Restated:
    """Section 3, ASLEC: not happened counts 1 (original, 27-135) or 0.

    Factors C: items 18, 23, 24 are in two of them, 10 and 26 in none, so that the total is a sum of items.
    """
    codes = coded(sheet, "1-27")
    if "absent-0" not in sheet.variants:  # a sheet that keeps "did not happen" apart as 0
        codes = {number: 1 if code == 0 else code for number, code in codes.items()}
    scores = {
        "interpersonal": sum_of(codes, "1,2,4,15,25"),
        "study": sum_of(codes, "3,9,16,18,22"),
        "punishment": sum_of(codes, "17-21,23,24"),
        "loss": sum_of(codes, "12,13,14"),
        "health": sum_of(codes, "5,8,11,27"),
        "other": sum_of(codes, "6,7,23,24"),
        "total": sum_of(codes, "1-27"),
    }
    return finish(sheet, numbers("1-27"), scores)


def cries8(sheet: Sheet) -> Restated:
    """Section 3, CRIES-8: from 17."""
    codes = coded(sheet, "1-8")
    scores = {
        "intrusion": sum_of(codes, "1,3,6,7"),
        "avoidance": sum_of(codes, "2,4,5,8"),
        "total": sum_of(codes, "1-8"),
    }
    table: Bands = [("below", 0), ("above", 17)]
    return finish(sheet, numbers("1-8"), scores, bands={"total": band(scores["total"], table)})


def cries13(sheet: Sheet) -> Restated:
    """Section 3, CRIES-13: from 17 on intrusion + avoidance, Dutch line of 30 on the total."""
    codes = coded(sheet, "1-13")
    scores = {
        "intrusion": sum_of(codes, "1,4,8,9"),
        "avoidance": sum_of(codes, "2,6,7,10"),
        "arousal": sum_of(codes, "3,5,11,12,13"),
    }
    scores["core"] = total_of(scores["intrusion"], scores["avoidance"])
    scores["total"] = sum_of(codes, "1-13")
    bands = {
        "core": band(scores["core"], [("below", 0), ("above", 17)]),
        "total": band(scores["total"], [("below", 0), ("above", 30)]),
    }
    return finish(sheet, numbers("1-13"), scores, bands=bands)


def pcl5(sheet: Sheet) -> Restated:
    """Section 3, PCL-5: preliminary from 31, line of 33; provisional rule over symptoms (items at 2 or above)."""
    codes = coded(sheet, "1-20")
    clusters = {"b": "1-5", "c": "6-7", "d": "8-14", "e": "15-20"}
    scores = {name: sum_of(codes, key) for name, key in clusters.items()}
    scores |= {f"{name}_count": count_of(codes, key, 2) for name, key in clusters.items()}
    scores["total"] = sum_of(codes, "1-20")
    provisional = all_of(
        at_least(scores["b_count"], 1),
        at_least(scores["c_count"], 1),
        at_least(scores["d_count"], 2),
        at_least(scores["e_count"], 2),
    )
    table: Bands = [("below", 0), ("near", 31), ("above", 33)]
    bands = {"total": band(scores["total"], table)}
    return finish(sheet, numbers("1-20"), scores, bands=bands, flags={"provisional": provisional})


RESTATED: dict[str, Rule] = {"aslec": aslec, "cries8": cries8, "cries13": cries13, "pcl5": pcl5}
