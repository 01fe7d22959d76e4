"""Road classes and the speeds taken for them where nothing better is known.

The default speeds are the project's own assumption: mean speeds over a whole trip with its stops, well below the limits
(California Vehicle Code 22349-22352: 65 mph on freeways, 25 mph in residence districts). The gain by lights and sirens
is taken as a quarter; published trips gained between 0.7 and 3 minutes (Hunt et al. 1995, Annals of Emergency Medicine
25:507; Ho and Casey 1998, 32:585). `goldenhour calibrate` replaces both with what a service's own record says.
"""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClass:
    """A kind of road."""

    key: str  # In the base map's `class`.
    label: str
    normal_km_per_h: float  # Mean over a trip, stops included.


ROAD_CLASSES = MappingProxyType(
    {
        0: RoadClass(key="service", label="service road, alley or private road", normal_km_per_h=15.0),
        1: RoadClass(key="freeway", label="freeway", normal_km_per_h=80.0),
        2: RoadClass(key="highway", label="highway or trunk road", normal_km_per_h=50.0),
        3: RoadClass(key="arterial", label="arterial", normal_km_per_h=35.0),
        4: RoadClass(key="collector", label="collector", normal_km_per_h=30.0),
        5: RoadClass(key="residential", label="residential street", normal_km_per_h=25.0),
        6: RoadClass(key="ramp", label="ramp", normal_km_per_h=40.0),
    }
)
LIGHTS_FACTOR = 1.25  # Speed with lights and sirens over speed without.


def speed_km_per_h(road_class: int, mode: str) -> float:
    """Return the default speed of a class of road in a travel mode ("lights" or "normal")."""
    speed = ROAD_CLASSES[road_class].normal_km_per_h
    return speed * LIGHTS_FACTOR if mode == "lights" else speed
