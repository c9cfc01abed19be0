"""One A4 sheet per recovery share: whoever finds it years later knows what it is, and reads its digits."""

from datetime import date, datetime

from counselroom.domain.dates import clock_time, plain_date
from counselroom.domain.recovery import NEEDED, SHARES, Share, line, set_mark
from counselroom.reports.parts import (
    Columns,
    Footer,
    Groups,
    Header,
    Lines,
    Paragraph,
    Parts,
    Qr,
    Rule,
    Section,
    Spacer,
    Title,
)


def recovery_sheet(share: Share, *, school: str, made_on: date, printed_by: str, printed_at: datetime) -> Parts:
    """The parts of the sheet of ``share``. Everything but the digits is the same on all sheets of the set."""
    mark = set_mark(share)
    return (
        Header(f"{school}　心理辅导室", f"恢复单　套号 {mark}"),
        Footer("内部资料　注意保密", f"{printed_by}　{plain_date(printed_at)} {clock_time(printed_at)} 打印"),
        Title(f"恢复单　第 {share.number} 份", f"共 {SHARES} 份，任意 {NEEDED} 份可以打开"),
        Section("学校", (school,)),
        Section("套号", (f"{mark}　{plain_date(made_on)}制作。三份的套号相同；套号不同的，不能合在一起用。",)),
        Section(
            "用途",
            (
                "口令全忘了，或者保管口令的老师离校了，用任意两份可以重新打开心理档案。"
                "只有一份什么也打不开；少于两份，谁也打不开，软件作者也不能。",
            ),
        ),
        Section(
            "保管",
            (
                "三张纸，三个人，三个地方。不拍照，不复印，不发微信，不和电脑放在一起。",
                "换校长或换心理教师时重新制作，旧的三份当面销毁。",
            ),
        ),
        Section("打开", ("在登录页面点“忘记口令”，按编号输入两份恢复单上的数字，每份 33 组，每组 4 位。",)),
        Spacer(3),
        Groups(share.groups),
        Paragraph("数字按公开标准 SLIP-39 编成：每组是其英文词表中一个词的序号，从 0000 到 1023。", small=True),
        Spacer(5),
        Rule(),
        Spacer(3),
        Columns(
            left=(Lines(("保管人", "存放处", "日期", "签字")),),
            right=(Qr(line(share), "与上面的数字相同", size_mm=42),),
            right_mm=46,
        ),
    )
