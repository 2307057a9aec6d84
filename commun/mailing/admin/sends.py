"""The sends: where each stands, steering it, its proof, and what only a person can decide.

Counts are for who composes and approves; addresses and uncertain deliveries, for who operates. GET changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.common.spreadsheets import stream_csv
from commun.mailing import api, wording
from commun.mailing.admin.screens import SENDS, show
from commun.mailing.exceptions import BrokenLedger, UnknownDelivery, UnknownSend, WrongState
from commun.mailing.models import Delivery, Send
from commun.mailing.selectors import progress as progress_selectors
from commun.mailing.selectors import sends as selectors
from commun.mailing.selectors.proof import send_proof
from commun.mailing.types import UNSETTLED, DeliveryState, SendProgress, SendState, UncertainVerdict

PAGE = 25
SHOWN_UNCERTAIN = 200
# What may be asked of a send, by its state: address, label, whether it is the thing to do.
ACTIONS = {
    SendState.SCHEDULED: [("pause", "Mettre en pause", False)],
    SendState.FREEZING: [("pause", "Mettre en pause", False)],
    SendState.SENDING: [("pause", "Mettre en pause", False)],
    SendState.PAUSED: [("resume", "Reprendre l’envoi", True)],
    SendState.HELD: [("release", "Confirmer : l’envoi doit continuer", True)],
}
_STEER: dict[str, tuple[Callable[..., Send], str]] = {
    "pause": (api.pause, "L’envoi est en pause."),
    "resume": (api.resume, "L’envoi reprend."),
    "release": (api.release, "L’envoi est confirmé : il continue."),
    "cancel": (api.cancel, "L’envoi est annulé : personne d’autre ne le recevra."),
}


def _send_or_404(pk: int) -> Send:
    try:
        return selectors.get_send(send_id=pk)
    except UnknownSend:
        raise Http404(pk) from None


def _title(send: Send) -> str:
    return f"Envoi {send.pk} : {send.message.subject}"


def _crumb(send: Send) -> tuple[str, str]:
    return reverse("mailing_sends:send", args=[send.pk]), f"Envoi {send.pk}"


# --- reading --------------------------------------------------------------------------------------------


@permission_required("mailing.view_send")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("avant", "")
    upto = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    found = progress_selectors.list_sends(limit=PAGE, before=upto)
    rows = [{"progress": one, **_summary(one)} for one in found]
    context = {"rows": rows, "next": found[-1].send_id if len(found) == PAGE else None}
    return show(request, "sends", "Envois", context, trail=())


def _summary(progress: SendProgress) -> dict[str, Any]:
    return {
        "label": wording.SEND_STATES[progress.state],
        "kind": wording.SEND_KINDS.get(progress.kind, progress.kind),
        "why": wording.STATE_REASONS.get(progress.state_reason, progress.state_reason),
        "waiting": wording.WAITING_FOR.get(progress.waiting_for, progress.waiting_for),
        "counts": _counts(progress),
        "bar": _bar(progress),
    }


def _counts(progress: SendProgress) -> list[tuple[str, str, int]]:
    counts = dict(progress.counts)
    counts["in_hand"] = counts.pop("claimed") + counts.pop("attempting")
    return [(code, label, counts[code]) for code, label in wording.DELIVERIES.items()]


def _bar(progress: SendProgress) -> list[tuple[str, float, float]]:
    """(state, where it begins, how wide), in hundredths of the audience: a drawing of the counts beside it."""
    total = max(progress.total or 0, sum(progress.counts.values()), 1)
    begins, parts = 0.0, []
    for code, _, count in _counts(progress):
        width = count * 100 / total
        if count:
            parts.append((code, round(begins, 3), round(width, 3)))
        begins += width
    return parts


def _detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    try:
        detail = selectors.send_detail(send_id=pk, now=clock.now())
    except UnknownSend:
        raise Http404(pk) from None
    moving = detail.progress.state not in (SendState.CANCELLED, SendState.FINISHED)
    held = detail.progress.counts["claimed"] + detail.progress.counts["attempting"]
    states = dict(Delivery._meta.get_field("state").flatchoices)
    return {
        "detail": detail,
        "send": detail.send,
        "progress": detail.progress,
        "sum": sum(detail.progress.counts.values()),
        "moving": moving or held > 0,
        "answers": [(states[one.state], wording.reason_label(one.reason), one) for one in detail.answers],
        "decisions": [(wording.DECISIONS.get(one["action"], one["action"]), one) for one in detail.decisions],
        "actions": ACTIONS.get(detail.progress.state, []),
        "may_control": request.user.has_perm("mailing.control_send"),
        "may_operate": request.user.has_perm("mailing.operate_mail"),
        "sees_people": request.user.has_perm("mailing.view_delivery"),
        "may_cancel": moving,
        "now": clock.now(),
        **_summary(detail.progress),
    }


@permission_required("mailing.view_send")
@require_safe
def send(request: HttpRequest, pk: int) -> HttpResponse:
    context = _detail(request, pk)
    return show(request, "send", _title(context["send"]), context)


@permission_required("mailing.view_send")
@require_safe
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that moves, for the page that refreshes itself."""
    return render(request, "mailing/admin/parts/send_live.html", _detail(request, pk))


@permission_required("mailing.view_delivery")
@require_safe
def not_received(request: HttpRequest, pk: int) -> HttpResponseBase:
    """« Qui ne l’a pas reçue, et pourquoi »: streamed, whatever the audience."""
    found = _send_or_404(pk)
    header = ("adresse", "état", "raison", "code", "code étendu", "réponse", "depuis", "tentatives")
    content = stream_csv(header=header, rows=_why_not(found))
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="envoi-{found.pk}-non-recus.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _why_not(found: Send) -> Iterator[tuple[object, ...]]:
    for row, event in selectors.not_received(send=found):
        source = event or row
        since = event.at if event else row.settled_at
        yield (
            row.address or "(effacée)",
            "revenue après remise" if event else row.life_word,
            event.get_verdict_display() if event else wording.reason_label(row.why),
            source.code or "",
            source.enhanced,
            source.diagnostic,
            f"{since:%Y-%m-%d %H:%M:%S} UTC" if since else "",
            row.attempts,
        )


@permission_required("mailing.view_send")
@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        content = send_proof(send_id=pk, now=clock.now())
    except UnknownSend:
        raise Http404(pk) from None
    response = HttpResponse(json.dumps(content, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="envoi-{pk}-preuve.json"'
    response["Cache-Control"] = "no-store"
    return response


# --- steering -------------------------------------------------------------------------------------------


def _steer(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    act, done = _STEER[action]
    try:
        act(send_id=pk, by=request.user)
    except UnknownSend:
        raise Http404(pk) from None
    except WrongState as error:
        state = wording.SEND_STATES[SendState(error.state)].lower()
        messages.warning(request, f"Rien n’a changé : l’envoi est déjà « {state} ».")
    except BrokenLedger:
        messages.error(request, wording.STATE_REASONS["invariant"])
    else:
        messages.success(request, f"{done} {wording.copies_out(api.copies_out(send_id=pk))}")
    return redirect("mailing_sends:send", pk)


@permission_required("mailing.control_send")
@require_POST
def control(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    if action not in {"pause", "resume", "release"}:
        raise Http404(action)
    return _steer(request, pk, action)


@permission_required("mailing.control_send")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _send_or_404(pk)
    if request.method == "POST":
        return _steer(request, pk, "cancel")
    progress = api.send_progress(send_id=pk)
    context = {
        "send": found,
        "progress": progress,
        "out": wording.copies_out(api.copies_out(send_id=pk, patience=0)),
        "waiting": sum(progress.counts[state] for state in UNSETTLED),
    }
    return show(request, "send_cancel", "Annuler cet envoi", context, trail=(SENDS, _crumb(found)))


# --- deciding -------------------------------------------------------------------------------------------


@permission_required("mailing.operate_mail")
@require_safe
def uncertain(request: HttpRequest, pk: int) -> HttpResponse:
    found = _send_or_404(pk)
    rows = selectors.uncertain_deliveries(send=found)
    context = {
        "send": found,
        "total": rows.count(),
        "rows": [(row, wording.reason_label(row.reason)) for row in rows[:SHOWN_UNCERTAIN]],
        "shown": SHOWN_UNCERTAIN,
        "may_resend": found.state != SendState.CANCELLED,
    }
    return show(request, "uncertain", "Remises incertaines", context, trail=(SENDS, _crumb(found)))


@permission_required("mailing.operate_mail")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int, verdict: str) -> HttpResponse:
    """Consequences first; then, by POST, the decision about exactly what was shown."""
    found = _send_or_404(pk)
    if verdict not in set(UncertainVerdict):
        raise Http404(verdict)
    chosen = UncertainVerdict(verdict)
    delivery_id = _number(request.POST.get("remise", "") or request.GET.get("remise", ""))
    if request.method == "POST":
        return _decide(request, found, chosen, delivery_id)
    rows = selectors.uncertain_deliveries(send=found)
    if delivery_id is not None:
        rows = rows.filter(pk=delivery_id)
    context = {
        "send": found,
        "verdict": chosen.value,
        "resends": chosen is UncertainVerdict.RESEND,
        "consequence": wording.UNCERTAIN_CONSEQUENCES[chosen],
        "count": rows.count(),
        "one": rows.first() if delivery_id is not None else None,
        "delivery_id": delivery_id,
        "seen_at": clock.now().isoformat(),
        "impossible": chosen is UncertainVerdict.RESEND and found.state == SendState.CANCELLED,
    }
    trail = (SENDS, _crumb(found), (reverse("mailing_sends:uncertain", args=[pk]), "Remises incertaines"))
    title = "Renvoyer" if chosen is UncertainVerdict.RESEND else "Tenir pour remis"
    return show(request, "uncertain_decide", title, context, trail=trail)


def _decide(request: HttpRequest, found: Send, chosen: UncertainVerdict, delivery_id: int | None) -> HttpResponse:
    now = clock.now()
    seen_at = _moment(request.POST.get("vu", ""))
    if seen_at is None:
        messages.error(request, "La page était incomplète : rien n’a changé. Recommencez.")
        return redirect("mailing_sends:uncertain", found.pk)
    try:
        done = api.settle_uncertain(
            send_id=found.pk,
            verdict=chosen,
            by=request.user,
            now=now,
            seen_at=min(seen_at, now),
            delivery_id=delivery_id,
        )
    except UnknownDelivery:
        raise Http404(delivery_id) from None
    except WrongState:
        messages.error(request, "Cet envoi est annulé : rien ne peut repartir.")
    else:
        say = messages.success if done.decided else messages.warning
        say(request, wording.uncertain_outcome(verdict=chosen, outcome=done))
    left = Delivery.objects.filter(send=found, state=DeliveryState.UNCERTAIN).exists()
    return redirect("mailing_sends:uncertain" if left else "mailing_sends:send", found.pk)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404(text)
    return int(text)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
