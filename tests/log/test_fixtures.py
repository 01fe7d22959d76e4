"""pytest-django's own fixtures work with the log too: rolled back, or emptied with its guards lifted."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from goldenhour.log.live import feed, guards
from goldenhour.log.live.verify import verify
from tests.log.desk.models import Call
from tests.log.desk.services import call_take

AT = datetime(2026, 3, 1, 14, 2, 31, tzinfo=UTC)


@pytest.mark.parametrize("time", [1, 2])
def test_each_test_begins_with_an_empty_log_that_is_rolled_back(db, time):
    assert call_take("26-0001", at=AT).position == 1
    assert Call.objects.count() == 1


@pytest.mark.parametrize("time", [1, 2])
def test_each_test_begins_with_an_empty_log_that_was_really_committed(transactional_db, time):
    assert feed.head().position == 0
    assert call_take("26-0001", at=AT).position == 1
    assert guards.missing(connection) == []
    assert verify().faults == []
