"""Where the shell shows what takes long: one panel with numbers and the way to stop."""

from PySide6.QtWidgets import QWidget

from counselroom.ui.i18n import tr
from counselroom.ui.jobs import Job, Jobs
from counselroom.ui.widgets.progress import ProgressPanel
from counselroom.ui.widgets.surfaces import column


class BusyPlace(QWidget):
    """Empty and without height until a job takes longer than 200 ms; then its panel, until it ends."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = column()
        self.setLayout(self._layout)
        self.panel: ProgressPanel | None = None
        self._job: Job | None = None
        self.hide()
        jobs.busy.connect(self._on_busy)
        jobs.progressed.connect(self._on_progress)
        jobs.idle.connect(self._on_idle)

    def _on_busy(self, job: Job) -> None:
        if self._job is not None:  # it waits behind the one that is shown
            return
        self._job = job
        self.panel = ProgressPanel(job.label or tr("正在处理"), job.unit)
        self.panel.stopped.connect(job.cancel)
        self._layout.addWidget(self.panel)
        self._on_progress(job)
        self.show()

    def _on_progress(self, job: Job) -> None:
        if job is self._job and self.panel is not None:
            self.panel.set_progress(job.done, job.total, job.text)

    def _on_idle(self, job: Job) -> None:
        if job is not self._job or self.panel is None:
            return
        self._layout.removeWidget(self.panel)
        self.panel.hide()
        self.panel.deleteLater()
        self.panel, self._job = None, None
        self.hide()
