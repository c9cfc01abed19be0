"""Whom a guardian's notice may reach: the one place that looks at ``do_not_contact``.

Guardians are always those of one student: what is barred for a child is barred by its number, whoever's name stands
beside that number in the next roster.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from counselroom.domain.students.cells import parse_phone
from counselroom.domain.students.student import Guardian


def addressees(guardians: Iterable[Guardian]) -> tuple[Guardian, ...]:
    """Guardians who may be told something, those who answer by law first; nobody who shares a barred one's number.

    Everything that a guardian may see or hear (a notice, a call, a printed phone list, a return) is made for these
    and for nobody else: a guardian who may have harmed the child is never told (domain.md 2, "guardian informing
    rules" 6).
    """
    everybody = tuple(guardians)
    numbers = barred_numbers(everybody)
    reachable = [guardian for guardian in everybody if not _is_barred(guardian, numbers)]
    return tuple(sorted(reachable, key=lambda guardian: not guardian.legal))


def barred(guardians: Iterable[Guardian]) -> tuple[Guardian, ...]:
    """Guardians who must not be told anything, without their numbers: to show that there is one, and why. Who only
    shares a barred one's number has no flag, and that one's reason."""
    everybody = tuple(guardians)
    numbers = barred_numbers(everybody)
    return tuple(
        replace(guardian, phone="", phone_2="", do_not_contact_reason=_reason(guardian, numbers))
        for guardian in everybody
        if _is_barred(guardian, numbers)
    )


def barred_numbers(guardians: Iterable[Guardian]) -> dict[str, str]:
    """Telephone numbers (as ``same_number`` writes them) at which a barred guardian answers, each with the reason."""
    return {
        number: guardian.do_not_contact_reason
        for guardian in guardians
        if guardian.do_not_contact
        for number in _numbers(guardian)
    }


def same_number(phone: str) -> str:
    """A number as numbers are compared; empty for none."""
    return parse_phone(phone) or phone.strip()


def _numbers(guardian: Guardian) -> set[str]:
    return {same_number(phone) for phone in (guardian.phone, guardian.phone_2) if phone.strip()}


def _is_barred(guardian: Guardian, numbers: Mapping[str, str]) -> bool:
    return guardian.do_not_contact or any(number in numbers for number in _numbers(guardian))


def _reason(guardian: Guardian, numbers: Mapping[str, str]) -> str:
    if guardian.do_not_contact:
        return guardian.do_not_contact_reason
    return next(numbers[number] for number in sorted(_numbers(guardian)) if number in numbers)
