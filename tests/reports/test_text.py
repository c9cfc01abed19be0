"""Lines end where a Chinese page lets them end."""

from hypothesis import given
from hypothesis import strategies as st

from counselroom.reports.fonts import faces
from counselroom.reports.layout.text import CLOSING, OPENING, broken

FACE = faces().face("serif")
CHARS = st.text(alphabet="他说：“今天好。”（七年级）3.5 ABab，\n12", max_size=60)


def lines(text: str, room: float) -> list[str]:
    return [line for line, _ in broken(text, FACE, room)]


def test_a_short_text_is_one_line_with_its_width() -> None:
    assert broken("成长档案", FACE, 10) == [("成长档案", 4.0)]


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert lines("今天很好。明天", 4) == ["今天很", "好。明天"]


def test_an_opening_mark_does_not_end_a_line() -> None:
    assert lines("八年级（三）班", 4) == ["八年级", "（三）班"]


def test_a_number_or_a_word_stays_whole() -> None:
    assert lines("共有 1234.5 元", 4) == ["共有", "1234.5", "元"]
    assert lines("会面 10:30 开始", 4.6) == ["会面", "10:30 开", "始"]


def test_a_word_longer_than_the_line_is_cut_after_all() -> None:
    assert len(lines("A" * 40, 8)) > 1
    assert "".join(lines("A" * 40, 8)) == "A" * 40


def test_breaks_of_the_text_are_kept_and_tabs_are_blanks() -> None:
    assert lines("一\n\n二\r\n三\t四", 10) == ["一", "", "二", "三　四"]
    assert lines("", 10) == [""]


@given(CHARS, st.floats(3, 12))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, room: float) -> None:
    done = broken(text, FACE, room)
    assert "".join("".join(line.split()) for line, _ in done) == "".join(text.split())
    assert all(width <= room + 0.01 for _, width in done)


@given(CHARS, st.floats(6, 12))
def test_marks_stay_where_they_belong(text: str, room: float) -> None:
    for paragraph in text.splitlines():
        done = lines(paragraph, room)
        if all(len(mark_run) < 4 for mark_run in _runs_of_marks(paragraph)):
            assert not any(line[:1] in CLOSING for line in done[1:] if line)
            assert not any(line[-1:] in OPENING for line in done[:-1] if line)


def _runs_of_marks(text: str) -> list[str]:
    return "".join(char if char in CLOSING + OPENING + ".0123456789ABab" else " " for char in text).split()
