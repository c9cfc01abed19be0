"""The words that the program comes with."""

import pytest

from counselroom import resources
from counselroom.domain.intake.headwords import HeadWords, head_words


@pytest.fixture(scope="session")
def words() -> HeadWords:
    return head_words(resources.toml("codes", "roster_heads.toml"))
