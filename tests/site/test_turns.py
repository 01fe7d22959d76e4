"""A herd of boards stands in line; whoever does something passes it."""

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


def asked(site, path):
    async def send(said):
        pass

    return asyncio.ensure_future(site({"type": "http", "path": path}, None, send))


def test_boards_stand_in_line_in_the_order_they_came_and_all_else_passes_them():
    async def walk():
        within = Site()
        site = in_turn(within, at_once=2)
        tasks = [asked(site, f"/{at}/feed") for at in range(5)]
        await settle()
        assert within.inside == ["/0/feed", "/1/feed"]
        tasks.append(asked(site, "/api/places"))
        await settle()
        assert within.inside == ["/0/feed", "/1/feed", "/api/places"]

        within.begin.set()  # Whoever answers has had its turn, however long the answer takes.
        await settle()
        assert within.inside == ["/0/feed", "/1/feed", "/api/places", "/2/feed", "/3/feed", "/4/feed"]
        within.end.set()
        await asyncio.gather(*tasks)

    asyncio.run(walk())


@pytest.mark.parametrize("ends", ["refused", "gone"])
def test_a_board_that_breaks_off_gives_its_turn_back_once(ends):
    async def walk():
        within = Site()
        site = in_turn(within, at_once=1)
        first, second, third = (asked(site, path) for path in ("/0/feed", "/1/feed", "/2/feed"))
        await settle()
        (first if ends == "refused" else second).cancel()  # One that runs; one that stands in line.
        await settle()
        assert within.inside == (["/0/feed", "/1/feed"] if ends == "refused" else ["/0/feed"])
        within.begin.set()
        within.end.set()
        await asyncio.gather(first, second, third, return_exceptions=True)
        assert within.inside[-1] == "/2/feed"
        assert len(within.inside) == (3 if ends == "refused" else 2)

    asyncio.run(walk())
