"""What holds from one day to another."""

import pytest

from counselroom.domain.students.student import in_force


@pytest.mark.parametrize(("from_on", "to_on", "day", "holds"), [
    ("", "", "2026-11-24", True),
    ("2026-11-24", "2026-11-24", "2026-11-24", True),
    ("2026-11-25", "", "2026-11-24", False),
    ("2026-11", "", "2026-11-01", True),
    ("2026-11", "", "2026-10-31", False),
    ("", "2026-11", "2026-11-30", True),
    ("", "2026-11", "2026-12-01", False),
    ("", "2026", "2026-12-31", True),
    ("", "2026", "2027-01-01", False),
])  # fmt: skip
def test_a_month_or_a_year_counts_from_its_first_day_to_its_last(
    from_on: str, to_on: str, day: str, *, holds: bool
) -> None:
    assert in_force(from_on, to_on, day) is holds
