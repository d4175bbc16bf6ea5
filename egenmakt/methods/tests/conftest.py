"""Data made by others, which lies outside the house, and made-up data, which takes its time."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None, database=None)
settings.load_profile("house")
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data; without it a test says so, and under CI it fails."""
    path = (ROOT / os.environ.get("EGENMAKT_DATA", "../shared/data")).resolve()
    if not path.is_dir():
        report = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        report(f"the shared data of EGENMAKT_DATA is not there: {path}")
    return path
