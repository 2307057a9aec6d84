"""From a plain e-mail to a contribution, an answer, and nothing done in somebody else's name."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from commun.cms.api import NetworkSettings
from commun.common import clock
from commun.common.storage import PrivateStorage
from commun.contributions import mailboxes
from commun.contributions.models import Contribution, Message
from commun.contributions.services import by_mail, conversation
from commun.inbound.models import RawMessage
from commun.mailing.models import ServiceMail
from tests.contributions.conftest import DOMAIN, deliver, forged, proven
from tests.contributions.factories import examine_all, moderator
from tests.inbound import corpus

pytestmark = pytest.mark.django_db
BODY = "Bonjour,\n\nNous avons réuni les habitants autour du lavoir.\n\nCordialement,\nCamille"


def mails() -> list[EmailMessage]:
    return [
        email.message_from_bytes(bytes(raw), policy=default)
        for raw in ServiceMail.objects.order_by("pk").values_list("raw", flat=True)
    ]


def body_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return part.get_content()


def link_of(mail: EmailMessage) -> str:
    return re.search(r"http://localhost:8000(/contribution/\S+)", body_of(mail))[1]


def test_a_plain_message_is_a_contribution_acknowledged_once():
    raw = proven(corpus.text(BODY))

    assert deliver(raw) == "received"
    assert deliver(raw) == "received", "the same message again is the same message"

    one = Contribution.objects.get()
    assert (one.title, one.state, one.source, one.trust) == (
        "Nous avons réuni les habitants autour du lavoir",
        "received",
        "mail",
        "proven",
    )
    assert (one.name, one.address) == ("Camille Exemple", "camille@bourg.example.org")
    assert "autour du lavoir" in one.text
    [mail] = mails()
    assert mail["To"] == "camille@bourg.example.org"
    assert mail["In-Reply-To"] == "<une@bourg.example.org>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["Reply-To"] == mailboxes.conversation(reference=one.reference)


def test_what_is_written_to_the_agenda_is_an_event():
    deliver(corpus.text(BODY), to=f"agenda@{DOMAIN}")

    assert Contribution.objects.get().kind == "event"


def test_an_address_for_a_theme_files_what_comes_under_it():
    from tests.library.factories import ThemeFactory

    theme = ThemeFactory()
    deliver(corpus.text(BODY), to=mailboxes.intake(theme_id=theme.pk))

    assert Contribution.objects.get().theme == theme


@pytest.mark.parametrize(
    "address",
    [
        f"editorialisation+t12-0000000000000000@{DOMAIN}",
        f"conversation+0123456789abcdef-0000000000000000@{DOMAIN}",
        f"conversation@{DOMAIN}",
        f"editorialisation+t1@{DOMAIN}",
        "editorialisation@elsewhere.example.org",
    ],
)
def test_an_address_that_we_did_not_make_is_refused_before_anything_is_kept(address):
    from commun.inbound.exceptions import UnknownRecipient

    with pytest.raises(UnknownRecipient):
        deliver(corpus.text(BODY), to=address)

    assert not RawMessage.objects.exists()


@pytest.mark.parametrize(
    ("headers", "aside"),
    [
        ({"Auto_Submitted": "auto-replied"}, "set_aside:auto_reply"),
        ({"List_Id": "<lettre.autre.example.org>"}, "set_aside:bulk"),
        ({"X_Spam_Score": "11.2"}, "set_aside:spam_score"),
    ],
)
def test_what_no_person_wrote_is_set_aside_in_sight_and_never_answered(headers, aside):
    assert deliver(corpus.text(BODY, **headers)) == aside

    assert Contribution.objects.get().state == "spam"
    assert not ServiceMail.objects.exists()


def test_our_own_mail_that_comes_back_makes_nothing(settings):
    assert deliver(corpus.text(BODY, List_Id=f"<{settings.LIST_ID}>")) == "set_aside:loop"

    assert not Contribution.objects.exists()
    assert not ServiceMail.objects.exists()


def test_a_hundred_mails_of_one_sender_leave_the_others_unharmed():
    for number in range(100):
        deliver(corpus.text(BODY, From="Trop <trop@bourg.example.org>", Message_ID=f"<{number}@bourg.example.org>"))
    deliver(corpus.text(BODY))

    assert Contribution.objects.filter(address="trop@bourg.example.org").count() == 20
    assert RawMessage.objects.filter(state="quarantined", error="sender_too_fast").count() == 80, "nothing is lost"
    assert Contribution.objects.filter(address="camille@bourg.example.org").count() == 1


def test_whoever_floods_under_her_name_does_not_silence_the_real_one():
    for number in range(25):
        deliver(forged(corpus.text(BODY, Message_ID=f"<{number}@forged.example.org>")))

    assert deliver(proven(corpus.text(BODY))) == "received"


def said_by_our_server(words: str, raw: bytes) -> bytes:
    return f"Authentication-Results: mx.example.org; {words}\r\n".encode() + raw


FAILING = [
    "spf=fail smtp.mailfrom=x; dkim=none; dmarc=fail",
    "spf=softfail; dkim=none; dmarc=none",
    "spf=none; dkim=fail; dmarc=none",
    "spf=pass smtp.mailfrom=voleur.example.org; dkim=pass header.d=voleur.example.org; dmarc=fail",
]


@pytest.mark.parametrize("words", FAILING)
def test_a_sender_whose_mail_fails_authentication_makes_us_write_to_nobody(words):
    for number in range(19):
        raw = corpus.text(BODY, Reply_To="voleur@elsewhere.example.org", Message_ID=f"<{number}@elsewhere.example.org>")
        assert deliver(said_by_our_server(words, raw)) == "received:sender_doubtful"
    leave = corpus.text("Merci de me désabonner de votre lettre.", Subject="Désabonnement")
    assert deliver(said_by_our_server(words, leave)) == "received:sender_doubtful"

    assert not ServiceMail.objects.exists()
    assert Contribution.objects.count() == 20, "the team sees them all the same"
    one = Contribution.objects.order_by("pk").first()
    assert (one.trust, one.address) == ("failing", "camille@bourg.example.org"), "never the Reply-To of a stranger"


def test_an_address_of_which_nothing_is_known_makes_us_write_a_few_times_a_day_and_a_proven_one_each_time():
    for number in range(8):
        deliver(corpus.text(BODY, Message_ID=f"<{number}@bourg.example.org>"))
    assert len(mails()) == by_mail.MOST_UNPROVEN_TOLD
    for number in range(8):
        deliver(proven(corpus.text(BODY, Message_ID=f"<prouve-{number}@bourg.example.org>")))
    assert len(mails()) == by_mail.MOST_UNPROVEN_TOLD + 8


@pytest.mark.parametrize("address", [f"editorialisation@{DOMAIN}", f"conversation+x@{DOMAIN}", "Lettre@Example.org",
    "plaintes@retours.example.org", "agenda@reseau.example.org"])  # fmt: skip
@pytest.mark.parametrize("how", [bytes, proven])
def test_mail_under_an_address_of_ours_is_seen_and_answered_to_nobody(settings, address, how):
    settings.MAIL_FROM, settings.BOUNCE_DOMAIN = "La lettre <lettre@example.org>", "retours.example.org"
    network = NetworkSettings.for_site(Site.objects.get(is_default_site=True))
    network.agenda_email = "agenda@reseau.example.org"
    network.save()

    assert deliver(how(corpus.text(BODY, From=f"Nous <{address}>"))) == "received:nobody_to_answer"
    assert deliver(proven(corpus.text(BODY, Reply_To=address, Message_ID="<b@x.example.org>"))).startswith("received:")

    assert not ServiceMail.objects.exists()
    assert [one.address for one in Contribution.objects.all()] == ["", ""]


def test_the_button_of_her_page_proves_the_address_and_reading_the_page_does_not():
    deliver(corpus.text(BODY))
    one = Contribution.objects.get()
    link = link_of(mails()[0])
    client = Client()
    assert client.get(f"{link}confirmer/").status_code == 405
    assert "C’est bien moi" in client.get(link).content.decode()
    one.refresh_from_db()
    assert one.trust == "unknown", "reading the page claims nothing"
    page = client.post(f"{link}confirmer/", follow=True).content.decode()
    one.refresh_from_db()
    assert (one.trust, one.state) == ("proven", "received")
    assert "votre adresse est confirmée" in page
    assert "C’est bien moi" not in page


def test_an_answer_comes_back_into_its_conversation_and_proves_the_address_where_our_server_vouches_for_it():
    deliver(corpus.text(BODY))
    one = Contribution.objects.get()
    assert one.trust == "unknown"
    address = mails()[0]["Reply-To"]

    answer = corpus.text("Oui, en mars.", Message_ID="<b@bourg.example.org>")
    assert deliver(proven(answer), to=address.upper()) == "answer"

    one.refresh_from_db()
    assert one.trust == "proven"
    assert [(m.direction, m.text) for m in one.messages.all()][-1] == ("in", "Oui, en mars.")
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("words", [*FAILING, "", "spf=none; dkim=none; dmarc=none",
    "spf=pass smtp.mailfrom=voleur.example.org; dkim=pass header.d=voleur.example.org; dmarc=none"])  # fmt: skip
def test_whoever_was_shown_the_address_of_a_conversation_is_not_taken_for_its_owner(words):
    """Forwarded, copied, quoted: everybody sees it, and writes what she likes after `From`."""
    deliver(corpus.text(BODY))
    address, link = mails()[0]["Reply-To"], link_of(mails()[0])
    forged_answer = corpus.text("Publiez donc, à mon nom.", Message_ID="<b@bourg.example.org>")

    deliver(said_by_our_server(words, forged_answer) if words else forged_answer, to=address)

    one = Contribution.objects.get()
    assert one.trust == "unknown"
    assert not one.events.filter(act="claim").exists()
    assert one.messages.last().text == "Publiez donc, à mon nom.", "nothing is lost"
    if words in FAILING:
        assert "Un message dont l’expéditeur est douteux" in Client().get(link).content.decode()


def test_an_answer_from_another_address_is_kept_and_proves_nothing():
    deliver(corpus.text(BODY))
    address = mails()[0]["Reply-To"]

    deliver(corpus.text("Moi aussi.", From="autre@bourg.example.org", Message_ID="<b@bourg.example.org>"), to=address)

    one = Contribution.objects.get()
    assert one.trust == "unknown"
    assert Message.objects.last().authentication["same_sender"] is False


def test_an_automatic_answer_stays_out_of_the_conversation():
    deliver(corpus.text(BODY))
    address = mails()[0]["Reply-To"]

    absent = corpus.text("Je suis absente.", Auto_Submitted="auto-replied", Message_ID="<b@bourg.example.org>")
    assert deliver(absent, to=address) == "set_aside:auto_reply"

    assert Message.objects.count() == 1
    assert ServiceMail.objects.count() == 1


@pytest.mark.parametrize("prefix", ["Re: ", "RE : ", "Rép : "])
def test_she_answers_whatever_subject_we_wrote_under_and_is_read(prefix):
    titles = ("Congés scolaires : notre guide", "Fermeture des guichets", "Accusé de réception : un modèle")
    for number, title in enumerate(titles):
        deliver(corpus.text(BODY, Subject=title, Message_ID=f"<{number}@bourg.example.org>"))
        one = Contribution.objects.get(title=title)
        acknowledged = mails()[-1]
        conversation.ask(contribution_id=one.pk, text="Combien ?", by=moderator(), now=clock.now())
        for asked in (acknowledged, mails()[-1]):
            thread = {"In_Reply_To": asked["Message-ID"], "References": asked["Message-ID"]}
            own = f"<{number}-{asked['Message-ID'][1:]}"
            answer = corpus.text("Quarante.", Subject=f"{prefix}{asked['Subject']}", Message_ID=own, **thread)
            assert deliver(answer, to=asked["Reply-To"]) == "answer", asked["Subject"]
        assert [message.text for message in one.messages.filter(direction="in")][1:] == ["Quarante.", "Quarante."]


def test_what_reads_like_an_automatic_answer_without_its_marks_is_kept_and_told_as_such(client):
    deliver(corpus.text(BODY))
    asked = mails()[0]
    words = "Nous avons bien reçu votre question : quarante habitants sont venus.\n"
    raw = corpus.text(words, Subject="Re: x", In_Reply_To=asked["Message-ID"], Message_ID="<b@bourg.example.org>")

    assert deliver(raw, to=asked["Reply-To"]) == "answer:perhaps_automatic"

    one = Contribution.objects.get()
    kept = one.messages.get(text=words.strip())
    assert [message for message in one.messages.all() if message.may_be_automatic] == [kept]
    assert len(mails()) == 1, "and nobody is answered"
    client.force_login(moderator())
    shown = client.get(reverse("contributions_team:detail", args=[one.pk])).content.decode()
    assert "Réponse automatique, peut-être" in shown


def test_the_page_of_a_contribution_is_refused_to_whoever_has_no_link():
    deliver(corpus.text(BODY))
    one = Contribution.objects.get()

    for token in (one.reference, f"{one.reference}:forged", "x"):
        page = Client().get(f"/contribution/{token}/")
        assert page.status_code == 404
        assert "lavoir" not in page.content.decode()


def test_she_answers_corrects_and_withdraws_on_her_page():
    deliver(proven(corpus.text(BODY)))
    link = link_of(mails()[0])
    client = Client()
    page = client.get(link).content.decode()
    assert "autour du lavoir" in page
    stamp = re.search(r'name="horodatage"\s+value="([^"]+)"', page)[1]

    client.post(f"{link}repondre/", {"reponse": "J’ajoute une photo demain.", "horodatage": stamp})
    edit = client.get(f"{link}corriger/").content.decode()
    stamp = re.search(r'name="horodatage"\s+value="([^"]+)"', edit)[1]
    values = {"titre": "Le lavoir", "texte": "Court.", "licence": "cc-by", "nom": "Camille", "merci": "on"}
    assert client.post(f"{link}corriger/", {**values, "titre": "", "horodatage": stamp}).status_code == 422
    client.post(f"{link}corriger/", {**values, "horodatage": stamp})
    one = Contribution.objects.get()
    assert (one.title, one.text, one.licence, one.thanks) == ("Le lavoir", "Court.", "cc-by", True)
    assert one.messages.last().text == "J’ajoute une photo demain."

    gone = client.get(f"{link}retirer/").content.decode()
    one.refresh_from_db()
    assert one.state == "received"
    stamp = re.search(r'name="horodatage"\s+value="([^"]+)"', gone)[1]
    client.post(f"{link}retirer/", {"horodatage": stamp})
    one.refresh_from_db()
    assert one.state == "withdrawn"
    assert "Vous l’avez retirée" in client.get(link).content.decode()


def test_files_are_kept_checked_and_refusals_are_told():
    import io

    from PIL import Image

    photo = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(photo, "JPEG")
    raw = corpus.mixed(
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nVoici la photo du lavoir.",
        corpus.part(photo.getvalue(), kind="image/jpeg", name="lavoir.jpg"),
        corpus.part(b"MZ\x90\x00program", kind="application/pdf", name="facture.pdf"),
    )

    assert deliver(raw) == "received"
    link = link_of(mails()[0])
    waiting = Contribution.objects.get().files.first()
    assert "lavoir.jpg (" in (shown := Client().get(link).content.decode())
    assert "en cours d’examen" in shown
    assert "en cours d’examen" in body_of(mails()[0])
    assert Client().get(f"{link}fichier/{waiting.pk}/").status_code == 404, "nobody reads what nobody examined"

    assert examine_all() == 1
    kept, refused = Contribution.objects.get().files.all()
    assert (kept.name, kept.content_type, kept.width, kept.refused) == ("lavoir.jpg", "image/jpeg", 300, "")
    assert isinstance(kept.file.storage, PrivateStorage)
    assert (refused.name, refused.refused, refused.file.name) == ("facture.pdf", "program", "")
    assert "facture.pdf : il contient un programme" in body_of(mails()[0])
    assert Client().get(f"/media/{kept.file.name}").status_code == 404, "private: nobody reads it by its address"
    page = Client().get(f"{link}fichier/{kept.pk}/")
    assert len(b"".join(page.streaming_content)) == kept.size
    for close in page._resource_closers:  # `page.close()` would end the database's connection too
        close()
    assert Client().get(f"{link}fichier/{refused.pk}/").status_code == 404


def test_whoever_asks_to_leave_the_letter_gets_the_link_that_does_it():
    from commun.subscribers.models import Subscriber
    from commun.subscribers.services.subscriptions import activate, subscribe

    now = clock.now()
    row = subscribe(
        address="camille@bourg.example.org", consent_text="Oui", topics=[], method="form", source="test", now=now
    )
    activate(subscriber=row, method="form", now=now)

    said = deliver(corpus.text("Bonjour,\n\nMerci de me désabonner de votre lettre.", Subject="Désabonnement"))

    assert said == "unsubscription_asked"
    assert not Contribution.objects.exists()
    [mail] = mails()
    assert "/preferences/" in mail.get_body(("plain",)).get_content()
    assert Subscriber.objects.get().state == "active", "a mail proves nothing: anybody may write under her name"
