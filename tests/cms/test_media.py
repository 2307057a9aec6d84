"""Adding images and documents, one or many, from the list and from a chooser."""

from __future__ import annotations

import gc
import io
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile

from commun.accounts.api import REDACTION, create_member
from commun.cms.models import CommunDocument, CommunImage
from commun.cms.types import Licence

# Wagtail leaves the file of a picture it has measured to the garbage collector.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(autouse=True)
def _swept() -> Iterator[None]:
    """Here, where the warning is expected, rather than during a test that comes later."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def editor(client, settings) -> Client:
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(create_member(email="redaction@example.org", first_name="Ana", groups=(REDACTION,)))
    return client


def picture(name: str = "place.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def document(name: str = "guide.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n", "application/pdf")


def fields_of(html: str) -> dict[str, str]:
    """What a browser would send of a form nobody touched."""
    found: dict[str, str] = {}
    for tag in BeautifulSoup(html, "html.parser").select("form :is(input, select, textarea)[name]"):
        if tag.name == "select":
            chosen = tag.select_one("option[selected]") or tag.select_one("option")
            found[tag["name"]] = chosen["value"] if chosen else ""
        elif tag.name == "textarea":
            found[tag["name"]] = tag.text.strip()
        elif tag.get("type") not in {"file", "checkbox", "submit"}:
            found[tag["name"]] = tag.get("value", "")
    return found


def filled(html: str, **values: Any) -> dict[str, Any]:
    """As above, but for `values`: each by the end of the name of its field, which has a prefix of its own."""
    sent: dict[str, Any] = fields_of(html)
    [prefix] = {name.removesuffix("title") for name in sent if name.endswith("title")}
    return sent | {prefix + name: value for name, value in values.items()}


class Kind:
    """The addresses and the fields of images, or of documents."""

    def __init__(self, *, app: str, one: str, file: Any, model: Any, wrong: str, **described: str) -> None:
        self.add, self.choose = f"{app}:add_multiple", f"{app}_chooser:create"
        self.create, self.edit = f"{app}:create_multiple_from_uploaded_{one}", f"{app}:edit_multiple"
        self.file, self.model, self.wrong = file, model, wrong
        self.described = {"licence": Licence.OPEN.value, "credit": "Ville d’Exemple", **described}


KINDS = [
    Kind(app="wagtaildocs", one="document", file=document, model=CommunDocument, wrong="outil.exe"),
    Kind(app="wagtailimages", one="image", file=picture, model=CommunImage, wrong="carte.svg", alt_text="Une place"),
]
both = pytest.mark.parametrize("kind", KINDS, ids=["documents", "images"])


def add(editor: Client, kind: Kind, name: str) -> dict[str, Any]:
    sent = {"title": name, "files[]": kind.file(name), "collection": Collection.get_first_root_node().pk}
    answer = editor.post(reverse(kind.add), sent)
    assert answer.status_code == 200
    return answer.json()


@both
def test_each_of_several_files_added_at_once_is_described_then_kept(editor, kind):
    extension = kind.file().name.rpartition(".")[2]
    asked = [add(editor, kind, f"{number}.{extension}") for number in range(3)]
    for one in asked:
        assert one["success"]
        url = reverse(kind.create, args=[one["uploaded_file_id"]])
        refused = editor.post(url, fields_of(one["form"])).json()
        assert not refused["success"], "its licence is missing"
        assert "Champ requis" in refused["form"]
        nameless = editor.post(url, filled(refused["form"], **{**kind.described, "credit": ""})).json()
        assert "oblige à nommer l’auteur" in nameless["form"].replace("&#x27;", "’")
        assert editor.post(url, filled(nameless["form"], **kind.described)).json()["success"]
    assert [row.title for row in kind.model.objects.order_by("pk")] == [f"{number}.{extension}" for number in range(3)]
    assert not UploadedFile.objects.exists()


@both
def test_a_file_of_several_that_cannot_be_kept_says_why_and_the_others_go_on(editor, kind):
    told = add(editor, kind, kind.wrong)
    assert not told["success"]
    assert "pdf" in told["error_message"] or "PNG" in told["error_message"], "it says which are taken"
    assert add(editor, kind, kind.file().name)["success"]


@both
def test_what_was_just_added_is_described_again_without_its_file(editor, kind):
    one = add(editor, kind, kind.file().name)
    editor.post(reverse(kind.create, args=[one["uploaded_file_id"]]), filled(one["form"], **kind.described))
    row = kind.model.objects.get()
    prefix = "doc" if kind.model is CommunDocument else "image"
    values = {"title": "Autre titre", "collection": row.collection_id, "tags": "", **kind.described, "language": "fr"}
    answer = editor.post(
        reverse(kind.edit, args=[row.pk]), {f"{prefix}-{row.pk}-{name}": value for name, value in values.items()}
    )
    assert answer.json()["success"]
    assert kind.model.objects.get().title == "Autre titre"


@both
def test_a_file_is_added_from_a_chooser_once_it_is_described(editor, kind):
    url = reverse(kind.choose)
    form = editor.get(url).json()["htmlFragment"]
    prefix = next(name for name in fields_of(form) if name.endswith("title")).removesuffix("title")
    untold = fields_of(form) | {f"{prefix}title": "Un fichier", f"{prefix}file": kind.file()}
    assert editor.post(url, untold).json()["step"] != "chosen"
    wrong = untold | {f"{prefix}{name}": value for name, value in kind.described.items()}
    assert editor.post(url, wrong | {f"{prefix}file": kind.file(kind.wrong)}).json()["step"] != "chosen"
    assert not kind.model.objects.exists()

    assert editor.post(url, wrong | {f"{prefix}file": kind.file()}).json()["step"] in {"chosen", "select_format"}
    assert kind.model.objects.get().title == "Un fichier"


@both
def test_a_form_that_leaves_fields_out_still_says_what_is_wrong_with_them(editor, kind):
    get_form = get_document_form if kind.model is CommunDocument else get_image_form
    form = get_form(kind.model, fields=["title"])
    row = kind.model(title="x", licence=Licence.CC_BY, file=kind.file(kind.wrong))
    user = get_user_model().objects.get()
    posted = form({"title": "x", "collection": Collection.get_first_root_node().pk}, instance=row, user=user)
    assert not posted.is_valid()
    assert posted.non_field_errors()
