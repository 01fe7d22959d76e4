"""Small sources of regions, written by hand: a grid of streets with one station and one hospital."""

import json
from pathlib import Path

SIDE = 4  # Corners along one side of the town.
STEP = 0.002  # Degrees between corners.
WEST, SOUTH = -122.42, 37.75


def corner(column: int, row: int) -> tuple[float, float]:
    return WEST + column * STEP, SOUTH + row * STEP


def sf_files() -> dict[str, str]:
    """Return a whole San Francisco source of 16 corners: file name to content."""
    nodes, segments = ["node,lon,lat,degree,spread_m"], ["cnn,u,v,length_m,classcode,layer,street,wkt"]
    for row in range(SIDE):
        for column in range(SIDE):
            lon, lat = corner(column, row)
            nodes.append(f"{row * SIDE + column + 100},{lon:.6f},{lat:.6f},4,0.0")
    streets = [
        (row * SIDE + column, row * SIDE + column + 1, f"{row} ST") for row in range(SIDE) for column in range(SIDE - 1)
    ] + [
        (row * SIDE + column, (row + 1) * SIDE + column, f"{column} AVE")
        for row in range(SIDE - 1)
        for column in range(SIDE)
    ]
    for number, (u, v, street) in enumerate(streets):
        ends = ", ".join("{:.6f} {:.6f}".format(*corner(at % SIDE, at // SIDE)) for at in (u, v))
        segments.append(f'{number + 1},{u + 100},{v + 100},180.0,5,STREETS,{street},"LINESTRING({ends})"')
    lon, lat = corner(0, 0)
    far_lon, far_lat = corner(SIDE - 1, SIDE - 1)
    return {
        "road_nodes.csv": "\n".join(nodes) + "\n",
        "road_segments.csv": "\n".join(segments) + "\n",
        "stations.csv": f"station,name,lat,lon,source\n1,Station 1,{lat},{lon},survey\n",
        "hospitals.csv": f"name,type,beds,trauma,lat,lon,ed_assumed\nGENERAL,ACUTE,100,LEVEL I,{far_lat},{far_lon},1\n",
    }


def jemss_files() -> dict[str, str]:
    """Return a whole JEMSS city of four nodes on a ring, without a raster: file name to content."""
    config = {
        "city": "ringtown",
        "source": "tests",
        "map": {"xScale": 89.0, "yScale": 111.0},
        "off_road_speed_km_per_h": {"mode_1": 40.0, "mode_2": 30.0},
        "travel_mode_of_priority": {"high": "mode_1", "med": "mode_1", "low": "mode_2"},
        "target_response_s": {"high": 480, "med": 480, "low": 1200},
        "call_distributions_jemss_days": {
            "interarrivalTime": "Exponential(1/(2*24))",
            "priority": "Categorical([0.5, 0, 0.5])",
            "dispatchDelay": "Normal(50/60/60/24, 0)",
            "onSceneDuration": "Exponential(12/60/24)",
            "transport": "Bernoulli(0.8)",
            "handoverDuration": "Weibull(2.5, 34.3/60/24)",
        },
        "redispatch": [["low", "high"]],
        "counts": {"nodes": 4, "arcs": 8, "stations": 1, "hospitals": 1},
    }
    arcs = ["index,from,to,distance_km,mode_1_s,mode_2_s"]
    for at in range(4):
        beyond = (at + 1) % 4 + 1
        arcs.append(f"{2 * at + 1},{at + 1},{beyond},1.0,60.000001,90.5")
        arcs.append(f"{2 * at + 2},{beyond},{at + 1},1.0,60.000001,90.5")
    return {
        "config.json": json.dumps(config),
        "nodes.csv": "index,x,y,off_road_access\n1,174.0,-36.0,1\n2,174.01,-36.0,1\n"
        "3,174.01,-36.01,1\n4,174.0,-36.01,0\n",
        "arcs.csv": "\n".join(arcs) + "\n",
        "stations.csv": "index,x,y,capacity,name\n1,174.0,-36.0,2,Ring\n",
        "hospitals.csv": "index,x,y,name\n1,174.01,-36.01,Ring General\n",
        "ambulances.csv": "index,station,class\n1,1,ALS\n2,1,BLS\n",
    }


def put(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder
