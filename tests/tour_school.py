"""The fictional school of the pictures: three rosters, and what is known of a few of its pupils. Nobody is meant."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from counselroom.domain.students.classes import ClassKey, school_year_of
from counselroom.domain.students.student import Entry, Guardian, StudentUid

SCHOOL = "云溪市第三中学"
HEAD = (
    "序号", "姓名", "性别", "出生日期", "班级", "学号", "就读方式", "监护人姓名", "与学生关系", "监护人电话", "班主任",
)  # fmt: skip
GRADES = ("七年级", "八年级", "九年级")
CLASSES, PER_CLASS = 4, 22
TEACHERS = (
    "高原", "苏明", "杨晓燕", "木春兰", "李建国", "段雪梅", "赵志远", "和丽江", "周文静", "马骏", "董海", "罗敏",
)  # fmt: skip
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
)
_FIRST = "浩思欣俊佳文晨嘉若诗天明可心泓博静书"
_SECOND = "涵轩怡然博琪睿妍航瑶泽萱辰宁霖悦宸彤淇朗"
# The pupils of the design's pictures: name, sex, years at this school before the present one, class.
CAST = (
    ("何嘉木", "男", 1, 3), ("赵雨桐", "女", 1, 2), ("朱颖", "女", 1, 3), ("钟弋阳", "男", 1, 4),
    ("张一诺", "男", 0, 1), ("郑言蹊", "女", 0, 4), ("庄毓文", "女", 0, 2),
    ("左云帆", "男", 2, 1), ("曾亦安", "女", 2, 3), ("李子悦", "女", 2, 2),
)  # fmt: skip
HERO, BARRED = "何嘉木", "何建军"
# Who has which categories besides the hero; some of them ended long ago or are nobody's business on a list.
CARE = {
    "赵雨桐": ("C05", "C02"), "张一诺": ("C21",), "朱颖": ("C03",), "左云帆": ("C06", "C13"), "钟弋阳": ("C11",),
    "李子悦": ("C04", "C22"),
}  # fmt: skip


@dataclass(frozen=True)
class Pupil:
    """Somebody of a roster; ``entered`` is the year in which the lowest grade was entered."""

    name: str
    sex: str
    birth: str
    entered: int
    number: int
    school_no: str
    boards: bool
    guardian: str
    relation: str
    phone: str

    def row(self, year: int, serial: int) -> tuple[str, ...]:
        """A line of the roster of a school year."""
        grade = GRADES[year - self.entered]
        teacher = TEACHERS[(year - self.entered) * CLASSES + self.number - 1]
        return (
            str(serial), self.name, self.sex, self.birth, f"{grade}（{self.number}）班", self.school_no,
            "住校" if self.boards else "走读", self.guardian, self.relation, self.phone, teacher,
        )  # fmt: skip


class TourSchool:
    """The same names for the same seed; years and days go with the calendar of whoever takes the pictures."""

    def __init__(self, today: date) -> None:
        self.today, self.year = today, school_year_of(today)
        self._chance = Random(20)
        self._names: set[str] = {name for name, *_rest in CAST}
        self.pupils = [pupil for entered in range(self.year - 3, self.year + 1) for pupil in self._entered(entered)]

    def _entered(self, entered: int) -> Iterator[Pupil]:
        cast = [(name, sex, number) for name, sex, before, number in CAST if self.year - before == entered]
        for place in range(CLASSES * PER_CLASS):
            number = 1 + place // PER_CLASS
            mine = [one for one in cast if one[2] == number]
            if mine and place % PER_CLASS < len(mine):
                name, sex, _number = mine[place % PER_CLASS]
            else:
                name, sex = self._name(), self._chance.choice("男女")
            yield self._pupil(name, sex, entered, number, place)

    def _pupil(self, name: str, sex: str, entered: int, number: int, place: int) -> Pupil:
        draw = self._chance.randint
        birth = f"{entered - 12}-{draw(1, 8):02d}-{draw(1, 28):02d}"
        relation = self._chance.choice(("父亲", "母亲"))
        given = self._chance.choice(
            ("建国", "志强", "海波", "文军") if relation == "父亲" else ("秀兰", "丽华", "红梅")
        )
        surname = name[0] if relation == "父亲" else self._chance.choice(_SURNAMES)
        # Numbers of the range 1440 have 13 digits: one of 11 reaches nobody.
        phone = f"1440{draw(0, 9_999_999):07d}"
        boards = name == HERO or draw(1, 5) == 1
        return Pupil(
            name, sex, birth, entered, number, f"{entered}{place + 1:04d}", boards, surname + given, relation, phone
        )

    def _name(self) -> str:
        while True:
            name = "".join(self._chance.choice(part) for part in (_SURNAMES, _FIRST, _SECOND))
            if name not in self._names:
                self._names.add(name)
                return name

    # Rosters: rows by sheet

    def before(self) -> dict[str, list[tuple[str, ...]]]:
        """The roster of the school year before, without the pupils of this one's lowest grade."""
        return self._sheets(self.year - 1, [pupil for pupil in self.pupils if pupil.entered < self.year])

    def now(self) -> dict[str, list[tuple[str, ...]]]:
        """This year's: classes were changed, one grade repeated, two have gone, one row is wrong and one in doubt."""
        pupils = [pupil for pupil in self.pupils if pupil.entered > self.year - 3]
        plain = [place for place, pupil in enumerate(pupils) if pupil.name not in {name for name, *_rest in CAST}]
        older = [place for place in plain if pupils[place].entered < self.year]
        for place in older[5:8]:
            pupils[place] = replace(pupils[place], number=pupils[place].number % CLASSES + 1)
        pupils[older[12]] = replace(pupils[older[12]], entered=pupils[older[12]].entered + 1)
        doubtful = pupils[older[20]]
        pupils[older[20]] = replace(doubtful, number=doubtful.number % CLASSES + 1, school_no="")
        pupils[older[30]] = replace(pupils[older[30]], birth=f"{pupils[older[30]].birth[:4]}年13月")
        gone = {pupils[older[40]], pupils[older[70]]}
        return self._sheets(self.year, [pupil for pupil in pupils if pupil not in gone])

    def corrections(self) -> list[tuple[str, ...]]:
        """A list of October: telephones, newcomers, a class nobody knows, a number too short, somebody in doubt."""
        head = ("姓名", "性别", "班级", "学号", "全国学籍号", "出生日期", "家长姓名", "家长电话", "鞋码")
        known = [pupil for pupil in self.pupils if pupil.entered == self.year and pupil.number == 2]
        other = next(pupil for pupil in self.pupils if pupil.entered == self.year - 1 and pupil.number == 4)
        rows = [
            (
                pupil.name,
                pupil.sex,
                "七年级（2）班",
                pupil.school_no,
                "",
                pupil.birth,
                pupil.guardian,
                f"1440300{place:04d}",
            )
            for place, pupil in enumerate(known[:9], 41)
        ]
        born, number = self.year - 12, f"{self.year}090"
        new = [
            ("纳惟希", "女", "七年级（1）班", f"{number}1", "", f"{born}-03-18", "纳家明", "14403000901"),
            ("罕朗", "男", "七年级（3）班", f"{number}2", "", f"{born}-06-02", "罕文", "14403000902"),
            ("欧阳若溪", "女", "创新实验班", f"{number}3", "", f"{born}-01-27", "欧阳海", "14403000903"),
            ("龙一", "男", "七年级（4）班", f"{number}4", "G53010220140107113", f"{born}-01-07", "龙海", ""),
            (other.name, other.sex, "八年级（1）班", "", "", other.birth, other.guardian, other.phone),
        ]
        rows = [(*row, str(36 + place % 6)) for place, row in enumerate((*rows, *new))]
        return [(f"{SCHOOL}十月转入和更正名单",), head, *rows]

    def _sheets(self, year: int, pupils: list[Pupil]) -> dict[str, list[tuple[str, ...]]]:
        sheets = {}
        for step, grade in enumerate(GRADES):
            of = sorted((pupil for pupil in pupils if year - pupil.entered == step), key=lambda one: one.number)
            rows = [pupil.row(year, serial) for serial, pupil in enumerate(of, 1)]
            sheets[grade] = [(f"{SCHOOL}{year}—{year + 1}学年{grade}学生名册",), HEAD, *rows]
        return sheets

    # What is known of the hero

    def day(self, years: int, month: int, number: int) -> date:
        """A day of this school year (0) or of the one before (-1); one that is still to come is today."""
        year = self.year + years + (month < 9)
        return min(date(year, month, number), self.today)

    def entries(self, uid: StudentUid) -> list[tuple[date, Entry]]:
        """What was written into the file and when, the earliest first."""
        family = "四年级起跟奶奶住，父母在外地务工，两个月回来一次。"
        said = (
            (-1, 9, 8, "background", "BG02", family, "家访"),
            (-1, 9, 8, "background", "BG01", "独子。", "家访"),
            (-1, 9, 8, "care", "C02", "", "家访核实"),
            (-1, 9, 8, "care", "C13", "", "家访核实"),
            (-1, 9, 15, "consent", "screening", "", "纸质同意书"),
            (-1, 11, 3, "event", "LE15", "校运会跳远第三名，奶奶到场看了比赛。", "班主任"),
            (-1, 12, 10, "strength", "ST01", "篮球队替补，手工做得好；愿意帮低年级同学。", ""),
            (-1, 3, 12, "event", "LE05", "父亲换到更远的工地，通话从每周两次变成一次。", "本人"),
            (0, 9, 14, "consent", "counselling", "", "纸质同意书"),
            (0, 9, 21, "strength", "ST03", "奶奶；体育老师高原。", ""),
            (0, 10, 15, "event", "LE04", "爷爷住院两周，奶奶往返照顾，放学后一个人在家。", "班主任苏明"),
            (0, 11, 9, "strength", "ST05", "睡不着的时候画素描，画完能静下来。", ""),
        )
        made = []
        for years, month, number, kind, code, text, evidence in said:
            day = self.day(years, month, number)
            from_on = "" if kind in ("strength", "background") else day.isoformat()
            state = "1" if kind == "consent" else ""
            made.append((day, Entry("", uid, kind, code, state, from_on, text=text, evidence=evidence)))
        return made

    def guardians(self, uid: StudentUid) -> list[Guardian]:
        """The grandmother with whom he lives, and an uncle who must not be told anything."""
        reason = "孩子说怕他；班主任核实后登记。"
        uncle = Guardian("", uid, BARRED, relation="81", phone="14400001911", do_not_contact=True)
        return [
            Guardian("", uid, "李桂英", relation="62", lives_with=True, phone="14400005530", best_time="白天可接"),
            replace(uncle, do_not_contact_reason=reason),
        ]

    def class_of(self, name: str) -> str:
        """The class id of somebody of the cast."""
        found = next(pupil for pupil in self.pupils if pupil.name == name)
        return ClassKey("junior", found.entered, str(found.number)).class_id
