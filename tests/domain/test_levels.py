"""Level schemes: words are data, order and shapes are not."""

from typing import Any

import pytest

from counselroom.domain.levels import ORDER, SHAPES, Severity, schemes

GOOD: dict[str, Any] = {
    "name": "三级",
    "about": "一级最重",
    "source": "预案",
    "words": {"3": "一级", "2": "二级", "1": "三级", "0": "日常"},
}


def test_order_and_shapes_are_fixed() -> None:
    assert ORDER == (Severity.HIGH, Severity.FOCUS, Severity.LIGHT, Severity.DAILY)
    assert [SHAPES[severity] for severity in ORDER] == ["diamond", "triangle", "half_circle", "ring"]


def test_a_scheme() -> None:
    scheme = schemes({"three": GOOD})["three"]
    assert (scheme.code, scheme.name, scheme.words) == ("three", "三级", ("日常", "三级", "二级", "一级"))
    assert scheme.word(Severity.HIGH) == "一级"
    assert scheme.rows()[0] == (Severity.HIGH, "diamond", "一级")
    assert scheme.rows()[-1] == (Severity.DAILY, "ring", "日常")


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"about": ""},
        {"source": ""},
        {"words": {"3": "一级", "2": "二级", "1": "三级"}},
        {"words": {"4": "特级", "3": "一级", "2": "二级", "1": "三级", "0": "日常"}},
        {"words": {"3": "一级", "2": "二级", "1": "三级", "0": " "}},
        {"words": {"3": "一级", "2": "一级", "1": "三级", "0": "日常"}},
    ],
)
def test_a_scheme_that_lacks_something_is_a_bug(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="three"):
        schemes({"three": {**GOOD, **change}})


def test_a_file_without_schemes_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no level scheme"):
        schemes({})
