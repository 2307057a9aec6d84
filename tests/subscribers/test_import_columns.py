"""The other columns of a file of addresses: guessed, shown, read, counted where they are not understood, given back."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from commun.accounts.api import EXPLOITATION
from commun.common import clock
from commun.subscribers import address_values
from commun.subscribers.address_values import Other
from commun.subscribers.models import ConsentEvent, Import, Subscriber
from commun.subscribers.types import ImportState
from tests.library.factories import TerritoryFactory
from tests.subscribers.factories import make_subscriber, make_topic

GROUNDS = {"basis": "consent", "source": "Reprise de l’ancien outil"}
NAMES = {"01": "Ain", "2A": "Corse-du-Sud", "2B": "Haute-Corse", "35": "Ille-et-Vilaine", "974": "La Réunion"}
TODAY = date(2026, 11, 20)


# --- cells -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("35", "35"),
        ("035", "35"),
        ("1", "01"),
        ("Ille-et-Vilaine", "35"),
        ("ille et vilaine", "35"),
        ("35 – Ille-et-Vilaine", "35"),
        ("Ille-et-Vilaine (35)", "35"),
        ("35000", "35"),
        ("20000", "2A"),
        ("20200", "2B"),
        ("97400", "974"),
        ("2a", "2A"),
        ("La Réunion", "974"),
        ("99", ""),
        ("Rennes", ""),
        ("35 rue des Lilas", ""),
        ("75001", ""),
        ("", ""),
    ],
)
def test_a_departement_is_read_as_people_write_it(cell, code):
    assert address_values.departement(cell, names=NAMES) == code


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-03-12", date(2024, 3, 12)),
        ("2024-03-12T10:00:00+01:00", date(2024, 3, 12)),
        ("2024-03-12 10:00:00", date(2024, 3, 12)),
        ("12/03/2024", date(2024, 3, 12)),
        ("12.03.2024 08:30", date(2024, 3, 12)),
        ("12 mars 2024", date(2024, 3, 12)),
        ("1er août 2024", date(2024, 8, 1)),
        ("31/02/2024", None),
        ("03/25/2024", None),
        ("2027-01-01", None),
        ("0001-01-01", None),
        ("hier", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_france_and_programs_write_it(cell, day):
    assert address_values.day(cell, today=TODAY) == day


@given(st.text(max_size=80))
def test_whatever_a_cell_holds_it_is_a_value_or_nothing(cell):
    assert address_values.departement(cell, names=NAMES) in {"", *NAMES}
    found = address_values.day(cell, today=TODAY)
    assert found is None or found <= TODAY
    assert all(part.strip() == part != "" for part in address_values.parts(cell))


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (
            ("Courriel", "Thématiques", "Département", "Date d’inscription", "Source"),
            {"topics": 1, "place": 2, "date": 3, "source": 4},
        ),
        (("Email Address", "OPTIN_TIME", "CONFIRM_TIME", "CP"), {"date": 2, "place": 3}),
        (("Prénom", "Nom", "Courriel", "Commune"), {}),
        ((), {}),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_their_headings_alone(headings, found):
    assert address_values.guessed(headings, addresses=(0,)) == {Other(name): at for name, at in found.items()}


# --- files -------------------------------------------------------------------------------------------


@pytest.fixture
def known(db):
    """The themes and the département that this site has."""
    water, roads = make_topic(slug="eau", name="L’eau"), make_topic(slug="voirie", name="La voirie")
    return water, roads, TerritoryFactory(kind="departement", code="35", name="Ille-et-Vilaine")


@pytest.fixture
def team(enter, known, django_capture_on_commit_callbacks):
    """Someone of the team, whose workers work at once."""
    client = enter(EXPLOITATION)

    class Team:
        def post(self, name, pk=None, **data):
            with django_capture_on_commit_callbacks(execute=True):
                return client.post(url(name, pk), data)

        def bring(self, content, name="liste.csv"):
            raw = content if isinstance(content, bytes) else content.encode()
            self.post("import", file=SimpleUploadedFile(name, raw), **GROUNDS)
            return Import.objects.latest("pk")

        def add(self, row):
            self.post("import_ajouter", row.pk)
            row.refresh_from_db()
            assert row.state == ImportState.DONE
            return row

        def see(self, pk):
            return client.get(url("import_file", pk)).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")

    return Team()


def url(name, pk=None):
    return reverse(f"subscribers_team:{name}", args=[] if pk is None else [pk])


CSV = (
    "Courriel;Thématiques;Département;Date d’inscription;Origine\n"
    "ana@example.org;L’eau, La voirie;35;12/03/2024;Salon des maires\n"
    "bob@example.org;eau | Les forêts;99 – Ailleurs;un jour;\n"
    "cleo@example.org;toutes;35000;;\n"
    "dora@example.org;Les forêts;;2024-03-12;\n"
    "eve@example.org;;;;\n"
)


def workbook():
    book = Workbook()
    sheet = book.active
    sheet.append(["Courriel", "Thématiques", "Département", "Date d’inscription", "Origine"])
    sheet.append(["ana@example.org", "L’eau, La voirie", 35, datetime(2024, 3, 12), "Salon des maires"])  # noqa: DTZ001
    sheet.append(["bob@example.org", "eau | Les forêts", "99 – Ailleurs", "un jour", None])
    sheet.append(["cleo@example.org", "toutes", 35000, None, None])
    sheet.append(["dora@example.org", "Les forêts", None, datetime(2024, 3, 12), None])  # noqa: DTZ001
    sheet.append(["eve@example.org", None, None, None, None])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(("content", "name"), [(CSV, "liste.csv"), (workbook(), "liste.xlsx")], ids=["csv", "xlsx"])
def test_what_each_column_says_is_shown_before_it_is_written_and_unknown_values_are_counted(team, known, content, name):
    water, roads, ille = known
    row = team.bring(content, name)
    assert (row.state, row.report["added"]) == (ImportState.TRIED, 5)
    assert not Subscriber.objects.exists()
    shown = team.see(row.pk)
    for words in (
        "Thématiques : 3 lignes comprises ; 2 valeurs inconnues : « Les forêts » (2).",
        "Département : 2 lignes comprises ; 1 valeur inconnue : « 99 – Ailleurs » (1).",
        "Date de l’accord : 2 lignes comprises ; 1 valeur inconnue : « un jour » (1).",
        "Source : 1 ligne comprise.",
        "Ille-et-Vilaine (35)",
        "tous les numéros",
        "« un jour » : <strong>inconnu</strong>",
    ):
        assert words in shown, words
    trial = row.report
    assert team.add(row).report == trial
    people = {one.address.partition("@")[0]: one for one in Subscriber.objects.all()}
    topics = {name: set(one.topics.all()) for name, one in people.items()}
    assert topics == {"ana": {water, roads}, "bob": {water}, "cleo": set(), "dora": set(), "eve": set()}
    assert {name for name, one in people.items() if one.preference == "chosen_topics"} == {"ana", "bob"}
    assert {name for name, one in people.items() if one.departement == ille} == {"ana", "cleo"}
    proofs = {name: ConsentEvent.objects.get(subject=one.address_hash) for name, one in people.items()}
    assert {name: one.detail for name, one in proofs.items() if one.detail} == {
        "ana": {"accord du": "2024-03-12"},
        "dora": {"accord du": "2024-03-12"},
    }
    assert proofs["ana"].source == f"Salon des maires ({GROUNDS['source']})"
    assert {one.source for name, one in proofs.items() if name != "ana"} == {GROUNDS["source"]}
    assert len({(one.kind, one.basis, one.wording_id, one.method) for one in proofs.values()}) == 1


def test_a_guess_is_put_right_and_two_things_are_not_read_in_one_column(team, known):
    row = team.bring("Courriel;Source;Remarque\nana@example.org;35;L’eau\n")
    assert "Source : 1 ligne comprise." in team.see(row.pk)
    team.post("import_essayer", row.pk, column="0", place="1", source="1")
    row.refresh_from_db()
    assert row.others is None  # refused: nothing moved
    team.post("import_essayer", row.pk, column="0", place="1", topics="2")
    row.refresh_from_db()
    assert row.report["understood"] == {"place": 1, "topics": 1}
    team.add(row)
    ana = Subscriber.objects.get()
    assert (ana.departement, list(ana.topics.all())) == (known[2], [known[0]])
    assert ConsentEvent.objects.get().source == GROUNDS["source"]


def test_refused_lines_are_given_back_with_what_the_file_says_of_them(team, known):
    row = team.bring("Courriel;Thématiques;Département\nana@;L’eau;35\nbob@example.org;;\n")
    given_back = b"".join(team.post("import_refused", row.pk).streaming_content).decode("utf-8-sig")
    assert given_back.splitlines() == [
        "courriel;ligne du fichier;raison du refus;thématiques;département",
        "ana@;2;refusée\u00a0: adresse invalide;L’eau;35",
    ]
    mended = SimpleUploadedFile("refusees.csv", given_back.replace("ana@;", "ana@example.org;").encode())
    team.post("import_give_back", row.pk, file=mended)
    team.add(Import.objects.latest("pk"))
    ana = Subscriber.objects.get(address="ana@example.org")
    assert (list(ana.topics.all()), ana.departement) == ([known[0]], known[2])


def test_whoever_is_here_already_keeps_what_she_chose(team, known):
    _, roads, _ = known
    here = make_subscriber(address="ana@example.org", topics=[roads])
    asked = make_subscriber(address="bob@example.org", topics=[roads], state="pending")
    row = team.add(team.bring("Courriel;Thématiques;Département\nana@example.org;eau;35\nbob@example.org;eau;35\n"))
    assert (row.report["added"], row.report["already"]) == (1, 1)
    for person in (here, asked):
        person.refresh_from_db()
        assert (list(person.topics.all()), person.departement) == ([roads], None)


def test_a_file_of_values_that_nobody_knows_names_a_few_and_counts_the_rest(team):
    lines = "".join(f"p{number}@example.org;sujet {number}\n" for number in range(50))
    row = team.bring(f"Courriel;Thèmes\n{lines}")
    values = row.report["unknown"]["topics"]
    assert (len(values), values[""], sum(values.values())) == (31, 20, 50)
    assert "50 valeurs inconnues" in team.see(row.pk)
    assert "et d’autres (20)" in team.see(row.pk)


def test_cut_anywhere_what_is_unknown_is_counted_once(team, monkeypatch):
    from commun.subscribers.services import files, importing

    monkeypatch.setattr(importing, "BATCH", 2)
    row = team.bring("Courriel;Thèmes\n" + "".join(f"p{number}@example.org;inconnu\n" for number in range(5)))
    files.add_people(pk=row.pk, now=clock.now())
    taken, calls = importing._take, []

    def cut(*args, **kwargs):
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        taken(*args, **kwargs)

    monkeypatch.setattr(importing, "_take", cut)
    with pytest.raises(KeyboardInterrupt):
        files.work(pk=row.pk, now=clock.now())
    monkeypatch.setattr(importing, "_take", taken)
    files.work(pk=row.pk, now=clock.now())
    row.refresh_from_db()
    assert row.report["unknown"] == {"topics": {"inconnu": 5}}
    assert row.report["added"] == 5
