"""The vault itself: where it lies, how it is encrypted, a check, and a new key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counselroom.domain.access import Permission
from counselroom.domain.refusal import Refusal
from counselroom.services import people
from counselroom.services.vault import checks, vault_facts
from counselroom.services.vault.vault_facts import Facts
from counselroom.ui import dialogs
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, tr
from counselroom.ui.pages.settings.section import FORM, Section
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.banner import Banner, Tint
from counselroom.ui.widgets.buttons import quiet, secondary
from counselroom.ui.widgets.surfaces import Hairline, Sheet, clear, column, row
from counselroom.ui.widgets.text import Text

_LABEL = 176
_FAULTS = {
    "integrity": mark("文件内容有损坏"),
    "pragmas": mark("安全设置没有全部生效"),
    "chain": mark("日志有一条对不上"),
}


class VaultSection(Section):
    """Facts, then the two verbs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("档案库"), parent)
        self.facts: QVBoxLayout = column(gap=Space.S)
        self.check_button = secondary(tr("检查档案库"), self.check)
        self.rotate_button = secondary(tr("更换钥匙"), self.rotate)
        may_rotate = context.room.may(Permission.MANAGE_KEYS) and not context.room.read_only
        if not may_rotate:
            self.rotate_button.hide()
        sheet = Sheet(gap=Space.M)
        sheet.setMaximumWidth(FORM)
        sheet.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        sheet.body.addLayout(self.facts)
        sheet.body.addWidget(Hairline())
        sheet.body.addLayout(
            _verb(tr("检查"), tr("逐页核对文件、日志和安全设置。每次登录也会自动做。"), self.check_button)
        )
        if may_rotate:
            words = tr("整库换新钥匙重写。口令和恢复单照常有效；以前的备份仍用旧钥匙。")
            sheet.body.addLayout(_verb(tr("换钥匙"), words, self.rotate_button))
        self.body.addWidget(sheet)
        self.body.addStretch()

    def begin(self) -> None:
        """Reads the facts."""
        self.context.jobs.run(self, self._on_facts, vault_facts.facts)

    def first_focus(self) -> QWidget:
        """The check."""
        return self.check_button

    def check(self) -> None:
        """Looks through the whole vault."""
        self.check_button.setEnabled(False)
        self.run(self._on_checked, checks.full, failed=self._on_check_refused, busy=tr("正在检查档案库"))

    def rotate(self) -> None:
        """A new key, after a confirmation that names the effect."""
        effect = tr("会用新钥匙重写整个档案库。每个人的口令和恢复单照常有效；以前的备份仍能用旧钥匙打开。")
        if dialogs.confirm(self, tr("更换钥匙"), effect, danger=True):
            self.run(self._on_rotated, people.rotate, busy=tr("正在更换钥匙"))

    def _on_facts(self, facts: Facts) -> None:
        clear(self.facts)
        for label, value in (
            (tr("文件夹"), str(self.context.room.folder)),
            (tr("钥匙"), tr("第 {n} 代", n=facts.generation)),
            (tr("结构"), tr("第 {n} 版", n=facts.schema)),
            (tr("编号"), facts.vault_id),
            (tr("加密"), "SQLCipher 4, AES-256"),
        ):
            line = row(gap=Space.M)
            left = Text(label, Type.BODY, Tone.INK2)
            left.setFixedWidth(_LABEL)
            line.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Text(value, wrap=True), 1)
            self.facts.addLayout(line)
        self._show_pragmas(facts)

    def _show_pragmas(self, facts: Facts) -> None:
        """In one word; each of them for those who ask."""
        self.pragmas = Text(
            "\n".join(f"{name} = {value}" for name, value in facts.pragmas.items()), Type.META, Tone.INK2
        )
        self.pragmas.hide()
        self.details = quiet(tr("看明细"), self._turn_details, small=True)
        left = Text(tr("安全设置"), Type.BODY, Tone.INK2)
        left.setFixedWidth(_LABEL)
        holds = Text(tr("全部生效") if facts.pragmas_hold else tr("没有全部生效"))
        holds.set_tone(Tone.INK if facts.pragmas_hold else Tone.DANGER)
        line = row(gap=Space.M)
        line.addWidget(left)
        line.addWidget(holds)
        line.addWidget(self.details)
        line.addStretch()
        below = row(gap=Space.M)
        below.addSpacing(_LABEL)
        below.addWidget(self.pragmas, 1)
        self.facts.addLayout(line)
        self.facts.addLayout(below)

    def _turn_details(self) -> None:
        self.pragmas.setVisible(self.pragmas.isHidden())
        self.details.setText(tr("看明细") if self.pragmas.isHidden() else tr("收起"))

    def _on_check_refused(self, refusal: Refusal) -> None:
        self.check_button.setEnabled(True)
        self.check_button.setFocus()
        self.on_refused(refusal)

    def _on_checked(self, faults: list[str]) -> None:
        self.check_button.setEnabled(True)
        if not self.check_button.hasFocus():
            self.check_button.setFocus()  # it was taken away with the button
        self.context.health.tell(faults)
        if faults:
            found = tr("、").join(tr(_FAULTS[code]) if code in _FAULTS else code for code in faults)
            meta = tr("已保存的内容没有被改动。请先不要录入，把整个文件夹复制一份，再告诉负责人。")
            self.said.show_banner(Banner(Tint.ERROR, tr("检查发现问题：{found}", found=found), meta, closable=True))
        else:
            self.said.show_banner(Banner(Tint.OK, tr("检查过了，档案库完好"), closable=True))

    def _on_rotated(self, generation: int) -> None:
        self.begin()
        self.rotate_button.setFocus()
        words = tr("已换成第 {n} 代钥匙", n=generation)
        self.said.show_banner(Banner(Tint.OK, words, tr("旧钥匙的文件已经删掉。"), closable=True))


def _verb(title: str, sentence: str, button: QWidget) -> QVBoxLayout:
    words = column(gap=0)
    words.addWidget(Text(title, Type.SECTION))
    words.addWidget(Text(sentence, Type.META, Tone.INK2))
    line = row(gap=Space.L)
    line.addLayout(words, 1)
    line.addWidget(button)
    outer = column(gap=0)
    outer.addLayout(line)
    return outer
