"""Certificate revocation lists (RFC 5280, 5): what an authority in trusted/ says of certificates that it takes back.

<folder>/crls/<thumbprint of the authority>.crl, in DER: one list of an authority, its latest.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding

LARGEST_BYTES = 10_000_000


class RevocationError(Exception):
    """A list is not taken over; the text says why."""


class RevocationLists:
    """The folder. Read anew at every question, as the trusted certificates are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "crls"

    def accept(self, content: bytes, authorities: Iterator[tuple[Path, x509.Certificate]]) -> tuple[Path, bytes]:
        """Check a new list, in DER or PEM, and return the file that it belongs into and its bytes.

        Raises
        ------
        RevocationError
            If no trusted authority has signed it, or there is a later one already.
        """
        found = read_list(content)
        if found is None:
            raise RevocationError("this is not a revocation list in DER or PEM")
        author = next((path.stem for path, one in authorities if is_of(found, one)), None)
        if author is None:
            raise RevocationError("no trusted authority has signed this revocation list; trust the authority first")
        path = self.folder / f"{author}.crl"
        before = self._read(path)
        if before is not None and before.last_update_utc > found.last_update_utc:
            raise RevocationError(
                f"there is a later list of this authority, of {before.last_update_utc:%Y-%m-%d %H:%M}"
            )
        return path, found.public_bytes(Encoding.DER)

    def lists(self) -> Iterator[tuple[Path, x509.CertificateRevocationList]]:
        """Yield each list with its file."""
        for path in sorted(self.folder.glob("*.crl")):
            found = self._read(path)
            if found is not None:
                yield path, found

    def revoked(self, certificate: x509.Certificate, authority: x509.Certificate) -> bool:
        """Tell whether an authority has taken a certificate back. What a list says holds after the list's own end, too."""
        return any(
            found.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None
            for _, found in self.lists()
            if found.issuer == certificate.issuer and is_of(found, authority)
        )

    @staticmethod
    def _read(path: Path) -> x509.CertificateRevocationList | None:
        with contextlib.suppress(OSError):
            if path.stat().st_size <= LARGEST_BYTES:
                return read_list(path.read_bytes())
        return None


def read_list(content: bytes) -> x509.CertificateRevocationList | None:
    """Return the list that bytes are, in DER or PEM; None where they are none."""
    try:
        pem = content.lstrip().startswith(b"-----")
        return x509.load_pem_x509_crl(content) if pem else x509.load_der_x509_crl(content)
    except ValueError:
        return None


def is_of(found: x509.CertificateRevocationList, authority: x509.Certificate) -> bool:
    """Tell whether an authority has signed a list."""
    key: CertificateIssuerPublicKeyTypes = authority.public_key()  # type: ignore[assignment]  # of an authority it signs
    try:
        return found.issuer == authority.subject and found.is_signature_valid(key)
    except (TypeError, ValueError):
        return False
