"""Identity and enrolment numbers: tidied, checked, masked; never guessed and never filled up."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from operator import mul
from typing import NamedTuple

# GB 11643—1999 (citizens' identity numbers), after ISO 7064:1983 MOD 11-2: weights of digits 1 to 17, and the check
# character for each remainder of their weighted sum modulo 11.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
_ASCII_ZEROS = ord("0") * sum(WEIGHTS)

ID_LENGTH, XUEJI_LENGTH = 18, 19
_SEAT_DIGITS = 3
_ID = re.compile(r"[0-9]{17}[0-9X]").fullmatch
_PLAIN = re.compile(r"[0-9A-Z]*").fullmatch
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]*)?E\+?[0-9]{1,3}").fullmatch
# Blanks are taken out by split(); these are marks that spreadsheets and people put before or into a number.
_MARKS = dict.fromkeys(map(ord, "'\u2018\u2019`\u00b4\u2032\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


class NumberProblem(NamedTuple):
    """Why a number is not taken. ``expected`` and ``found`` are for the sentence, and hold no whole number.

    ``number_length`` counts of characters; ``number_character`` the first bad one; ``number_letter`` the letters
    that may begin it and the one that does; ``number_birth`` the eight digits of the date; ``number_check`` nothing
    (naming the right digit would invite a guess); ``number_damaged`` the form that a spreadsheet left: what is lost
    cannot be known again.
    """

    code: str
    expected: str = ""
    found: str = ""


def is_school_wide(school_no: str) -> bool:
    """Whether a school number tells a student in the whole school: a short one is a seat in the class (1 to 60 in most
    rosters)."""
    return len(school_no) > _SEAT_DIGITS


def tidy_number(text: str) -> str:
    """The number as typed, in half-width capitals, without blanks, apostrophes and invisible characters."""
    if _PLAIN(text):
        return text
    return "".join(unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_MARKS).split()).upper()


def id_problem(number: str, *, typed: bool = False) -> NumberProblem | None:
    """What is wrong with a tidied identity number of 18 characters (GB 11643—1999), or None.

    Spreadsheets keep 15 digits of a number and write 000 for the rest. A real number may end so too (one in a
    thousand): ``typed`` by hand it is believed when its check character is right, out of a file it is not. Division
    codes are not looked up: those of abolished counties stay valid for life.
    """
    if "E" in number and _SCIENTIFIC(number):
        return NumberProblem("number_damaged", found=number)
    if len(number) != ID_LENGTH:
        return NumberProblem("number_length", str(ID_LENGTH), str(len(number)))
    if _ID(number) is None:
        return NumberProblem("number_character", found=_first_bad(number))
    right = _checks(number)
    if number.endswith("000") and not (typed and right):
        return NumberProblem("number_damaged", found="000")
    return _date_or_check(number, right=right)


def xueji_problem(number: str) -> NumberProblem | None:
    """What is wrong with a tidied national enrolment number of 19 characters, or None.

    ``G``: an identity number follows. ``J`` (no identity card): 6 division, 8 birth, 3 serial, check of the same
    kind. ``L`` (temporary): 6 division, 8 birth, 4 random, nothing to check (domain.md 4.1, src31). A G number may
    differ from the present identity number: the two are never compared.
    """
    if "E" in number and _SCIENTIFIC(number):
        return NumberProblem("number_damaged", found=number)
    if number[:1].isdigit() and len(number) >= ID_LENGTH and number.endswith("000"):
        return NumberProblem("number_damaged", found="000")
    if len(number) >= ID_LENGTH and number[0] not in "GJL":
        return NumberProblem("number_letter", "G, J, L", number[0])
    if len(number) != XUEJI_LENGTH:
        return NumberProblem("number_length", str(XUEJI_LENGTH), str(len(number)))
    rest = number[1:]
    if _ID(rest) is None:
        return NumberProblem("number_character", found=_first_bad(rest))
    return _date_or_check(rest, right=number[0] == "L" or _checks(rest))


def check_character(seventeen: str) -> str:
    """The check character for 17 digits (GB 11643—1999)."""
    return CHECKS[_remainder(seventeen)]


def birth_of_id(number: str) -> str | None:
    """ISO date of birth in an identity number, or in an enrolment number with its letter; None where there is none."""
    digits = _eighteen(number)
    return None if digits is None else _birth(digits[6:14])


def sex_of_id(number: str) -> str | None:
    """``1`` male or ``2`` female (GB/T 2261.1): the 17th digit is odd for a man; None where there is no such digit.

    The serial of J and L numbers says nothing of the sex.
    """
    digits = _eighteen(number) if number[:1] not in {"J", "L"} else None
    return None if digits is None else ("1" if int(digits[16]) % 2 else "2")


def said_by_id(number: str) -> tuple[str, str]:
    """Date of birth and sex, as ``birth_of_id`` and ``sex_of_id`` give them, of an identity number without a problem:
    it is not looked at again."""
    return _birth(number[6:14]) or "", "1" if int(number[16]) % 2 else "2"


def mask_id(number: str) -> str:
    """A number as it is shown: ``5301**********1234``; of a short one (a passport) the first and the last two stay."""
    if len(number) >= 15:
        head = 5 if number[0].isalpha() else 4
        return f"{number[:head]}{'*' * (len(number) - head - 4)}{number[-4:]}"
    if len(number) <= 4:
        return "*" * len(number)
    return f"{number[0]}{'*' * (len(number) - 3)}{number[-2:]}"


def _remainder(digits: str) -> int:
    total: int = sum(map(mul, WEIGHTS, digits.encode()))
    return (total - _ASCII_ZEROS) % 11


def _checks(eighteen: str) -> bool:
    return CHECKS[_remainder(eighteen[:17])] == eighteen[17]


def _date_or_check(eighteen: str, *, right: bool) -> NumberProblem | None:
    if _birth(eighteen[6:14]) is None:
        return NumberProblem("number_birth", found=eighteen[6:14])
    return None if right else NumberProblem("number_check")


def _first_bad(number: str) -> str:
    """The first character that cannot stand where it stands: an X anywhere but at the end is one."""
    return next((char for char in number[:-1] if char not in "0123456789"), number[-1])


def _eighteen(number: str) -> str | None:
    digits = number[1:] if len(number) == XUEJI_LENGTH and number[0] in "GJL" else number
    return digits if _ID(digits) else None


@lru_cache(maxsize=16384)
def _birth(eight: str) -> str | None:
    """ISO date of eight digits, from 1900 to 2099."""
    try:
        day = date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return None
    return day.isoformat() if 1900 <= day.year <= 2099 else None
