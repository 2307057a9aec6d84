"""Files the team brings: tried, added, given back, undone; cut anywhere, they go on."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from commun.accounts.api import EXPLOITATION
from commun.common import clock
from commun.subscribers import workbooks
from commun.subscribers.address_file import Unreadable
from commun.subscribers.models import ConsentEvent, Import, ImportPiece, Subscriber
from commun.subscribers.services import files, importing, subscriptions
from commun.subscribers.types import ImportState, LegalBasis, SubscriberState
from tests.subscribers.factories import make_subscriber

pytestmark = pytest.mark.django_db
GROUNDS = {"basis": "consent", "source": "Salon des maires 2025"}


@pytest.fixture
def team(enter, django_capture_on_commit_callbacks):
    """Someone of the team, whose workers work at once."""
    client = enter(EXPLOITATION)

    class Team:
        def post(self, name, pk=None, **data):
            with django_capture_on_commit_callbacks(execute=True):
                return client.post(_url(name, pk), data)

        def see(self, pk):
            return client.get(_url("import_file", pk)).content.decode()

    return Team()


def _url(name, pk=None):
    return reverse(f"subscribers_team:{name}", args=[] if pk is None else [pk])


def _file(content, name="liste.csv"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def _bring(content, **values):
    row = files.bring_file(
        stream=io.BytesIO(content.encode()),
        name="liste.csv",
        basis=LegalBasis.CONSENT,
        source="Salon",
        topics=(),
        by=None,
        now=clock.now(),
        **values,
    )
    files.work(pk=row.pk, now=clock.now())
    row.refresh_from_db()
    return row


def _add(row):
    files.add_people(pk=row.pk, now=clock.now())
    files.work(pk=row.pk, now=clock.now())
    row.refresh_from_db()
    return row


def test_a_file_is_tried_then_added_what_is_refused_is_mended_and_given_back(team):
    answer = team.post("import", file=_file("email\ncamille@example.org\nmarie@\n"), **GROUNDS)
    row = Import.objects.get()
    assert answer.url == _url("import_file", row.pk)
    shown = team.see(row.pk)
    assert "rien n’est écrit" in shown
    assert "Ajouter 1 personne" in shown
    assert not Subscriber.objects.exists()

    team.post("import_ajouter", row.pk)
    assert Subscriber.objects.get().brought_by == row
    assert "terminé" in team.see(row.pk)

    refused = b"".join(team.post("import_refused", row.pk).streaming_content).decode("utf-8-sig")
    assert refused.splitlines() == ["courriel;ligne du fichier;raison du refus", "marie@;3;refusée : adresse invalide"]
    mended = refused.replace("marie@;", "marie@example.org;")
    team.post("import_give_back", row.pk, file=_file(mended))
    again = Import.objects.exclude(pk=row.pk).get()
    assert (again.given_back, again.source, again.state) == (row, GROUNDS["source"], ImportState.TRIED)
    team.post("import_ajouter", again.pk)
    assert Subscriber.objects.get(address="marie@example.org").brought_by == again


def test_undone_it_takes_away_whom_it_added_and_who_did_nothing_since(team):
    waiting = make_subscriber(address="attend@example.org", state=SubscriberState.PENDING)
    old = make_subscriber(address="ancienne@example.org")
    everyone = ("a", "b", "partie", "attend", "ancienne")
    row = _add(_bring("email\n" + "".join(f"{name}@example.org\n" for name in everyone)))
    assert (row.report["added"], row.report["already"]) == (4, 1)
    gone = Subscriber.objects.get(address="partie@example.org")
    subscriptions.unsubscribe(recipient_key=gone.key, method="page", now=clock.now())
    assert "Retirer 3 personnes" in team.see(row.pk)
    team.post("import_defaire", row.pk)
    row.refresh_from_db()
    assert (row.state, row.report["undone"]) == (ImportState.UNDONE, 3)
    waiting.refresh_from_db()
    assert waiting.state == SubscriberState.PENDING
    left = Subscriber.objects.order_by("address").values_list("address", "state")
    assert list(left) == [
        ("ancienne@example.org", "active"),
        ("attend@example.org", "pending"),
        ("partie@example.org", "unsubscribed"),
    ]
    assert old.brought_by is None
    assert ConsentEvent.objects.filter(kind="undone").count() == 3
    assert not ImportPiece.objects.exists()
    # Brought again, they come back: nobody had left.
    assert _bring("a@example.org\n").report["added"] == 1


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_cut_anywhere_it_goes_on_and_counts_as_if_it_had_not_been(monkeypatch, batches):
    monkeypatch.setattr(importing, "BATCH", 3)
    row = _bring("email\n" + "".join(f"p{number}@example.org\n" for number in (*range(7), 0)) + "faux\n")
    assert row.report["added"] == 7
    files.add_people(pk=row.pk, now=clock.now())
    taken = importing._take
    calls = []

    def cut(*args, **kwargs):
        calls.append(1)
        if len(calls) > batches:
            raise KeyboardInterrupt
        taken(*args, **kwargs)

    monkeypatch.setattr(importing, "_take", cut)
    with pytest.raises(KeyboardInterrupt):
        files.work(pk=row.pk, now=clock.now())
    monkeypatch.setattr(importing, "_take", taken)
    assert Subscriber.objects.count() == 3 * batches
    assert files.enqueue_silent(now=clock.now()) == 0
    assert files.enqueue_silent(now=clock.now() + files.SILENT * 2) == 1
    row.refresh_from_db()
    assert row.state == ImportState.DONE
    counts = {name: row.report[name] for name in ("rows", "added", "repeated", "refused")}
    assert counts == {"rows": 9, "added": 7, "repeated": 1, "refused": 1}
    assert row.refusals.count() == 1


def test_a_column_may_be_chosen_when_headings_mislead(team):
    content = "Référent;Secrétariat\npas une adresse;camille@example.org\nnon plus;marie@example.org\n"
    team.post("import", file=_file("email;" + content.replace("\n", "\nx;", 2)), **GROUNDS)
    row = Import.objects.get()
    assert row.report["added"] == 0
    assert "Secrétariat" in team.see(row.pk)
    team.post("import_essayer", row.pk, column="2")
    row.refresh_from_db()
    assert row.report["added"] == 2


def _workbook():
    book = Workbook()
    book.active.append(["Notes de réunion"])
    sheet = book.create_sheet("Contacts")
    sheet.append(["Nom", "Courriel", "Depuis", "Total"])
    sheet.append(["=1+1", "camille@example.org", clock.now().replace(tzinfo=None), "=A1"])
    sheet.append(["Le Goff", None, None, 3.0])
    sheet.append(["Élise", " marie@example.org ", None, None])
    sheet.merge_cells("A5:B5")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_is_read_by_the_sheet_that_holds_addresses(team):
    team.post("import", file=_file(_workbook(), "liste.xlsx"), **GROUNDS)
    row = Import.objects.get()
    assert (row.state, row.report["added"], row.report["refused"]) == (ImportState.TRIED, 2, 1)


def _bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (12 * 1024 * 1024))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"PK\x03\x04 abime", "abîmé"),
        (b"\xd0\xcf\x11\xe0 abime", "ne peut pas être ouvert"),
        (_bomb(), "trop lourd"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told_at_once(team, content, words):
    answer = team.post("import", file=_file(content, "liste.xlsx"), **GROUNDS)
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_without_addresses_says_what_was_read_and_lets_a_column_be_chosen(team):
    team.post("import", file=_file("nom;ville\na;b\n"), **GROUNDS)
    shown = team.see(Import.objects.get().pk)
    assert "Aucune colonne d’adresse" in shown
    assert "ville" in shown


def test_a_file_too_large_is_refused(team, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 10)
    assert "50 Mo" in team.post("import", file=_file("x" * 11), **GROUNDS).content.decode()


def test_an_import_is_decided_once(team):
    row = _bring("a@example.org\n")
    team.post("import_ajouter", row.pk)
    for name in ("import_ajouter", "import_abandonner", "import_essayer"):
        team.post(name, row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.DONE
    aside = _bring("b@example.org\n")
    team.post("import_abandonner", aside.pk)
    aside.refresh_from_db()
    assert (aside.state, aside.pieces.count()) == (ImportState.SET_ASIDE, 0)
    assert not Subscriber.objects.filter(address="b@example.org").exists()


def test_files_and_refused_lines_are_forgotten_after_thirty_days():
    row = _bring("a@example.org\nfaux\n")
    assert files.forget_files(now=clock.now() + timedelta(days=29)) == 0
    assert files.forget_files(now=clock.now() + timedelta(days=31)) == 1
    row.refresh_from_db()
    assert (row.state, row.pieces.count(), row.refusals.count()) == (ImportState.SET_ASIDE, 0, 0)
    assert row.report["added"] == 1


def test_a_workbook_of_nothing_is_unreadable():
    with pytest.raises(Unreadable):
        workbooks.as_csv(b"PK\x03\x04")
