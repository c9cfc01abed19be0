"""What a growth file says on paper: the file's rows as plain text for the printed parts A to N."""

from collections.abc import Iterable
from datetime import date, datetime

from counselroom.domain.access import Permission, allowed
from counselroom.domain.dates import clock_time, plain_date
from counselroom.domain.students.student import BASICS, Basics, Entry, Guardian
from counselroom.reports.growth_file import CoverFacts, FactLines, Grid, GrowthFileContent, Item, SectionContent
from counselroom.services import codes, settings
from counselroom.services.instruments.kept import sheets
from counselroom.services.instruments.telling import cards
from counselroom.services.room.transaction import Transaction
from counselroom.services.students.growth_file import GrowthFile, Opening
from counselroom.services.students.purposes import Purpose
from counselroom.words import word

# Fields of part A that are codes, by the list that names them.
_LISTS = {"sex": "sex", "ethnic": "ethnic", "id_type": "id_type", "boarding": "boarding"}


def content(tx: Transaction, file: GrowthFile, openings: Iterable[Opening]) -> GrowthFileContent:
    """The whole file; parts of which nothing is known stay empty and are printed as such."""
    basics = file.present.basics
    moment = tx.ports.clock().astimezone()
    return GrowthFileContent(
        school=settings.school(tx).name,
        cover=CoverFacts(
            number=file.file_no,
            name=basics.name,
            sex=codes.name("sex", basics.sex),
            xueji_no=basics.xueji_no,
            class_name=file.class_name,
            head_teacher=file.teacher,
            opened_on=_day(_local(file.opened_at).date().isoformat()),
            opened_by=file.authors.get(file.opened_by, ""),
        ),
        printed_by=tx.actor.name,
        printed_at=moment,
        sections=(
            SectionContent("A", tuple(_basics(file))),
            SectionContent("B", tuple(_entries(file.of("background"), dated=False))),
            SectionContent("C", tuple(_entries(file.of("strength"), dated=False))),
            SectionContent("D", tuple(_assessments(tx, file))),
            SectionContent("E", tuple(_entries(file.of("event"), dated=True))),
            SectionContent("M", tuple(_consents(file))),
            SectionContent("N", tuple(_openings(openings))),
        ),
    )


def _basics(file: GrowthFile) -> Iterable[Item]:
    basics = file.present.basics
    known = [(word(f"field.{name}"), _shown(basics, name)) for name in BASICS if getattr(basics, name)]
    yield FactLines(tuple(known))
    if file.history:
        rows = [
            (
                _day(span.enrolment.from_on),
                _day(span.enrolment.to_on),
                span.class_name,
                codes.name("status", span.enrolment.status),
                span.enrolment.destination,
            )
            for span in file.history
        ]
        yield Grid(
            _heads("from", "to", "class", "status", "note"), tuple(rows), (2, 2, 2.4, 2, 3), word("paper.classes")
        )
    if file.guardians or file.barred:
        people = [*map(_guardian, file.guardians), *map(_barred, file.barred)]
        yield Grid(_heads("name", "relation", "phone", "note"), tuple(people), (2, 2, 2.6, 4), word("paper.guardians"))
    care = [
        (codes.name("care", entry.code), _span(entry), word("list.separator").join(_said(entry)))
        for entry in file.of("care")
    ]
    if care:
        yield Grid(_heads("category", "when", "note"), tuple(care), (3, 3, 5), word("paper.care"))


def _shown(basics: Basics, name: str) -> str:
    value = str(getattr(basics, name))
    if name == "birth":
        return _day(value)
    return codes.name(_LISTS[name], value) if name in _LISTS else value


def _guardian(guardian: Guardian) -> tuple[str, ...]:
    marks = [word(f"paper.{mark}") for mark in ("legal", "lives_with", "works_away") if getattr(guardian, mark)]
    phones = word("list.separator").join(filter(None, (guardian.phone, guardian.phone_2)))
    relation = guardian.relation_note or codes.name("relation", guardian.relation)
    return guardian.name, relation, phones, word("list.separator").join((*marks, *filter(None, [guardian.best_time])))


def _barred(guardian: Guardian) -> tuple[str, ...]:
    """That there is somebody who must not be told, and no number: paper lies about."""
    relation = guardian.relation_note or codes.name("relation", guardian.relation)
    return guardian.name, relation, "", word("paper.barred")


def _assessments(tx: Transaction, file: GrowthFile) -> Iterable[Item]:
    """In which band each sheet lies: words, no numbers (domain.md 4.7 D)."""
    if not allowed(tx.actor.roles, Permission.READ_ASSESSMENTS):
        return
    rows = [
        (
            _day(card.line.sheet.day),
            card.line.name,
            word(f"informant.{card.line.sheet.informant}"),
            sheets.state(card.line),
            word("list.separator").join(card.tags),
        )
        for card in cards.read(tx, file.student_uid).cards
    ]
    if rows:
        yield Grid(_heads("when", "instrument", "informant", "result", "note"), tuple(rows), (3, 4, 2, 2.8, 2.6))


def _entries(entries: Iterable[Entry], *, dated: bool) -> Iterable[Item]:
    listed = sorted(entries, key=lambda entry: entry.from_on) if dated else list(entries)
    rows = [
        (
            *([_span(entry)] if dated else []),
            codes.name(entry.kind, entry.code),
            word("list.separator").join(_said(entry)),
        )
        for entry in listed
    ]
    if rows:
        heads = _heads("when", "kind", "text") if dated else _heads("kind", "text")
        yield Grid(heads, tuple(rows), (2.4, 2.6, 7) if dated else (2.6, 9))


def _consents(file: GrowthFile) -> Iterable[Item]:
    rows = [
        (
            _day(entry.from_on),
            codes.name("consent", entry.code),
            codes.name("consent_state", entry.state),
            word("list.separator").join(_said(entry)),
        )
        for entry in sorted(file.of("consent"), key=lambda entry: entry.from_on)
    ]
    if rows:
        yield Grid(_heads("when", "kind", "state", "note"), tuple(rows), (2.4, 3, 2.4, 5))


def _openings(openings: Iterable[Opening]) -> Iterable[Item]:
    rows = [(_moment(opening.at), opening.who, _why(opening)) for opening in openings]
    if rows:
        yield Grid(_heads("when", "who", "purpose"), tuple(rows), (3, 2.4, 6))


def _why(opening: Opening) -> str:
    said = Purpose(opening.purpose, opening.words).text()
    return word("paper.printed", purpose=said) if opening.printed else said


def _said(entry: Entry) -> list[str]:
    return [text for text in (entry.text, entry.evidence) if text]


def _span(entry: Entry) -> str:
    if entry.to_on:
        return word("paper.span", start=_day(entry.from_on), end=_day(entry.to_on))
    return _day(entry.from_on)


def _heads(*names: str) -> tuple[str, ...]:
    return tuple(word(f"paper.head.{name}") for name in names)


def _day(text: str) -> str:
    """A day, a month or a year as it is read; empty stays empty."""
    parts = [int(part) for part in text.split("-")] if text else []
    if len(parts) == 3:
        return plain_date(date(*parts))
    keys = {2: "paper.month", 1: "paper.year"}
    return word(keys[len(parts)], **dict(zip(("year", "month"), parts, strict=False))) if parts else ""


def _local(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).astimezone()


def _moment(stamp: str) -> str:
    at = _local(stamp)
    return f"{plain_date(at)} {clock_time(at)}"
