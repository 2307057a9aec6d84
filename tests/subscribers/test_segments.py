"""The language of conditions, the lists it gives, what is saved, and what is sent."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from commun.accounts.api import EXPLOITATION, REDACTION
from commun.common import clock
from commun.mailing.models import Operator, OperatorDomain
from commun.subscribers import segments
from commun.subscribers.admin.filters import ConditionsForm, query
from commun.subscribers.models import Segment, Subscriber
from commun.subscribers.segments import BadCondition, Condition, On
from commun.subscribers.selectors.audience import readers, words_for
from commun.subscribers.selectors.segments import count_people, describe, people
from commun.subscribers.types import SubscriberState
from commun.territories.models import Territory
from tests.subscribers.factories import make_subscriber, make_topic

_VALUES = {
    On.STATE: st.sampled_from(["active", "pending", "unsubscribed"]),
    On.PAUSE: st.sampled_from(["yes", "no"]),
    On.RECEIVES: st.sampled_from(["every_issue", "chosen_topics"]),
    On.BOUNCES: st.sampled_from(["yes", "no"]),
    On.DOMAIN: st.sampled_from(["example.org", "mairie.example.org", "EXAMPLE.net"]),
    **dict.fromkeys((On.TOPIC, On.OPERATOR, On.DEPARTEMENT, On.SOURCE), st.integers(0, 999).map(str)),
    **dict.fromkeys(segments.DATES, st.dates().map(lambda day: day.isoformat())),
}
conditions = st.one_of(
    [
        st.builds(Condition, st.just(on), st.lists(values, min_size=1, max_size=3).map(tuple), st.booleans())
        for on, values in _VALUES.items()
    ]
)


@given(st.lists(conditions, max_size=6))
def test_what_is_written_is_read_again_whatever_the_order(several):
    kept = segments.segment(several)
    assert segments.read(json.loads(json.dumps(segments.as_json(kept)))) == kept
    assert segments.segment(reversed(kept)) == kept
    assert segments.say(kept, names={})


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        "[]",
        [{"on": "state"}],
        [{"on": "state", "values": []}],
        [{"on": "state", "values": ["active"], "or": 1}],
        [{"on": "state", "values": ["active"], "except": "non"}],
        [{"on": "state", "values": ["tous"]}],
        [{"on": "age", "values": ["3"]}],
        [{"on": "topic", "values": ["1; DROP TABLE"]}],
        [{"on": "topic", "values": ["²"]}],
        [{"on": "since", "values": ["2026-02-30"]}],
        [{"on": "domain", "values": ["sans-point"]}],
        [{"on": "domain", "values": ["a.b\0c"]}],
        [{"on": "state", "values": ["active"]}] * 25,
    ],
)
def test_what_is_not_of_the_language_is_refused_whole(raw):
    with pytest.raises(BadCondition):
        segments.read(raw)


def test_a_segment_is_said_in_french():
    said = segments.say(
        segments.read(
            [
                {"on": "state", "values": ["active"]},
                {"on": "operator", "values": ["1", "2"], "except": True},
                {"on": "topic", "values": ["3", "4"]},
                {"on": "since", "values": ["2026-03-01"]},
                {"on": "source", "values": ["0"]},
            ]
        ),
        names={(On.OPERATOR, "1"): "Orange", (On.OPERATOR, "2"): "La Poste", (On.TOPIC, "3"): "Eau"},
    )
    assert said == (
        "état : abonné·e ; thématiques choisies : Eau ou (n’existe plus) ; messagerie : ni Orange ni La Poste ; "
        "apporté·e par : aucun fichier ; abonnement depuis le 1er\u00a0mars 2026"
    )
    assert segments.say((), names={}) == "tout le monde"


@pytest.fixture
def crowd(db):
    """Six readers who differ by one thing each."""
    water = make_topic(name="Eau")
    orange = Operator.objects.create(slug="essai", name="Essai")
    OperatorDomain.objects.create(domain="essai.example.org", operator=orange)
    finistere = Territory.objects.create(kind="departement", code="29", name="Finistère", vintage=2026)
    made = {
        "water": make_subscriber(address="eau@example.org", topics=[water]),
        "paused": make_subscriber(address="pause@example.org"),
        "orange": make_subscriber(address="o@essai.example.org"),
        "left": make_subscriber(address="partie@example.org", state=SubscriberState.UNSUBSCRIBED),
        "breton": make_subscriber(address="breizh@mairie.example.org"),
        "bounced": make_subscriber(address="revenu@example.net"),
    }
    Subscriber.objects.filter(pk=made["paused"].pk).update(paused_until=clock.today() + timedelta(days=9))
    Subscriber.objects.filter(pk=made["breton"].pk).update(departement=finistere)
    Subscriber.objects.filter(pk=made["bounced"].pk).update(score=2.0)
    return {"people": made, "topic": water, "operator": orange, "departement": finistere}


def _who(crowd, *several):
    found = set(people(conditions=segments.segment(several)).values_list("pk", flat=True))
    return {name for name, person in crowd["people"].items() if person.pk in found}


def test_each_condition_keeps_whom_it_says_and_leaves_out_the_others(crowd):
    everybody = set(crowd["people"])
    today = clock.today().isoformat()
    for condition, expected in [
        (Condition(On.STATE, ("unsubscribed",)), {"left"}),
        (Condition(On.PAUSE, ("yes",)), {"paused"}),
        (Condition(On.RECEIVES, ("chosen_topics",)), {"water"}),
        (Condition(On.TOPIC, (str(crowd["topic"].pk),)), {"water"}),
        (Condition(On.OPERATOR, (str(crowd["operator"].pk),)), {"orange"}),
        (Condition(On.DOMAIN, ("mairie.example.org", "example.net")), {"breton", "bounced"}),
        (Condition(On.DEPARTEMENT, (str(crowd["departement"].pk),)), {"breton"}),
        (Condition(On.BOUNCES, ("yes",)), {"bounced"}),
        (Condition(On.SOURCE, ("0",)), everybody),
        (Condition(On.LEFT_SINCE, (today,)), {"left"}),
        (Condition(On.BEFORE, (today,)), set()),
    ]:
        assert _who(crowd, condition) == expected, condition
        assert _who(crowd, Condition(condition.on, condition.values, True)) == everybody - expected, condition
    assert _who(crowd, Condition(On.STATE, ("active",)), Condition(On.BOUNCES, ("no",))) == everybody - {
        "left",
        "bounced",
    }


def test_the_form_and_its_address_say_the_same(crowd):
    several = segments.segment(
        [
            Condition(On.TOPIC, (str(crowd["topic"].pk),), True),
            Condition(On.DOMAIN, ("example.org", "mairie.example.org")),
            Condition(On.DEPARTEMENT, (str(crowd["departement"].pk),)),
            Condition(On.SINCE, ("2026-01-31",)),
            Condition(On.STATE, ("active", "pending")),
        ]
    )
    from django.http import QueryDict

    form = ConditionsForm(QueryDict(query(several)))
    assert form.is_valid(), form.errors
    assert form.conditions == several


def test_a_letter_goes_to_those_of_a_segment_who_would_have_received_it(crowd):
    domains = segments.segment([Condition(On.DOMAIN, ("example.org",))])
    words = words_for(topics=[crowd["topic"]], conditions=domains)
    reached = readers(words=json.loads(json.dumps(words)), today=clock.today())
    assert set(reached.values_list("address", flat=True)) == {"eau@example.org"}
    with pytest.raises(BadCondition):
        readers(words={**words, "segment": [{"on": "domaine", "values": ["x.org"]}]}, today=clock.today())


def test_a_list_is_filtered_counted_exported_and_kept_under_a_name(enter, crowd):
    visitor = enter(EXPLOITATION)
    index = reverse("subscribers_team:index")
    asked = {"messagerie": crowd["operator"].pk, "sauf": "messagerie", "etat": "active"}
    shown = visitor.get(index, asked).content.decode()
    assert "breizh@" in shown
    assert "o@essai" not in shown
    assert "messagerie : pas Essai" in shown
    kept = json.dumps(
        [
            {"on": "state", "values": ["active"]},
            {"on": "operator", "values": [str(crowd["operator"].pk)], "except": True},
        ]
    )
    exported = b"".join(visitor.post(reverse("subscribers_team:export_list"), {"conditions": kept}).streaming_content)
    assert b"breizh@" in exported
    assert b"o@essai" not in exported
    save = reverse("subscribers_team:save_segment")
    visitor.post(save, {"name": "Sans Essai", "conditions": kept})
    visitor.post(save, {"name": "Tout le monde", "conditions": "[]"})
    visitor.post(save, {"name": "Sans  Essai", "conditions": kept})
    saved = Segment.objects.get()
    assert describe(conditions=segments.read(saved.conditions)) == "état : abonné·e ; messagerie : pas Essai"
    assert "Sans Essai" in visitor.get(index).content.decode()
    visitor.post(reverse("subscribers_team:forget_segment", args=[saved.pk]))
    assert not Segment.objects.exists()


def test_conditions_that_cannot_be_read_list_and_export_nobody(enter, crowd):
    visitor = enter(EXPLOITATION)
    for odd in ({"depuis": "2026-02-30"}, {"domaine": "sans-point"}, {"etat": "tous"}, {"thematique": "9" * 40}):
        shown = visitor.get(reverse("subscribers_team:index"), odd).content.decode()
        assert "breizh@" not in shown, odd
        assert "Corrigez d’abord les conditions" in shown, odd
    for odd in ("{", "[" * 9999, '[{"on": "x", "values": ["y"]}]'):
        answer = visitor.post(reverse("subscribers_team:export_list"), {"conditions": odd})
        assert answer.status_code == 302


def test_segments_are_for_who_sees_people(enter, crowd):
    visitor = enter(REDACTION)
    assert visitor.post(reverse("subscribers_team:save_segment"), {"name": "x", "conditions": "[]"}).status_code == 302
    assert not Segment.objects.exists()


def test_beyond_ten_thousand_a_count_says_more_until_it_is_asked_exactly(crowd, monkeypatch):
    monkeypatch.setattr("commun.subscribers.selectors.segments.COUNTED", 3)
    assert count_people(conditions=()) == 4
    assert count_people(conditions=(), exactly=True) == 6
