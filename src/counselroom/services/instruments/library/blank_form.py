"""Empty questionnaires on paper. Nothing of a student leaves with them: printing is entered in the audit, not in the
register of what leaves."""

from collections.abc import Iterable

from counselroom.domain.access import Permission
from counselroom.domain.instruments.definition.answering import Item, Kind
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.wording import ItemText
from counselroom.domain.refusal import Refusal
from counselroom.reports import worker
from counselroom.reports.parts import Parts
from counselroom.reports.questionnaire import Question, QuestionnaireContent, questionnaire
from counselroom.services import settings
from counselroom.services.instruments.library import choices, library, wording
from counselroom.services.room.declaration import query
from counselroom.services.room.transaction import Transaction
from counselroom.words import word

# What can be filled in at the top; a number is enough to know whose sheet it is.
FIELDS = ("code", "class", "name", "day")


@query(Permission.READ_ASSESSMENTS)
def preview(tx: Transaction, instrument: str, fields: Iterable[str] = ("code",), title: str = "") -> bytes:
    """The paper as PDF bytes, for the screen. Refuses ``wording.none`` while the school has no text of it."""
    return worker.render(_parts(tx, instrument, fields, title))


@query(Permission.READ_ASSESSMENTS, audited="questionnaire.printed")
def printed(tx: Transaction, instrument: str, fields: Iterable[str] = ("code",), title: str = "") -> bytes:
    """The paper as ``preview`` shows it, for the printer or a file."""
    parts = _parts(tx, instrument, fields, title)
    tx.note("", instrument=instrument)
    return worker.render(parts)


def _parts(tx: Transaction, instrument: str, fields: Iterable[str], title: str) -> Parts:
    definition = library.definition(instrument)
    text = wording.of(tx, instrument)
    if text is None:
        raise Refusal("wording.none", name=definition.name)
    form = definition.in_force(choices.in_force(tx, definition))
    asked = set(fields)
    content = QuestionnaireContent(
        school=settings.school(tx).name,
        title=title.strip() or definition.name,
        intro=text.intro or word("questionnaire.intro"),
        fields=tuple(word(f"questionnaire.{field}") for field in FIELDS if field in asked),
        questions=tuple(_question(form, item, text.items[item.number]) for item in form.items),
        note=word("questionnaire.own") if definition.own else text.note,
        printed_by=tx.actor.name,
        printed_at=tx.ports.clock().astimezone(),
    )
    return questionnaire(content)


def _question(form: Definition, item: Item, text: ItemText) -> Question:
    responses = form.responses_of(item.number)
    words = text.options or tuple(option.word for option in responses.options)
    blank = word("questionnaire.clock") if responses.kind is Kind.CLOCK else responses.unit
    only = word(f"questionnaire.only_{item.shown.sex}") if item.shown and item.shown.sex else ""
    return Question(item.number, text.text, words, blank, responses.kind is Kind.TICKS, only)
