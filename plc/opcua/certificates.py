"""The server's own certificate, and whose certificates it trusts: folders of DER files that a person can look through.

<folder>/own/certificate.der, private-key.pem   made at the first start; the key is its owner's alone
<folder>/trusted/*.der                          clients, and authorities whose clients, may open a channel
<folder>/rejected/*.der                         clients that tried: move one to trusted/ to let it in
<folder>/crls/*.crl                             what authorities in trusted/ have taken back
"""

import contextlib
import fcntl
import hashlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from plc.opcua.revocation import RevocationError, RevocationLists, is_of, read_list

KEY_BITS = 2048
VALID_DAYS = 1825
RENEW_DAYS = 30
"""How long before its end a certificate is replaced at a start."""
MOST_REJECTED = 100
"""Certificates kept in rejected/, the latest: strangers must not fill the disk."""
LARGEST_BYTES = 20_000


class CertificateError(Exception):
    """A certificate cannot be read, made or trusted; the text names file and remedy."""


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """The server's identity; both in files that asyncua reads."""

    certificate: Path
    key: Path
    thumbprint: str
    expires: datetime


def thumbprint(der: bytes) -> str:
    """Return the SHA-1 of a certificate, in hexadecimal digits, as OPC UA names it."""
    return hashlib.sha1(der, usedforsecurity=False).hexdigest()


def names_application(der: bytes, uri: str | None) -> bool:
    """Tell whether a certificate is that of the application that calls itself `uri` (OPC 10000-6, 6.2.2)."""
    try:
        names = x509.load_der_x509_certificate(der).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (ValueError, x509.ExtensionNotFound):
        return False
    return uri in names.value.get_values_for_type(x509.UniformResourceIdentifier)


def ensure_own(folder: Path, application_uri: str, name: str, now: datetime, *, renew: bool = False) -> OwnCertificate:
    """Return the server's certificate, made now where there is none, it ends soon, or `renew` says so.

    Raises
    ------
    CertificateError
        If the folder cannot be written, or what stands there cannot be read.
    """
    own = folder / "own"
    certificate, key = own / "certificate.der", own / "private-key.pem"
    try:
        for part in (own, folder / "trusted", folder / "rejected", folder / "crls"):
            part.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(own):
            if renew or not (certificate.is_file() and key.is_file()) or _ends_soon(certificate, now):
                _make(certificate, key, application_uri, name, now)
            der = certificate.read_bytes()
        expires = x509.load_der_x509_certificate(der).not_valid_after_utc
    except (OSError, ValueError) as error:
        raise CertificateError(f"{own}: {error}; mend the folder's rights, or delete it to have a new one") from error
    return OwnCertificate(certificate, key, thumbprint(der), expires)


def read_own(folder: Path, before: str = "") -> OwnCertificate | None:
    """Return the certificate that lies there now; None where its thumbprint is `before`, or it cannot be read just now."""
    certificate, key = folder / "own" / "certificate.der", folder / "own" / "private-key.pem"
    try:
        der = certificate.read_bytes()
        if thumbprint(der) == before:
            return None  # before the key is read, which takes a while
        found = x509.load_der_x509_certificate(der)
        private = serialization.load_pem_private_key(key.read_bytes(), None)
    except (OSError, ValueError):
        return None
    if not isinstance(private, rsa.RSAPrivateKey) or private.public_key() != found.public_key():
        return None
    return OwnCertificate(certificate, key, thumbprint(der), found.not_valid_after_utc)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes of the station from making a certificate meanwhile: key and certificate must be one pair."""
    with (folder / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _ends_soon(certificate: Path, now: datetime) -> bool:
    ends = x509.load_der_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    return ends - now < timedelta(days=RENEW_DAYS)


def _make(certificate: Path, key: Path, application_uri: str, name: str, now: datetime) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    host = socket.gethostname()
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name[:64]), x509.NameAttribute(NameOID.ORGANIZATION_NAME, host[:64])]
    )
    names: list[x509.GeneralName] = [x509.UniformResourceIdentifier(application_uri), x509.DNSName("localhost")]
    if host.isascii() and host != "localhost":
        names.append(x509.DNSName(host))
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=True,
        data_encipherment=True,
        key_agreement=False,
        key_cert_sign=True,  # self-signed: it is its own issuer
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=subject, public_key=private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # a client's clock may be behind
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
    )
    made = builder.sign(private, hashes.SHA256())
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key, pem)
    _write(certificate, made.public_bytes(serialization.Encoding.DER))


def _write(path: Path, content: bytes) -> None:
    """Write a file for its owner alone; whoever reads sees the old or the new one, never half of it."""
    partial = path.with_suffix(".partial")
    with open(partial, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


class TrustList:
    """Whose certificates open a channel. Read anew at every question, so that `trust` works while the server runs."""

    def __init__(self, folder: Path) -> None:
        self._trusted = folder / "trusted"
        self._rejected = folder / "rejected"
        self._revocations = RevocationLists(folder)

    def why_not(self, der: bytes, now: datetime) -> str | None:
        """Say why a client's certificate is not trusted; None when it is.

        Trusted is a certificate that lies in trusted/, or that an authority there has signed, unless its authority has
        taken it back.
        """
        try:
            certificate = x509.load_der_x509_certificate(der)
        except ValueError:
            return "it is not a certificate"
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            return f"it is valid from {certificate.not_valid_before_utc} to {certificate.not_valid_after_utc} only"
        key = certificate.public_key()
        if not isinstance(key, rsa.RSAPublicKey) or key.key_size < KEY_BITS:
            return f"its key is not RSA with at least {KEY_BITS} bits"
        trusted = [found for _, found in self.trusted()]
        authorities = [found for found in trusted if _has_signed(found, certificate, now)]
        if any(self._revocations.revoked(certificate, authority) for authority in authorities):
            return "its authority has revoked it"
        if authorities or any(found.public_bytes(serialization.Encoding.DER) == der for found in trusted):
            return None
        return "nobody has trusted it yet"

    def reject(self, der: bytes) -> Path | None:
        """Keep a stranger's certificate, so that a person can trust it; None when it cannot be kept."""
        if len(der) > LARGEST_BYTES:
            return None
        path = self._rejected / f"{thumbprint(der)}.der"
        with contextlib.suppress(OSError):
            if not path.exists():
                kept = sorted(self._rejected.glob("*.der"), key=lambda old: old.stat().st_mtime)
                for old in kept[: max(0, len(kept) + 1 - MOST_REJECTED)]:
                    old.unlink(missing_ok=True)
                _write(path, der)
            return path
        return None

    def trusted(self) -> Iterator[tuple[Path, x509.Certificate]]:
        """Yield each trusted certificate with its file."""
        yield from _certificates(self._trusted)

    def revocations(self) -> Iterator[tuple[Path, x509.CertificateRevocationList]]:
        """Yield each revocation list with its file, named after its authority's thumbprint."""
        yield from self._revocations.lists()

    def rejected(self) -> Iterator[tuple[Path, x509.Certificate]]:
        """Yield each rejected certificate with its file."""
        yield from _certificates(self._rejected)

    def trust(self, wanted: str | Path) -> Path:
        """Trust a certificate: a file (DER or PEM), or the beginning of a rejected one's thumbprint.

        A file may also be a revocation list of an authority that is trusted; it takes the place of the one before.

        Raises
        ------
        CertificateError
            If there is no such file or thumbprint, more than one, or it is neither a certificate nor a list that counts.
        """
        content = Path(wanted).read_bytes() if Path(wanted).is_file() else b""
        if content and read_list(content) is not None:
            try:
                target, crl = self._revocations.accept(content, self.trusted())
            except RevocationError as error:
                raise CertificateError(f"{wanted}: {error}") from None
            target.parent.mkdir(exist_ok=True, mode=0o700)
            _write(target, crl)
            return target
        der = self._find(wanted)
        path = self._trusted / f"{thumbprint(der)}.der"
        _write(path, der)
        (self._rejected / path.name).unlink(missing_ok=True)
        return path

    def distrust(self, beginning: str) -> Path:
        """Trust a certificate no longer; a channel that is open ends with its session. Raises `CertificateError`."""
        path = self._one(self._trusted, beginning, "trusted")
        path.unlink()
        for crl, found in self.revocations():
            if crl.stem == path.stem and not any(is_of(found, other) for _, other in self.trusted()):
                crl.unlink()  # of an authority that is trusted no longer
        return path

    def _find(self, wanted: str | Path) -> bytes:
        if Path(wanted).is_file():
            content = Path(wanted).read_bytes()
            try:
                pem = content.lstrip().startswith(b"-----")
                found = x509.load_pem_x509_certificate(content) if pem else x509.load_der_x509_certificate(content)
            except ValueError:
                raise CertificateError(
                    f"{wanted}: this is neither a certificate nor a revocation list in DER or PEM"
                ) from None
            return found.public_bytes(serialization.Encoding.DER)
        return self._one(self._rejected, str(wanted), "rejected").read_bytes()

    @staticmethod
    def _one(folder: Path, beginning: str, what: str) -> Path:
        found = [path for path in folder.glob("*.der") if path.stem.startswith(beginning.lower())]
        if len(found) != 1 or not beginning:
            count = "no" if not found else "more than one"
            raise CertificateError(
                f"{count} {what} certificate begins with {beginning!r}; `station opcua trust` lists them"
            )
        return found[0]


def _certificates(folder: Path) -> Iterator[tuple[Path, x509.Certificate]]:
    for path in sorted(folder.glob("*.der")):
        with contextlib.suppress(OSError, ValueError):
            yield path, x509.load_der_x509_certificate(path.read_bytes())


def _has_signed(authority: x509.Certificate, certificate: x509.Certificate, now: datetime) -> bool:
    try:
        constraints = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
        certificate.verify_directly_issued_by(authority)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    return constraints.ca and authority.not_valid_before_utc <= now <= authority.not_valid_after_utc
