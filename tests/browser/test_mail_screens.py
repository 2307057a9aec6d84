"""The operators' screens of mail: axe has nothing to say, nothing overflows, the page of a send stays current."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from commun.accounts.api import EXPLOITATION, create_member
from commun.common import clock, periodic
from commun.common.models import PeriodicRun, WorkerBeat
from commun.mailing.dns.findings import Finding, State
from commun.mailing.models import BounceEvent, DeliverabilityReport, Delivery, Operator, Policy, Relay, Send
from tests.browser.axe import headings_skip_a_level, violations
from tests.mailing.factories import make_lost_send, make_send

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def enter(visit, signed_in, live_server, settings) -> Any:
    """`enter(path, width=…)` opens an address of the administration as an operator."""
    settings.STAFF_MFA_REQUIRED = False
    who = create_member(email="exploitation@example.org", first_name="Camille", groups=(EXPLOITATION,))
    state = signed_in(who)
    # Tall: the administration scrolls inside its own frame, and a picture shows what the window does.
    return lambda path, **options: visit(path, storage_state=state, height=2600, **options)


def _letter() -> Send:
    """A letter under way that has met everything."""
    now = clock.now()
    domains = ["orange.fr", "gmail.com", "laposte.net", "example.org"]
    send = make_send(addresses=[f"personne{n}@{domains[n % 4]}" for n in range(240)])
    Send.objects.filter(pk=send.pk).update(state="sending", started_at=now - timedelta(minutes=3), slug="lettre-7")
    rows = list(Delivery.objects.filter(send=send).order_by("pk").values_list("pk", flat=True))

    def put(pks: list[int], **values: Any) -> None:
        Delivery.objects.filter(pk__in=pks).update(settled_at=now - timedelta(seconds=30), **values)

    put(rows[:130], state="accepted", relay="relais.example.org:25", code=250)
    put(rows[130:141], state="refused", reason="dead_address", code=550, enhanced="5.1.1",
        diagnostic="550 5.1.1 <personne@example.org>: Recipient address rejected: User unknown")  # fmt: skip
    put(
        rows[141:145],
        state="refused",
        reason="mailbox_refuses",
        code=552,
        enhanced="5.2.2",
        diagnostic="552 5.2.2 full",
    )
    put(rows[145:148], state="uncertain", aside="uncertain", reason="worker_lost")
    put(rows[148:150], state="excluded", reason="unsubscribed")
    put(
        rows[150:160],
        state="deferred",
        aside="deferred",
        reason="later",
        not_before=now + timedelta(minutes=5),
        code=421,
        enhanced="4.7.0",
    )
    Operator.objects.filter(slug="orange").update(
        paused_until=now + timedelta(hours=1), pause_reason="policy", alarm_at=now,
        alarm="550 5.7.1 message refused, see https://postmaster.example.org/OFR",
    )  # fmt: skip
    Relay.objects.create(name="relais.example.org:25", ok_at=now)
    Relay.objects.create(name="secours.example.org:25", failed_at=now, error="ConnectionRefusedError")
    BounceEvent.objects.create(
        delivery_id=rows[0], kind="failure", verdict="hard", code=550, enhanced="5.1.1", at=now, fingerprint="a"
    )
    return send


def _looked_at_dns() -> None:
    findings = [
        Finding(code="spf", title="SPF de example.org", state=State.GOOD, said="Valide.", record="v=spf1 -all"),
        Finding(code="dkim", title="DKIM de example.org", state=State.BAD, said="Rien.", mend="Publiez.",
                record="v=DKIM1;" + "A" * 300),
        Finding(code="dmarc", title="DMARC de example.org", state=State.WARNING, said="p=none", mend="Durcissez."),
        Finding(code="reverse", title="Nom inverse", state=State.UNKNOWN, said="Sans réseau."),
    ]  # fmt: skip
    DeliverabilityReport.objects.create(pk=1, done_at=clock.now(), findings=[one.as_json() for one in findings])


def _pages() -> list[str]:
    _looked_at_dns()
    now = clock.now()
    for sweep in periodic.sweeps():
        PeriodicRun.objects.create(name=sweep.name, next_at=now, succeeded_at=now)
    WorkerBeat.objects.create(worker="srv1-4242-a1b2c3", host="srv1", pid=4242, started_at=now, beat_at=now)
    Policy.objects.create(pk=1, warmup_from=timezone.localdate())
    lost = make_lost_send(uncertain=12, accepted=40)
    letter = _letter()

    def of(name: str, *args: Any) -> str:
        return reverse(f"mailing_sends:{name}", args=args)

    return [
        of("index"),
        of("send", letter.pk),
        of("send", lost.pk),
        of("cancel", letter.pk),
        of("uncertain", lost.pk),
        of("decide", lost.pk, "resend"),
        of("decide", lost.pk, "accept"),
        of("operators"),
        of("operator", Operator.objects.get(slug="orange").pk),
        of("add_operator"),
        of("pace"),
        of("deliverability"),
        reverse("site_state"),
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_screens_of_mail_leave_nobody_out(enter, width):
    page = None
    problems: list[str] = []
    for number, address in enumerate(_pages()):
        if page is None:
            page = enter(address, width=width)
        else:
            page.goto(address)
        page.look(f"mail-{width}-{number}")
        problems += violations(page, within="main") + headings_skip_a_level(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        problems += [f"{address} is {wide} px wide in a window of {width}"] if wide > width else []
    assert problems == []


def test_the_page_of_a_send_follows_it_without_being_reloaded(enter):
    send = make_send(addresses=["a@example.org", "b@example.org"])
    Send.objects.filter(pk=send.pk).update(state="sending", started_at=clock.now())
    page = enter(reverse("mailing_sends:send", args=[send.pk]))
    page.evaluate("window.sameOne = true")
    Delivery.objects.filter(address="a@example.org").update(state="accepted", settled_at=clock.now())
    page.get_by_text("1 destinataire sur 2 est réglé").wait_for()
    assert page.evaluate("window.sameOne") is True
    Send.objects.filter(pk=send.pk).update(state="paused", state_reason="person")
    page.get_by_role("button", name="Reprendre l’envoi").wait_for()


def test_an_operator_decides_with_the_keyboard_alone(enter):
    send = make_lost_send(uncertain=2)
    page = enter(reverse("mailing_sends:uncertain", args=[send.pk]))
    page.get_by_role("link", name="Renvoyer à toutes…").press("Enter")
    page.get_by_role("button", name="Renvoyer le message").press("Enter")
    page.get_by_text("2 à renvoyer.").wait_for()
    assert Delivery.objects.filter(state="pending").count() == 2
