"""The choice of a destination in plain Python. The specification of hospitals.kernels."""

NOWHERE = -1
CANNOT_US = 1 << 60


def nearest_facility(able, diverting, travel_us, heed_diversion):
    could = [
        (heed_diversion and diverting[f], travel_us[f], f)
        for f in range(len(travel_us))
        if able[f] and travel_us[f] < CANNOT_US
    ]
    return min(could)[2] if could else NOWHERE
