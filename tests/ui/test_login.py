"""Who is at the screen: badge and PIN, name and password, the idle lock."""

import time
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from whole_screen import OpenScreen, Screen

from station.desk.messages import LogIn, LogOut
from station.ui.keys import SCAN_GAP_MS
from station.ui.operator.inspect import InspectPage


def scan(screen: Screen, text: str) -> None:
    """Type as a scanner does: all at once, with Shift for each capital, then Enter."""
    for letter in text:
        if letter.isupper():
            screen.qtbot.keyPress(screen.shell, Qt.Key.Key_Shift)
            screen.qtbot.keyClick(screen.shell, letter, Qt.KeyboardModifier.ShiftModifier)
            screen.qtbot.keyRelease(screen.shell, Qt.Key.Key_Shift)
        else:
            screen.qtbot.keyClick(screen.shell, letter)
    screen.qtbot.keyClick(screen.shell, "\r")


def test_a_badge_and_its_pin_log_in(open_screen: OpenScreen) -> None:
    screen = open_screen()
    login = screen.shell.login
    assert login.isVisible()
    scan(screen, "DEMO-00BADGE")
    screen.until(lambda: login.asks_for_pin)
    for digit in "1234":
        screen.hands.tap(login._keys[digit])
    screen.hands.tap(login._keys["⌫"])
    screen.hands.tap(login._keys["4"])
    screen.hands.tap(login._keys["✓"])
    screen.until(lambda: screen.shell.context.session.person is not None)
    (command,) = [command for command in screen.station.sent if isinstance(command, LogIn)]
    assert (command.badge, command.secret, command.name) == ("DEMO-00BADGE", "1234", "")
    assert not login.isVisible()
    assert screen.shell.top.person.text() == "Mara"


def test_digits_of_the_keyboard_are_digits_of_the_keypad(open_screen: OpenScreen) -> None:
    screen = open_screen()
    scan(screen, "BADGE7")
    screen.until(lambda: screen.shell.login.asks_for_pin)
    for digit in "2468":
        screen.qtbot.keyClick(screen.shell, digit)
        screen.qtbot.wait(90)  # a person's pace: a scanner's would be a badge
    screen.qtbot.keyClick(screen.shell, "\r")
    screen.until(lambda: screen.shell.context.session.person is not None)
    assert [command.secret for command in screen.station.sent if isinstance(command, LogIn)] == ["2468"]


def test_a_badge_may_be_typed_where_there_is_no_reader(open_screen: OpenScreen) -> None:
    screen = open_screen()
    for key in "DX\bEMO-1":
        screen.qtbot.keyClick(screen.shell, key)
        screen.qtbot.wait(90)  # a person's pace
    screen.qtbot.keyClick(screen.shell, "\r")
    screen.until(lambda: screen.shell.login.asks_for_pin)
    for digit in "2468":
        screen.qtbot.keyClick(screen.shell, digit)
        screen.qtbot.wait(90)
    screen.qtbot.keyClick(screen.shell, "\r")
    screen.until(lambda: screen.shell.context.session.person is not None)
    (command,) = [command for command in screen.station.sent if isinstance(command, LogIn)]
    assert (command.badge, command.secret) == ("DEMO-1", "2468")


def test_a_scan_into_a_busy_screen_is_still_a_scan(screen: Screen) -> None:
    screen.part()
    app = QApplication.instance()
    assert app is not None
    for key in "ON":
        screen.qtbot.keyClick(screen.shell, key)
    for key in "HBO-12":
        app.postEvent(screen.shell, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, key))
    app.postEvent(screen.shell, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    busy_until = time.monotonic() + 4 * SCAN_GAP_MS / 1000
    while time.monotonic() < busy_until:
        pass
    screen.until(lambda: screen.shell.login.asks_for_pin)
    assert not any(command.type == "give-verdict" for command in screen.station.sent)
    assert not screen.inspect.bar.heat.isChecked()


def test_a_pin_typed_into_a_busy_screen_is_no_scan(open_screen: OpenScreen) -> None:
    """Its keys come all at once then, and only the time at which each was pressed tells them from a reader's."""
    screen = open_screen()
    scan(screen, "BADGE7")
    screen.until(lambda: screen.shell.login.asks_for_pin)
    for place, key in enumerate("2468\r"):
        event = QKeyEvent(QEvent.Type.KeyPress, ord(key), Qt.KeyboardModifier.NoModifier, key)
        if key == "\r":
            event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, key)
        event.setTimestamp(10_000 + 150 * place)
        QApplication.postEvent(screen.shell, event)
    screen.until(lambda: screen.shell.context.session.person is not None)
    (command,) = [command for command in screen.station.sent if isinstance(command, LogIn)]
    assert (command.badge, command.secret) == ("BADGE7", "2468")


def test_a_scan_presses_no_shortcut_and_a_finger_does(screen: Screen) -> None:
    screen.part()
    page: InspectPage = screen.inspect
    scan(screen, "HBONH1")
    screen.until(lambda: screen.shell.login.asks_for_pin)
    assert not page.bar.heat.isChecked()
    assert not any(command.type == "give-verdict" for command in screen.station.sent)
    screen.qtbot.keyClick(screen.shell, Qt.Key.Key_Escape)  # closes the panel
    screen.until(lambda: not screen.shell.login.isVisible())
    screen.qtbot.keyClick(screen.shell, "h")
    screen.until(page.bar.heat.isChecked)


def test_a_name_and_a_password_do_too(open_screen: OpenScreen) -> None:
    screen = open_screen()
    login = screen.shell.login
    screen.hands.tap(login._other)
    screen.qtbot.keyClicks(login._name, "Mara")
    screen.qtbot.keyClicks(login._password, "a long password")
    screen.hands.tap(login._go)
    screen.until(lambda: screen.shell.context.session.person is not None)
    (command,) = [command for command in screen.station.sent if isinstance(command, LogIn)]
    assert (command.name, command.secret, command.badge) == ("Mara", "a long password", "")
    assert login._password.text() == "", "no secret stays on the screen"


def test_a_wrong_pin_and_a_locked_account_are_said_in_words(open_screen: OpenScreen) -> None:
    screen = open_screen()
    login = screen.shell.login
    screen.station.refuses_login = ("wrong-login", "The PIN or the badge is not right; 4 tries are left.")
    scan(screen, "BADGE7")
    screen.until(lambda: login.asks_for_pin)
    for digit in "1111":
        login.digit(digit)
    login.digit("✓")
    screen.until(lambda: "4 tries are left" in login.trouble)
    assert login.asks_for_pin, "the badge need not be scanned again"
    screen.station.refuses_login = ("locked-out", "Locked for 15 minutes after 5 wrong tries.")
    for digit in "2222":
        login.digit(digit)
    login.digit("✓")
    screen.until(lambda: "Locked after too many tries" in login.trouble)
    assert "15 minutes" in login.trouble
    assert screen.shell.context.session.person is None


def test_after_ten_idle_minutes_nobody_is_logged_in(screen: Screen) -> None:
    screen.part()
    session = screen.shell.context.session
    assert session._idle.interval() == 600_000
    session._idle.timeout.emit()
    assert session.person is None
    assert screen.shell.login.isVisible()
    assert "10 minutes" in screen.shell.login.trouble
    assert isinstance(screen.station.sent[-1], LogOut)
    assert not screen.inspect.column.verdicts.ok.isEnabled()


def test_every_touch_puts_the_lock_off(screen: Screen) -> None:
    session = screen.shell.context.session
    for touch in (
        lambda: screen.qtbot.mouseClick(screen.inspect.column.facts, Qt.MouseButton.LeftButton),
        lambda: screen.qtbot.keyClick(screen.inspect.canvas, Qt.Key.Key_Up),
    ):
        session._idle.stop()
        touch()
        assert session._idle.isActive(), "the ten minutes begin anew"


def test_the_name_logs_out(screen: Screen) -> None:
    screen.hands.tap(screen.shell.top.person)
    assert screen.shell.context.session.person is None
    assert isinstance(screen.station.sent[-1], LogOut)
    assert screen.shell.login.isVisible()


def test_another_engine_knows_no_login_of_the_one_before(screen: Screen) -> None:
    screen.station.lose()
    screen.until(screen.shell.lost.isVisible)
    screen.station.engine = uuid4()
    screen.station.come_back()
    screen.until(screen.shell.login.isVisible)
    assert "started again" in screen.shell.login.trouble
    assert screen.shell.context.session.person is None


def test_what_a_person_wants_of_the_screen_is_done_at_login(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.station.wishes = {"language": "de", "left_handed": True, "theme": "night", "sound": False}
    screen.log_in()
    context = screen.shell.context
    screen.until(lambda: context.theme.name == "night")
    assert context.language.code == "de"
    screen.hands.tap(screen.shell.top.person)
    assert context.theme.name == "day", "without a person the screen is as it was"
    assert context.language.code == "en"
