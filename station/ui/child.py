"""A `station` command run beside the screen, in a process of its own: what it does cannot stop or end the screen."""

import sys

from PySide6.QtCore import QCoreApplication, QObject, QProcess, Signal

PROGRAM: tuple[str, ...] = (sys.executable, "-m", "station")
END_MS = 3_000
"""How long a command may take to end when it is told to, before it is killed."""


class Child(QObject):
    """At most one command at a time. `done` follows every `run`."""

    line = Signal(str)
    """A line the command wrote to stderr while it runs."""
    done = Signal(int, str, str)
    """Exit code (-1: it was ended or could not be started), what it wrote to stdout, its last line on stderr."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program, *self._first = PROGRAM
        self._process: QProcess | None = None
        self._said = b""
        self._last = ""
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    @property
    def running(self) -> bool:
        """Whether a command is under way."""
        return self._process is not None

    def run(self, *arguments: str) -> bool:
        """Start a command; False where one is under way already."""
        if self._process is not None:
            return False
        process = self._process = QProcess(self)
        self._said, self._last = b"", ""
        process.readyReadStandardError.connect(self._hear)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail)
        process.start(self._program, [*self._first, *arguments])
        return True

    def cancel(self) -> None:
        """Ask the command to end; `done` follows when it has."""
        if self._process is not None:
            self._process.terminate()

    def stop(self) -> None:
        """End the command now, killed if need be; nothing is told any more."""
        process, self._process = self._process, None
        if process is None:
            return
        process.blockSignals(True)
        process.terminate()
        if not process.waitForFinished(END_MS):
            process.kill()
            process.waitForFinished(END_MS)
        process.deleteLater()

    def _hear(self) -> None:
        if self._process is None:
            return
        *lines, self._said = (self._said + bytes(self._process.readAllStandardError().data())).split(b"\n")
        for raw in lines:
            if text := raw.decode(errors="replace").strip():
                self._last = text
                self.line.emit(text)

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._end(code if status is QProcess.ExitStatus.NormalExit else -1)

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._last = self._process.errorString()
            self._end(-1)

    def _end(self, code: int) -> None:
        process = self._process
        if process is None:
            return
        self._said += b"\n"
        self._hear()
        out = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
        self._process = None
        process.deleteLater()
        self.done.emit(code, out, self._last)
