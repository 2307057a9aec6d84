"""Pictures that telephones, cameras and other programs make: kept as the letter can show them, or refused in words."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from commun.accounts.api import REDACTION, create_member
from commun.cms.models import CommunImage
from commun.newsletters.services.images import ImageStore

# Wagtail leaves the file of a picture it has measured to the garbage collector.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture
def editor(settings) -> Client:
    settings.STAFF_MFA_REQUIRED = False
    client = Client()
    client.force_login(create_member(email="editrice@example.org", first_name="Editrice", groups=(REDACTION,)))
    return client


def made(kind: str, *, mode: str = "RGB", frames: int = 1) -> bytes:
    pictures = [Image.new(mode, (1200, 800), color) for color in range(0, frames * 40, 40)]
    out = BytesIO()
    pictures[0].save(out, kind, **({"save_all": True, "append_images": pictures[1:]} if frames > 1 else {}))
    return out.getvalue()


def add(editor: Client, name: str, body: bytes) -> dict:
    sent = {"title": name, "files[]": SimpleUploadedFile(name, body), "collection": Collection.get_first_root_node().pk}
    answer = editor.post(reverse("wagtailimages:add_multiple"), sent)
    assert answer.status_code == 200
    return answer.json()


_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="9" height="9"/></svg>'
_HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 600


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("lourde.jpg", made("JPEG") + b"\x00" * (50 * 1024 * 1024), "La taille de fichier maximale est de 10,0"),
        ("abimee.png", made("PNG")[:40] + b"pas une image", "Ce fichier est abîmé"),
        ("coupee.jpg", made("JPEG")[:-900], "Ce fichier est abîmé"),
        ("texte.jpg", b"Bonjour, ceci n'est pas une image.", "valide"),
        ("telephone.heic", _HEIC, "Formats supportés"),
        ("telephone.jpg", _HEIC, "ne correspond pas au format du fichier (heic)"),
        ("dessin.svg", _SVG, "Formats supportés"),
        ("dessin.png", _SVG, "ne correspond pas au format du fichier (svg)"),
    ],
)
def test_what_the_letter_cannot_show_is_refused_in_words(editor, name, body, said):
    told = add(editor, name, body)
    assert told["success"] is False
    assert said in told["error_message"]
    assert not CommunImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("animee.gif", made("GIF", mode="L", frames=3)),
        ("imprimeur.jpg", made("JPEG", mode="CMYK")),
        ("grise.png", made("PNG", mode="LA")),
        ("profonde.png", made("PNG", mode="I;16")),
    ],
)
def test_what_it_can_is_shown_still_and_in_the_colours_of_screens(editor, name, body):
    told = add(editor, name, body)
    assert told["success"] is True
    image = CommunImage(title=name, file=SimpleUploadedFile(name, body), width=1200, height=800, is_decorative=True)
    image.save()
    store = ImageStore()
    for cropped in (False, True):
        store.picture(image, cropped=cropped)
    for kept in store.names:
        with image.file.storage.open(kept) as file, Image.open(file) as shown:
            assert (shown.format, shown.mode, getattr(shown, "n_frames", 1)) == ("JPEG", "RGB", 1)
