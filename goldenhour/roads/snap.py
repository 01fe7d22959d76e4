"""Snapping: the road node at which a place joins the network, and how far off it lies."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from goldenhour.roads.network import Network

_RIVALS = 4  # Neighbours compared for ties; more than four nodes on one exact distance do not occur on a road map.


def access_tree(network: Network) -> cKDTree:
    """Return the nodes with off-road access as a search tree, in km; keep it where places come one by one."""
    allowed = np.flatnonzero(network.off_road)
    scale = np.array([network.km_per_lon, network.km_per_lat])
    return cKDTree(np.column_stack([network.node_lon[allowed], network.node_lat[allowed]]) * scale)


def snap(
    network: Network, lon: NDArray[np.float64], lat: NDArray[np.float64], tree: cKDTree | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the nearest node with off-road access of each place, (places,), and the distance in km, (places,).

    Distance is hypot of the scaled differences (`Network.km_per_lon`, `km_per_lat`); ties go to the lowest node.
    """
    allowed = np.flatnonzero(network.off_road)
    scale = np.array([network.km_per_lon, network.km_per_lat])
    rivals = min(_RIVALS, len(allowed))
    _, near = (tree or access_tree(network)).query(np.column_stack([lon, lat]) * scale, k=rivals)
    found = allowed[np.asarray(near).reshape(len(lon), rivals)]
    km = np.hypot(
        (network.node_lon[found] - lon[:, None]) * network.km_per_lon,
        (network.node_lat[found] - lat[:, None]) * network.km_per_lat,
    )
    least = km.min(axis=1, initial=np.inf)
    best = np.where(km == least[:, None], found, network.nodes).min(axis=1, initial=network.nodes)
    return best.astype(np.int32), least
