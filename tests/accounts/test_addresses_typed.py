"""A slip in the name of a mailbox is asked about, once, and never refused."""

from __future__ import annotations

import pytest
from django import forms

from commun.accounts.api import AddressField
from commun.accounts.mailboxes import KNOWN, meant


class Form(forms.Form):
    email = AddressField()


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("marie@gmial.com", "marie@gmail.com"),
        ("marie@gmail.co", "marie@gmail.com"),
        ("marie@wandoo.fr", "marie@wanadoo.fr"),
        ("marie@ornage.fr", "marie@orange.fr"),
        ("marie@laposte.ne", "marie@laposte.net"),
        ("Marie@HOTMIAL.FR", "Marie@hotmail.fr"),
    ],
)
def test_a_slip_is_asked_about(typed, other):
    assert meant(typed) == other


@pytest.mark.parametrize("known", sorted(KNOWN))
def test_no_known_mailbox_is_taken_for_a_slip_of_another(known):
    assert meant(f"marie@{known}") == ""


@pytest.mark.parametrize("domain", ["lille.fr", "mairie-plouguerneau.fr", "example.org", "grenoble.fr", "nice.fr", ""])
def test_a_town_is_no_slip(domain):
    assert meant(f"marie@{domain}") == ""


def test_the_question_is_asked_once_and_an_address_sent_again_is_what_it_is():
    first = Form({"email": "marie@gmial.com"})
    assert not first.is_valid()
    assert "Vouliez-vous écrire marie@gmail.com ?" in first.errors["email"][0]
    page = str(first["email"])
    assert 'name="email_asked" value="marie@gmial.com"' in page
    again = Form({"email": "marie@gmial.com", "email_asked": "marie@gmial.com"})
    assert again.is_valid()
    assert again.cleaned_data["email"] == "marie@gmial.com"


def test_another_slip_is_another_question():
    form = Form({"email": "marie@gmali.com", "email_asked": "marie@gmial.com"})
    assert not form.is_valid()


def test_nothing_is_added_to_a_field_that_is_right():
    assert "hidden" not in str(Form({"email": "marie@gmail.com"})["email"])
    assert "hidden" not in str(Form()["email"])
