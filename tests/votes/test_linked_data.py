"""What search engines read of a vote that is over."""

from __future__ import annotations

import pytest

from commun.cms.api import Licence
from tests.votes.factories import make_closed, make_open
from tests.website.test_heads import faults, head_of

pytestmark = pytest.mark.django_db


def test_the_box_of_a_vote_that_is_over_is_a_set_of_data(client, settings, clock):
    vote = make_closed(clock, make_open(clock))
    [data] = head_of(client, f"/votes/{vote.slug}/").data
    assert [*faults(data, where=vote.slug)] == []
    assert (data["@type"], data["license"]) == ("Dataset", Licence.OPEN.url)
    address = data["distribution"]["contentUrl"].removeprefix(settings.SITE_URL)
    assert client.get(address).status_code == 200
