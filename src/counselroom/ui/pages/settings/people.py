"""Accounts: who may sign in, with which roles; add, change, renew, remove."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from counselroom.domain.access import Kind, Permission, Role, kind_of
from counselroom.domain.refusal import Refusal
from counselroom.services import people
from counselroom.services.people import AccountRow
from counselroom.ui import dialogs, memory
from counselroom.ui.context import Context
from counselroom.ui.i18n import tr, word
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages.settings.account_form import AccountForm, Task
from counselroom.ui.pages.settings.section import Section
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.buttons import danger, primary, secondary
from counselroom.ui.widgets.surfaces import Sheet, column, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

_AT_THE_NAME = frozenset({"people.name_taken", "people.name_unusable", "people.name_missing"})


def role_words(account: AccountRow) -> str:
    """The roles of an account in words."""
    return tr("、").join(word(f"role.{role}") for role in account.roles)


def _columns() -> list[Column[AccountRow]]:
    return [
        Column("name", tr("姓名"), lambda row: row.name, Cell.NAME, 140),
        Column("roles", tr("角色"), role_words, width=240, stretch=True),
        Column("kind", tr("能打开什么"), lambda row: word(f"kind.{row.kind}"), width=200),
        Column(
            "since", tr("添加时间"), lambda row: short_stamp(row.added_at), width=152, order=lambda row: row.added_at
        ),
        Column("me", tr("备注"), lambda row: tr("您自己") if row.is_me else "", width=96),
    ]


class PeopleSection(Section):
    """A table with its verbs, or the form of one account."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("账号"), parent)
        self.may = context.room.may(Permission.MANAGE_ACCOUNTS) and not context.room.read_only
        self.model: ListModel[AccountRow] = ListModel(_columns(), identity=lambda row: row.account_id, parent=self)
        self.table = TableView(tr("账号"), self.model)
        memory.remember(context.jobs, "accounts", self.table)
        self.table.chosen.connect(self._on_chosen)
        self.add_button = primary(tr("添加账号"), lambda: self.show_form(Task.ADD))
        self.roles_button = secondary(tr("调整角色"), lambda: self.show_form(Task.ROLES))
        self.renew_button = secondary(tr("换新口令"), lambda: self.show_form(Task.RENEW))
        self.remove_button = danger(tr("移除账号"), self.remove)
        self.why = Text("", Type.META, Tone.INK2)
        self.form: AccountForm | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_list())
        self.body.addWidget(self.stack, 1)
        self._on_chosen(None)

    def _make_list(self) -> QWidget:
        sheet = Sheet(gap=0)
        sheet.body.setContentsMargins(0, Space.XS, 0, Space.S)
        sheet.body.addWidget(self.table)
        verbs = row()
        for button in (self.add_button, self.roles_button, self.renew_button):
            verbs.addWidget(button)
        verbs.addWidget(self.why, 1)
        verbs.addWidget(self.remove_button)
        if not self.may:
            for button in (self.add_button, self.roles_button, self.renew_button, self.remove_button):
                button.hide()
            self.why.set_text(tr("账号由心理教师（负责人）管理。"))
        page = QWidget()
        layout = column(gap=Space.M)
        layout.addLayout(verbs)
        layout.addWidget(sheet, 1)
        page.setLayout(layout)
        return page

    def begin(self) -> None:
        """Reads the accounts."""
        self.context.jobs.run(self, self._on_accounts, people.accounts)

    def first_focus(self) -> QWidget:
        """The first verb, or the table."""
        return self.add_button if self.may else self.table

    def show_form(self, task: Task) -> None:
        """Shows the form in the place of the table."""
        account = None if task is Task.ADD else self.table.row()
        if task is not Task.ADD and account is None:
            return
        self.said.clear()
        self.form = AccountForm(task, self.context.privacy, account)
        self.form.done.connect(self._on_form)
        self.form.left.connect(self.show_list)
        self.stack.addWidget(self.form)
        self.stack.setCurrentWidget(self.form)
        target = self.form.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Back to the table; nothing secret stays in the form."""
        if self.form is not None:
            self.stack.removeWidget(self.form)
            self.form.deleteLater()
        self.form = None
        self.said.clear()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Ends an account, after a confirmation that names the effect."""
        account = self.table.row()
        if account is None:
            return
        effect = tr(
            "“{name}”不能再登录，会更换档案库钥匙。以前的备份仍能用旧口令打开，不再需要的请销毁。",
            name=self._named(account),
        )
        if dialogs.confirm(self, tr("移除账号"), effect, danger=True):
            said = tr("已移除“{name}”，钥匙已更换", name=self._named(account))
            self.run(
                lambda _none: self._on_done(said), people.remove_account, account.account_id, busy=tr("正在更换钥匙")
            )

    def _named(self, account: AccountRow) -> str:
        """The name in a sentence, as it may be shown now."""
        return self.context.privacy.name(account.name)

    def _on_accounts(self, accounts: list[AccountRow]) -> None:
        self.model.set_rows(accounts)
        self._on_chosen(self.table.row())

    def _on_chosen(self, account: AccountRow | None) -> None:
        """Says which verbs fit the chosen account, and why the others do not."""
        if not self.may:
            return
        leads = [row for row in self.model.rows() if Role.COUNSELOR_LEAD in row.roles]
        last = account is not None and leads == [account]
        me = account is not None and account.is_me
        self.roles_button.setEnabled(account is not None)
        self.renew_button.setEnabled(account is not None and not me)
        self.remove_button.setEnabled(account is not None and not me and not last)
        if account is None:
            self.why.set_text(tr("先在表里选一个账号"))
        elif me:
            self.why.set_text(tr("自己的口令在“口令与恢复单”里改；自己不能移除自己"))
        else:
            self.why.set_text(tr("最后一位负责人不能移除") if last else "")

    def _on_form(self) -> None:
        form = self.form
        if form is None:
            return
        if form.task is Task.ADD:
            self._add(form)
        elif form.account is not None and form.task is Task.ROLES:
            self._change_roles(form, form.account)
        elif form.account is not None:
            self._renew(form, form.account)

    def _add(self, form: AccountForm) -> None:
        said = tr("已添加“{name}”", name=self.context.privacy.name(form.name.text()))
        self.run(
            lambda _account: self._on_done(said), people.add_account, form.name.text(), form.roles.roles(),
            form.chooser.passphrase(), form.chooser.key_file(),
            failed=self._on_form_refused, busy=tr("正在添加账号"),
        )  # fmt: skip

    def _change_roles(self, form: AccountForm, account: AccountRow) -> None:
        effect = tr("“{name}”的角色会改变，会更换档案库钥匙。", name=self._named(account))
        if account.kind is Kind.MEMBER and kind_of(form.roles.roles()) is Kind.HOLDER:
            effect += tr("此后打不开档案库；以前的备份仍能用旧口令打开。")
        if dialogs.confirm(self, tr("保存角色"), effect):
            said = tr("已调整“{name}”的角色", name=self._named(account))
            self.run(
                lambda _none: self._on_done(said), people.change_roles, account.account_id, form.roles.roles(),
                failed=self._on_form_refused, busy=tr("正在更换钥匙"),
            )  # fmt: skip

    def _renew(self, form: AccountForm, account: AccountRow) -> None:
        effect = tr(
            "“{name}”的旧口令作废，会更换档案库钥匙。只有本人能看的内容是用旧口令封的，以后打不开了。",
            name=self._named(account),
        )
        if dialogs.confirm(self, tr("换成新口令"), effect, danger=True):
            said = tr("已为“{name}”换了新口令", name=self._named(account))
            self.run(
                lambda _none: self._on_done(said), people.renew_passphrase, account.account_id,
                form.chooser.passphrase(), form.chooser.key_file(),
                failed=self._on_form_refused, busy=tr("正在更换钥匙"),
            )  # fmt: skip

    def _on_form_refused(self, refusal: Refusal) -> None:
        if self.form is not None and self.form.task is Task.ADD and refusal.code in _AT_THE_NAME:
            self.form.show_refusal(refusal)
        else:
            self.on_refused(refusal)

    def _on_done(self, said: str) -> None:
        if self.form is not None:
            self.show_list()
        self.begin()
        self.context.toast(said)
