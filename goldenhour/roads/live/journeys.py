"""Journeys on the deployment's roads: the line to draw, and where a vehicle is along it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from goldenhour.roads.live.region import get_region
from goldenhour.roads.routes import Place, Position, Route

_METRE = 5  # Decimals of a degree.


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A way from where a vehicle is to a place. Times count from setting off."""

    route: Route
    delay_us: int  # A vehicle under way first drives on to the next junction, where the route begins.
    lon: float  # Where it set off.
    lat: float

    @property
    def total_us(self) -> int:
        """Return how long it takes."""
        return self.delay_us + self.route.total_us

    @cached_property
    def points(self) -> list[tuple[float, float, float]]:
        """Return the line to draw: longitude, latitude, seconds from setting off."""
        line = zip(
            self.route.lon.round(_METRE).tolist(),
            self.route.lat.round(_METRE).tolist(),
            ((self.route.point_us + self.delay_us) / 1e6).round(1).tolist(),
            strict=True,
        )
        start = [(round(self.lon, _METRE), round(self.lat, _METRE), 0.0)] if self.delay_us else []
        return [*start, *line]

    def position(self, gone_us: int) -> Position:
        """Return where the vehicle is `gone_us` after it set off."""
        if gone_us >= self.delay_us:
            return self.route.position(gone_us - self.delay_us)
        share = max(0, gone_us) / self.delay_us
        lon = self.lon + share * (float(self.route.lon[0]) - self.lon)
        lat = self.lat + share * (float(self.route.lat[0]) - self.lat)
        node = int(self.route.nodes[0])
        return Position(lon=lon, lat=lat, next_node=node, left_us=self.delay_us - max(0, gone_us))


@lru_cache(maxsize=16_384)
def road_place(lon: float, lat: float) -> Place:
    """Return where a place joins the roads."""
    return get_region().roads.place(lon, lat)


@lru_cache(maxsize=4096)
def setting_off(start: Place, end: Place, metric: int) -> Journey | None:
    """Return the way of a vehicle that stands at a place; None where there is none."""
    route = get_region().roads.route(start, end, metric)
    return None if route is None else Journey(route=route, delay_us=0, lon=start.lon, lat=start.lat)


@lru_cache(maxsize=1024)
def onward(here: tuple[float, float], node: int, left_us: int, end: Place, metric: int) -> Journey | None:
    """Return the way of a vehicle under way, from the junction `left_us` ahead of it; None where there is none."""
    lon, lat = here
    route = get_region().roads.route(node, end, metric)
    return None if route is None else Journey(route=route, delay_us=left_us, lon=lon, lat=lat)
