from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commun.common import clock
from commun.mailing.services import suppression
from commun.mailing.types import SuppressionReason
from commun.subscribers import api
from commun.subscribers.exceptions import UnreadableFile
from commun.subscribers.models import ConsentEvent, Subscriber
from commun.subscribers.services import importing
from commun.subscribers.types import ImportReport, LegalBasis, SubscriberState
from tests.subscribers.factories import make_subscriber, make_topic
from tests.subscribers.pages import everything

pytestmark = pytest.mark.django_db


def _import(content: bytes | str, **values) -> tuple[ImportReport, list[tuple[int, str]]]:
    raw = content.encode() if isinstance(content, str) else content
    refused: list[tuple[int, str]] = []
    report = api.import_subscribers(
        stream=io.BytesIO(raw),
        basis=LegalBasis.PUBLIC_TASK,
        source="Annuaire des mairies, mars 2026",
        now=clock.now(),
        on_refused=lambda row, why: refused.append((row.line, why)),
        **values,
    )
    assert report.rows == report.added + report.already + report.skipped + report.refused + report.repeated
    assert len(refused) == report.refused
    assert [line for line, _ in refused] == sorted(line for line, _ in refused)
    return report, refused


def _addresses() -> list[str]:
    return sorted(Subscriber.objects.values_list("address", flat=True))


TWO = ["camille@example.org", "élise@example.org"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("heading", ["Courriel", "E-mail", "ADRESSE ÉLECTRONIQUE", "Adresse e-mail"])
def test_files_of_every_usual_make_are_read(encoding, delimiter, heading):
    lines = [("Nom", heading), ("Léa", "Camille@example.org"), ("É", " Élise@Example.org ")]
    _import("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    assert _addresses() == TWO


@pytest.mark.parametrize(
    "content",
    [
        "camille@example.org\nélise@example.org\n",  # one column, no heading
        "\n\nliste\ncamille@example.org\n\nélise@example.org",
        "Nom,camille@example.org\nNom,élise@example.org\n",  # no heading, second column
        'email;note\ncamille@example.org;"une note\nsur deux lignes"\nélise@example.org;x\n',
        "adresse;courriel\n1 rue Haute;camille@example.org\n2 rue Haute;élise@example.org\n",
        "email\nCamille Roux <camille@example.org>\nmailto:élise@example.org\n",
        "email\rcamille@example.org\rélise@example.org\r",
    ],
)
def test_files_of_every_shape_are_read(content):
    report, _ = _import(content)
    assert _addresses() == TWO
    assert not report.truncated


def test_each_person_is_active_with_a_proof_and_running_again_adds_nothing():
    topic = make_topic()
    content = "email\ncamille@example.org\nélise@example.org\n"
    first, _ = _import(content, topics=[topic])
    assert first.added == 2
    camille = Subscriber.objects.get(address="camille@example.org")
    assert (camille.state, camille.preference, list(camille.topics.all())) == ("active", "chosen_topics", [topic])
    proof = ConsentEvent.objects.get(subject=camille.address_hash)
    assert (proof.kind, proof.basis, proof.source) == ("imported", "public_task", "Annuaire des mairies, mars 2026")
    assert "mission publique" in proof.wording.text
    assert proof.detail == {}
    before = everything()
    again, _ = _import(content, topics=[topic])
    assert (again.added, again.already) == (0, 2)
    assert everything() == before


def test_a_file_never_brings_back_who_left_or_is_suppressed():
    for state in SubscriberState:
        make_subscriber(address=f"{state}@example.org", state=state)
    suppression.suppress(reason=SuppressionReason.ERASURE, address="effacee@example.org", now=clock.now())
    make_subscriber(address="morte@example.org", state=SubscriberState.PENDING)
    suppression.suppress(reason=SuppressionReason.HARD_BOUNCE, address="morte@example.org", now=clock.now())
    report, _ = _import("\n".join(f"{who}@example.org" for who in [*SubscriberState, "effacee", "morte", "neuve"]))
    assert (report.added, report.already, report.skipped) == (2, 1, 3)
    states = dict(Subscriber.objects.values_list("address", "state"))
    assert states == {
        "active@example.org": "active",
        "pending@example.org": "active",
        "unsubscribed@example.org": "unsubscribed",
        "morte@example.org": "pending",
        "neuve@example.org": "active",
    }


def test_an_address_given_twice_counts_once_even_far_apart_and_in_a_trial(monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    content = "email\na@example.org\nb@example.org\nc@example.org\nA@EXAMPLE.org\nb@example.org\n"
    before = everything()
    trial, _ = _import(content, dry_run=True)
    assert everything() == before
    real, _ = _import(content)
    assert trial == real
    assert (real.added, real.repeated) == (3, 2)


def test_every_refused_line_is_told_with_its_number_and_the_rest_is_taken():
    lines = ["email;nom", "camille@example.org;C", "pas une adresse;X", ";Y", "", 'x"y@;Z', "élise@example.org;É"]
    lines += ["a" * 300 + "@example.org;L", "a\x00b@example.org;N", "deux@example.org autre@example.org;M"]
    _, refused = _import("\n".join(lines) + "\n")
    assert [line for line, _ in refused] == [3, 4, 6, 8, 9, 10]
    assert refused[1][1] == "pas d’adresse sur cette ligne"
    assert _addresses() == TWO


def test_a_stray_quotation_mark_costs_its_own_line_only():
    report, refused = _import(
        'nom;email\n"Jo"é;x@example.org\nC;camille@example.org\n"É;y@e.org\nÉ;élise@example.org\n'
    )
    assert [line for line, _ in refused] == [2, 4]
    assert "jamais refermé" in refused[1][1]
    assert _addresses() == TWO
    assert report.truncated


def test_a_quotation_mark_opened_far_above_does_not_swallow_the_file():
    lines = ['"', *(f"personne-{number}@example.org" for number in range(300))]
    report, refused = _import("email\n" + "\n".join(lines) + "\n")
    assert report.added == 300
    assert [line for line, _ in refused] == [2]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("email\ncamille@example.org\nélise@exam", 1),
        ("email;nom\ncamille@example.org;Camille\nélise@example.org;Él", 2),
        ("email;nom;ville\ncamille@example.org;C;V\nélise@example.org;Él", 2),
        ("email;nom;ville\ncamille@example.org;C;V\nélise@example.or", 1),
        ('email;nom\ncamille@example.org;C\nélise@example.org;"Él', 1),
        ("email;nom\ncamille@example.org;C\nx@example.org;É".encode()[:-1], 2),
    ],
)
def test_a_file_cut_short_says_so_and_keeps_what_was_read(content, kept):
    report, _ = _import(content)
    assert report.added == kept
    cut_in_a_name = kept == 2 and isinstance(content, str) and content.count(";") == 3
    assert report.truncated is not cut_in_a_name


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"\n \n", "vide"),
        (b"PK\x03\x04 classeur", "classeur"),
        ("nom;commune\nLéa;Brest\n".encode(), "Aucune colonne"),
    ],
)
def test_a_file_that_is_none_is_explained(content, words):
    with pytest.raises(UnreadableFile, match=words):
        _import(content)
    assert not Subscriber.objects.exists()


def test_bytes_that_mean_nothing_are_refused_without_harm():
    report, _ = _import(b"email\n" + bytes(range(256)) * 50 + b"\ncamille@example.org\n")
    assert "camille@example.org" in _addresses()
    assert report.added == 1


def test_a_line_without_end_does_not_fill_memory():
    report, refused = _import("email\n" + "x" * 1_000_000 + "\ncamille@example.org\n")
    assert (report.added, [line for line, _ in refused]) == (1, [2])


def test_queries_do_not_grow_with_the_batch():
    counts = []
    for first, last in pairwise([0, 10, 310]):
        content = "\n".join(f"p{number}@example.org" for number in range(first, last))
        with CaptureQueriesContext(connection) as queries:
            _import(content)
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts[1] <= counts[0] + 12  # SQLite takes a bulk insert in slices


def _run(path: Path, **options) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_subscribers", str(path), basis="consent", source="Salon", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_the_command_reports_and_shows_its_progress(tmp_path):
    topic = make_topic(slug="action")
    path = tmp_path / "liste.csv"
    path.write_text("email\ncamille@example.org\npas une adresse\n", encoding="utf-8")
    out, err = _run(path, topics="action")
    assert "2 lignes lues : 1 ajout," in out
    assert "ligne 3 : adresse invalide" in err
    assert "100 %" in err
    assert "camille" not in out + err
    assert list(Subscriber.objects.get().topics.all()) == [topic]
    refused = tmp_path / "refus.csv"
    path.write_text("email\n=1+1\n", encoding="utf-8")
    _, err = _run(path, refused=refused)
    assert "ligne 2" not in err
    assert refused.read_text(encoding="utf-8-sig").splitlines() == ["ligne;contenu;raison", "2;'=1+1;adresse invalide"]


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        ("email\ncamille@example.org\nélise@exam", {}, "semble coupé"),
        ("", {}, "vide"),
        ("email\n", {"topics": "inconnue"}, "Thématique inconnue"),
        ("email\n", {"source": "  "}, "d’où viennent"),
    ],
)
def test_what_is_wrong_is_a_french_sentence(tmp_path, content, options, words):
    path = tmp_path / "liste.csv"
    path.write_text(content, encoding="utf-8")
    values = {"basis": "consent", "source": "Salon", "stdout": io.StringIO(), "stderr": io.StringIO(), **options}
    with pytest.raises(CommandError, match=words):
        call_command("import_subscribers", str(path), **values)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match=r"absent\.csv"):
        _run(tmp_path / "absent.csv")
