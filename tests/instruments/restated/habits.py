"""Screens and examinations: IAT, SAS-SV, TAS (section 3 of the scoring facts)."""

from .sheet import Bands, Restated, Rule, Sheet, band, coded, each, finish, numbers, sum_of

VARIANTS = {"iat20": {"coding": ("coded-1-5", "coded-0-5")}}

ITEMS: dict[str, dict[str, tuple[object, ...]]] = {
    "iat20": {**each("1-20", 1, 2, 3, 4, 5)},
    "sassv": {**each("1-10", 1, 2, 3, 4, 5, 6)},
    "tas37": {**each("1-37", 1, 0)},
}

VARIANT_ITEMS: dict[str, dict[str, dict[str, tuple[object, ...]]]] = {
    "iat20": {"coded-0-5": {**each("1-20", 0, 1, 2, 3, 4, 5)}},
}


def iat20(sheet: Sheet) -> Restated:
    """Section 3, IAT: 20-49, 50-79, 80-100 when coded 1-5; lines 31, 50, 80 when coded 0-5."""
    total = sum_of(coded(sheet, "1-20"), "1-20")
    table: Bands = [("normal", 20), ("moderate", 50), ("severe", 80)]
    if "coded-0-5" in sheet.variants:
        table = [("normal", 0), ("mild", 31), ("moderate", 50), ("severe", 80)]
    return finish(sheet, numbers("1-20"), {"total": total}, bands={"total": band(total, table)})


def sassv(sheet: Sheet) -> Restated:
    """Section 3, SAS-SV: from 31 for boys, from 33 for girls; no band when the sex is not known."""
    total = sum_of(coded(sheet, "1-10"), "1-10")
    line = {"M": 31, "F": 33}.get(sheet.sex)
    table: Bands = [] if line is None else [("below", 10), ("above", line)]
    where = band(total, table) if table else None
    return finish(sheet, numbers("1-10"), {"total": total}, bands={"total": where})


def tas37(sheet: Sheet) -> Restated:
    """Section 3, TAS: six items count the "no"; under 12, 12-20, over 20."""
    total = sum_of(coded(sheet, "1-37", "3,15,26,27,29,33", ends=0 + 1), "1-37")
    table: Bands = [("low", 0), ("middle", 12), ("high", 21)]
    return finish(sheet, numbers("1-37"), {"total": total}, bands={"total": band(total, table)})


RESTATED: dict[str, Rule] = {"iat20": iat20, "sassv": sassv, "tas37": tas37}
