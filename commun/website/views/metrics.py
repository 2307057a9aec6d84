"""`/metrics`, for Prometheus: counts and ages, never a person."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from commun.common import clock
from commun.subscribers.api import subscriber_counts
from commun.website.state import SystemState, read_state

# A proxy on this machine comes from loopback too: whatever it forwards is a stranger's.
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """With the token of METRICS_TOKEN; without one set, from this very machine. Others do not learn that it exists."""
    if not _may_read(request):
        return HttpResponse(status=404)
    registry = CollectorRegistry()
    registry.register(_State(read_state(now=clock.now())))
    response = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    response["Cache-Control"] = "no-store"
    return response


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    if any(name in request.META for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class _State(Collector):
    def __init__(self, state: SystemState) -> None:
        self._state = state

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from self._machinery()
        yield from self._sending()
        yield from self._receiving()

    def _age(self, since: datetime | None) -> float:
        return 0.0 if since is None else max(0.0, (self._state.now - since).total_seconds())

    def _machinery(self) -> Iterator[GaugeMetricFamily]:
        state = self._state
        yield _one("commun_workers_alive", "Travailleurs qui donnent signe de vie", state.alive)
        yield _one("commun_troubles_critical", "Ce qui ne va pas", sum(one.is_critical for one in state.troubles))
        yield _one("commun_troubles_warning", "Ce qui menace", sum(not one.is_critical for one in state.troubles))
        yield _many("commun_tasks", "Tâches par état", "status", state.tasks.counts.items())
        yield _one("commun_task_wait_seconds", "Attente de la plus vieille tâche due", self._age(state.tasks.oldest))
        seen = [(one.name, one.succeeded_at.timestamp()) for one in state.sweeps if one.succeeded_at]
        yield _many("commun_sweep_success_timestamp_seconds", "Dernier succès de chaque relève", "sweep", seen)
        failing = [(one.name, bool(one.error)) for one in state.sweeps]
        yield _many("commun_sweep_failing", "Relève en échec", "sweep", failing)
        yield _many("commun_disk_free_bytes", "Place libre", "place", [(one.name, one.free) for one in state.disks])
        yield _many(
            "commun_disk_size_bytes", "Taille du disque", "place", [(one.name, one.total) for one in state.disks]
        )

    def _sending(self) -> Iterator[GaugeMetricFamily]:
        mail = self._state.mail
        yield _many("commun_subscribers", "Abonnements par état", "state", subscriber_counts().items())
        yield _many("commun_sends", "Envois par état", "state", mail.sends_by_state.items())
        yield _many("commun_service_mails", "Messages de service par état", "state", mail.service_mail.items())
        wait = self._age(mail.oldest_service_mail)
        yield _one("commun_service_mail_wait_seconds", "Attente du plus vieux message de service", wait)
        yield _one("commun_deliveries_uncertain", "Remises incertaines à décider", mail.uncertain)
        yield _one(
            "commun_ledgers_wrong", "Envois dont le registre est faux", sum(bool(one.fault) for one in mail.sends)
        )
        family = GaugeMetricFamily("commun_deliveries", "Remises des envois en cours", labels=["send", "state"])
        for send in mail.sends:
            for delivery_state, count in send.counts.items():
                family.add_metric([str(send.send_id), delivery_state], count)
        yield family
        failing = [(relay.name, bool(relay.error)) for relay in mail.relays]
        yield _many("commun_relay_failing", "Relais en panne", "relay", failing)
        paused = [
            (one.slug, one.paused_until is not None and one.paused_until > self._state.now) for one in mail.operators
        ]
        yield _many("commun_operator_paused", "Messagerie en pause", "operator", paused)
        alarms = [(one.slug, bool(one.alarm)) for one in mail.operators]
        yield _many("commun_operator_alarm", "Messagerie qui nous refuse", "operator", alarms)

    def _receiving(self) -> Iterator[GaugeMetricFamily]:
        inbound = self._state.inbound
        yield _many("commun_inbound_messages", "Messages reçus par état", "state", inbound.counts.items())
        wait = self._age(inbound.oldest_waiting_at)
        yield _one("commun_inbound_wait_seconds", "Attente du plus vieux message à traiter", wait)
        last = inbound.last_received_at
        yield _one("commun_inbound_last_timestamp_seconds", "Dernier message reçu", last.timestamp() if last else 0)


def _one(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)


def _many(name: str, meaning: str, label: str, values: Iterable[tuple[Any, Any]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for value, number in values:
        family.add_metric([str(value)], float(number))
    return family
