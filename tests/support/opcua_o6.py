"""A client on open62541 (the package `o6`), a process of its own: what it sees comes as JSON, one line each.

Arguments: URL, own certificate, own key, server's certificate, user, password. Without a licence the library ends its
process after ten minutes.
"""

import asyncio
import json
import os
import sys
from typing import Any

_STDOUT = os.dup(1)
os.dup2(2, 1)  # the library greets on stdout

import o6  # noqa: E402 - greeted by now

POLICY = "http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256"
SIGN_AND_ENCRYPT = 3


def say(**message: Any) -> None:
    os.write(_STDOUT, (json.dumps(message) + "\n").encode())


async def child(client: Any, node: Any, name: str) -> Any:
    for reference in await client.browse(node):
        if str(reference.browseName).endswith(f":{name}"):
            return reference.nodeId
    raise KeyError(name)


async def main(url: str, certificate: str, key: str, server: str, user: str, password: str) -> None:
    client = o6.Client(
        url,
        certificate=certificate,
        privateKey=key,
        trustList=[server],
        securityMode=SIGN_AND_ENCRYPT,
        securityPolicy=POLICY,
        applicationUri="urn:test:mes",
        username=user,
        password=password,
    )
    await client.connect()
    say(last=str(await client.read("ns=4;i=5101")))
    await client.updateRemoteNamespaces()
    management = await child(client, "i=85", "ResultManagement")
    method = await child(client, management, "GetResultById")
    answer = await client.call(management, method, ["r-1", o6.Int32(0)])
    status, _handle, result, error = answer
    body = bytes(result.body)  # it does not decode what is in an output
    say(status=int(status), error=int(error), result=b"r-1" in body, part=b"SN-1" in body)
    told: asyncio.Queue[Any] = asyncio.Queue()
    await client.monitorEvent("i=2253", told.put_nowait)
    say(watching=True)
    while True:
        event = {str(name): str(value) for name, value in (await told.get()).items()}
        say(event=event)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:7]))
