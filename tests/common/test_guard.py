from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from commun.common import guard, signing
from commun.common.errors import ExpiredLink, ForgedLink

pytestmark = pytest.mark.django_db


class Greeting(guard.GuardedForm):
    pass


@guard.anonymous_form(scope="test", limit=2, period=timedelta(hours=1))
def view(request):
    return HttpResponse("ok")


def _post(**headers):
    return view(RequestFactory().post("/", **headers))


def test_a_form_from_our_own_page_passes():
    assert _post(headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example.org"}, {"Origin": "null"}]
)
def test_a_form_posted_by_another_site_is_refused(headers):
    assert _post(headers=headers).status_code == 403


def test_the_third_post_in_an_hour_is_told_to_wait(still_clock):
    assert [_post().status_code for _ in range(3)] == [200, 200, 429]


def _submit(**data):
    form = Greeting({"horodatage": Greeting().fields["horodatage"].initial, **data})
    form.is_valid()
    return [error.code for error in form.non_field_errors().as_data()]


def test_an_honest_form_is_valid():
    assert _submit() == []


def test_a_robot_that_fills_everything_is_refused():
    assert _submit(site_internet="https://example.org") == ["robot"]


@pytest.mark.parametrize("stamp", ["", "forgé", "a:b:c"])
def test_a_missing_or_forged_stamp_is_refused(stamp):
    assert _submit(horodatage=stamp) == ["unverified"]


def test_a_stamp_made_for_another_form_is_refused():
    assert _submit(horodatage=signing.sign(purpose="form", value="Other")) == ["unverified"]


def test_a_token_made_for_one_purpose_is_refused_for_another():
    token = signing.sign(purpose="a", value=1)
    assert signing.unsign(purpose="a", token=token) == 1
    with pytest.raises(ForgedLink):
        signing.unsign(purpose="b", token=token)
    with pytest.raises(ExpiredLink):
        signing.unsign(purpose="a", token=token, max_age=timedelta(seconds=-1))
