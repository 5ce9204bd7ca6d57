from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path

import pytest

from camera.settings import CameraSettings
from station import probes
from station.doctor import State, check_receive_buffer
from station.doctor_network import Interface, camera_address, check_way, chosen_interface

CAMERA = IPv4Address("192.168.10.20")
OWN = IPv4Interface("192.168.10.1/24")
GOOD = Interface("eth1", (OWN,), 9000, 2)


def settings(backend: str = "gige", **options: str | int) -> CameraSettings:
    return CameraSettings("left", backend, options)


@pytest.mark.parametrize(
    ("camera", "told", "address"),
    [
        (settings(device="192.168.10.20"), "", "192.168.10.20"),
        (settings(device="192.168.10.20"), "192.168.10.21", "192.168.10.21"),
        (settings(device="23456789"), "", None),
        (settings("genicam", device="serial"), "10.0.0.7", "10.0.0.7"),
        (settings("genicam"), "", None),
        (settings("simulated"), "10.0.0.7", None),
    ],
)
def test_where_a_camera_is(camera: CameraSettings, told: str, address: str | None) -> None:
    found = camera_address(camera, told)
    assert (None if found is None else str(found)) == address


@pytest.mark.parametrize(
    ("interface", "options", "states", "remedy"),
    [
        (GOOD, {}, "ok ok ok", ""),
        (GOOD, {"packet_size": 9000}, "ok ok ok", ""),
        (Interface("eth1", (OWN,), 9000, None), {}, "ok ok ok", ""),
        (Interface("eth1", (OWN,), 9000, 0), {}, "ok ok ok", ""),
        (Interface("eth1", (OWN,), 1500, 2), {}, "ok warning ok", "sudo ip link set dev eth1 mtu 9000"),
        (
            Interface("eth1", (OWN,), 1500, 2),
            {"packet_size": 8000},
            "ok fail ok",
            "sudo ip link set dev eth1 mtu 9000, or",
        ),
        (
            Interface("eth1", (OWN,), 9000, 2),
            {"packet_size": 9014},
            "ok fail ok",
            "sudo ip link set dev eth1 mtu 9014, or",
        ),
        (
            Interface("eth1.7", (OWN,), 9000, 1),
            {},
            "ok ok warning",
            "sudo sysctl -w net/ipv4/conf/eth1.7/rp_filter=2",
        ),
        (
            Interface("eth1", (IPv4Interface("10.0.0.5/8"),), 9000, 2),
            {},
            "warning ok ok",
            "sudo ip address add 192.168.10.1/24 dev eth1",
        ),
        (Interface("eth1", (), 9000, 2), {}, "warning ok ok", "sudo ip address add 192.168.10.1/24 dev eth1"),
    ],
)
def test_the_way_to_a_camera(interface: Interface, options: dict[str, int], states: str, remedy: str) -> None:
    checks = check_way(settings(**options), CAMERA, [interface], interface.name)
    assert " ".join(check.state.value for check in checks) == states
    assert "".join(check.remedy for check in checks).startswith(remedy)
    assert all(bool(check.remedy) == (check.state is not State.OK) for check in checks)


def test_no_way_at_all() -> None:
    (check,) = check_way(settings(), IPv4Address("192.168.10.1"), [GOOD], None)
    assert (check.state, check.absent) == (State.FAIL, True)
    assert check.remedy == "sudo ip address add 192.168.10.2/24 dev INTERFACE", "not the camera's own address"


def test_the_interface_the_configuration_names_is_looked_at() -> None:
    other = Interface("eth2", (IPv4Interface("192.168.10.9/24"),), 1500, 2)
    by_name, by_address = settings(interface="eth2"), settings(interface="192.168.10.9")
    assert chosen_interface(by_name, [GOOD, other]) is other
    assert chosen_interface(by_address, [GOOD, other]) is other
    assert chosen_interface(settings(), [GOOD, other]) is None
    checks = check_way(by_name, CAMERA, [GOOD, other], "eth1")
    assert [check.state for check in checks] == [State.OK, State.WARNING, State.OK]


def test_this_machine() -> None:
    """The loopback interface is everywhere, and the route to it."""
    loopback = next(interface for interface in probes.interfaces() if interface.is_loopback)
    assert IPv4Address("127.0.0.1") in {address.ip for address in loopback.addresses}
    assert loopback.mtu >= 1500
    home = IPv4Address("127.0.0.1")
    assert probes.route_to(home) == loopback.name
    (check,) = check_way(settings(), home, probes.interfaces(), probes.route_to(home))
    assert check.state is State.OK


def test_the_settings_shipped_are_those_asked_for() -> None:
    lines = (Path(__file__).parents[3] / "deploy" / "sysctl" / "60-inspection-station.conf").read_text().splitlines()
    values = dict(line.split(" = ") for line in lines if line and not line.startswith("#"))
    limit = check_receive_buffer(int(values.pop("net.core.rmem_max")), [settings()])
    filtered = Interface("eth1", (OWN,), 9000, int(values.pop("net.ipv4.conf.all.rp_filter")))
    checks = [limit, *check_way(settings(), CAMERA, [filtered], "eth1")]
    assert {check.state for check in checks} == {State.OK}
    assert not values, "every line is looked at"
