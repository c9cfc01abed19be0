"""What takes long, in the corner of the shell: one panel with numbers and the way to stop."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from counselroom.ui.jobs import Job, Jobs
from counselroom.ui.theme import Size, Space
from counselroom.ui.widgets.progress import ProgressPanel
from counselroom.ui.widgets.surfaces import column

_WIDTH = 420


class BusyCorner(QWidget):
    """Shown while a job that has a name takes longer than 200 ms: the first of them that has not ended.

    What has no name (reading a page) is short, or goes on in the background.
    """

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = column()
        self.setLayout(self._layout)
        self._slow: list[Job] = []
        self.panel: ProgressPanel | None = None
        self.hide()
        parent.installEventFilter(self)
        jobs.busy.connect(self._on_busy)
        jobs.progressed.connect(self._on_progress)
        jobs.idle.connect(self._on_idle)

    def _on_busy(self, job: Job) -> None:
        if job.label:
            self._slow.append(job)
            if len(self._slow) == 1:
                self._present()

    def _on_progress(self, job: Job) -> None:
        if self.panel is not None and job is self._slow[0]:
            self.panel.set_progress(job.done, job.total, job.text)

    def _on_idle(self, job: Job) -> None:
        if job not in self._slow:
            return
        was_shown = job is self._slow[0]
        self._slow.remove(job)
        if was_shown:
            self._present()

    def _present(self) -> None:
        """The panel of the first job, or nothing."""
        if self.panel is not None:
            self._layout.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        if not self._slow:
            self.hide()
            return
        job = self._slow[0]
        self.panel = ProgressPanel(job.label, job.unit)
        self.panel.stopped.connect(job.cancel)
        self._layout.addWidget(self.panel)
        self._on_progress(job)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        ground = self.parentWidget()
        if ground is not None:
            height = self.sizeHint().height()
            left, top = ground.width() - _WIDTH - Space.XL, ground.height() - height - Size.PAGE_BOTTOM
            self.setGeometry(left, top, _WIDTH, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
