"""What is usual of a service where its own record is not at hand: laws of its times, and how calls fall in the week.

Every figure is from a published record, rounded, or says that it is assumed. `goldenhour calibrate` replaces them.
"""

from typing import Any

import numpy as np

LANCASTER = (
    "Lancaster County, Nebraska, unit times 2010-2020 (county records published in mccright/emerg-call-data-review): "
    "medical calls, medians and spreads of city paramedic ambulances and of volunteer squads"
)
SAN_FRANCISCO = "DataSF Fire Department Calls for Service, 31 Dec 2016 to 7 Jan 2017, medical calls"
SERVICE_SOURCES = (
    f"Service times and calls by hour: {LANCASTER}",
    f"Engines, turnout and time on scene: {SAN_FRANCISCO}",
    "Call processing: median 52 s, 96 % within 120 s (call prioritisation study, n = 205,324, AEDR journal)",
)

_HOURS = (0.55, 0.56, 0.48, 0.43, 0.47, 0.51, 0.85, 1.05, 1.21, 1.25, 1.19, 1.22,
          1.25, 1.18, 1.25, 1.33, 1.29, 1.47, 1.38, 1.29, 1.14, 1.03, 0.90, 0.72)  # fmt: skip
_DAYS = (1.00, 0.98, 0.93, 0.98, 1.01, 1.08, 1.02)  # Monday first. Hours and days: Lancaster, 18,000 calls.
WEEK = np.outer(_DAYS, _HOURS).reshape(-1)
WEEK /= WEEK.mean()  # (168,) share of each hour of the week from Monday 00:00, mean 1


def usual_service(calls_per_day: float | None = None, *, own_turnout: bool = False) -> dict[str, Any]:
    """Return the content of service.toml: what is sent, and the laws of how long things take.

    Args:
        calls_per_day: the mean, where it is known.
        own_turnout: each unit's own `turnout_s` holds, for instance because volunteers differ from career crews.
    """

    def lognormal(quantity: str, median_s: float, sigma: float, **row: Any) -> dict[str, Any]:
        return {"quantity": quantity, "law": "lognormal", "median_s": median_s, "sigma": sigma, **row}

    turnout = [
        lognormal("turnout", 67.0, 0.6, unit_type="ambulance"),
        lognormal("turnout", 75.0, 0.45, unit_type="engine"),
        lognormal("turnout", 230.0, 0.6, unit_type="responder"),
    ]
    found: dict[str, Any] = {} if calls_per_day is None else {"calls_per_day": calls_per_day}
    return found | {
        # Assumed: three in ten calls are time-critical, half are urgent, the rest can wait.
        "priority": {"share": {"1": 0.3, "2": 0.3, "3": 0.3, "4": 0.1}},
        "slot": [
            # Who is first with a kit and hands; whoever is near, a volunteer in their own car too.
            {"name": "first_response", "types": ["engine", "quick_response", "truck", "rescue", "responder"],
             "required": False, "target_s": 360},
        ],
        "mix": [
            {"priority": 1, "share": 1.0, "slots": ["ambulance", "first_response"]},
            {"share": 1.0, "slots": ["ambulance"]},
        ],
        "draw": [
            lognormal("call_processing", 52.0, 0.47),
            *([] if own_turnout else turnout),
            lognormal("scene", 680.0, 0.61, unit_type="ambulance"),
            lognormal("scene_no_transport", 1200.0, 0.7, unit_type="ambulance"),
            lognormal("scene", 645.0, 0.8),
            {"quantity": "transport", "law": "bernoulli", "p": 0.79, "unit_type": "ambulance"},
            lognormal("handover", 1500.0, 0.6, unit_type="ambulance"),
        ],
    }  # fmt: skip
