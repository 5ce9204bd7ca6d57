"""Results brought to the OPC UA server of somebody else: written, called, acknowledged, refused; and whom we trust."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asyncua import ua
from delivery_parts import SECRET
from mes_server import SPACE, Mes, running

from plc.opcua.certificates import TrustList
from plc.opcua.push import Push, PushError, PushRefusedError, PushSettings

TIME = datetime(2026, 5, 1, 6, tzinfo=UTC)
FIELDS: dict[str, Any] = {
    "result_id": "r-1",
    "sequence": 300,
    "verdict": "NG",
    "evaluation": 2,
    "score": 0.9,
    "final": True,
    "time": TIME,
}
VARIABLES = {
    "ns=2;s=Verdict": "verdict",
    "ns=2;s=Evaluation": "evaluation",
    f"nsu={SPACE};s=Score": "score",
    "ns=2;s=Final": "final",
    "ns=2;s=Time": "time",
    "ns=2;s=Sequence": "sequence",
}


def with_mes(folder: Path, work: Callable[[Mes, PushSettings], Awaitable[None]]) -> None:
    async def go() -> None:
        async with running(folder) as mes:
            certificates = folder / "station"
            mes.trusted_by(certificates)
            await work(mes, PushSettings(mes.url, "line-7", certificates, "station", VARIABLES, timeout_s=10))

    asyncio.run(go())


async def pushed(settings: PushSettings, *sets: dict[str, Any], password: str = SECRET) -> None:
    push = Push(settings, lambda: password)
    try:
        for fields in sets:
            await push.send(fields)
    finally:
        await push.close()


def test_variables_are_written_each_as_its_type(tmp_path: Path) -> None:
    async def work(mes: Mes, settings: PushSettings) -> None:
        await pushed(settings, FIELDS, FIELDS | {"sequence": 301, "verdict": "OK"})
        values = {name: await mes.value(name) for name in ("Verdict", "Evaluation", "Final", "Sequence")}
        assert values == {"Verdict": "OK", "Evaluation": 2, "Final": True, "Sequence": 301}
        assert await mes.value("Score") == pytest.approx(0.9)
        assert (await mes.value("Time")).replace(tzinfo=UTC) == TIME

    with_mes(tmp_path, work)


def test_an_acknowledgement_is_awaited(tmp_path: Path) -> None:
    async def work(mes: Mes, settings: PushSettings) -> None:
        settings = replace(settings, acknowledge="ns=2;s=Taken", timeout_s=1.0)
        with pytest.raises(PushError, match="Taken must repeat"):
            await pushed(settings, FIELDS)
        taken = mes.server.get_node("ns=2;s=Taken")

        async def acknowledge() -> None:
            while await mes.value("Sequence") != 301:  # noqa: ASYNC110  # the client writes it
                await asyncio.sleep(0.01)
            await taken.write_value(301, ua.VariantType.UInt32)

        waiting = asyncio.create_task(acknowledge())
        await pushed(replace(settings, timeout_s=20), FIELDS | {"sequence": 301})
        await waiting

    with_mes(tmp_path, work)


def test_a_method_is_called_and_its_answer_counts(tmp_path: Path) -> None:
    async def work(mes: Mes, settings: PushSettings) -> None:
        arguments = ("result_id", "evaluation", "time")
        settings = replace(settings, variables=None, owner="ns=2;s=Mes", method="ns=2;s=Take", arguments=arguments)
        await pushed(settings, FIELDS)
        assert mes.called == [("r-1", 2, TIME.isoformat())]
        mes.answer = ua.StatusCode(ua.StatusCodes.BadOutOfRange)
        with pytest.raises(PushRefusedError, match="BadOutOfRange"):
            await pushed(settings, FIELDS)
        mes.answer = ua.StatusCode(ua.StatusCodes.BadOutOfService)
        with pytest.raises(PushError, match="BadOutOfService"):
            await pushed(settings, FIELDS)
        with pytest.raises(PushError, match="takes 3 arguments, the configuration has 2"):
            await pushed(replace(settings, arguments=arguments[:2]), FIELDS)

    with_mes(tmp_path, work)


def test_values_that_do_not_fit(tmp_path: Path) -> None:
    async def work(mes: Mes, settings: PushSettings) -> None:
        with pytest.raises(PushRefusedError, match="evaluation = 300 does not fit Byte"):
            await pushed(settings, FIELDS | {"evaluation": 300})
        for variables, why in (
            ({"ns=2;s=Sequence": "verdict"}, "takes UInt32, verdict is none"),
            ({"ns=2;s=Nothing": "verdict"}, "BadNodeIdUnknown|does not exist|unknown"),
            ({"nsu=http://nobody;s=Verdict": "verdict"}, "no namespace http://nobody"),
        ):
            with pytest.raises(PushError, match=f"(?i){why}"):
                await pushed(replace(settings, variables=variables), FIELDS)

    with_mes(tmp_path, work)


def test_a_server_that_nobody_trusts_hears_nothing_and_can_be_trusted(tmp_path: Path) -> None:
    async def work(mes: Mes, settings: PushSettings) -> None:
        trust = TrustList(settings.certificates)
        ((path, _),) = trust.trusted()
        trust.distrust(path.stem)
        with pytest.raises(PushError, match=f"nobody has trusted it yet; `station opcua trust add {path.stem[:12]}"):
            await pushed(settings, FIELDS)
        assert await mes.value("Sequence") == 0
        trust.trust(path.stem[:12])
        await pushed(settings, FIELDS)
        assert await mes.value("Sequence") == 300

    with_mes(tmp_path, work)


def test_a_wrong_password_and_a_server_that_goes_and_comes(tmp_path: Path) -> None:
    async def work(mes: Mes, settings: PushSettings) -> None:
        with pytest.raises(PushError, match="Bad"):
            await pushed(settings, FIELDS, password="wrong")
        push = Push(settings, lambda: SECRET)
        await push.send(FIELDS)
        await mes.server.bserver.stop()
        with pytest.raises(PushError):
            await push.send(FIELDS)
        await push.close()

    with_mes(tmp_path, work)
