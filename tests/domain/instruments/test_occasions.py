"""Who a student was on a day, and which alerts are news."""

import pytest

from counselroom.domain.instruments.definition.meaning import Priority
from counselroom.domain.instruments.sheets.occasions import fresh_alerts, grade_of, most_urgent, sex_of
from counselroom.services import codes

WORDS = codes.class_words(("primary", "junior", "senior", "vocational"))


@pytest.mark.parametrize(
    ("class_id", "day", "grade"),
    [
        ("primary-2020-1", "2025-09-01", 6),
        ("primary-2020-1", "2026-09-01", None),
        ("junior-2024-3", "2024-09-01", 7),
        ("junior-2024-3", "2025-08-31", 7),
        ("junior-2024-3", "2025-09-01", 8),
        ("junior-2024-3", "2024-08-31", None),
        ("senior-2024-1", "2027-06-01", 12),
        ("vocational-2024-1", "2024-10-01", 10),
        ("preschool-2024-1", "2024-10-01", None),
        ("", "2024-10-01", None),
    ],
)
def test_the_grade_of_a_class_on_a_day(class_id: str, day: str, grade: int | None) -> None:
    assert grade_of(class_id, day, WORDS) == grade


def test_sex_is_stated_or_empty() -> None:
    assert [sex_of(code) for code in ("1", "2", "0", "9", "")] == ["M", "F", "", "", ""]


def test_the_most_urgent_counts() -> None:
    assert most_urgent([Priority.THIS_WEEK, Priority.NOW, Priority.SAME_DAY]) is Priority.NOW


def test_an_alert_is_news_when_it_was_not_told_or_the_answer_changed() -> None:
    assert fresh_alerts({"9": "1"}, {}, ()) == ("9",)
    assert fresh_alerts({"9": "1"}, {"9": "1"}, ("9",)) == ()
    assert fresh_alerts({"9": "3", "12": "1"}, {"9": "1", "12": "1"}, ("9", "12")) == ("9",)
    assert fresh_alerts({"9": "1"}, {"9": "1"}, ()) == ("9",)
