"""What makes a good name, badge, PIN and password."""

from labeling.annotation import is_model
from station.journal.errors import Refusal, RefusedError

MIN_PIN, MAX_PIN = 4, 12
MIN_PASSWORD, MAX_PASSWORD = 10, 200
MIN_BADGE, MAX_BADGE = 4, 128
MAX_NAME = 60

_DIGITS = "01234567890"


def check_name(name: str) -> str:
    """Return the name as it is kept: without spaces around it and with single ones in it. Raises `RefusedError`."""
    kept = " ".join(name.split())
    if not 1 <= len(kept) <= MAX_NAME or not kept.isprintable():
        raise RefusedError(Refusal.BAD_VALUE, f"A name has 1 to {MAX_NAME} characters that can be printed.")
    if is_model(kept):
        raise RefusedError(Refusal.BAD_VALUE, "A name must not begin as that of a model does; name the person.")
    return kept


def check_badge(badge: str) -> str:
    """Return the badge's text without what the scanner puts around it. Raises `RefusedError`."""
    kept = badge.strip()
    if not MIN_BADGE <= len(kept) <= MAX_BADGE or not kept.isprintable():
        raise RefusedError(
            Refusal.BAD_VALUE, f"A badge has {MIN_BADGE} to {MAX_BADGE} characters that can be printed; scan it again."
        )
    return kept


def check_pin(pin: str) -> str:
    """Return the PIN. Raises `RefusedError` for one that is too short, no number, or the first that anybody would try."""
    if not MIN_PIN <= len(pin) <= MAX_PIN or not (pin.isascii() and pin.isdigit()):
        raise RefusedError(Refusal.BAD_VALUE, f"A PIN has {MIN_PIN} to {MAX_PIN} digits.")
    if len(set(pin)) == 1 or pin in _DIGITS or pin[::-1] in _DIGITS:
        raise RefusedError(Refusal.BAD_VALUE, "This PIN is the first that anybody would try; choose another.")
    return pin


def check_password(password: str) -> str:
    """Return the password. Raises `RefusedError` for one that is too short or too long."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise RefusedError(Refusal.BAD_VALUE, f"A password has {MIN_PASSWORD} to {MAX_PASSWORD} characters.")
    return password
