import asyncio
import threading

import pytest

from assistant.engine.turn_loop import TurnLoop


async def test_a_turn_that_blocks_its_thread_leaves_this_one_free() -> None:
    entered, release = threading.Event(), threading.Event()

    async def block() -> str:
        entered.set()
        assert release.wait(30)
        return "done"

    turn = asyncio.create_task(TurnLoop().run(block()))
    while not entered.is_set():
        await asyncio.sleep(0)
    assert not turn.done()
    release.set()
    assert await turn == "done"


async def test_turns_run_in_one_thread_beside_each_other() -> None:
    loop = TurnLoop()
    both = asyncio.Barrier(2)

    async def meet() -> int:
        await both.wait()  # neither would come through alone
        return threading.get_ident()

    first, second = await asyncio.gather(loop.run(meet()), loop.run(meet()))
    assert first == second != threading.get_ident()


async def test_what_a_turn_raises_comes_out_here() -> None:
    async def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        await TurnLoop().run(fail())


async def test_a_turn_that_takes_too_long_is_cancelled_there_too() -> None:
    cancelled = threading.Event()

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(TurnLoop().run(wait()), 0.05)
    assert await asyncio.to_thread(cancelled.wait, 5)
