"""What stands in two files, as it is read side by side: facts that belong together share a line."""

from dataclasses import dataclass, replace
from datetime import date

from counselroom.domain.dates import plain_date
from counselroom.domain.students.numbers import mask_id
from counselroom.domain.students.student import BASICS, Basics
from counselroom.services import codes
from counselroom.services.students.merging import MergePreview, Side
from counselroom.ui.i18n import mark, tr, word
from counselroom.ui.widgets.facts import Mask

_ID, _DORM = ("id_no", "id_type"), ("dorm_room", "dorm_building", "dorm_bed")
_TOGETHER = {name: group for group in (_ID, _DORM) for name in group}
_CODED = frozenset({"sex", "ethnic", "boarding"})
_NUMBERS = frozenset({"id_no", "xueji_no", "xueji_aux"})
_MASKS = {"name": Mask.NAME, "former_name": Mask.NAME, "phone": Mask.PHONE}
PLACE = "place"


@dataclass(frozen=True)
class Compared:
    """One line: ``fields`` of the basics with the values of both files; ``kept`` says whose value is proposed.

    The line of class and status has no fields and the key ``place``. ``covered`` are the values of long numbers with
    their middle hidden, to be shown until somebody asks for them whole.
    """

    key: str
    label: str
    values: tuple[str, str]
    kept: bool
    fields: tuple[str, ...] = ()
    mask: Mask = Mask.WORDS
    covered: tuple[str, str] = ("", "")


def compared(preview: MergePreview) -> list[Compared]:
    """The lines in which the two files differ, in the order of the growth file, class and status last."""
    proposed = {one.field: one.proposed for one in preview.fields}
    groups = dict.fromkeys(_TOGETHER.get(name, (name,)) for name in BASICS if name in proposed)
    kept, other = preview.keep.version.basics, preview.other.version.basics
    lines = [
        Compared(
            fields[0], _label(fields), (value(fields, kept), value(fields, other)),
            all(proposed.get(name, getattr(kept, name)) == getattr(kept, name) for name in fields), fields,
            Mask.NONE if fields[0] in _CODED else _MASKS.get(fields[0], Mask.WORDS),
            (_covered(fields, kept), _covered(fields, other)),
        )
        for fields in groups
    ]  # fmt: skip
    here, there = preview.keep.place, preview.other.place
    if here and there and (here.class_id, here.status) != (there.class_id, there.status):
        status = here.status != there.status
        values = (place_words(preview.keep, status=status), place_words(preview.other, status=status))
        label = tr("班级和状态") if status else tr("班级")
        lines.append(Compared(PLACE, label, values, preview.place == here, mask=Mask.NONE))
    return lines


def value(fields: tuple[str, ...], basics: Basics) -> str:
    """What a file says in a line; empty where it says nothing."""
    texts = {name: getattr(basics, name) for name in fields}
    if fields == _ID:
        kind = codes.name("id_type", texts["id_type"]) if texts["id_no"] else ""
        return "　".join(part for part in (texts["id_no"], kind) if part)
    if fields == _DORM:
        return " ".join(texts[name] for name in ("dorm_building", "dorm_room", "dorm_bed") if texts[name])
    name, text = next(iter(texts.items()))
    if name in _CODED:
        return codes.name(name, text)
    return birth_words(text) if name == "birth" else str(text)


def _covered(fields: tuple[str, ...], basics: Basics) -> str:
    if fields[0] not in _NUMBERS:
        return ""
    number = getattr(basics, fields[0])
    return value(fields, replace(basics, **{fields[0]: mask_id(number)})) if number else ""


def birth_words(birth: str) -> str:
    """``2012年3月5日``, or the month where only that is known."""
    if len(birth) == 10:
        return plain_date(date.fromisoformat(birth))
    return tr("{year}年{month}月", year=int(birth[:4]), month=int(birth[5:7])) if len(birth) == 7 else birth


def place_words(side: Side, *, status: bool) -> str:
    """``八年级（3）班　在校　2026年9月1日起``, ``status`` said only where it differs; empty without a class history."""
    if side.place is None:
        return ""
    since = tr("{day}起", day=plain_date(date.fromisoformat(side.place.from_on)))
    said = codes.name("status", side.place.status) if status or not side.class_name else ""
    return "　".join(part for part in (side.class_name, said, since) if part)


def head_words(side: Side) -> str:
    """Under the name: class, sex, status."""
    status = codes.name("status", side.place.status) if side.place else ""
    sex = codes.name("sex", side.version.basics.sex)
    return "　".join(part for part in (side.class_name, sex, status) if part)


def _label(fields: tuple[str, ...]) -> str:
    if fields == _ID:
        return tr("证件")
    return tr("宿舍") if fields == _DORM else word(f"field.{fields[0]}")


@dataclass(frozen=True)
class Coming:
    """What comes along: how many of it each file has, and how many there are afterwards."""

    label: str
    kept: str
    other: str
    after: str


def coming(preview: MergePreview) -> list[Coming]:
    """Guardians, entries, papers, class history; kinds that neither file has are left out."""
    keep, other = preview.keep, preview.other
    kinds = [
        (tr("监护人"), mark("{n} 位"), len(keep.guardians), len(other.guardians), len(preview.guardians)),
        (tr("关爱、经历等"), mark("{n} 条"), len(keep.entries), len(other.entries), len(preview.entries)),
        (tr("附件"), mark("{n} 份"), keep.attachments, other.attachments, 0),
        (tr("班级经历"), mark("{n} 段"), len(keep.history), len(other.history), 0),
    ]
    found = []
    for label, unit, here, there, doubled in kinds:
        if not here and not there:
            continue
        after = tr(unit, n=here + there - doubled)
        said = (
            tr("合并后 {after}，重复的 {n} 项只留一项", after=after, n=doubled)
            if doubled
            else tr("合并后 {after}", after=after)
        )
        found.append(Coming(label, tr(unit, n=here), tr(unit, n=there), said))
    return found
