import asyncio

from plc.tasks import end_all


def test_a_task_that_swallows_a_cancellation_is_ended_all_the_same() -> None:
    async def scenario() -> int:
        swallowed = 0

        async def stubborn() -> None:
            nonlocal swallowed
            while swallowed < 3:
                try:
                    await asyncio.sleep(60)
                except asyncio.CancelledError:
                    swallowed += 1

        async def broken() -> None:
            raise RuntimeError("broken")

        tasks = [asyncio.create_task(stubborn()), asyncio.create_task(broken())]
        await asyncio.sleep(0)
        await end_all(tasks)
        assert all(task.done() for task in tasks)
        return swallowed

    assert asyncio.run(scenario()) == 3


def test_a_task_has_the_time_it_needs_to_end_in_order() -> None:
    async def scenario() -> list[str]:
        ended: list[str] = []

        async def orderly() -> None:
            try:
                await asyncio.sleep(60)
            finally:
                await asyncio.sleep(0.1)
                ended.append("in order")

        task = asyncio.create_task(orderly())
        await asyncio.sleep(0)
        await end_all([task], again_s=30)
        return ended

    assert asyncio.run(scenario()) == ["in order"]
