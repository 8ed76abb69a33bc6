"""Blocking calls in several coroutines of one cell, beside tasks of the user's own."""

from __future__ import annotations

SETUP = """
    import asyncio
    from tests.client import stub
    client = stub.connect(stub.State())
    video = client.video("m-1") if {early} else None
    counts = [[] for _ in range(4)]

    async def counter(counted):
        while len(counted) < 20:
            counted.append(1)
            await asyncio.sleep(0.001 * (len(counted) % 2))

    async def caller(time):
        return client.video("m-1").generate_thumbnail(time=time).time
"""


def test_the_first_call_of_a_kernel_may_come_from_one_of_several_coroutines(fresh_kernel):
    fresh_kernel.do(SETUP.replace("{early}", "False"))
    for _ in range(3):
        cell = fresh_kernel.run("""
            tasks = [asyncio.create_task(counter(each)) for each in counts]
            print(await asyncio.gather(caller(1), caller(2), caller(3)))
            await asyncio.gather(*tasks)
            print([len(each) for each in counts])
        """)
        assert cell.error is None
        assert cell.text.splitlines() == ["[1.0, 2.0, 3.0]", "[20, 20, 20, 20]"]
        fresh_kernel.do("[each.clear() for each in counts]")
    assert fresh_kernel.value("client.video('m-1').id") == "m-1"


def test_under_trio_an_await_is_refused_and_the_kernel_lives(fresh_kernel):
    fresh_kernel.do(SETUP.replace("{early}", "True"))
    fresh_kernel.do("%autoawait trio")
    cell = fresh_kernel.run("await video.generate_thumbnail.aio(time=1)")
    assert cell.error == (
        "InvalidInput: generate_thumbnail.aio() cannot be awaited under trio. Call it without "
        "await, or choose asyncio: in a notebook, %autoawait asyncio."
    )
    fresh_kernel.do("%autoawait asyncio")
    assert fresh_kernel.do("print((await video.generate_thumbnail.aio(time=1)).time)") == "1.0\n"
