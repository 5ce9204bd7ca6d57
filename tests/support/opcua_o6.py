"""A client on open62541 (the package `o6`), a process of its own: what it sees comes as JSON, one line each.

Arguments: URL, own certificate, own key, server's certificate, user, password. Without a licence the library ends its
process after ten minutes.
"""

import asyncio
import json
import os
import sys
import threading
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
        if str(reference.browseName).split(":")[-1] == name:
            return reference.nodeId
    raise KeyError(name)


async def identifier(client: Any, method: Any, name: bytes) -> Any:
    """Return the first argument of a method, a structure of one text, as the bytes it travels as."""
    declared = await client.read(await child(client, method, "InputArguments"))
    encodings = await client.browse(declared[0].dataType, reftype="i=38")
    binary = next(one.nodeId for one in encodings if str(one.browseName).endswith("Default Binary"))
    return o6.ExtensionObject(binary, len(name).to_bytes(4, "little") + name)


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
    system = await child(client, "i=85", "VisionSystem")
    say(children=sorted(str(one.browseName).split(":")[-1] for one in await client.browse(system)))
    results = await child(client, system, "ResultManagement")
    by_id = await child(client, results, "GetResultById")
    answer = await client.call(results, by_id, [await identifier(client, by_id, b"r-1"), o6.Int32(0)])
    say(vision=int(answer[0]), vision_error=int(answer[-1]), vision_part=b"SN-1" in bytes(answer[2].body))
    machine = await child(client, system, "VisionStateMachine")
    refused = await client.call(machine, await child(client, machine, "Halt"), [o6.Int32(0), ""])
    say(halt=int(refused[0]))
    told: asyncio.Queue[Any] = asyncio.Queue()
    await client.monitorEvent("i=2253", told.put_nowait)
    say(watching=True)
    while True:
        event = {str(name): str(value) for name, value in (await told.get()).items()}
        say(event=event)


def end_with_the_test() -> None:
    """Wait until nobody gives orders any more."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_with_the_test, daemon=True).start()
    asyncio.run(main(*sys.argv[1:7]))
