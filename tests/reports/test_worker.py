"""The drawing process: the same bytes as without it; refusals and errors come back without the page."""

from pathlib import Path

import pytest

from counselroom.child import ChildError
from counselroom.domain.refusal import Refusal
from counselroom.reports.parts import Paragraph, Part, Qr, Title
from counselroom.reports.pdf import pdf
from counselroom.reports.worker import KIND, render
from counselroom.resources import fonts_dir

PARTS: tuple[Part, ...] = (Title("恢复单　第 1 份"), Qr("0001 0002"))


def test_the_process_draws_what_we_would_draw() -> None:
    assert render(PARTS) == pdf(PARTS)


def test_a_refusal_comes_back() -> None:
    with pytest.raises(Refusal, match=r"^print\.glyph_missing$") as caught:
        render((Paragraph("好\u0378的"),))
    assert caught.value.values["characters"]


def test_a_slow_process_is_ended() -> None:
    with pytest.raises(Refusal, match=r"^print\.too_slow$"):
        render(PARTS, time_limit=0.01)


def test_an_error_does_not_quote_the_page() -> None:
    with pytest.raises(ChildError) as caught:
        render((Paragraph("SENTINEL" * 3), Qr("SENTINEL" * 4000)))  # more than a code square holds
    assert "DataOverflowError at" in str(caught.value)
    assert "SENTINEL" not in str(caught.value)


def test_it_has_a_minute_and_a_gibibyte() -> None:
    assert (KIND.seconds, KIND.memory) == (60, 1 << 30)


def test_nothing_is_left_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNSELROOM_FONTS", str(fonts_dir()))
    for name in ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    render(PARTS)
    assert list(tmp_path.rglob("*")) == []
