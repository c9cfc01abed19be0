"""Names of FHIR R4 that reading and writing questionnaires share."""

from counselroom.domain.instruments.definition.answering import Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.formats.instruments.foreign import plain

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"  # what R5 calls the same
LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
MOST = "http://hl7.org/fhir/StructureDefinition/maxValue"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"


def canonical(definition: Definition) -> str:
    """The name by which a response says which questionnaire it answers; no address: nothing can be fetched there."""
    return f"urn:{definition.id.replace('/', ':')}"


def option_codes(responses: Responses) -> list[str]:
    """A code for each option, in printed order: its own; where two options have the same, a letter tells them apart."""
    found: list[str] = []
    for code in responses.codes():
        own = plain(code)
        again = sum(each == own or each.startswith(f"{own}-") for each in found)
        found.append(f"{own}-{again + 1}" if again else own)
    return found
