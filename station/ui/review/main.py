"""The review's process: one window on one station's data folder, and the records kept here where no engine keeps them."""

import os
from contextlib import nullcontext

from PySide6.QtWidgets import QApplication

from station.config import load_station
from station.review.host import review_host
from station.ui.context import Context, Page
from station.ui.garbage import Garbage
from station.ui.main import ScreenOptions, check_display, ended_by_signals, make_context
from station.ui.review.figures import FiguresPage
from station.ui.review.window import ReviewWindow
from station.ui.settings import SettingsPage


def run(options: ScreenOptions) -> int:
    """Show the window until it is closed or a signal ends it.

    Without a configuration nothing keeps the records while no engine runs: parts can be looked at then, and not reviewed.

    Raises
    ------
    DisplayMissingError
        If there is nothing to show it on.
    ConfigError
        If the configuration cannot be read.
    """
    check_display(os.environ)
    config = load_station(options.config) if options.config is not None else None
    with review_host(config) if config is not None else nullcontext() as host:
        app = QApplication.instance() or QApplication(["station"])
        context = make_context(options)
        window = make_window(context)
        if host is not None:
            window.ask_why(lambda: host.problem)
        with ended_by_signals(window):
            if options.window is None:
                window.showFullScreen()
            else:
                window.resize(*options.window)
                window.show()
            context.link.start()
            garbage = Garbage()
            try:
                return app.exec()
            finally:
                window.stop()
                window.deleteLater()
                garbage.stop()


def make_window(context: Context) -> ReviewWindow:
    """Build the window with all its pages."""
    others: list[Page] = [FiguresPage(context), SettingsPage(context)]
    return ReviewWindow(context, others)
