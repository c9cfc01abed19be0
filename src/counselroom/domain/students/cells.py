"""What cells of a roster say: dates, yes and no, telephone numbers. None where a cell says nothing certain."""

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from counselroom.domain.students.codelists import folded

# Year, month and day characters (and the day's other one) become dashes, as do the marks that people use for them.
_TO_DASHES = {
    0x5E74: "-", 0x6708: "-", 0x65E5: "", 0x53F7: "", ord("."): "-", ord("/"): "-", ord("\\"): "-", 0x2013: "-",
    0x2014: "-", 0x3002: "-", ord("_"): "-", ord("'"): "",
}  # fmt: skip
_PARTS = re.compile(r"([12][0-9]{3})-([0-9]{1,2})(?:-([0-9]{1,2}))?-?").fullmatch
_DIGITS = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})?").fullmatch
# A number cell loses the last zero of 2010.10: one month with a point says January or October.
_LOST_ZERO = re.compile(r"[12][0-9]{3}\.1").fullmatch
_TIME = re.compile(r"(?<=[0-9])[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?$")
_BLANKS = re.compile(r"\s+")
_CODE_WORD = re.compile(r"[0-9a-z]{1,2}-(.+)").fullmatch

# Day 0 of the serial numbers in which spreadsheets keep dates (the 1900 system, with its day that never was).
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20000, 60001)  # 1954-10-03 to 2064-04-08

PHONE_LEAST, PHONE_MOST = 7, 15  # a local number without area code; ITU-T E.164
_PHONE_MARKS = re.compile(r"[\s()\-\u2010-\u2015]+")


@dataclass(frozen=True)
class FlagWords:
    """Words for yes and for no, folded (``codelists.folded``)."""

    yes: Set[str]
    no: Set[str]


@lru_cache(maxsize=32768)
def parse_date(text: str) -> str | None:
    """``2010-09-01``, or ``2010-09`` where the day is not said; None for what is no date or may be two.

    Understood are years of four digits first, with points, dashes, strokes, Chinese characters or nothing between;
    a time behind is left out; five digits are a spreadsheet's serial number of the 1900 system. (Dates of the 1904
    system look the same as text: cells that are dates come as ISO text already.)
    """
    word = unicodedata.normalize("NFKC", text).strip()
    if word.isdecimal() and len(word) == 5:
        serial = int(word)
        return (_SERIAL_ZERO + timedelta(serial)).isoformat() if serial in _SERIALS else None
    word = _BLANKS.sub("", _TIME.sub("", word))
    if _LOST_ZERO(word):
        return None
    match = _DIGITS(word) or _PARTS(word.translate(_TO_DASHES))
    return _iso(match[1], match[2], match[3]) if match else None


def parse_flag(text: str, words: FlagWords) -> bool | None:
    """Yes or no; ``1-是`` counts by its word. None where the cell says neither."""
    word = folded(text)
    if word in words.yes:
        return True
    if word in words.no:
        return False
    match = _CODE_WORD(word)
    return parse_flag(match[1], words) if match else None


def parse_phone(text: str) -> str | None:
    """The digits of one number, without blanks, dashes and brackets; None with anything else in it, or when it has
    fewer than 7 or more than 15 digits. A leading +86 goes: it says nothing here.
    """
    if text.isdecimal() and text.isascii():
        digits = text
    else:
        digits = _PHONE_MARKS.sub("", unicodedata.normalize("NFKC", text))
        digits = digits.removeprefix("+86").removeprefix("0086")
    if not (digits.isdecimal() and digits.isascii()):
        return None
    return digits if PHONE_LEAST <= len(digits) <= PHONE_MOST else None


def _iso(year: str, month: str, day: str | None) -> str | None:
    """The date when there is such a day between 1900 and 2099, to the month without a day."""
    try:
        found = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    if not 1900 <= found.year <= 2099:
        return None
    return found.isoformat() if day else f"{found:%Y-%m}"
