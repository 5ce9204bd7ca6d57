"""Results as signed HTTP requests: one POST a result, with the ResultId as idempotency key.

Who receives them recomputes HMAC-SHA256 over "<timestamp>.<body>" with the shared secret, and refuses old timestamps: then
nobody else can have sent it, and nobody can send it again later.
"""

import hashlib
import hmac
import ssl
from collections.abc import Callable
from datetime import datetime

import httpx

from station.delivery.message import Message
from station.delivery.secret import SHORTEST, SecretError, read_secret
from station.delivery.settings import DeliveryTable
from station.delivery.sink import RefusedError, Sink, Surroundings, UnreachableError
from station.journal.records import utc_now

LONGEST_ANSWER = 200
"""Characters of an answer that a reason quotes."""
NOT_THE_RESULT = frozenset({401, 403, 404, 405, 407, 408, 410, 421, 423, 425, 426, 429})
"""Refusals (RFC 9110) that speak of us, the address or the moment, not of one result: it waits, as with a 5xx."""


class Webhook(Sink):
    """The way to one URL, over one connection that is kept."""

    def __init__(self, settings: DeliveryTable, now: Callable[[], datetime]) -> None:
        assert settings.secret_file is not None  # the configuration's check
        self._settings = settings
        self._secret_file = settings.secret_file
        self._now = now
        self._client: httpx.AsyncClient | None = None

    async def send(self, message: Message) -> None:
        """POST one result. 2xx acknowledges it, 4xx but for `NOT_THE_RESULT` refuses it, all else is tried later."""
        try:
            secret = read_secret(self._secret_file, at_least=SHORTEST)
            answer = await self._connected().post(
                self._settings.url, content=message.body, headers=self._headers(message, secret.encode())
            )
        except SecretError as error:
            raise UnreachableError(str(error)) from None
        except httpx.TimeoutException:
            raise UnreachableError(f"no answer within {self._settings.timeout_s:g} s") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise UnreachableError(str(error) or type(error).__name__) from None
        if answer.is_success:
            return
        text = f"HTTP {answer.status_code} {answer.reason_phrase}: {answer.text[:LONGEST_ANSWER]}".rstrip(": ")
        if answer.is_client_error and answer.status_code not in NOT_THE_RESULT:
            raise RefusedError(text)
        raise UnreachableError(text)

    async def close(self) -> None:
        """Let go of the connection."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def _connected(self) -> httpx.AsyncClient:
        if self._client is None:
            ca_file = self._settings.ca_file
            trusted = ssl.create_default_context(cafile=ca_file) if self._settings.encrypted else False
            self._client = httpx.AsyncClient(verify=trusted, timeout=self._settings.timeout_s, trust_env=False)
        return self._client

    def _headers(self, message: Message, secret: bytes) -> dict[str, str]:
        timestamp = str(int(self._now().timestamp()))
        return {
            "Content-Type": "application/json",
            "Idempotency-Key": message.result_id,
            "X-Station-Timestamp": timestamp,
            "X-Station-Signature": f"sha256={sign(secret, timestamp, message.body)}",
        }


def make_sink(settings: DeliveryTable, _surroundings: Surroundings) -> Webhook:
    """Make the way to a URL."""
    return Webhook(settings, utc_now)


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of timestamp and body, in hexadecimal digits."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
