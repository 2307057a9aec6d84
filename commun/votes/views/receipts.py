"""Receipts: whoever holds one checks it, without saying who she is. Nothing is written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commun.votes.forms import ReceiptForm
from commun.votes.selectors.boxes import verify_receipt
from commun.votes.views.pages import public_vote


@require_safe
def verify(request: HttpRequest, slug: str) -> HttpResponse:
    vote = public_vote(slug)
    form = ReceiptForm(request.GET or None)
    if request.GET and form.is_valid():
        return redirect("votes:receipt", vote.slug, form.cleaned_data["numero"], form.cleaned_data["empreinte"])
    return render(request, "votes/verify.html", {"vote": vote, "form": form})


@require_safe
@never_cache
def receipt(request: HttpRequest, slug: str, number: int, commitment: str) -> HttpResponse:
    """Printable proof, for whoever knows the number and the commitment. A forged one is told so."""
    vote = public_vote(slug)
    # No column holds a larger number: a forged address must not become an error of the database.
    found = verify_receipt(vote=vote, number=number, commitment=commitment) if number < 2**31 else None
    context = {
        "vote": vote,
        "receipt": found,
        "number": number,
        "commitment": commitment,
        "just_cast": "depose" in request.GET,
    }
    response = render(request, "votes/receipt.html", context, status=200 if found else 404)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
