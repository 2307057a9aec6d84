"""The box from opening to recount: what enters, what is refused, what nobody can change."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from commun.common import privacy
from commun.votes import api
from commun.votes.models import Ballot, BallotBox, Entry
from commun.votes.services import sweeps
from tests.territories.factories import end_mandates, make_mandate
from tests.votes.factories import (
    CLOSES,
    DRAFTS,
    OPENS,
    cast,
    elector_of,
    make_closed,
    make_draft,
    make_member,
    make_open,
    make_scheduled,
)

pytestmark = pytest.mark.django_db
RECOUNT = Path(__file__).resolve().parents[2] / "tools" / "recount.py"
SECOND = timedelta(seconds=1)


def recount(*arguments) -> tuple[int, str]:
    """Outside the project: another directory, no environment, isolated from site-packages."""
    ran = subprocess.run(
        [sys.executable, "-I", str(RECOUNT), *map(str, arguments)],
        capture_output=True, text=True, check=False, cwd="/", env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture
def export(tmp_path):
    def write(vote):
        box, electors = tmp_path / "urne.jsonl", tmp_path / "electeurs.jsonl"
        box.write_bytes(b"".join(api.box_lines(vote=vote)))
        electors.write_bytes(b"".join(api.electorate_lines(vote=vote)))
        return box, electors

    return write


@pytest.fixture
def voted(clock):
    """Four electors voted, one twice, one was then struck off; the vote is closed and decided."""
    vote = make_open(clock)
    people = [make_member(elector_of(vote, rank), f"p{rank}@example.org") for rank in range(4)]
    clock.at += SECOND
    cast(people[0], elector_of(vote, 0), [3, 3, 0])
    cast(people[1], elector_of(vote, 1), [3, 2, 0], roles=[2, 0, 1])
    cast(people[3], elector_of(vote, 3), [0, 3, 3])
    clock.at += SECOND
    cast(people[0], elector_of(vote, 0), [3, 1, 2])
    cast(people[2], elector_of(vote, 2), [2, 2, 1])
    api.strike_elector(elector=elector_of(vote, 3), reason="Commune fusionnée pendant le vote")
    return make_closed(clock, vote)


def test_the_published_box_is_recounted_by_anybody_to_the_published_result(voted, export):
    assert voted.state == "decided"
    assert [(one.number, one.place, one.counts) for one in api.get_results(vote=voted)] == [
        (1, 1, (0, 0, 1, 2)),
        (2, 2, (0, 1, 2, 0)),
        (3, 3, (1, 1, 1, 0)),
    ]
    box, electors = export(voted)
    code, said = recount(box, "--electeurs", electors)
    assert code == 0, said
    assert "Bulletins déposés : 5 ; comptés : 3 ; radiations : 1" in said
    assert "1. Mobilités douces (Prioritaire 2, Important 1, Utile 0, Pas un enjeu 0)" in said
    assert "CONFORME" in said


def test_any_flipped_byte_fails_and_names_its_line(voted, export):
    from commun.votes.management.commands.recount import load_program

    program = load_program()
    whole = export(voted)[0].read_bytes()
    for position in range(len(whole)):
        bit = (0x01, 0x20, 0x80)[position % 3]
        spoilt = bytearray(whole)
        spoilt[position] ^= bit
        with pytest.raises(program.Wrong) as wrong:
            program.read_box(io.BytesIO(spoilt))
        assert wrong.value.line == whole[:position].count(b"\n") + 1, (position, bit)


def test_a_box_cut_or_reordered_fails(voted, export, tmp_path):
    lines = export(voted)[0].read_bytes().splitlines(keepends=True)
    altered = tmp_path / "altered.jsonl"
    swapped = [*lines[:2], lines[3], lines[2], *lines[4:]]
    for wrong in (
        [],
        lines[:-1],
        lines[:4],
        lines[1:],
        [*lines, lines[-1]],
        swapped,
    ):
        altered.write_bytes(b"".join(wrong))
        code, said = recount(altered)
        assert (code, "FAUX" in said) == (1, True)


def rehash(events):
    """The chain an administrator of the database could forge: every hash made again."""
    from commun.votes import chain

    parent, lines = chain.GENESIS, []
    for height, event in enumerate(events):
        text = chain.canonical({**event, "height": height, "parent": parent})
        parent = chain.digest(text)
        lines.append(f"{chain.line(text)}\n".encode())
    return lines, parent


def test_a_box_rewritten_whole_contradicts_the_receipt_and_the_mailed_head(voted, export, tmp_path):
    box, _ = export(voted)
    events = [json.loads(line)["event"] for line in box.read_bytes().splitlines()]
    first = next(event for event in events if event["kind"] == "cast")
    number, commitment = first["height"], first["body"]["commitment"]
    head = Entry.objects.get(vote=voted, height=number).hash
    assert recount(box, "--tete", number, head)[0] == 0
    assert "n’a pas été compté" in recount(box, "--recu", number, commitment)[1]
    first["at"] = first["at"].replace(":01.", ":00.")
    forged = tmp_path / "forged.jsonl"
    forged.write_bytes(b"".join(rehash(events)[0]))
    assert recount(forged)[0] == 0  # coherent, and yet:
    code, said = recount(forged, "--tete", number, head)
    assert code == 1
    assert f"ligne {number + 1}" in said
    assert recount(box, "--recu", number, "0" * 64)[0] == 1


def _with(events, kind, **body):
    found = next(event for event in reversed(events) if event["kind"] == kind)
    found["body"] = {**found["body"], **body}


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("ballot", {"grades": [0, 0, 3]}, "scellé"),
        ("ballot", {"number": 2}, "devait être ouvert"),
        ("ballot", {"grades": [0, 0]}, "chaque proposition"),
        ("close", {"counted": 2}, "comptés"),
        ("result", {"groups": [[3], [2], [1]]}, "résultat publié est faux"),
        ("result", {"ready": [True, 0, 0]}, "résultat publié est faux"),
        ("setup", {"closes_at": "2026-11-01T00:00:00.000000Z"}, "règles"),
        ("setup", {"closes_at": "2026-11-02T08:00:01.500000Z"}, "hors des dates"),
        ("cast", {"elector": "commune:97411"}, "comptés"),
        ("strike", {"reason": ""}, "radiation"),
    ],
)
def test_a_coherent_chain_with_a_lie_in_it_fails(voted, export, *, kind, body, why):
    events = [json.loads(line)["event"] for line in export(voted)[0].read_bytes().splitlines()]
    _with(events, kind, **body)
    forged = export(voted)[0].with_name("forged.jsonl")
    forged.write_bytes(b"".join(rehash(events)[0]))
    code, said = recount(forged)
    assert code == 1
    assert why in said


def test_an_elector_listed_twice_and_a_voter_who_is_not_on_the_list_are_named(voted, export):
    box, electors = export(voted)
    rows = electors.read_bytes().splitlines(keepends=True)
    electors.write_bytes(b"".join([*rows, rows[0]]))
    assert "electeurs.jsonl, ligne 5 : cet électeur figure deux fois" in recount(box, "--electeurs", electors)[1]
    without = b"".join(rows[1:])
    electors.write_bytes(without)
    events = [json.loads(line)["event"] for line in box.read_bytes().splitlines()]
    events[0]["body"]["electorate"] = {"count": 3, "sha256": hashlib.sha256(without).hexdigest()}
    box.write_bytes(b"".join(rehash(events)[0]))
    assert recount(box)[0] == 0
    assert "urne.jsonl, ligne 3 : ce bulletin de l’urne n’est pas" in recount(box, "--electeurs", electors)[1]


def test_another_electorate_is_refused(voted, export):
    box, electors = export(voted)
    electors.write_bytes(electors.read_bytes().replace(b"Arboys", b"Arbois"))
    code, said = recount(box, "--electeurs", electors)
    assert code == 1
    assert "électeurs" in said


@pytest.mark.parametrize(
    "noise", [b"", b"{}\n", b"\xff\xfe\n", b"[" * 100_000 + b"\n", b'{"event":{},"hash":1}\n', b"1e999\n"]
)
def test_noise_is_refused_in_a_sentence(tmp_path, noise):
    path = tmp_path / "noise.jsonl"
    path.write_bytes(noise)
    code, said = recount(path)
    assert code == 1
    assert said.startswith("FAUX")
    assert "Traceback" not in said


def test_the_command_recounts_and_compares_with_the_database(voted, export, capsys):
    box, electors = export(voted)
    call_command("recount", str(box), electeurs=str(electors))
    assert "La tête est celle de l’urne de cette base." in capsys.readouterr().out
    box.write_bytes(box.read_bytes().replace(b"Arboys", b"Arbois").replace(b"Sobri", b"Zobri"))
    with pytest.raises(CommandError, match="ligne 1"):
        call_command("recount", str(box))


# --- time -------------------------------------------------------------------------------------------


def test_the_last_microsecond_is_in_time_and_the_closing_instant_is_not(clock):
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    clock.at = CLOSES - timedelta(microseconds=1)
    assert cast(camille, elector_of(vote), [1, 2, 3]).number == 2
    clock.at = CLOSES
    with pytest.raises(api.VoteNotOpen):
        cast(camille, elector_of(vote), [3, 3, 3])
    assert Ballot.objects.count() == 1


def test_a_clock_set_back_neither_reopens_a_vote_nor_breaks_the_order(clock, export):
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    clock.at += timedelta(days=3)
    cast(camille, elector_of(vote), [3, 2, 1])
    clock.at -= timedelta(days=2)
    assert cast(camille, elector_of(vote), [1, 2, 3]).at == OPENS + timedelta(days=3)
    vote = make_closed(clock, vote)
    clock.at = OPENS + timedelta(days=1)
    with pytest.raises(api.VoteNotOpen):
        cast(camille, elector_of(vote), [3, 3, 3])
    assert recount(export(vote)[0])[0] == 0


def test_the_sweep_opens_and_closes_at_the_hour_and_once(clock):
    vote = make_scheduled()
    clock.at = OPENS - SECOND
    sweeps.keep_time(now=clock.at)
    vote.refresh_from_db()
    assert vote.state == "scheduled"
    clock.at = OPENS
    sweeps.keep_time(now=clock.at)
    vote.refresh_from_db()
    assert (vote.state, vote.electors.count(), BallotBox.objects.get().height) == ("open", 4, 1)
    clock.at = CLOSES - SECOND
    sweeps.keep_time(now=clock.at)
    with pytest.raises(api.VoteNotOpen):
        api.close_vote(vote_id=vote.pk)
    clock.at = CLOSES
    sweeps.keep_time(now=clock.at)
    sweeps.keep_time(now=clock.at)
    vote.refresh_from_db()
    assert vote.state == "decided"
    assert list(Entry.objects.values_list("kind", flat=True)) == ["setup", "open", "close", "result"]


def test_nothing_can_be_cast_before_opening(clock):
    vote = make_scheduled()
    elector = api.Elector(vote=vote, key=DRAFTS[0].key, kind="commune", label="x")
    elector.save()
    camille = make_member(elector)
    with pytest.raises(api.VoteNotOpen):
        cast(camille, elector, [1, 1, 1])


# --- who, and what -----------------------------------------------------------------------------------


def test_a_member_of_another_collectivite_is_refused_and_so_is_nobody(clock):
    vote = make_open(clock)
    neighbour = make_member(elector_of(vote, 1), "voisin@example.org")
    before = Entry.objects.count()
    with pytest.raises(api.NotAllowed):
        cast(neighbour, elector_of(vote, 0), [3, 3, 3])
    end_mandates(user=neighbour, now=clock.at)
    with pytest.raises(api.NotAllowed):
        cast(neighbour, elector_of(vote, 1), [3, 3, 3])
    assert Entry.objects.count() == before


def test_a_mandate_given_after_opening_opens_the_ballot_of_the_place(register, clock):
    from commun.territories.api import Organisation, get_by_key

    vote = make_open(clock)
    organisation = Organisation.objects.create(
        name="Saint-Denis", slug="saint-denis", territory=get_by_key(key="commune:93066"), is_checked=True
    )
    from commun.accounts.api import create_member

    late = create_member(email="tard@example.org")
    make_mandate(user=late, organisation=organisation, now=clock.at)
    assert [one.key for one in api.electors_of(user=late, vote=vote, now=clock.at)] == ["commune:93066"]
    assert cast(late, elector_of(vote, 2), [1, 1, 1]).number == 2


@pytest.mark.parametrize("grades", [[], [1, 2], [1, 2, 4], [1, 2, -1], [1, 2, 3, 0]])
def test_a_ballot_of_another_shape_is_refused(clock, grades):
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    with pytest.raises(api.InvalidBallot):
        cast(camille, elector_of(vote), grades, roles=[0, 0, 0])
    with pytest.raises(api.InvalidBallot):
        cast(camille, elector_of(vote), [1, 1, 1], roles=grades)


def test_the_same_form_sent_again_gives_the_same_receipt_even_after_a_replacement(clock, listened):
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    first = cast(camille, elector_of(vote), [3, 2, 1], submission="s" * 43)
    second = cast(camille, elector_of(vote), [0, 0, 0])
    again = cast(camille, elector_of(vote), [3, 2, 1], submission="s" * 43)
    assert again.replayed
    assert (again.number, again.commitment, again.head) == (first.number, first.commitment, first.head)
    assert elector_of(vote).last_number == second.number
    assert Ballot.objects.count() == 2
    other = make_member(elector_of(vote, 1), "autre@example.org")
    with pytest.raises(api.NotAllowed):
        cast(other, elector_of(vote, 1), [3, 2, 1], submission="s" * 43)


def test_a_ballot_prepared_before_a_colleague_voted_is_not_cast_over_it(clock):
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    dominique = make_member(elector_of(vote), "dominique@example.org")
    cast(camille, elector_of(vote), [3, 2, 1])
    with pytest.raises(api.BallotChanged):
        cast(dominique, elector_of(vote), [0, 0, 0], seen=None)
    assert cast(dominique, elector_of(vote), [0, 0, 0], seen=2).replaces == 2


def test_listeners_hear_of_a_ballot_once_it_is_kept(clock, listened, django_capture_on_commit_callbacks):
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    with django_capture_on_commit_callbacks(execute=True):
        receipt = cast(camille, elector_of(vote), [3, 2, 1])
    assert listened == [receipt]


def test_a_struck_off_elector_no_longer_votes_and_its_ballot_is_not_counted(clock):
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    cast(camille, elector_of(vote), [3, 3, 3])
    api.strike_elector(elector=elector_of(vote), reason="Mandat contesté")
    with pytest.raises(api.StruckOff):
        cast(camille, elector_of(vote), [3, 3, 3])
    with pytest.raises(api.StruckOff):
        api.strike_elector(elector=elector_of(vote), reason="Encore")
    assert api.get_turnout(vote=vote).whole == api.get_turnout(vote=vote).kinds[0].__class__(
        label="Ensemble", electors=3, voted=0
    )
    vote = make_closed(clock, vote)
    assert vote.profiles[0][0] == [0, 0, 0, 0]
    with pytest.raises(api.VoteNotOpen):
        api.strike_elector(elector=elector_of(vote, 1), reason="Trop tard")


# --- the draw ----------------------------------------------------------------------------------------


def test_level_options_wait_for_the_public_value_then_the_draw_is_public(clock, export, capsys):
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    cast(camille, elector_of(vote), [2, 2, 1])
    vote = make_closed(clock, vote)
    assert vote.state == "closed"
    box, _ = export(vote)
    code, said = recount(box)
    assert code == 0
    assert "Le tirage attend sa valeur publique" in said
    with pytest.raises(api.NotReady):
        api.publish_draw(vote_id=vote.pk, public_value="  ")
    vote = api.publish_draw(vote_id=vote.pk, public_value=" 4 8 15  16 23 42 ")
    assert (vote.state, vote.public_value) == ("decided", "4 8 15 16 23 42")
    call_command("recount", str(box))
    assert "date d’avant la publication du tirage" in capsys.readouterr().out
    code, said = recount(export(vote)[0])
    assert code == 0
    assert "ex aequo" not in said
    assert [one.place_before_draw for one in api.get_results(vote=vote)] == [1, 1, 3]
    with pytest.raises(api.WrongState):
        api.publish_draw(vote_id=vote.pk, public_value="7")


def test_without_a_draw_in_the_ladder_level_options_stay_ex_aequo(clock, export):
    vote = make_open(clock, ladder=["ready"], public_value_name="")
    cast(make_member(elector_of(vote)), elector_of(vote), [2, 2, 1])
    vote = make_closed(clock, vote)
    assert vote.state == "decided"
    assert [one.place for one in api.get_results(vote=vote)] == [1, 1, 3]
    assert "ex aequo" in recount(export(vote)[0])[1]


def test_a_vote_by_approval_is_counted_and_recounted(clock, export):
    vote = make_open(clock, method="approval")
    for rank, grades in enumerate([[1, 0, 1], [0, 0, 1]]):
        cast(make_member(elector_of(vote, rank), f"p{rank}@example.org"), elector_of(vote, rank), grades)
    vote = make_closed(clock, vote)
    assert [(one.number, one.popular) for one in api.get_results(vote=vote)] == [(3, 2), (1, 1), (2, 0)]
    assert recount(export(vote)[0])[0] == 0


# --- what cannot be seen, nor changed ------------------------------------------------------------------


def test_no_count_exists_before_closing_not_even_in_the_database(clock):
    vote = make_open(clock)
    cast(make_member(elector_of(vote)), elector_of(vote), [3, 2, 1])
    with pytest.raises(api.WrongState):
        api.get_results(vote=vote)
    assert list(api.box_lines(vote=vote)) == []
    assert vote.profiles is None
    with transaction.atomic(), pytest.raises(DatabaseError):
        api.Vote.objects.filter(pk=vote.pk).update(profiles=[])


def test_wagtails_index_of_references_does_not_say_who_voted(clock):
    from wagtail.models import ReferenceIndex

    vote = make_open(clock)
    cast(make_member(elector_of(vote)), elector_of(vote), [3, 2, 1])
    indexed = set(ReferenceIndex.objects.values_list("base_content_type__model", flat=True))
    assert indexed.isdisjoint({"ballot", "elector", "entry", "ballotbox"})


def test_events_and_answers_cannot_be_changed_even_in_sql(voted):
    from django.db import connection

    entry = Entry.objects.first()
    with pytest.raises(Exception, match="Entry"):
        entry.save()
    with pytest.raises(Exception, match="Entry"):
        Entry.objects.filter(pk=entry.pk).update(text="{}")
    for statement in ("UPDATE votes_entry SET text = '{}'", "UPDATE votes_ballot SET grades = '333'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_erasing_a_person_leaves_the_ballot_and_forgets_who_cast_it(voted):
    exported = privacy.export_person(email="p1@example.org")
    assert exported["votes"]["bulletins déposés"][0]["au nom de"] == elector_of(voted, 1).label
    assert "grades" not in str(exported)
    done = privacy.erase_person(email="p1@example.org", now=voted.closes_at)
    assert done["votes"] == {"auteur de bulletins": 1}
    assert done["accounts"] == {"compte": 1}
    assert Ballot.objects.filter(elector=elector_of(voted, 1), cast_by=None).count() == 1
    assert api.get_results(vote=voted)[0].counts == (0, 0, 1, 2)


def test_ninety_days_after_closing_casters_are_forgotten(voted):
    sweeps.forget_casters(now=voted.closes_at + timedelta(days=89))
    assert Ballot.objects.filter(cast_by=None).count() == 0
    sweeps.forget_casters(now=voted.closes_at + timedelta(days=91))
    assert Ballot.objects.exclude(cast_by=None).count() == 0


def test_each_day_voters_receive_the_head_and_no_count(clock, mailoutbox):
    vote = make_open(clock)
    camille = make_member(elector_of(vote))
    cast(camille, elector_of(vote), [3, 2, 1])
    cast(camille, elector_of(vote), [0, 0, 0])
    assert sweeps.tell_heads(now=clock.at) == 1
    assert mailoutbox[0].to == ["camille@example.org"]
    assert BallotBox.objects.get().head in mailoutbox[0].body
    assert sweeps.tell_heads(now=clock.at + timedelta(days=3)) == 0, "nothing new: the same head is not repeated"
    make_closed(clock, vote)
    assert sweeps.tell_heads(now=clock.at) == 0


# --- preparing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"themes": ["Une seule"]}, "options"),
        ({"closes_at": OPENS - timedelta(days=8), "opens_at": OPENS - timedelta(days=9)}, "past"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["region"]}, "kinds"),
        ({"kinds": ["epci"]}, "electorate"),
        ({"public_value_name": ""}, "public_value"),
    ],
)
def test_a_vote_that_cannot_be_held_is_not_announced(db, values, why):
    vote = make_draft(**values)
    with pytest.raises(api.NotReady) as error:
        api.schedule_vote(vote_id=vote.pk, by=None, now=OPENS - timedelta(days=8))
    assert error.value.reason == why


def test_rules_are_written_when_announced_and_sealed_at_opening(clock):
    vote = make_scheduled(note="Deux thèmes au plus seront lancés.")
    assert "Jugement majoritaire" in vote.rules
    assert "Deux thèmes au plus" in vote.rules
    with pytest.raises(api.WrongState):
        api.change_vote(vote_id=vote.pk, values={}, options=[], now=OPENS)
    api.take_back(vote_id=vote.pk)
    api.schedule_vote(vote_id=vote.pk, by=None, now=OPENS - timedelta(days=8))
    clock.at = OPENS
    api.open_vote(vote_id=vote.pk, electors=DRAFTS)
    assert json.loads(Entry.objects.get(height=0).text)["body"]["rules"] == vote.rules
    with pytest.raises(api.WrongState):
        api.take_back(vote_id=vote.pk)


def test_the_usual_electorate_is_the_register_member_or_not(register):
    from commun.territories.api import Organisation, get_by_key
    from commun.votes.services.electorate import from_register

    organisation = Organisation.objects.create(name="Arboys", slug="arboys", territory=get_by_key(key="commune:01015"))
    drafts = {draft.key: draft for draft in from_register(["commune", "departement"])}
    assert len(drafts) == 8
    assert drafts["commune:01015"].organisation == organisation.pk
    assert drafts["commune:93066"].organisation is None
    assert (drafts["commune:93066"].departement, drafts["commune:93066"].region) == ("93", "Île-de-France")
    assert drafts["departement:38"].departement == "38"
