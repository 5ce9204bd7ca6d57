import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from welcome import WELCOME

from station.desk.address import listen
from station.desk.messages import AddAudit, Answer, Kind, line_of, to_engine
from station.desk.tell import ask_engine


@pytest.fixture
def command() -> AddAudit:
    return AddAudit(key=uuid4(), event="model-deployed", details={"author": "Ann"})


def _engine(data: Path, *, answers: bool) -> Callable[[], None]:
    """Play an engine for one program; the result waits for its end."""
    server = listen(data)
    server.settimeout(10.0)

    def serve() -> None:
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(line_of(WELCOME))
            attach = to_engine.validate_json(lines.readline())
            assert attach.type == "attach"
            assert attach.kind is Kind.TOOL
            connection.sendall(line_of(Answer(key=attach.key, done=True)))
            asked = to_engine.validate_json(lines.readline())
            if answers:
                connection.sendall(line_of(Answer(key=asked.key, done=True, text=asked.type)))
            lines.read()

    thread = threading.Thread(target=serve)
    thread.start()

    def end() -> None:
        thread.join(10.0)
        server.close()

    return end


def test_the_engines_answer_comes_back(tmp_path: Path, command: AddAudit) -> None:
    end = _engine(tmp_path, answers=True)
    answer = ask_engine(tmp_path, command)
    end()
    assert isinstance(answer, Answer)
    assert (answer.done, answer.text) == (True, "add-audit")


def test_an_engine_that_does_not_answer_is_not_waited_for(tmp_path: Path, command: AddAudit) -> None:
    end = _engine(tmp_path, answers=False)
    with pytest.raises(TimeoutError, match=r"the engine of .* did not answer within 0\.2 s"):
        ask_engine(tmp_path, command, wait_s=0.2)
    end()


def test_without_an_engine_it_says_so_at_once(tmp_path: Path, command: AddAudit) -> None:
    assert str(ask_engine(tmp_path, command)).startswith(f"no engine answers in {tmp_path}")
