"""Answers as FHIR R4 QuestionnaireResponses. No name and no birthday: the caller says by which identifier the person is
known to whoever gets it."""

from collections.abc import Mapping
from typing import Any

from counselroom.domain.instruments.definition.answering import Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.sheets.cells import Cell, read_cell
from counselroom.formats.instruments.fhir_shared import canonical, option_codes


def to_response(definition: Definition, answers: Mapping[str, str], *, subject: str, authored: str) -> dict[str, Any]:
    """One sheet. ``answers`` are cells by printed number, as the examples of definitions write them (raw codes, ``1;3``
    for ticks, ``23:30``; empty for a blank); ``authored`` is an ISO date or time.

    Raises ValueError for a cell that cannot be an answer. Default variants are in force.
    """
    form = definition.in_force(definition.choose(()))
    items = []
    for number in form.numbers():
        given = _answers(form.responses_of(number), answers.get(number, ""))
        if given:
            items.append({"linkId": number, "answer": given})
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{canonical(form)}|{form.version}",
        "status": "completed",
        "subject": {"identifier": {"value": subject}},
        "authored": authored,
        "item": items,
    }


def _answers(responses: Responses, cell: str) -> list[dict[str, Any]]:
    read = read_cell(responses, cell)
    if not isinstance(read, Cell):
        raise ValueError(cell)
    if read.value is None:
        return []
    number = read.value
    match responses.kind:
        case Kind.NUMBER:
            return [{"valueDecimal": int(number) if number == int(number) else number}]
        case Kind.CLOCK:
            hours, minutes = divmod(int(number), 60)
            return [{"valueTime": f"{hours:02}:{minutes:02}:00"}]
        case Kind.TICKS:
            ticked = {float(code) for code in read.text.split(";")}
            return [_coding(responses, place) for place, code in enumerate(responses.codes()) if code in ticked]
        case _:
            return [_coding(responses, responses.codes().index(number))]


def _coding(responses: Responses, place: int) -> dict[str, Any]:
    return {"valueCoding": {"code": option_codes(responses)[place], "display": responses.options[place].word}}
