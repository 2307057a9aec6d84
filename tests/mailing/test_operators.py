"""Mail operators: their domains, the pace we keep with each, what their answers decide, what people decide."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from benchmarks.sink import Sink, accepted
from commun.accounts.api import EXPLOITATION, REDACTION, VALIDATION, create_member
from commun.common import clock
from commun.mailing.delivery.pace import read_pace
from commun.mailing.exceptions import DomainTaken, InvalidDomain
from commun.mailing.models import Delivery, Operator, OperatorDay, OperatorDomain, Policy, Send
from commun.mailing.services import operators
from tests.mailing.engine import relay, running_engine, wait_until
from tests.mailing.factories import make_send
from tests.subscribers.pages import everything, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client, settings):
    settings.STAFF_MFA_REQUIRED = False

    def _enter(group: str):
        client.force_login(create_member(email=f"{group.replace('é', 'e')}@example.org", groups=(group,)))
        return client

    return _enter


def url(name, *args):
    return reverse(f"mailing_sends:{name}", args=args)


def orange() -> Operator:
    return Operator.objects.get(slug="orange")


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def form(**changes) -> dict[str, str]:
    return {"name": "Orange", "rate_per_minute": "", "daily_cap": "", "domains": "orange.fr\nwanadoo.fr", **changes}


def save(operator, *, domains, **limits):
    values = {"rate_per_minute": None, "daily_cap": None, **limits}
    name = operator.name if operator else "Autre"
    return operators.save_operator(operator=operator, name=name, domains=domains, limits=values, by=None)


# --- the domain map ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("domain", "slug"),
    [("wanadoo.fr", "orange"), ("gmail.com", "gmail"), ("hotmail.fr", "microsoft"), ("yahoo.fr", "yahoo"),
     ("laposte.net", "laposte"), ("neuf.fr", "sfr"), ("free.fr", "free")],
)  # fmt: skip
def test_the_operators_most_french_readers_use_are_there(domain, slug):
    assert OperatorDomain.objects.get(domain=domain).operator.slug == slug


def test_the_map_can_be_edited_and_new_audiences_follow_it():
    save(orange(), domains=["Orange.fr", "@mairie.example.org"])
    send = make_send(addresses=["a@orange.fr", "b@wanadoo.fr", "c@mairie.example.org"])
    of = dict(Delivery.objects.filter(send=send).values_list("address", "frontier__operator__slug"))
    assert of == {"a@orange.fr": "orange", "b@wanadoo.fr": None, "c@mairie.example.org": "orange"}


@pytest.mark.parametrize("domain", ["pas un domaine", "a@b.fr", "-", "x" * 300])
def test_what_is_no_domain_is_refused_and_nothing_changes(domain):
    before = everything()
    with pytest.raises(InvalidDomain):
        save(orange(), domains=["orange.fr", domain])
    assert everything() == before


def test_a_domain_has_one_operator():
    before = everything()
    with pytest.raises(DomainTaken) as error:
        save(None, domains=["gmail.com"])
    assert error.value.operator == "Gmail"
    assert everything() == before


# --- the screens ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", [REDACTION, VALIDATION])
def test_only_the_operators_of_the_site_see_and_change_them(enter, group):
    visitor, pk = enter(group), orange().pk
    before = everything()
    for path in (url("operators"), url("operator", pk), url("add_operator"), url("pace")):
        assert visitor.get(path).status_code == 302
        assert visitor.post(path, form()).status_code == 302
    for path in (url("pause_operator", pk), url("reopen_operator", pk)):
        assert visitor.post(path, {"hours": "1"}).status_code == 302
    assert everything() == before


def test_looking_changes_nothing_and_costs_little(enter, django_assert_max_num_queries):
    visitor = enter(EXPLOITATION)
    before = everything()
    with django_assert_max_num_queries(22):
        page = visitor.get(url("operators")).content.decode()
    for name in ("Orange", "Gmail", "Microsoft", "Yahoo", "La Poste", "SFR", "Free"):
        assert name in page
    for path in (url("operator", orange().pk), url("add_operator"), url("pace")):
        assert visitor.get(path).status_code == 200
    for path in (url("pause_operator", orange().pk), url("reopen_operator", orange().pk)):
        assert visitor.get(path).status_code == 405
    assert everything() == before


def test_limits_are_saved_and_a_mistake_keeps_what_was_typed(enter):
    visitor, path = enter(EXPLOITATION), url("operator", orange().pk)
    visitor.post(path, form(rate_per_minute="120", daily_cap="5000"))
    assert (orange().rate_per_minute, orange().daily_cap) == (120, 5000)
    assert set(orange().domains.values_list("domain", flat=True)) == {"orange.fr", "wanadoo.fr"}
    refused = visitor.post(path, form(rate_per_minute="0", domains="orange.fr\ngmail.com"))
    assert read(refused).all("input")
    assert 'value="0"' in refused.content.decode()
    taken = visitor.post(path, form(domains="orange.fr\ngmail.com\npas un"))
    assert "gmail.com" in taken.content.decode()
    assert "« pas » n’est pas un nom de domaine" in taken.content.decode()
    assert orange().rate_per_minute == 120


def test_an_operator_is_added_with_a_name_of_its_own(enter):
    visitor = enter(EXPLOITATION)
    for domain in ("mairies.example.org", "ecoles.example.org"):
        visitor.post(url("add_operator"), form(name="Syndicat numérique", domains=domain))
    assert list(Operator.objects.filter(name="Syndicat numérique").values_list("slug", flat=True).order_by("pk")) == [
        "syndicat-numerique",
        "syndicat-numerique-2",
    ]
    assert "déjà à Syndicat" in visitor.post(
        url("add_operator"), form(name="Trois", domains="ecoles.example.org")
    ).content.decode()  # fmt: skip
    assert not Operator.objects.filter(name="Trois").exists()


def test_a_pause_and_an_alarm_are_lifted_by_a_person(enter):
    visitor, pk = enter(EXPLOITATION), orange().pk
    visitor.post(url("pause_operator", pk), {"hours": "6"})
    assert orange().paused_until > clock.now() + timedelta(hours=5)
    assert read_pace(now=clock.now()).barred == [pk]
    assert "Choisissez" in said(visitor.post(url("pause_operator", pk), {"hours": "9999"}, follow=True))
    Operator.objects.filter(pk=pk).update(alarm="550 5.7.1 blocked", alarm_at=clock.now(), pause_reason="policy")
    page = visitor.get(url("operator", pk)).content.decode()
    assert "550 5.7.1 blocked" in page
    assert "C’est corrigé&nbsp;: rouvrir" in page
    visitor.post(url("reopen_operator", pk))
    assert (orange().paused_until, orange().alarm, orange().alarm_at) == (None, "", None)
    assert read_pace(now=clock.now()).barred == []


def test_the_overall_pace_and_the_warm_up_are_set_and_their_caps_shown(enter):
    visitor = enter(EXPLOITATION)
    today = timezone.localdate()
    values = {"rate_per_minute": "", "operator_rate_per_minute": "60", "warmup_from": today.isoformat()}
    visitor.post(url("pace"), {**values, "warmup_first_cap": "400", "warmup_growth": "1.5"})
    policy = Policy.objects.get()
    assert (policy.rate_per_minute, policy.operator_rate_per_minute, policy.warmup_first_cap) == (None, 60, 400)
    page = visitor.get(url("pace")).content.decode()
    assert "400" in page
    assert "600" in page
    OperatorDay.objects.create(scope="*", day=today, count=400)
    assert "Plafond atteint" in visitor.get(url("operators")).content.decode()
    refused = visitor.post(url("pace"), {**values, "warmup_first_cap": "0", "warmup_growth": "9"})
    assert refused.status_code == 200
    assert Policy.objects.get().warmup_first_cap == 400


# --- what workers do with it --------------------------------------------------------------------------------


def test_the_usual_rate_is_that_of_operators_without_their_own():
    Policy.objects.create(pk=1, operator_rate_per_minute=60)
    Operator.objects.filter(slug="gmail").update(rate_per_minute=500)
    left = read_pace(now=clock.now().replace(second=59)).left
    slugs = {operator.pk: operator.slug for operator in Operator.objects.all()}
    assert {slugs[pk]: rate for pk, rate in left.items()} == {
        slug: 500 if slug == "gmail" else 60 for slug in slugs.values()
    }


def test_a_minute_s_worth_leaves_over_the_minute():
    Policy.objects.create(pk=1, rate_per_minute=60)
    minute = clock.now().replace(second=0, microsecond=0)
    assert [read_pace(now=minute + timedelta(seconds=second)).total for second in (0, 1, 29, 59)] == [1, 2, 30, 60]
    OperatorDay.objects.filter(scope="*").update(minute=int(minute.timestamp()) // 60, minute_count=30)
    assert [read_pace(now=minute + timedelta(seconds=second)).total for second in (0, 29, 39)] == [0, 0, 10]


@pytest.mark.django_db(transaction=True)
def test_caps_and_warm_up_hold_back_what_they_must_and_nothing_else(tmp_path):
    Operator.objects.filter(slug="orange").update(daily_cap=3)
    send = make_send(addresses=[*(f"a{n}@orange.fr" for n in range(10)), *(f"b{n}@example.org" for n in range(10))])
    with Sink(tmp_path / "accepted.txt") as sink, running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: len(accepted(sink.record)) == 13)
        time.sleep(0.7)
        assert sum(address.endswith("orange.fr") for address in accepted(sink.record)) == 3
        # The narrower first: an engine that looks between the two finds no moment without a bound.
        Policy.objects.create(pk=1, warmup_from=timezone.localdate(), warmup_first_cap=4)
        Operator.objects.filter(slug="orange").update(daily_cap=None)
        wait_until(lambda: len(accepted(sink.record)) == 17)
        time.sleep(0.7)
        assert len(accepted(sink.record)) == 17
        Policy.objects.all().delete()
        wait_until(lambda: Send.objects.get(pk=send.pk).state == "finished")
    assert set(accepted(sink.record).values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_an_operator_that_says_too_fast_is_left_alone_and_the_others_go_on(tmp_path):
    make_send(addresses=["a@orange.fr", "b@orange.fr", "c@example.org"])
    with Sink(tmp_path / "accepted.txt") as sink:
        for name in "ab":
            sink.behaviour.refuse_recipient[f"{name}@orange.fr"] = b"421 4.7.0 OFR004_104 Trop de connexions"
        with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=1):
            wait_until(lambda: orange().pause_reason == "slow")
            wait_until(lambda: accepted(sink.record)["c@example.org"] == 1)
    assert orange().paused_until > clock.now() + timedelta(minutes=4)
    assert not orange().alarm


@pytest.mark.django_db(transaction=True)
def test_a_relay_that_merely_closes_pauses_no_operator(tmp_path):
    make_send(addresses=["a@orange.fr"])
    with Sink(tmp_path / "accepted.txt") as sink:
        sink.behaviour.refuse_recipient["a@orange.fr"] = b"421 4.3.0 closing, come back"
        with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=1):
            wait_until(lambda: Delivery.objects.get().state == "deferred")
            time.sleep(0.3)
    assert orange().paused_until is None
