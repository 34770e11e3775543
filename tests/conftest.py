"""One locale, one profile for properties, and the order of the tests.

Properties: the same examples on every machine, and no deadline, for speed is measured in bench/.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

# What the program says is English here, whatever the locale of who runs the tests.
os.environ["LC_ALL"] = "C.UTF-8"

settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    database=None,
)
settings.load_profile("same")
# Hypothesis also draws constants that it finds in the modules that are loaded; which these are differs by process.
vars(providers)["is_local_module_file"] = lambda _: False


@pytest.fixture(scope="session", autouse=True)
def shared_folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """Let the processes of a session share what they read: the folder of each lies in that of the session."""
    from reports import Session

    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(request.config, "workerinput") else own) / "shared"
    folder.mkdir(exist_ok=True)
    Session.folder = folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put slow tests first: no process is then left alone with a long file at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
