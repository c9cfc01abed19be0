"""The fictional school: a real vault that the use cases have filled, year by year, ready to be looked at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from counselroom.domain.access import SCHOOL_ROLES, Kind, Role
from counselroom.domain.refusal import Refusal
from counselroom.domain.students.numbers import id_problem, xueji_problem
from counselroom.services import calendar, demo, people, settings
from counselroom.services.demo import Created, Size
from counselroom.services.demo.naming import Namer, surname_of
from counselroom.services.demo.population import Population
from counselroom.services.demo.term_times import moment
from counselroom.services.instruments.kept import alerts
from counselroom.services.students import duplicates, growth_file, intake, listing, review, year
from counselroom.services.students.listing import StudentLine
from counselroom.services.vault import inspection, location, opening, recovery
from services.conftest import CHEAP

# In the second term, so that more than one person has written.
NOW = datetime(2027, 4, 20, 8, tzinfo=UTC)
THEN = replace(CHEAP, clock=lambda: NOW)
SMALL = Size(students=60, years=2)


@dataclass(frozen=True)
class Made:
    """The demo of this module, and what was told while it was made."""

    created: Created
    told: list[tuple[int, int, str]]

    def lines(self) -> list[StudentLine]:
        return self.created.room.run(listing.everybody).result


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "演示学校"


@pytest.fixture(scope="module")
def made(folder: Path) -> Iterator[Made]:
    told: list[tuple[int, int, str]] = []
    created = demo.create_demo(folder, lambda *step: told.append(step), THEN, size=SMALL)
    yield Made(created, told)
    created.room.close()


def test_it_is_marked(made: Made) -> None:
    assert made.created.room.run(settings.is_demo).result
    school = made.created.room.run(settings.school).result
    assert (school.division, school.stages) == ("530102", ("junior", "senior"))


def test_nothing_is_left_to_type_back(made: Made) -> None:
    assert made.created.room.run(recovery.state).result.due == ()


def test_one_of_each_role_and_the_lead_is_signed_in(made: Made) -> None:
    rows = made.created.room.run(people.accounts).result
    assert [row.name for row in rows] == [person.name for person in made.created.staff]
    assert {role for row in rows for role in row.roles} == set(SCHOOL_ROLES)
    assert rows[0].roles == (Role.COUNSELOR_LEAD,)
    assert rows[0].is_me
    assert [row.kind for row in rows].count(Kind.MEMBER) == 3


def test_its_passphrases_open_it(made: Made, folder: Path) -> None:
    staff = made.created.staff
    assert len({person.passphrase for person in staff}) == len(staff)
    for person in (staff[1], staff[-1]):
        room = opening.unlock(folder, person.name, person.passphrase, read_only=True, ports=THEN)
        assert room.account.name == person.name
        room.close()


def test_secrets_stay_out_of_a_trace(made: Made) -> None:
    assert made.created.staff[0].passphrase not in repr(made.created.staff)


def test_it_told_how_far_it_was(made: Made) -> None:
    numbers = [done for done, _, _ in made.told]
    totals = {total for _, total, _ in made.told}
    assert numbers == sorted(numbers)
    assert numbers[0] == 0
    assert totals == {numbers[-1]}
    assert {text for _, _, text in made.told} == {"", "2025—2026学年", "2026—2027学年"}


def test_as_many_are_at_school_as_were_asked_for(made: Made) -> None:
    status = Counter(line.status for line in made.lines())
    assert status["01"] == SMALL.students
    assert status["90"] >= 1, "somebody whose way nobody knows"
    assert status["06"] >= 1, "somebody who has finished school"
    assert status["03"] >= 1, "somebody who went to another school"


def test_two_rosters_came_in_and_left_nothing_in_doubt(made: Made) -> None:
    (first,) = made.created.room.run(review.earlier, intake.KIND).result
    assert first.counts == {"rows": 60, "created": 60, "updated": 0, "unchanged": 0, "bad": 0}
    assert first.made_at[:10] == "2025-09-01"
    (second,) = made.created.room.run(review.earlier, year.KIND).result
    assert second.made_at[:10] == "2026-09-01"
    assert second.counts["bad"] == second.counts["doubtful"] == second.counts["unlisted"] == 0
    wanted = ("promoted", "moved", "repeats", "next_stage", "new", "returned", "graduated", "gone")
    assert [name for name in wanted if not second.counts[name]] == []


def test_each_school_year_has_its_calendar(made: Made) -> None:
    assert made.created.room.run(calendar.years).result == [2025, 2026]
    today = made.created.room.run(calendar.today).result
    assert today is not None
    assert today.term == 2


def test_what_was_written_carries_the_days_on_which_it_happened(made: Made) -> None:
    room = made.created.room
    files = [room.run(growth_file.again, line.student_uid).result for line in made.lines()]
    entries = [entry for file in files for entry in file.entries]
    days = [entry.made.made_at[:10] for entry in entries if entry.made]
    assert min(days) < "2026-01-01"
    assert max(days) <= NOW.date().isoformat()
    assert {entry.kind for entry in entries} == {"care", "consent", "event", "strength", "background"}
    authors = {file.authors[entry.made.made_by] for file in files for entry in file.entries if entry.made}
    assert len(authors) > 1
    assert any(file.barred for file in files)
    assert {len(file.guardians) + len(file.barred) for file in files} >= {1, 2, 3}


def test_files_were_opened_for_a_purpose(made: Made) -> None:
    room = made.created.room
    openings = [one for line in made.lines() for one in room.run(growth_file.openings, line.student_uid).result]
    assert openings
    assert all(one.purpose for one in openings)


def test_somebody_has_two_files_by_mistake(made: Made) -> None:
    pairs = made.created.room.run(duplicates.suggestions).result
    assert [pair.reasons for pair in pairs] == [("name_birth", "name_class")]


def test_every_number_is_formally_right_and_nobodys(made: Made) -> None:
    with_number = [line for line in made.lines() if line.id_no]
    assert len(with_number) > 50
    for line in with_number:
        assert id_problem(line.id_no) is None
        assert line.id_no.startswith("53019"), "no county ever had this code"
        assert line.xueji_no == f"G{line.id_no}"
    assert all(xueji_problem(line.xueji_no) is None for line in made.lines() if line.xueji_no)


def test_the_time_is_the_real_one_again(made: Made) -> None:
    assert made.created.room.ports.clock() == NOW


def test_the_same_seed_gives_the_same_school_in_a_whole_vault(made: Made, tmp_path: Path) -> None:
    def told(created: Created) -> list[tuple[str, ...]]:
        found = []
        for line in created.room.run(listing.everybody).result:
            file = created.room.run(growth_file.again, line.student_uid).result
            texts = [entry.text for entry in file.entries]
            guardians = [guardian.name for guardian in file.guardians]
            known = (line.file_no, line.name, line.id_no, line.class_name, line.status, line.status_from)
            found.append((*known, *line.care, *texts, *guardians))
        return sorted(found)

    again = demo.create_demo(tmp_path / "a", ports=THEN, size=SMALL)
    assert told(again) == told(made.created)
    again.room.close()
    lead = again.staff[0]
    report = inspection.check(tmp_path / "a", lead.name, lead.passphrase)
    assert (report.integrity, report.chain, report.faults) == ("ok", "ok", [])


def test_another_seed_gives_another_school() -> None:
    def names(seed: int) -> list[str]:
        return [pupil.basics.name for pupil in Population(Random(seed), 60, 2026, 2026).present]

    assert names(5) == names(5)
    assert names(5) != names(6)


def test_on_the_first_day_of_school_the_year_has_just_begun(tmp_path: Path) -> None:
    early = moment(date(2026, 9, 1), 0, 10)
    created = demo.create_demo(tmp_path / "a", ports=replace(CHEAP, clock=lambda: early), size=Size(30, 2))
    lines = created.room.run(listing.everybody).result
    assert sum(line.present for line in lines) == 30
    assert len(created.room.run(alerts.open_tasks).result) == 3, "somebody has to be looked at on every day"
    assert created.room.run(review.earlier, year.KIND).result[0].made_at <= early.isoformat(timespec="milliseconds")
    created.room.close()


@pytest.mark.parametrize("after", [0, 40])
def test_stopping_leaves_nothing(tmp_path: Path, after: int) -> None:
    told: list[int] = []
    with pytest.raises(Refusal, match=r"job\.cancelled"):
        demo.create_demo(
            tmp_path / "a", lambda done, *_: told.append(done), THEN, size=SMALL, cancelled=lambda: len(told) > after
        )
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_the_vaults_stays_when_it_is_taken_back(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "备忘.txt").write_text("别删", encoding="utf-8")
    with pytest.raises(Refusal, match=r"job\.cancelled"):
        demo.create_demo(folder, ports=THEN, size=SMALL, cancelled=(folder / "keyring.json").exists)
    assert [path.name for path in folder.iterdir()] == ["备忘.txt"]


@pytest.mark.parametrize("size", [Size(3, 1), Size(30, 0), Size(30, 99), Size(1_000_000, 1)])
def test_what_is_no_school_is_refused(tmp_path: Path, size: Size) -> None:
    with pytest.raises(Refusal, match=r"demo\.size"):
        demo.create_demo(tmp_path / "a", size=size)
    assert list(tmp_path.iterdir()) == []


def test_another_one_gets_a_folder_of_its_own(made: Made, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "suggestions", lambda: [folder.parent / location.FOLDER_NAME])
    assert demo.demo_folder() == folder.with_name("演示学校-2")
    before = {path.name: path.stat().st_size for path in folder.iterdir()}
    with pytest.raises(Refusal, match=r"vault\.(exists|open_elsewhere)"):
        demo.create_demo(folder, ports=THEN, size=SMALL)
    assert {path.name: path.stat().st_size for path in folder.iterdir()} == before


# Its people, without a vault.


@pytest.fixture(scope="module")
def population() -> Population:
    people = Population(Random(3), 1300, 2024, 2026)
    people.september(2025)
    people.september(2026)
    return people


def test_names_are_as_mixed_as_those_of_a_real_school(population: Population) -> None:
    names = [pupil.basics.name for pupil in Population(Random(1), 400, 2026, 2026).present]
    assert {"单雨桐", "仇皓", "解思远", "曾一诺", "区嘉铭", "查若溪", "欧阳文悦", "尉迟景行"} <= set(names)
    assert {"王㛃", "李䶮", "杨𠅤", "陈𬱖", "赵𠮷"} <= set(names)
    assert sum("·" in name for name in names) >= 3
    commonest = Counter(surname_of(pupil.basics.name) for pupil in population.present)
    assert {surname for surname, _ in commonest.most_common(6)} >= {"王", "李", "张"}
    assert len(commonest) > 120
    han = sum(pupil.basics.ethnic == "01" for pupil in population.present)
    assert 0.75 < han / len(population.present) < 0.9


def test_some_are_called_alike_in_a_class_and_in_a_grade(population: Population) -> None:
    in_class = Counter((pupil.class_id, pupil.basics.name) for pupil in population.present)
    assert max(in_class.values()) > 1
    in_grade = Counter((pupil.class_id.rsplit("-", 1)[0], pupil.basics.name) for pupil in population.present)
    assert sum(count > 1 for count in in_grade.values()) > sum(count > 1 for count in in_class.values())


def test_nobody_could_be_taken_for_somebody_else(population: Population) -> None:
    people = [(pupil.basics.name, pupil.basics.birth) for pupil in population.present]
    assert len(set(people)) == len(people)
    numbers = [pupil.basics.school_no for pupil in population.present]
    assert len(set(numbers)) == len(numbers)


def test_twins_share_their_family_and_not_their_name(population: Population) -> None:
    by_family = Counter(pupil.family for pupil in population.present)
    families = [family for family, count in by_family.items() if count > 1]
    assert families
    for family in families:
        twins = [pupil.basics for pupil in population.present if pupil.family == family]
        assert len({one.birth for one in twins}) == 1
        assert len({one.name for one in twins}) == len(twins)


def test_some_have_no_numbers_and_the_upper_stage_boards(population: Population) -> None:
    senior = [pupil.basics for pupil in population.present if pupil.class_id.startswith("senior")]
    assert 0.5 < sum(one.boarding == "2" for one in senior) / len(senior) < 0.9
    assert all(one.dorm_room for one in senior if one.boarding == "2")
    kinds = Counter(pupil.basics.xueji_no[:1] for pupil in population.present)
    assert set(kinds) == {"", "G", "J"}


def test_no_telephone_of_theirs_rings(population: Population) -> None:
    phones = [relative.phone for pupil in population.present for relative in pupil.family]
    assert all(len(phone) == 11 and phone.startswith("1440") for phone in phones)


def test_a_grown_up_of_a_family_bears_its_name() -> None:
    namer = Namer(Random(4))
    assert namer.adult("1", 1970, "欧阳").startswith("欧阳")
    assert surname_of("欧阳雪") == "欧阳"
    assert surname_of("扎西·顿珠") == ""
