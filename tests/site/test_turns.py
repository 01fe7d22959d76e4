"""A herd that reads stands in line; a command passes it."""

import asyncio

import pytest

from goldenhour.site.turns import in_turn


class Site:
    """An application that begins to answer when it is told to."""

    def __init__(self):
        self.inside = []
        self.begin = asyncio.Event()
        self.end = asyncio.Event()

    async def __call__(self, scope, _receive, send):
        self.inside.append(scope["path"])
        await self.begin.wait()
        await send({"type": "http.response.start"})
        await self.end.wait()


async def settle():
    for _ in range(20):
        await asyncio.sleep(0)


def asked(site, path, method="GET"):
    async def send(said):
        pass

    return asyncio.ensure_future(site({"type": "http", "method": method, "path": path}, None, send))


def test_reads_stand_in_line_in_the_order_they_came_and_a_command_passes_them():
    async def walk():
        within = Site()
        site = in_turn(within, at_once=2)
        tasks = [asked(site, f"/{at}") for at in range(5)]
        await settle()
        assert within.inside == ["/0", "/1"]
        tasks.append(asked(site, "/send", "POST"))
        await settle()
        assert within.inside == ["/0", "/1", "/send"]

        within.begin.set()  # Whoever answers has had its turn, however long the answer takes.
        await settle()
        assert within.inside == ["/0", "/1", "/send", "/2", "/3", "/4"]
        within.end.set()
        await asyncio.gather(*tasks)

    asyncio.run(walk())


@pytest.mark.parametrize("ends", ["refused", "gone"])
def test_a_read_that_breaks_off_gives_its_turn_back_once(ends):
    async def walk():
        within = Site()
        site = in_turn(within, at_once=1)
        first, second, third = (asked(site, path) for path in ("/0", "/1", "/2"))
        await settle()
        (first if ends == "refused" else second).cancel()  # One that runs; one that stands in line.
        await settle()
        assert within.inside == (["/0", "/1"] if ends == "refused" else ["/0"])
        within.begin.set()
        within.end.set()
        await asyncio.gather(first, second, third, return_exceptions=True)
        assert within.inside[-1] == "/2"
        assert len(within.inside) == (3 if ends == "refused" else 2)

    asyncio.run(walk())
