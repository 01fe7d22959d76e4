"""After `goldenhour warm` nobody waits for a compiler."""

import subprocess
import sys

import numba
import pytest

ASK_ALL = """
from goldenhour.cli.warm import kernel_modules
modules = [module for module in kernel_modules() if module.__name__.startswith("goldenhour.roads.")]
for module in modules:
    module.warm()
dispatchers = {
    f"{module.__name__}.{name}": function
    for module in modules
    for name, function in vars(module).items() if hasattr(function, "signatures")
}
assert len(dispatchers) > 15
before = {name: len(function.signatures) for name, function in dispatchers.items()}

from pathlib import Path
import sys
import numpy as np
from goldenhour.roads import hierarchy, kernels, place_kernels
from goldenhour.roads.times import Roads
from tests.roads.networks import network

net = network([(v % 5, v // 5) for v in range(20)], [(v, v + 1, 5) for v in range(19)])
hierarchy.save(hierarchy.build(net), Path(sys.argv[1]))
roads = Roads(net, hierarchy.load(Path(sys.argv[1])))
roads.time_us(0, np.int32(19), 0), roads.many_to_one_us(np.array([1, 2], np.int32), 3, 0), roads.route(0, 5, 0)
roads.one_to_all_us(3, 0), roads.isochrone(3, 9, 0), roads.recustomised(0, net.time_us[0].copy()).time_us(0, 3, 0)
kernels.next_node(roads.tables(), 0, 0, 5, 7)
place_kernels.next_node_to_place(roads.place_tables([4, 5], way_metric=0), 0, 1, 7)
late = {name for name, function in dispatchers.items() if len(function.signatures) > before[name]}
assert not late, f"compiled when first used: {late}"
"""


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="Nothing is compiled: NUMBA_DISABLE_JIT is set.")
def test_asking_the_roads_anything_compiles_nothing_after_warm(tmp_path):
    done = subprocess.run([sys.executable, "-c", ASK_ALL, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
