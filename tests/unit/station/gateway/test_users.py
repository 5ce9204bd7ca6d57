"""OPC UA users: in a file of hashes, its owner's alone, read at every log-in."""

from pathlib import Path

import pytest

from plc.opcua.ports import Role, User
from station.gateway.users import USERS_FILE, UserFile
from station.journal.errors import RefusedError
from station.toml_file import ConfigError

PASSWORD = "correct horse"


def test_who_was_added_may_log_in_with_that_password_alone(tmp_path: Path) -> None:
    users = UserFile(tmp_path)
    assert users.check("mes", PASSWORD) is None
    UserFile(tmp_path).add("mes", Role.MES, PASSWORD)
    assert users.check("mes", PASSWORD) == User("mes", Role.MES)
    assert users.check("mes", PASSWORD + "!") is None
    assert users.check("MES", PASSWORD) is None
    assert users.names() == {"mes": Role.MES}


def test_the_file_holds_no_password_and_is_private(tmp_path: Path) -> None:
    UserFile(tmp_path).add("mes", Role.MES, PASSWORD)
    file = tmp_path / USERS_FILE
    assert PASSWORD not in file.read_text()
    assert "argon2id" in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


def test_who_was_removed_may_not(tmp_path: Path) -> None:
    users = UserFile(tmp_path)
    users.add("mes", Role.MES, PASSWORD)
    users.remove("mes")
    assert users.check("mes", PASSWORD) is None
    with pytest.raises(ConfigError, match="no OPC UA user 'mes'"):
        users.remove("mes")


def test_a_short_password_changes_nothing(tmp_path: Path) -> None:
    users = UserFile(tmp_path)
    with pytest.raises(RefusedError):
        users.add("mes", Role.MES, "short")
    assert users.names() == {}


def test_a_damaged_file_lets_nobody_in_and_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / USERS_FILE).write_text("{")
    users = UserFile(tmp_path)
    assert users.check("mes", PASSWORD) is None
    assert "users.json" in caplog.text
    with pytest.raises(ConfigError, match=r"users\.json"):
        users.names()
