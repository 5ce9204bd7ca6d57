"""Debian's mosquitto, and a Sparkplug host that listens at it."""

import contextlib
import json
import random
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Self

import pytest
from paho.mqtt import client as paho
from paho.mqtt.enums import CallbackAPIVersion
from waiting import wait_until

MOSQUITTO = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin")


def lasting_port() -> int:
    """Return a free port that stays ours while a broker is down: the kernel gives none of these away by itself."""
    while True:
        port = random.randrange(15_000, 30_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


class Broker:
    """The broker, on this machine only; `password_file` and `certificate` close it."""

    def __init__(self, folder: Path, *, password: str | None = None, certificate: Path | None = None) -> None:
        if MOSQUITTO is None:
            pytest.fail("mosquitto is not installed; run make setup")
        folder.mkdir(parents=True, exist_ok=True)
        self.port = lasting_port()
        lines = [f"listener {self.port} 127.0.0.1", f"allow_anonymous {'false' if password else 'true'}"]
        if password is not None:
            users = folder / "users"
            users.touch(mode=0o700)
            subprocess.run(["mosquitto_passwd", "-b", str(users), "station", password], check=True)
            lines.append(f"password_file {users}")
        if certificate is not None:
            lines += [f"certfile {certificate}", f"keyfile {certificate.with_suffix('.key')}"]
        if password is not None or certificate is not None:
            lines.append("user root")  # it would not find its files as another user; of a test's life only
        self._config = folder / "mosquitto.conf"
        self._config.write_text("\n".join(lines) + "\n")
        self._log = folder / "mosquitto.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, again at the same port."""
        assert MOSQUITTO is not None
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([MOSQUITTO, "-c", str(self._config)], stdout=log, stderr=log)
        wait_until(lambda: b"running" in self._log.read_bytes(), "mosquitto", 20)

    def kill(self) -> None:
        """End it without goodbye."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)
        self._log.write_bytes(b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(10)


class Host:
    """A host that hears everything: `heard` are topics and payloads, in their order."""

    def __init__(self, port: int, name: str = "scada") -> None:
        self.name = name
        self.heard: list[tuple[str, bytes]] = []
        self._client = paho.Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = lambda _client, _data, message: self.heard.append((message.topic, message.payload))
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        subscribed: list[Any] = []
        self._client.on_subscribe = lambda *_: subscribed.append(True)
        self._client.subscribe("spBv1.0/#", qos=1)
        wait_until(lambda: bool(subscribed), "the subscription")

    def say(self, *, online: bool) -> None:
        """Tell the nodes whether we are there."""
        told = json.dumps({"online": online, "timestamp": time.time_ns() // 1_000_000})
        self._client.publish(f"spBv1.0/STATE/{self.name}", told, qos=1, retain=True).wait_for_publish(10)

    def command(self, topic: str, payload: bytes) -> None:
        """Give a node a command."""
        self._client.publish(topic, payload, qos=1).wait_for_publish(10)

    def kinds(self) -> list[str]:
        """Return what kinds of messages came from nodes, in their order."""
        return [topic.split("/")[2] for topic, _ in self.heard if "/STATE/" not in topic]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()
        self._client.loop_stop()
