"""A connection that is let go of while it is only just being made."""

import asyncio
import threading

import paho.mqtt.client as paho
import pytest

from plc.sparkplug import connection
from plc.sparkplug.connection import Connection, EdgeSettings


def test_one_that_is_closed_while_its_thread_is_starting_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else paho joins a thread that has not begun."""
    entered, stopping, go_on = threading.Event(), threading.Event(), threading.Event()
    ended: list[str] = []

    def connect(client: paho.Client, *_: object) -> paho.MQTTErrorCode:
        return paho.MQTT_ERR_SUCCESS

    def loop_start(client: paho.Client) -> paho.MQTTErrorCode:
        client._thread = threading.Thread(target=lambda: ended.append("thread"), name="as of paho")  # type: ignore[attr-defined]
        entered.set()
        go_on.wait(10)
        client._thread.start()  # type: ignore[attr-defined]
        return paho.MQTT_ERR_SUCCESS

    def loop_stop(client: paho.Client) -> paho.MQTTErrorCode:
        stopping.set()
        return stop(client)

    stop = paho.Client.loop_stop
    monkeypatch.setattr(paho.Client, "loop_stop", loop_stop)
    monkeypatch.setattr(paho.Client, "connect", connect)
    monkeypatch.setattr(paho.Client, "loop_start", loop_start)
    monkeypatch.setattr(connection, "CLOSE_S", 10.0)

    async def open_and_close() -> None:
        settings = EdgeSettings(host="127.0.0.1", port=1, group="line", node="7")
        link = Connection(settings, None, b"", lambda *_: None)
        opening = asyncio.create_task(link.open(()))
        await asyncio.to_thread(entered.wait, 10)
        opening.cancel()
        closing = asyncio.create_task(link.close())
        await asyncio.sleep(0)
        await asyncio.to_thread(stopping.wait, 0.2)  # not reached: the starting is waited for
        assert not stopping.is_set()
        go_on.set()
        await closing

    asyncio.run(open_and_close())
    assert ended == ["thread"]
