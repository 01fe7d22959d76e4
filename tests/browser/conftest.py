"""What a walk in a browser needs: a demo county that runs, and Debian's Chromium."""

import os
import shutil

import pytest
from playwright.sync_api import expect

from tests.serving import running

# How long a walk waits for what must come, on a machine with other work to do. What is measured is in benchmarks/.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def county():
    """A running demo on a port of its own. Its county and morning are kept in ./var between runs."""
    with running("--demo", "--speed", "5") as there:
        yield there


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("GOLDENHOUR_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("No Chromium on this machine: GOLDENHOUR_CHROMIUM names one.")
    # A page in a container has no sandbox of its own; where there is no graphics card, the map is drawn in software.
    arguments = ["--no-sandbox", "--enable-unsafe-swiftshader"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    # Marks that move once a second, for whoever asks for stillness: where the map is drawn in software, gliding ones
    # take all that the machine has. How smoothly they glide is measured by benchmarks/map_fps.py.
    return {**browser_context_args, "viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
