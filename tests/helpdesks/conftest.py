"""Real helpdesks on this machine, each started once, and a new ticket in it for every test."""

from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

from bot.helpdesks.helpdesks import Helpdesks
from knowledge.helpdesks import Helpdesk
from tests.bot.helpdesks.sample import REFUND
from tests.helpdesks import request_tracker as rt
from tests.helpdesks import roundup as ru

Reading = Callable[..., Helpdesks]


@pytest.fixture
def reading() -> Reading:
    """Helpdesks of a desk that names one, `desk`, as people write it into desk.yaml, and has a token for it."""

    def named(token: str, **settings: object) -> Helpdesks:
        helpdesk = Helpdesk.model_validate({"private": True, **settings})
        return Helpdesks(lambda: {"desk": helpdesk}, {"desk": SecretStr(token)}, pause=0)

    return named


@pytest.fixture(scope="package")
def _request_tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rt.RequestTracker]:
    if not rt.SERVER.exists():
        pytest.skip(f"There is no Request Tracker at {rt.SERVER}.")
    with rt.running(tmp_path_factory.mktemp("rt")) as running:
        yield running


@pytest.fixture
def request_tracker(_request_tracker: rt.RequestTracker) -> rt.RequestTracker:
    """Request Tracker with a new ticket: `say` adds to it, as the customer by mail or as the agent."""
    return _request_tracker.opened(REFUND)


@pytest.fixture(scope="package")
def _roundup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ru.Roundup]:
    pytest.importorskip("roundup", reason="Roundup is not installed.")
    with ru.running(tmp_path_factory.mktemp("roundup")) as running:
        yield running


@pytest.fixture
def roundup(_roundup: ru.Roundup) -> ru.Roundup:
    """Roundup with a new issue: `say` adds to it, as the customer by mail or as the agent."""
    return _roundup.opened(REFUND)
