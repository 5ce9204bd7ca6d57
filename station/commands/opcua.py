"""`station opcua`: who gets in over OPC UA. Users and trust are read at every log-in, so nothing needs a restart."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands.options import add_config, add_json

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, CertificateRevocationList

    from station.config import StationConfig

ROLES = ("observer", "mes", "engineer")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser(
        "opcua", help="users, trusted certificates and the own certificate of the OPC UA server"
    )
    topics = parser.add_subparsers(dest="topic", required=True, metavar="TOPIC")
    users = topics.add_parser("users", help="who may log in").add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    _add(users, "list", _list_users, "list names and roles")
    add = _add(users, "add", _add_user, "add a user, or give one another role and password", named=True)
    add.add_argument("--role", choices=ROLES, required=True)
    _add(users, "remove", _remove_user, "remove a user", named=True)
    trust = topics.add_parser("trust", help="which clients may open a channel").add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    _add(trust, "list", _list_trust, "list trusted and refused certificates, and revocation lists")
    accept = _add(trust, "add", _trust, "trust a certificate, or take over a trusted authority's revocation list")
    accept.add_argument(
        "certificate", help="a DER or PEM file of either, or how a refused certificate's thumbprint begins"
    )
    remove = _add(trust, "remove", _distrust, "trust a certificate no longer")
    remove.add_argument("certificate", help="how its thumbprint begins")
    own = topics.add_parser("certificate", help="the server's own certificate").add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    _add(own, "show", _show_certificate, "show it; it is made where there is none")
    _add(
        own,
        "renew",
        _renew_certificate,
        "make a new one with a new key; a running server takes it over for new connections",
    )


def _add(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    work: Any,
    text: str,
    *,
    named: bool = False,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    if named:
        parser.add_argument("name", metavar="NAME")
    add_config(parser)
    add_json(parser)
    parser.set_defaults(run=run, work=work)
    return parser


def run(args: argparse.Namespace) -> int:
    """Do one action and print what came of it."""
    from plc.opcua.certificates import CertificateError
    from station.commands.output import emit_json, say
    from station.config import load_station
    from station.errors import StationFailedError

    try:
        result: dict[str, Any] = args.work(args, load_station(args.config))
    except CertificateError as error:
        raise StationFailedError(str(error)) from error
    if args.json:
        emit_json(result)
    else:
        say(_as_text(result))
    return 0


def _folder(config: "StationConfig") -> Path:
    from station.gateway.settings import opcua_folder

    return opcua_folder(config)


def _list_users(_args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    from station.gateway.users import UserFile

    return {"users": {name: role.name.lower() for name, role in UserFile(_folder(config)).names().items()}}


def _add_user(args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    from plc.opcua.ports import Role
    from station.gateway.users import UserFile

    UserFile(_folder(config)).add(args.name, Role[args.role.upper()], _password())
    return _list_users(args, config)


def _remove_user(args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    from station.gateway.users import UserFile

    UserFile(_folder(config)).remove(args.name)
    return _list_users(args, config)


def _password() -> str:
    """Ask for a password; on a command line everybody could read it."""
    from getpass import getpass

    from station.toml_file import ConfigError

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("Password once more: ") != password:
        raise ConfigError("the two are not the same; nothing was changed")
    return password


def _list_trust(_args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    from plc.opcua.certificates import TrustList

    trust = TrustList(_folder(config) / "certificates")
    return {
        "trusted": {path.stem: _describe(found) for path, found in trust.trusted()},
        "rejected": {path.stem: _describe(found) for path, found in trust.rejected()},
        "revocation lists": {path.stem: _describe_list(found) for path, found in trust.revocations()},
    }


def _trust(args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    from plc.opcua.certificates import TrustList

    _show_certificate(args, config)  # makes the folders where there are none
    TrustList(_folder(config) / "certificates").trust(args.certificate)
    return _list_trust(args, config)


def _distrust(args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    from plc.opcua.certificates import TrustList

    TrustList(_folder(config) / "certificates").distrust(args.certificate)
    return _list_trust(args, config)


def _show_certificate(_args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    return _own_certificate(config, renew=False)


def _renew_certificate(_args: argparse.Namespace, config: "StationConfig") -> dict[str, Any]:
    return _own_certificate(config, renew=True)


def _own_certificate(config: "StationConfig", *, renew: bool) -> dict[str, Any]:
    from datetime import UTC, datetime

    from plc.opcua.certificates import ensure_own
    from station.gateway.settings import server_settings

    settings = server_settings(config)
    own = ensure_own(settings.certificates, settings.application_uri, settings.name, datetime.now(UTC), renew=renew)
    return {
        "certificate": str(own.certificate),
        "thumbprint": own.thumbprint,
        "application_uri": settings.application_uri,
        "expires": own.expires.isoformat(),
    }


def _describe(certificate: "Certificate") -> str:
    return f"{certificate.subject.rfc4514_string()}, until {certificate.not_valid_after_utc:%Y-%m-%d}"


def _describe_list(found: "CertificateRevocationList") -> str:
    until = f", next due {found.next_update_utc:%Y-%m-%d}" if found.next_update_utc is not None else ""
    return f"{found.issuer.rfc4514_string()}, {len(found)} revoked, of {found.last_update_utc:%Y-%m-%d}{until}"


def _as_text(result: dict[str, Any]) -> str:
    lines = []
    for key, value in result.items():
        if isinstance(value, dict):
            lines += [f"{key}:", *(f"  {name}  {text}" for name, text in value.items())] if value else [f"{key}: none"]
        else:
            lines.append(f"{key}: {value}")
    return "\n".join(lines)
