"""What the open formats have no words for, whatever they are: noted when a definition is written in one of them."""

from collections.abc import Iterator

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.scores import Missing
from counselroom.formats.instruments.foreign import Remark


def lacking(definition: Definition, form: Definition) -> Iterator[Remark]:
    """A remark for each kind of thing; ``form`` is the definition with its default variants in force."""
    if definition.parts:
        chosen = definition.choose(())
        names = tuple(variant.name for part in definition.parts for variant in part.variants if variant.id in chosen)
        yield Remark(("part",), "variants_chosen", {"names": names})
    if form.alerts:
        items = tuple(dict.fromkeys(number for alert in form.alerts for number in alert.items))
        yield Remark(("alert",), "alerts_left_out", {"items": items})
    if form.validity:
        yield Remark(("validity",), "validity_left_out", {"names": tuple(line.name for line in form.validity)})
    if form.norms:
        yield Remark(("norm",), "norm_left_out", {"names": tuple(dict.fromkeys(norm.name for norm in form.norms))})
    if form.reliability:
        yield Remark(("reliability",), "reliability_left_out", {})
    if form.gates:
        yield Remark(("gate",), "gates_left_out", {})
    if any(limit.flag for bands in form.bands for limit in bands.limits):
        yield Remark(("bands",), "flags_left_out", {})
    if any(score.missing == Missing() for score in form.scores):
        yield Remark(("score",), "missing_left_out", {})
    if form.informants != ("self",):
        yield Remark(("informant",), "informant_left_out", {})
