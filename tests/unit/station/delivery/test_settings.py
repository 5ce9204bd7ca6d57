"""`[[delivery]]`: what is wrong is named with its key and what to do."""

from pathlib import Path

import pytest
from delivery_parts import webhook, write_config

from station.config import load_station
from station.toml_file import ConfigError

MQTT = 'name = "s"\nkind = "mqtt"\nurl = "mqtts://broker"\n'
OPCUA = 'name = "m"\nkind = "opcua"\nurl = "opc.tcp://mes:4840/"\n'
MAP = '[delivery.map]\n"ns=2;s=V" = "verdict"\n'
METHOD = 'object = "ns=2;s=M"\nmethod = "ns=2;s=T"\narguments = ["result_id"]\n'


@pytest.mark.parametrize(
    "good",
    [
        webhook(1),
        MQTT,
        MQTT + 'user = "a"\nsecret_file = "mes.secret"\ngroup = "hall 2"\nprimary_host = "scada"\n',
        MQTT.replace("mqtts", "mqtt") + "in_clear = true\n",
        OPCUA + 'acknowledge = "ns=2;s=Ack"\n' + MAP,
        OPCUA + METHOD,
        OPCUA + "since = 2026-01-31T06:00:00Z\n" + MAP,
    ],
)
def test_what_is_right(tmp_path: Path, good: str) -> None:
    assert len(load_station(write_config(tmp_path, good)).delivery) == 1


@pytest.mark.parametrize(
    ("bad", "key", "why"),
    [
        (webhook(1).replace("http:", "ftp:"), "url", 'for kind = "webhook" write it as https://'),
        (webhook(1).replace("127.0.0.1", "mes"), "url", "readable for all; use https://"),
        (webhook(1).replace("127.0.0.1", "a:b@127.0.0.1"), "url", "cannot hold a password"),
        (webhook(1).replace(":1/", ":99999/"), "url", "out of range"),
        (webhook(1).replace('secret_file = "mes.secret"\n', ""), "secret_file", "is missing: what signs"),
        (webhook(1, more='group = "x"'), "group", 'belongs to kind = "mqtt"; remove it'),
        (webhook(1, more='ca_file = "no.pem"'), "ca_file", "there is no file"),
        (webhook(1, more="since = 2026-01-31T06:00:00"), "since", "name the zone"),
        (MQTT + 'user = "a"\n', "user", "needs its password"),
        (MQTT + 'secret_file = "mes.secret"\n', "secret_file", "is the password of a user"),
        (MQTT + 'group = "a/b"\n', "group", "cannot hold / + #"),
        (OPCUA, "delivery[1]", "give either"),
        (OPCUA + METHOD + MAP, "map", "give either"),
        (OPCUA + MAP.replace("verdict", "verdikt"), "map", "there is no field 'verdikt'"),
        (OPCUA + METHOD.replace('object = "ns=2;s=M"\n', ""), "method", "give object and method"),
        (OPCUA + METHOD.replace('arguments = ["result_id"]\n', ""), "arguments", "is missing"),
        (OPCUA + 'arguments = ["result_id"]\n' + MAP, "arguments", "belongs to a method"),
        (OPCUA + METHOD + 'acknowledge = "ns=2;s=A"\n', "acknowledge", "by its answer"),
    ],
)
def test_what_is_wrong(tmp_path: Path, bad: str, key: str, why: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_station(write_config(tmp_path, bad))
    assert key in caught.value.text
    assert why in caught.value.text
    assert "station.toml, line" in caught.value.text


def test_each_has_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"delivery\[2\].name: 'mes' is already taken"):
        load_station(write_config(tmp_path, webhook(1), webhook(2)))
