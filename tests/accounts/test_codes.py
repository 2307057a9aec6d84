"""Codes by mail: nobody floods a mailbox, nobody keeps its holder out. Rules first, then the pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from commun.accounts import api, codes, services
from commun.accounts.adapters import AccountAdapter
from commun.accounts.models import AddressCode
from commun.common import clock, ratelimit
from commun.common import privacy as privacy_registry
from commun.common.cache import CountingDatabaseCache

NOW = datetime(2026, 11, 28, 8, tzinfo=UTC)
CODE = re.compile(r"^\s*([A-Z]{4}-[A-Z]{4})\s*$", re.MULTILINE)


# --- The rule ---------------------------------------------------------------------------------------

acts = st.lists(
    st.tuples(
        st.sampled_from(["ask", "ask", "ask", "enter"]),
        st.sampled_from(["here", "there", "elsewhere"]),
        st.sampled_from([0, 1, 5, 59, 60, 61, 300, 599, 600, 601, 3599, 3600, 7200, 40_000, 86_400]),
    ),
    max_size=120,
)


@given(acts)
def test_whoever_asks_the_last_mail_opens_and_mails_are_bounded(acts):
    names = (f"code-{number}" for number in count())
    held, now, mailbox, mails, spent = codes.Code(), NOW, "", [], set()
    for act, client, seconds in acts:
        now += timedelta(seconds=seconds)
        held, mailed = codes.ask(held, client=client, now=now, draw=lambda: next(names))
        if mailed:
            mailbox = held.code
            mails.append((now, client))
        assert held.is_good(now=now + codes.LIFE - timedelta(seconds=1)) or not mailed, "ten minutes at least"
        assert held.code == mailbox, "what was mailed last is what opens"
        assert held.is_good(now=now), "and it is good now, whatever others asked"
        assert held.code not in spent
        if act == "enter":  # what `services.use_code` writes
            spent.add(held.code)
            held, mails = codes.Code(), []
        day = [at for at, _ in mails if at > now - timedelta(days=1)]
        hour = [(at, who) for at, who in mails if at > now - timedelta(hours=1)]
        assert len(day) <= 20
        assert len(hour) <= 8
        assert all(sum(who == one for _, who in hour) <= 4 for one in ("here", "there", "elsewhere"))


def test_a_code_left_alone_is_good_for_ten_minutes():
    held, mailed = codes.ask(codes.Code(), client="c", now=NOW, draw=lambda: "A")
    assert mailed
    assert held.is_good(now=NOW + timedelta(minutes=9, seconds=59))
    assert not held.is_good(now=NOW + timedelta(minutes=10))


def test_the_last_mail_of_the_day_carries_a_code_for_the_day():
    held, left = codes.Code(), 0
    for number in range(60):
        at = NOW + number * timedelta(minutes=11)
        held, mailed = codes.ask(held, client=f"network {number}", now=at, draw=lambda: "A")
        left += mailed
    assert left == 20
    assert held.is_good(now=NOW + timedelta(hours=23, minutes=59))


# --- The pages --------------------------------------------------------------------------------------


@pytest.fixture
def camille(db):
    return api.create_member(email="camille@example.org")


@pytest.fixture
def at(monkeypatch):
    """Set the clock; the library's own sessions go on by the real one."""
    start = clock.now()

    def set_to(**after):
        monkeypatch.setattr(clock, "now", lambda: start + timedelta(**after))

    set_to()
    return set_to


def ask(email="camille@example.org", *, network="192.0.2.1", path="/compte/login/"):
    visitor = Client(REMOTE_ADDR=network)
    page = visitor.post(path, {"login": email, "email": email}, follow=True)
    return visitor, page


def enter(visitor, code):
    visitor.post("/compte/login/code/confirm/", {"code": code})
    return "_auth_user_id" in visitor.session


def code_in(mail):
    return CODE.search(mail.body)[1]


def test_whoever_asks_in_her_name_all_day_neither_floods_her_nor_keeps_her_out(camille, mailoutbox, at):
    for minute in range(0, 24 * 60, 23):
        at(minutes=minute)
        for network in range(2):
            ask(network=f"198.51.100.{(minute + network) % 250}")
        if minute % 345 == 0:
            hers, page = ask(network="192.0.2.1")
            assert page.redirect_chain[-1][0].startswith("/compte/login/code/confirm/")
    assert len(mailoutbox) <= 20
    hers, page = ask(network="192.0.2.1")
    assert "est encore bon" in page.content.decode()
    assert enter(hers, code_in(mailoutbox[-1]))


def test_three_requests_a_minute_change_nothing_for_her(camille, mailoutbox):
    for _ in range(10):
        ask(network="198.51.100.1")
    hers, page = ask(network="192.0.2.1")
    assert len(mailoutbox) == 1
    again = r"Le code envoyé à camille@example.org à \d+\xa0h(\xa0\d\d)? est encore bon"
    assert re.search(again, page.content.decode())
    assert enter(hers, code_in(mailoutbox[0]))


def test_a_code_opens_once_whoever_else_waits_for_it(camille, mailoutbox):
    hers, _ = ask()
    other, _ = ask(network="198.51.100.1")
    code = code_in(mailoutbox[0])
    assert enter(hers, code)
    assert not enter(other, code)
    _, page = ask()
    assert len(mailoutbox) == 2, "a code that served lets the next one leave at once"
    assert code_in(mailoutbox[1]) != code
    assert "vient de partir" in page.content.decode()


def test_a_code_is_worth_nothing_after_its_time(camille, mailoutbox, at):
    hers, _ = ask()
    at(minutes=10)
    assert not enter(hers, code_in(mailoutbox[0]))


def test_a_code_to_enter_confirms_no_address_and_the_reverse(camille, mailoutbox):
    ask()
    nobody, _ = ask("nouvelle@example.org", path="/compte/signup/")
    to_enter, to_confirm = (code_in(mail) for mail in mailoutbox)
    hers, _ = ask()
    assert not enter(hers, to_confirm)
    nobody.post("/compte/confirm-email/", {"code": to_enter})
    assert "_auth_user_id" not in nobody.session
    nobody.post("/compte/confirm-email/", {"code": to_confirm})
    assert "_auth_user_id" in nobody.session


@pytest.mark.parametrize("path", ["/compte/login/", "/compte/signup/"])
def test_an_unknown_address_is_told_and_spared_the_same(db, camille, mailoutbox, at, path):
    told = {}
    for email in ("camille@example.org", "personne@example.org"):
        mailoutbox.clear()
        answers = []
        for minute in range(0, 300, 5):
            at(minutes=minute)
            _, page = ask(email, path=path, network=f"203.0.113.{minute % 250}")
            answers.append((page.redirect_chain, re.findall("vient de partir|est encore bon", page.content.decode())))
        told[email] = (answers, len(mailoutbox))
    assert told["camille@example.org"] == told["personne@example.org"]
    assert 8 <= told["personne@example.org"][1] <= 20


def test_signing_up_in_her_name_neither_floods_her_nor_keeps_her_out(db, mailoutbox, at):
    for minute in range(60):
        at(minutes=minute)
        ask("elle@example.org", path="/compte/signup/", network=f"198.51.100.{minute}")
    assert len(mailoutbox) <= 8
    hers, _ = ask("elle@example.org")
    assert enter(hers, code_in(mailoutbox[-1]))


def test_adding_her_address_to_an_account_floods_her_no_more(camille, client, mailoutbox, at):
    client.force_login(camille)
    for minute in range(0, 600, 3):
        at(minutes=minute)
        client.post("/compte/email/", {"action_add": "", "email": "elle@example.org"}, follow=True)
    assert len([mail for mail in mailoutbox if mail.to == ["elle@example.org"]]) <= 20


def test_one_network_may_not_try_codes_for_ever(camille, mailoutbox):
    for _ in range(21):
        visitor, _ = ask(network="198.51.100.1")
        for _ in range(3):
            assert not enter(visitor, "BBBB-BBBB")
    code = code_in(mailoutbox[0])
    visitor, _ = ask(network="198.51.100.1")
    page = visitor.post("/compte/login/code/confirm/", {"code": code})
    assert "depuis votre réseau" in page.content.decode()
    hers, _ = ask(network="192.0.2.1")
    assert enter(hers, code), "the others are not concerned"


def test_there_is_no_password_to_be_mailed_about(camille, client, mailoutbox):
    assert client.post("/compte/password/reset/", {"email": "camille@example.org"}).status_code == 404
    assert client.post("/compte/login/code/", {"email": "camille@example.org"})["Location"] == "/compte/login/"
    assert mailoutbox == []


def test_what_is_held_names_nobody_and_goes_the_next_day(camille, at):
    ask()
    ask("personne@example.org")
    assert "camille" not in str(list(AddressCode.objects.values()))
    assert "192.0.2.1" not in str(list(AddressCode.objects.values()))
    services.forget_codes(now=clock.now() + timedelta(hours=23))
    assert AddressCode.objects.count() == 2
    services.forget_codes(now=clock.now() + timedelta(days=1, seconds=1))
    assert AddressCode.objects.count() == 0


def test_what_is_held_of_an_address_is_erased_with_the_rest(camille):
    ask()
    ask("personne@example.org")
    for email in ("camille@example.org", "personne@example.org"):
        privacy_registry.erase_person(email=email, now=clock.now())
    assert AddressCode.objects.count() == 0


# --- Whom limits count ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "expected"),
    [
        (0, "192.0.2.1", "", "192.0.2.1"),
        (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (1, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "127.0.0.1", "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "127.0.0.1", "10.0.0.1, 203.0.113.9, 172.16.0.1", "203.0.113.9"),
        (1, "127.0.0.1", "203.0.113.9:4321", "203.0.113.9"),
        (1, "127.0.0.1", "[2001:db8::1]:4321", "2001:db8::1"),
        (1, "127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "127.0.0.1", "unknown", ratelimit.NOBODY),
        (1, "", "", ratelimit.NOBODY),
        (2, "", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_library_and_our_own_limits_count_the_same_visitor(settings, proxies, remote, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    assert ratelimit.client_address(request) == AccountAdapter(request).get_client_ip(request) == expected


def test_behind_a_proxy_visitors_do_not_share_a_count(settings, camille):
    settings.TRUSTED_PROXIES = 1
    through = {"REMOTE_ADDR": "127.0.0.1"}
    statuses = [
        Client(**through, headers={"X-Forwarded-For": "198.51.100.1"}).post(
            "/compte/login/", {"login": "x@example.org"}
        )
        for _ in range(31)
    ]
    assert statuses[-1].status_code == 429
    forged = {"X-Forwarded-For": "203.0.113.77, 198.51.100.1"}
    assert Client(**through, headers=forged).post("/compte/login/", {"login": "x@example.org"}).status_code == 429
    other = {"X-Forwarded-For": "198.51.100.2"}
    assert Client(**through, headers=other).post("/compte/login/", {"login": "x@example.org"}).status_code == 302


def test_an_ipv6_subscriber_is_one_visitor_whatever_the_address_in_his_network():
    one, same, other = (
        ratelimit.client(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )
    assert one == same != other


@pytest.fixture
def database_cache(db, settings):
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "commun.common.cache.CountingDatabaseCache", "LOCATION": "counted"},
    }
    call_command("createcachetable", verbosity=0)
    cache = caches["default"]
    assert isinstance(cache, CountingDatabaseCache)
    return cache


def expiry(cache, key):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM counted WHERE cache_key = %s", [cache.make_key(key)])
        return str(cursor.fetchone()[0])


def test_a_count_over_a_day_lasts_a_day_in_the_database(database_cache):
    database_cache.add("acts", 1, timeout=86_400)
    before = expiry(database_cache, "acts")
    assert [database_cache.incr("acts") for _ in range(3)] == [2, 3, 4]
    assert expiry(database_cache, "acts") == before
    with pytest.raises(ValueError, match="not found"):
        database_cache.incr("nothing")


def test_counts_that_are_over_are_deleted_and_no_other(database_cache):
    database_cache.add("short", 1, timeout=60)
    database_cache.add("long", 1, timeout=7200)
    assert database_cache.forget_over(now=clock.now() + timedelta(hours=1)) == 1
    assert database_cache.get("long") == 1
