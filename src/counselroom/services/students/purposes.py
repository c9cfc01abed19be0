"""Why something leaves the vault: a code of resources/codes/purposes.toml, with words where the code says nothing."""

from dataclasses import dataclass

from counselroom.domain.refusal import Refusal
from counselroom.services import codes

LIST = "purpose"
# The one code that needs words of one's own.
OTHER = "other"


@dataclass(frozen=True)
class Purpose:
    """A known code and what was written beside it."""

    code: str
    words: str

    def text(self) -> str:
        """As it is printed and shown to a second person."""
        return f"{codes.name(LIST, self.code)} {self.words}".strip() if self.code != OTHER else self.words


def checked(code: str, words: str = "") -> Purpose:
    """The purpose; ``Refusal('purpose.missing')`` when there is none, or when it is another one and not said which."""
    written = " ".join(words.split())
    if not code or (code == OTHER and not written):
        raise Refusal("purpose.missing")
    return Purpose(codes.known(LIST, code), written)
