"""The window stays out of pictures as far as the Windows at hand can do it."""

from counselroom.ui.discretion import shield


def test_a_windows_that_knows_the_best_way() -> None:
    asked: list[tuple[int, int]] = []

    def new(handle: int, affinity: int) -> int:
        asked.append((handle, affinity))
        return 1

    shield(new, 7)
    assert asked == [(7, 0x11)]


def test_an_older_windows_shows_black() -> None:
    asked: list[int] = []

    def old(_handle: int, affinity: int) -> int:
        asked.append(affinity)
        return int(affinity == 0x01)

    shield(old, 7)
    assert asked == [0x11, 0x01]
