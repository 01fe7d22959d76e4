"""`goldenhour serve` with something wrong: said in words before a server answers."""

import os
import socket
import subprocess
import sys

import pytest

from goldenhour.roads.build import sf
from goldenhour.roads.region import write
from tests.roads.places import put, sf_files


@pytest.fixture
def serve(tmp_path):
    def run(*words, data=tmp_path / "data"):
        env = {**os.environ, "GOLDENHOUR_DATA": str(data), "DATABASE_URL": ""}
        command = [sys.executable, "-m", "goldenhour.cli", "serve", *map(str, words)]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)

    return run


@pytest.fixture
def region(tmp_path):
    return write(sf.build(put(tmp_path / "town", sf_files())), tmp_path / "region").folder


@pytest.mark.parametrize("demo", [(), ("--demo",)])
def test_a_region_that_is_missing_damaged_or_wrong_is_refused(serve, region, tmp_path, demo):
    missing = serve(*demo, "--region", tmp_path / "nowhere")
    units = (region / "units.csv").read_text()
    (region / "units.csv").write_text(units.replace("engine", "spaceship", 1))
    wrong = serve(*demo, "--region", region)
    (region / "units.csv").write_text(units)
    (region / "roads" / "time_us.npy").unlink()
    damaged = serve(*demo, "--region", region)

    assert (missing.returncode, wrong.returncode, damaged.returncode) == (1, 2, 2)
    assert "There is no region at" in missing.stderr
    assert "units.csv, line 2: Unknown unit type" in wrong.stderr
    assert "time_us.npy is missing" in damaged.stderr
    assert "Traceback" not in missing.stderr + wrong.stderr + damaged.stderr
    assert not (tmp_path / "data").exists()


def test_a_port_that_is_taken_is_refused(serve):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        answer = serve("--port", port)

    assert answer.returncode == 1
    assert f"Port {port} cannot be used" in answer.stderr


def test_a_data_folder_that_cannot_be_is_refused(serve, tmp_path):
    (tmp_path / "file").write_text("mine")

    answer = serve("--demo", data=tmp_path / "file")

    assert answer.returncode == 2
    assert "The data folder cannot be made or written" in answer.stderr
    assert "Traceback" not in answer.stderr
