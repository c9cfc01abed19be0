"""Where pages end."""

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.reports import parts as p
from counselroom.reports.fonts import faces
from counselroom.reports.layout import Composer
from counselroom.reports.layout.blocks import Beside, Block, Break, Fill, Space, Stack, pages
from counselroom.reports.layout.plain import INDENT, Head
from counselroom.reports.layout.tables import Grid
from counselroom.reports.pdf import HEIGHT, WIDTH


def laid(*parts: p.Part) -> list[Stack]:
    return pages(Composer(faces()).stack(parts, WIDTH), HEIGHT)


def kinds(page: Stack) -> list[str]:
    return [type(block).__name__ for block in page.blocks]


def heights(flow: list[Block], room: float) -> list[list[float]]:
    return [[block.height for block in page.blocks] for page in pages(Stack(flow), room)]


def test_the_greater_distance_counts_and_none_at_the_edge() -> None:
    first, second = Space(10).set(before=50, after=3), Space(10).set(before=7, after=50)
    assert Stack([first, second]).height == 27


def test_blocks_move_to_the_next_page_whole() -> None:
    assert heights([Space(40), Space(40), Space(40)], 90) == [[40, 40], [40]]


def test_one_that_keeps_goes_with_the_next() -> None:
    head = Space(10).set(keeps=True)
    assert heights([Space(80), head, Space(40)], 100) == [[80], [10, 40]]
    assert heights([head, Space(95)], 100) == [[10], [95]]  # they cannot stay together


def test_breaks_begin_pages_but_not_an_empty_last_one() -> None:
    assert heights([Space(1), Break(), Space(2), Break()], 100) == [[1], [2]]


def test_what_is_higher_than_a_page_is_refused_not_cut_off() -> None:
    with pytest.raises(Refusal, match=r"^print\.too_large$"):
        pages(Stack([Space(101)]), 100)


def test_the_rest_of_a_page_stands_above_the_bottom() -> None:
    (page,) = pages(Stack([Space(10), Fill(), Space(20)]), 100)
    assert page.blocks[1].height == 70


def test_a_long_paragraph_leaves_no_single_line() -> None:
    one = laid(p.Paragraph("字")).pop().height
    lines_of_page = int(HEIGHT / one)
    above, below = laid(*(p.Paragraph("行") for _ in range(lines_of_page - 1)), p.Paragraph("很长的话" * 60))
    assert kinds(above).count("Words") == lines_of_page - 1  # one line alone would have fitted
    assert below.height > 2 * one


def test_a_section_goes_on_without_its_word() -> None:
    first, second = laid(p.Section("经过", tuple("很长的话" * 30 for _ in range(19))))
    assert all(page.height <= HEIGHT for page in (first, second))
    whole, rest = first.blocks[0], second.blocks[0]
    assert isinstance(whole, Beside)
    assert isinstance(rest, Beside)
    assert [x for x, _ in whole._blocks] == [0, INDENT]
    assert [x for x, _ in rest._blocks] == [INDENT]


def test_a_chapter_is_not_left_alone() -> None:
    filling = [p.Spacer(230)]
    first, second = laid(*filling, p.Chapter("A", "基本信息"), p.Table(("甲",), (("一",), ("二",), ("三",))))
    assert kinds(first) == ["Space"]
    assert isinstance(second.blocks[0], Head)


def test_a_table_repeats_its_head_and_leaves_no_single_row() -> None:
    rows = tuple((str(number), "内容") for number in range(29))
    page_heights = [grid.height for page in laid(p.Table(("号", "事"), rows)) for grid in page.blocks]
    one_row = laid(p.Table(("号", "事"), rows[:1]))[0].height / 2
    assert [round(height / one_row) for height in page_heights] == [1 + 27, 1 + 2]


def test_a_row_higher_than_a_page_goes_on_at_the_next() -> None:
    first, second, *_ = laid(p.Table(("经过", "谁"), (("很长的话。" * 700, "林若溪"),)))
    assert all(isinstance(block, Grid) for page in (first, second) for block in page.blocks)


def test_cells_have_to_fit_their_columns() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        laid(p.Table(("甲", "乙"), (("一",),)))
    with pytest.raises(ValueError, match="share"):
        laid(p.Table(("甲", "乙"), (("一", "二"),), (1.0,)))
    with pytest.raises(ValueError, match="four"):
        laid(p.Signatures(("甲",) * 5, "日"))
