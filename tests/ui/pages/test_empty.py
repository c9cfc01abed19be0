"""Pages whose work is still to come say what belongs there, and offer no button that does nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from counselroom.ui.pages import PAGES
from counselroom.ui.pages._empty import EmptyRoom
from counselroom.ui.pages.inbox import InboxPage
from services.conftest import STAFF
from ui.pages.conftest import Desk, Open

Shown = Callable[[Any, Desk], Any]
EMPTY = [spec for spec in PAGES if spec.key not in ("today", "students", "screening", "settings", "inbox")]


@pytest.mark.parametrize("spec", EMPTY, ids=lambda spec: spec.key)
def test_what_belongs_here(desk: Open, shown: Shown, spec: Any) -> None:
    here = desk()
    page = shown(spec.load()(here.context), here)
    assert isinstance(page, EmptyRoom)
    assert page.title() == spec.title
    assert page.empty.sentence.plain().startswith("这里会")
    assert page.empty.first_step.plain()
    assert page.findChildren(QAbstractButton) == []
    for text in (page.empty.sentence, page.empty.first_step):
        assert text.width() >= text.sizeHint().width()


def test_a_holder_is_led_to_the_own_passphrase(desk: Open, shown: Shown) -> None:
    here = desk(list(STAFF)[1])
    page = shown(InboxPage(here.context), here)
    assert page.first_focus() is page.passphrase
    page.passphrase.click()
    assert here.went == [("settings", {"section": "keys"})]
