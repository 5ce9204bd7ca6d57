import asyncio

from station.moments import happened


def test_an_event_is_waited_for_and_no_longer_than_said() -> None:
    async def both() -> tuple[bool, bool]:
        event = asyncio.Event()
        before = await happened(event, 0.01)
        asyncio.get_running_loop().call_soon(event.set)
        return before, await happened(event, 10)

    assert asyncio.run(both()) == (False, True)


def test_a_cancellation_in_the_same_turn_as_the_event_is_not_lost() -> None:
    async def cancelled_while_it_happens() -> None:
        event = asyncio.Event()

        async def keep_waiting() -> None:
            while True:
                await happened(event, 10)
                event.clear()

        task = asyncio.create_task(keep_waiting())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        event.set()
        await asyncio.sleep(0)  # what waits for the event has heard of it, its task has not run yet
        task.cancel()
        done, _ = await asyncio.wait({task}, timeout=2)
        task.cancel()
        assert done == {task}
        assert task.cancelled()

    asyncio.run(cancelled_while_it_happens())
