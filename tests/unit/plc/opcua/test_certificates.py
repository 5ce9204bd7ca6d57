"""The own certificate and the trust list, in folders of real files."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from plc.opcua.certificates import (
    LARGEST_BYTES,
    MOST_REJECTED,
    CertificateError,
    TrustList,
    ensure_own,
    read_own,
    thumbprint,
)

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DER = serialization.Encoding.DER
URI = "urn:inspection-station:test"


@pytest.fixture(scope="module")
def keys() -> tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]:
    """Two keys: making one takes a moment."""
    return (rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048))


def make(
    key: rsa.RSAPrivateKey,
    name: str,
    *,
    signed_by: tuple[rsa.RSAPrivateKey, str] | None = None,
    authority: bool = False,
    days: int = 100,
) -> bytes:
    signer, issuer = signed_by or (key, name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@pytest.fixture
def trust(tmp_path: Path) -> TrustList:
    for name in ("trusted", "rejected"):
        (tmp_path / name).mkdir()
    return TrustList(tmp_path)


def test_a_certificate_is_made_once_and_its_key_is_private(tmp_path: Path) -> None:
    first = ensure_own(tmp_path, URI, "test", NOW)
    assert ensure_own(tmp_path, URI, "test", NOW + timedelta(days=30)) == first
    assert first.key.stat().st_mode & 0o077 == 0
    certificate = x509.load_der_x509_certificate(first.certificate.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert URI in names.get_values_for_type(x509.UniformResourceIdentifier)
    assert first.thumbprint == thumbprint(first.certificate.read_bytes())


def test_it_is_replaced_before_it_ends_and_when_asked(tmp_path: Path) -> None:
    first = ensure_own(tmp_path, URI, "test", NOW)
    late = ensure_own(tmp_path, URI, "test", first.expires - timedelta(days=10))
    assert late.thumbprint != first.thumbprint
    assert late.expires > first.expires
    assert ensure_own(tmp_path, URI, "test", NOW, renew=True).thumbprint != late.thumbprint


def test_a_broken_certificate_is_one_line_that_names_the_folder(tmp_path: Path) -> None:
    own = ensure_own(tmp_path, URI, "test", NOW)
    own.certificate.write_bytes(b"not a certificate")
    with pytest.raises(CertificateError, match=r"own: .*delete it to have a new one"):
        ensure_own(tmp_path, URI, "test", NOW)


def test_a_stranger_is_kept_until_somebody_trusts_it(
    trust: TrustList, tmp_path: Path, keys: tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]
) -> None:
    der = make(keys[0], "mes")
    assert trust.why_not(der, NOW) == "nobody has trusted it yet"
    kept = trust.reject(der)
    assert kept is not None
    assert kept.read_bytes() == der
    assert [path.stem for path, _ in trust.rejected()] == [thumbprint(der)]
    trust.trust(thumbprint(der)[:8])
    assert trust.why_not(der, NOW) is None
    assert not list(trust.rejected())
    trust.distrust(thumbprint(der)[:8])
    assert trust.why_not(der, NOW) is not None
    assert not list((tmp_path / "trusted").iterdir())


def test_an_authority_vouches_for_its_clients_and_nobody_elses(
    trust: TrustList, tmp_path: Path, keys: tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]
) -> None:
    authority, client = keys
    root = make(authority, "plant CA", authority=True)
    (tmp_path / "ca.der").write_bytes(root)
    trust.trust(tmp_path / "ca.der")
    assert trust.why_not(make(client, "mes", signed_by=(authority, "plant CA")), NOW) is None
    assert trust.why_not(make(client, "mes", signed_by=(client, "plant CA")), NOW) is not None


def test_a_trusted_client_is_no_authority(
    trust: TrustList, tmp_path: Path, keys: tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]
) -> None:
    client, other = keys
    pem = x509.load_der_x509_certificate(make(client, "mes")).public_bytes(serialization.Encoding.PEM)
    (tmp_path / "mes.pem").write_bytes(pem)
    trust.trust(tmp_path / "mes.pem")
    assert trust.why_not(make(other, "friend", signed_by=(client, "mes")), NOW) is not None


def test_time_and_key_count_too(trust: TrustList, keys: tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]) -> None:
    der = make(keys[0], "mes", days=5)
    assert "only" in (trust.why_not(der, NOW + timedelta(days=6)) or "")
    weak = make(rsa.generate_private_key(65537, 1024), "weak")
    assert "2048" in (trust.why_not(weak, NOW) or "")
    assert trust.why_not(b"rubbish", NOW) == "it is not a certificate"


def test_strangers_do_not_fill_the_disk(trust: TrustList, tmp_path: Path) -> None:
    assert trust.reject(b"x" * (LARGEST_BYTES + 1)) is None
    for number in range(MOST_REJECTED + 5):
        assert trust.reject(str(number).encode()) is not None
    assert len(list((tmp_path / "rejected").glob("*.der"))) == MOST_REJECTED


def test_who_names_none_or_two_is_told(
    trust: TrustList, tmp_path: Path, keys: tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]
) -> None:
    with pytest.raises(CertificateError, match="no rejected certificate begins with 'abc'"):
        trust.trust("abc")
    for key in keys:
        trust.reject(make(key, "x"))
    with pytest.raises(CertificateError, match="more than one"):
        trust.trust("")
    (tmp_path / "text.der").write_text("no")
    with pytest.raises(CertificateError, match="neither a certificate nor a revocation list"):
        trust.trust(tmp_path / "text.der")


# Revocation lists -----------------------------------------------------------------------------------------------------


def revocations(
    key: rsa.RSAPrivateKey, issuer: str, *revoked: bytes, at: datetime = NOW, encoding: serialization.Encoding = DER
) -> bytes:
    """Make a list of an authority."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)])
    builder = x509.CertificateRevocationListBuilder().issuer_name(name).last_update(at)
    builder = builder.next_update(at + timedelta(days=1))
    for der in revoked:
        number = x509.load_der_x509_certificate(der).serial_number
        entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(at).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(key, hashes.SHA256()).public_bytes(encoding)


@pytest.mark.parametrize("encoding", [DER, serialization.Encoding.PEM])
def test_what_its_authority_has_revoked_is_trusted_no_longer(
    trust: TrustList,
    keys: tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey],
    tmp_path: Path,
    encoding: serialization.Encoding,
) -> None:
    authority, other = keys
    ca = make(authority, "ca", authority=True)
    good, bad = (make(other, name, signed_by=(authority, "ca")) for name in ("good", "bad"))
    (tmp_path / "ca.der").write_bytes(ca)
    trust.trust(tmp_path / "ca.der")
    assert (trust.why_not(good, NOW), trust.why_not(bad, NOW)) == (None, None)
    (tmp_path / "list.crl").write_bytes(revocations(authority, "ca", bad, encoding=encoding))
    kept = trust.trust(tmp_path / "list.crl")
    assert kept.name == f"{thumbprint(ca)}.crl"
    assert (trust.why_not(good, NOW), trust.why_not(bad, NOW)) == (None, "its authority has revoked it")
    (tmp_path / "bad.der").write_bytes(bad)
    trust.trust(tmp_path / "bad.der")  # to trust it by itself does not outweigh its authority
    later = NOW + timedelta(days=50)  # nor does the end of the list
    assert trust.why_not(bad, later) == "its authority has revoked it"
    trust.distrust(thumbprint(ca))
    assert list(trust.revocations()) == []


def test_a_list_that_does_not_count(
    trust: TrustList, keys: tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey], tmp_path: Path
) -> None:
    authority, other = keys
    path = tmp_path / "list.crl"
    path.write_bytes(revocations(authority, "ca"))
    with pytest.raises(CertificateError, match="no trusted authority has signed"):
        trust.trust(path)
    (tmp_path / "ca.der").write_bytes(make(authority, "ca", authority=True))
    trust.trust(tmp_path / "ca.der")
    path.write_bytes(revocations(other, "ca"))  # by somebody who calls himself so
    with pytest.raises(CertificateError, match="no trusted authority has signed"):
        trust.trust(path)
    path.write_bytes(revocations(authority, "ca"))
    trust.trust(path)
    path.write_bytes(revocations(authority, "ca", at=NOW - timedelta(days=1)))
    with pytest.raises(CertificateError, match="there is a later list"):
        trust.trust(path)


def test_a_pair_that_is_being_changed_is_not_taken(tmp_path: Path) -> None:
    ensure_own(tmp_path, URI, "test", NOW)
    before = read_own(tmp_path)
    assert before is not None
    key = (tmp_path / "own" / "private-key.pem").read_bytes()
    after = ensure_own(tmp_path, URI, "test", NOW, renew=True)
    assert read_own(tmp_path, before.thumbprint) == after
    assert read_own(tmp_path, after.thumbprint) is None
    (tmp_path / "own" / "private-key.pem").write_bytes(key)
    assert read_own(tmp_path) is None
