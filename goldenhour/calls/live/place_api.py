"""The endpoints of places: where is it, what is known of it, which calls are near. One gesture each."""

from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from goldenhour.access.rules import Asked, at_desk
from goldenhour.calls.nearby import distance_m
from goldenhour.roads.addresses import Found
from goldenhour.roads.live import region

router = Router(tags=["calls: places"])


class SearchIn(Schema):
    """What was typed so far, and where the phone is, if that is known."""

    q: str = Field(max_length=200)
    lon: float | None = None
    lat: float | None = None


@router.get("/places", auth=at_desk)
def search_places(request: Asked, asked: Query[SearchIn]) -> dict[str, Any]:  # noqa: ARG001
    """Return the places that may be meant, the likeliest first; of equals the one nearest to the phone."""
    gazetteer = region.get_region().gazetteer
    found = gazetteer.search(asked.q)
    entries = [_entry(one, asked) for one in found]
    entries.sort(key=lambda one: (-one["score"], not one["exact"], one["distance_m"] or 0.0))
    ambiguous = gazetteer.ambiguous(found)
    return {"q": asked.q, "ambiguous": ambiguous, "ask": "In which town?" if ambiguous else "", "places": entries}


def _entry(one: Found, asked: SearchIn) -> dict[str, Any]:
    away = None
    if asked.lon is not None and asked.lat is not None:
        away = round(distance_m(asked.lon, asked.lat, one.lon, one.lat), 1)
    return {
        "kind": one.kind,
        "label": one.label,
        "lon": one.lon,
        "lat": one.lat,
        "municipality": one.municipality,
        "street": one.street,
        "number": one.number,
        "exact": one.exact,
        "note": one.note,
        "score": round(one.score, 1),
        "distance_m": away,
    }
