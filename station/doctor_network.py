"""The way from each camera on the network to this machine: pure functions over what a probe brings. Nothing is mended here."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface

from camera.settings import CameraSettings
from station.doctor import Check, State

NETWORK_BACKENDS = ("genicam", "gige")
JUMBO_MTU = 9000
"""What GigE Vision cameras at full rate want; with 1500 there are six times as many packets to see to."""
_STRICT = 1
_LOOSE = 2


@dataclass(frozen=True, slots=True)
class Interface:
    """A network interface: its addresses with their networks, its MTU in bytes, and the reverse path filter in force.

    `rp_filter` is the greater of the interface's own and that of all (Linux, ip-sysctl): 0 off, 1 strict, 2 loose; None where
    the kernel does not tell.
    """

    name: str
    addresses: tuple[IPv4Interface, ...]
    mtu: int
    rp_filter: int | None
    is_loopback: bool = False


def camera_address(settings: CameraSettings, told: str) -> IPv4Address | None:
    """Return the address of a camera on the network, None for any other.

    Parameters
    ----------
    settings
        The camera.
    told
        What the device said of its address once it was open; empty where it said nothing.
    """
    if settings.backend not in NETWORK_BACKENDS:
        return None
    for text in (told, str(settings.options.get("device", ""))):
        try:
            return IPv4Address(text)
        except ValueError:
            continue
    return None


def chosen_interface(settings: CameraSettings, interfaces: Sequence[Interface]) -> Interface | None:
    """Return the interface that the camera's option `interface` names, by name or address."""
    wanted = settings.options.get("interface")
    for interface in interfaces:
        if wanted == interface.name or wanted in {str(address.ip) for address in interface.addresses}:
            return interface
    return None


def check_way(
    settings: CameraSettings, address: IPv4Address, interfaces: Sequence[Interface], route: str | None
) -> list[Check]:
    """Look at the interface a camera is reached by.

    Parameters
    ----------
    settings
        The camera.
    address
        Where it is.
    interfaces
        All of this machine.
    route
        Name of the interface the kernel would send to that address by; None where it knows none.
    """
    by_name = {interface.name: interface for interface in interfaces}
    interface = chosen_interface(settings, interfaces) or by_name.get(route or "")
    name = f"network of {settings.name}"
    if interface is None:
        text = f"no interface of this machine reaches {address}"
        return [Check(name, State.FAIL, text, _give_address(address, "INTERFACE"), absent=True)]
    if interface.is_loopback:
        return [Check(name, State.OK, f"{address} is this machine itself")]
    return [
        _check_neighbour(name, address, interface),
        _check_mtu(settings, interface),
        _check_reverse_path(settings, interface),
    ]


def _check_neighbour(name: str, address: IPv4Address, interface: Interface) -> Check:
    """GigE Vision crosses no router: the interface must have an address in the camera's network."""
    if any(address in own.network for own in interface.addresses):
        return Check(name, State.OK, f"{address} is reached by {interface.name}")
    own = ", ".join(map(str, interface.addresses)) or "no address"
    text = f"{address} would be reached by {interface.name}, which is not in its network ({own})"
    return Check(name, State.WARNING, text, _give_address(address, interface.name))


def _give_address(camera: IPv4Address, interface: str) -> str:
    first = IPv4Interface(f"{camera}/24").network.network_address + 1
    own = first if first != camera else first + 1
    return f"sudo ip address add {own}/24 dev {interface}"


def _check_mtu(settings: CameraSettings, interface: Interface) -> Check:
    name, text = f"MTU for {settings.name}", f"{interface.name} takes {interface.mtu} bytes a packet"
    wanted = settings.options.get("packet_size", 0)
    packet = wanted if isinstance(wanted, int) else 0
    raise_it = f"sudo ip link set dev {interface.name} mtu {max(packet, JUMBO_MTU)}"
    if packet > interface.mtu:
        text = f"{text}, packet_size is {packet}: nothing of a picture arrives"
        return Check(name, State.FAIL, text, f"{raise_it}, or lower packet_size to {interface.mtu}")
    if interface.mtu < JUMBO_MTU:
        return Check(name, State.WARNING, text, f"{raise_it} (switch and camera must take as much)")
    return Check(name, State.OK, text)


def _check_reverse_path(settings: CameraSettings, interface: Interface) -> Check:
    name = f"rp_filter for {settings.name}"
    if interface.rp_filter is None:
        return Check(name, State.OK, f"this kernel does not tell rp_filter of {interface.name}")
    text = f"rp_filter of {interface.name} is {interface.rp_filter}"
    if interface.rp_filter != _STRICT:
        return Check(name, State.OK, text)
    # With slashes, a dot may stand in the interface's name (a VLAN).
    remedy = f"sudo sysctl -w net/ipv4/conf/{interface.name}/rp_filter={_LOOSE}"
    return Check(name, State.WARNING, f"{text}: packets of a camera in a second network are dropped", remedy)
