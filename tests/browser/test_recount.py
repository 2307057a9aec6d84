"""A closed vote recounted in the reader's own browser, and the same box altered: same answers as `tools/recount.py`."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from commun.votes import api, chain
from commun.votes.management.commands.recount import load_program
from tests.browser.test_votes import MIDDLE, held, looked_at  # noqa: F401  (a fixture)
from tests.votes.factories import CLOSES, OPENS, cast, elector_of, make_member, make_open
from tests.votes.test_box import rehash

program = load_program()
SECOND = timedelta(seconds=1)
READ = """async ([address, boxes]) => {
  const { readBox, Wrong } = await import(address);
  const answers = [];
  for (const text of boxes) {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    try {
      const box = await readBox(new Response(bytes).body);
      answers.push({ height: box.height, head: box.head, found: box.result ?? box.pending ?? null });
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      answers.push({ line: error.line, why: error.message });
    }
  }
  return answers;
}"""


def in_python(box: bytes) -> dict[str, Any]:
    try:
        read = program.read_box(io.BytesIO(box))
    except program.Wrong as wrong:
        return {"line": wrong.line, "why": str(wrong)}
    found = None if read.cancelled else read.result or read.count("")
    return {"height": read.height, "head": read.head, "found": found}


def in_browser(page, boxes: list[bytes]) -> list[dict[str, Any]]:
    address = page.locator("script[src*=recount]").get_attribute("src")
    return page.evaluate(READ, [address, [base64.b64encode(box).decode() for box in boxes]])


def box_of(vote) -> bytes:
    return b"".join(api.box_lines(vote=vote))


def events_of(box: bytes) -> list[dict[str, Any]]:
    return [json.loads(line)["event"] for line in box.splitlines()]


@pytest.fixture
def closed(held):  # noqa: F811
    """A closed vote of four electors: one voted twice, one was struck off. `closed(method=…, ladder=…)`."""

    def make(*, grades=((3, 3, 0), (3, 2, 0), (2, 2, 1), (0, 3, 3)), draw: str = "", **values: Any) -> api.Vote:
        vote = make_open(held, **values)
        held.at = MIDDLE
        people = [make_member(elector_of(vote, rank), f"p{rank}@example.org") for rank in range(len(grades))]
        for rank, row in enumerate(grades):
            held.at += SECOND
            cast(
                people[rank],
                elector_of(vote, rank),
                row,
                roles=[2, 0, 1] if rank == 1 and len(grades) == 4 else [0] * 3,
            )
        if len(grades) == 4:
            cast(people[0], elector_of(vote, 0), grades[1])
            api.strike_elector(elector=elector_of(vote, 3), reason="Commune fusionnée pendant le vote")
        held.at = CLOSES
        vote = api.close_vote(vote_id=vote.pk)
        return api.publish_draw(vote_id=vote.pk, public_value=draw) if draw else vote

    return make


def recount(page) -> list[str]:
    """Presses the button by keyboard; what was said, once it has concluded."""
    page.get_by_role("button", name="Recompter dans mon navigateur").press("Enter")
    page.locator("[data-recount-verdict] p").wait_for()
    return [said.replace("\xa0", " ") for said in page.locator("[data-recount-steps] li").all_inner_texts()]


LEVEL = ((2, 2, 1), (2, 2, 1))
RULES = {
    "majority judgment": {},
    "majority judgment, a draw": {"grades": LEVEL, "draw": "4 8 15 16 23 42"},
    "majority judgment, level": {"grades": LEVEL, "ladder": ["ready"], "public_value_name": ""},
    "majority judgment, no ladder": {"ladder": [], "public_value_name": ""},
    "majority judgment, départements first": {
        "grades": ((3, 0, 3), (0, 3, 3)), "ladder": ["departements", "ready"], "public_value_name": "",
    },
    "approval": {"method": "approval", "grades": ((1, 0, 1), (0, 0, 1), (1, 1, 1))},
    "approval, a draw": {"method": "approval", "grades": ((1, 1, 0), (1, 1, 0)), "ladder": ["draw"], "draw": "7"},
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_a_box_of_each_rule_gives_the_published_result(closed, visit, rule):
    vote = closed(**RULES[rule])
    assert vote.state == "decided"
    page = visit(f"/votes/{vote.slug}/")
    said = recount(page)
    assert page.get_by_text("Conforme : l’urne, les bulletins et le résultat concordent.").is_visible(), said
    results = api.get_results(vote=vote)
    tied = {one.place for one in results if sum(other.place == one.place for other in results) > 1}
    ranks = [f"{one.place}. {one.title}{' (ex aequo)' if one.place in tied else ''}" for one in results]
    assert " ; ".join(ranks) in said[4]
    assert len(said) == 8
    assert all(one.startswith("Fait – ") for one in said)
    assert page.complaints == []
    assert [in_python(box_of(vote))] == in_browser(page, [box_of(vote)])


def test_an_altered_box_fails_and_names_its_line(closed, visit):
    vote = closed()
    lines = box_of(vote).splitlines(keepends=True)
    kinds = [event["kind"] for event in events_of(box_of(vote))]
    ballot, first = kinds.index("ballot"), kinds.index("cast")
    rewritten = events_of(box_of(vote))
    rewritten[first]["at"] = rewritten[first]["at"].replace(":01.", ":00.")
    # An observer changes no result: the seal alone tells.
    unsealed = events_of(box_of(vote))
    unsealed[ballot]["body"]["roles"] = [2, 1, 1]
    changed = lines[ballot].replace(b'"grades":[3', b'"grades":[0')
    other_head = re.sub(rb'"hash":"(.)', lambda found: b'"hash":"' + (b"0" if found[1] != b"0" else b"1"), lines[first])
    assert changed != lines[ballot]
    altered = {
        "a ballot changed": ([*lines[:ballot], changed, *lines[ballot + 1 :]], ballot + 1),
        "another ballot than was sealed": (rehash(unsealed)[0], ballot + 1),
        "a ballot removed": ([*lines[:first], *lines[first + 1 :]], first + 1),
        "a ballot added": ([*lines[: first + 1], lines[first], *lines[first + 1 :]], first + 2),
        "two swapped": ([*lines[:first], lines[first + 1], lines[first], *lines[first + 2 :]], first + 1),
        "a head changed": ([*lines[:first], other_head, *lines[first + 1 :]], first + 1),
        "cut": (lines[:-1], len(lines) - 1),
        "continued": ([*lines, lines[-1]], len(lines) + 1),
        "rewritten whole": (rehash(rewritten)[0], len(lines)),
    }
    page = visit(f"/votes/{vote.slug}/")
    served = {}
    page.route("**/urne.jsonl", lambda route: route.fulfill(body=served["box"], content_type="application/jsonl"))
    for name, (content, line) in altered.items():
        served["box"] = b"".join(content)
        said = recount(page)
        assert f"Échec – urne, ligne {line} : " in said[-1], (name, said)
        assert all(one.startswith("Fait") for one in said[:-1]), (name, said)
        assert "Les règles sont scellées" in said[0]
        assert line > ballot + 1 or not any("Bulletins ouverts" in one for one in said), name
        assert page.get_by_text("Faux : ce qui est publié ne concorde pas.").is_visible()
    served["box"] = b"".join(lines)
    assert len(recount(page)) == 8


def test_a_page_or_a_list_of_electors_that_is_not_the_box_s_fails(closed, visit):
    vote = closed()
    page = visit(f"/votes/{vote.slug}/")
    page.locator("[data-option]").first.evaluate("row => row.dataset.counts = '3,0,0,0'")
    assert "cette page n’affiche pas le résultat de l’urne pour « Mobilités douces »" in recount(page)[-1]
    page.reload()
    electors = b"".join(api.electorate_lines(vote=vote))
    twice = electors.splitlines(keepends=True)
    served = {}
    page.route("**/electeurs.jsonl", lambda route: route.fulfill(body=served["list"], content_type="application/jsonl"))
    for served["list"], why in (
        (electors.replace(b"Arboys", b"Arbois"), "n’est pas celle que l’urne a scellée"),
        (b"".join([twice[0], *twice]), "ligne 2 : cet électeur figure deux fois"),
    ):
        assert why in recount(page)[-1]
    page.route("**/electeurs.jsonl", lambda route: route.abort())
    assert "n’a pas pu être reçu" in recount(page)[-1]
    assert page.get_by_text("il ne dit rien de l’urne").is_visible()


def test_bytes_lies_and_noise_get_the_answer_of_the_program(closed, visit):
    vote = closed()
    box = box_of(vote)
    page = visit(f"/votes/{vote.slug}/")
    spoilt = []
    for position in range(0, len(box), 5):
        one = bytearray(box)
        one[position] ^= (0x01, 0x20, 0x80)[position % 3]
        spoilt.append(bytes(one))
    told = in_browser(page, spoilt)
    assert [one.get("line") for one in told] == [in_python(one)["line"] for one in spoilt]

    lies = [
        ("ballot", {"grades": [0, 0, 3]}), ("ballot", {"number": 2}), ("ballot", {"grades": [0, 0]}),
        ("ballot", {"roles": [3, 0, 0]}), ("ballot", {"salt": "x"}), ("ballot", {"salt": "0" * 64}),
        ("ballot", {"grades": [True, 0, 0]}),
        ("close", {"counted": 2}), ("close", {"cast": 4}), ("close", {"cast": "5"}),
        ("result", {"groups": [[3], [2], [1]]}), ("result", {"ready": [True, 0, 0]}), ("result", {"ballots": 4}),
        ("result", {"seed": "0" * 64}), ("result", {"counts": []}), ("result", {"public_value": 1}),
        ("setup", {"closes_at": "2026-11-01T00:00:00.000000Z"}), ("setup", {"ladder": ["draw", "ready"]}),
        ("setup", {"closes_at": "2026-11-02T08:00:01.500000Z"}), ("setup", {"grades": ["Oui"]}),
        ("setup", {"closes_at": "٢026-11-30T17:00:00.000000Z"}),
        ("setup", {"electorate": {"count": 2**53, "sha256": "0" * 64}}),
        ("setup", {"electorate": {"count": 2**53 - 1, "sha256": "0" * 64}}), ("setup", {"method": "approval"}),
        ("setup", {"title": "Un titre \U0001f5f3 \u2028 \x7f \x01 \\ \" \n"}), ("setup", {"popular_from": 4}),
        ("cast", {"elector": "commune:97411"}), ("cast", {"commitment": "0"}), ("cast", {"departement": None}),
        ("strike", {"reason": ""}), ("strike", {"elector": "commune:01015"}), ("open", {"x": 1}),
    ]  # fmt: skip
    forged = []
    for kind, body in lies:
        events = events_of(box)
        found = next(event for event in reversed(events) if event["kind"] == kind)
        found["body"] |= body
        forged.append(b"".join(rehash(events)[0]))
    kinds = [event["kind"] for event in events_of(box)]
    first, strike = kinds.index("cast"), kinds.index("strike")
    struck = events_of(box)[strike]["body"]["elector"]
    unsealed = forged[lies.index(("ballot", {"salt": "0" * 64}))]
    early, late, again = (events_of(box) for _ in range(3))
    early[first + 1]["at"] = early[first - 1]["at"]
    late.insert(
        strike + 1, {**late[first], "at": late[strike]["at"], "body": {**late[first]["body"], "elector": struck}}
    )
    again.insert(strike + 1, again[strike])
    forged += [b"".join(rehash(events)[0]) for events in (early, late, again)]
    forged += [
        linked(events_of(box), first, '"parent":"[^"]*"', f'"parent":"{"1" * 64}"'),
        linked(events_of(box), first, '"height":[0-9]+', '"height":99'),
        linked(events_of(box), first, '"height":[0-9]+', '"height":"2"'),
        # Two lies: the first is named.
        linked(events_of(unsealed), len(kinds) - 1, '"parent":"[^"]*"', '"parent":""'),
        linked(events_of(box), 0, "Le prochain", r"\\ud800"),
    ]
    told = in_browser(page, forged)
    for rank, (one, expected) in enumerate(zip(told, map(in_python, forged), strict=True)):
        # What JSON does not hold exactly (a large number, half of a character) is refused here as soon as it is read.
        if one.get("why") == "la ligne n’est pas du JSON lisible":
            one["why"] = expected["why"]
        assert one == expected, rank
    assert sum("line" in one for one in told) == len(forged) - 2, "a title and a number of electors may be any"

    lines = box.splitlines(keepends=True)
    noise = [
        b"", b"\n", b"{}\n", b"\xff\xfe\n", b"\xef\xbb\xbf" + box, b"[" * 100_000 + b"\n", b"1e999\n", b"-0\n",
        b"NaN\n",
        b'{"event":{},"hash":1}\n', b'{"hash":1,"event":{}}\n', b'{"event":{"a":"\\ud800"},"hash":""}\n', box[:-1],
        b'{"event":{"__proto__":1},"hash":""}\n', b'{"event":{"a":1.0},"hash":""}\n', b"x" * 4_000_001, b"null\n",
        lines[0] + b"\n" + lines[1], box.replace(b"\n", b"\r\n"), b"".join(lines[:4]), b"".join(lines[1:]),
    ]  # fmt: skip
    assert [one.get("line") for one in in_browser(page, noise)] == [in_python(one)["line"] for one in noise]


def linked(events: list[dict[str, Any]], at: int, pattern: str, by: str) -> bytes:
    """A chain whose hashes are right, one event of which has another text."""
    parent, lines = chain.GENESIS, []
    for height, event in enumerate(events):
        text = chain.canonical({**event, "height": height, "parent": parent})
        if height == at:
            text, done = re.subn(pattern, by, text)
            assert done
        parent = chain.digest(text)
        lines.append(f"{chain.line(text)}\n".encode())
    return b"".join(lines)


def random_box(rng: random.Random) -> bytes:
    """A coherent box: any rule, replaced ballots, strikes, titles of any alphabet; now and then a wrong ranking."""
    grades = [f"mention {number}" for number in range(rng.choice([2, 4, 4, 7]))]
    options = [f"« Proposition » {number} – été 🗳" for number in range(rng.randint(1, 6))]
    ladder = [step for step in rng.sample(["ready", "departements"], 2) if rng.random() < 0.6]
    ladder += ["draw"] if rng.random() < 0.5 else []
    value = rng.choice(["", "4 8 15", "Ünï"])
    at = OPENS

    def event(kind: str, body: dict[str, Any]) -> None:
        events.append({"at": chain.instant(at), "kind": kind, "body": body})

    events: list[dict[str, Any]] = []
    event("setup", {
        "format": 1, "vote": "v", "title": "Vote", "rules": "Règles", "roles": ["a", "b", "c"], "options": options,
        "grades": grades, "popular_from": len(grades) // 2, "method": rng.choice(["majority_judgment", "approval"]),
        "ladder": ladder, "public_value_name": "valeur", "electorate": {"count": 20, "sha256": "0" * 64},
        "opens_at": chain.instant(OPENS), "closes_at": chain.instant(CLOSES),
    })  # fmt: skip
    event("open", {})
    at, last, struck = MIDDLE, {}, set()
    for _ in range(rng.choice([0, 1, 2, 5, 12, 25])):
        elector = f"commune:{rng.randint(1, 20):05}"
        if elector in struck:
            continue
        number = len(events)
        # Few distinct answers: ties are what this is about.
        ballot = {
            "grades": [rng.choice([0, len(grades) - 1, rng.randrange(len(grades))]) for _ in options],
            "number": number, "roles": [rng.choice([0, 1, 2]) for _ in options], "salt": f"{rng.getrandbits(256):064x}",
        }  # fmt: skip
        sealed = chain.commitment(elector=elector, **ballot)
        event("cast", {"commitment": sealed, "departement": rng.choice(["", "01", "38"]), "elector": elector})
        last[elector] = ballot
        if rng.random() < 0.1:
            event("strike", {"elector": elector, "reason": "Radiée"})
            struck.add(elector)
            del last[elector]
    opened = sorted(last.values(), key=lambda ballot: ballot["number"])
    at, cast_so_far = CLOSES, sum(one["kind"] == "cast" for one in events)
    event("close", {"cast": cast_so_far, "counted": len(opened)})
    for ballot in opened:
        event("ballot", ballot)
    box = program.Box()
    for number, line in enumerate(rehash(events)[0], start=1):
        box.read(program.read_canonical(line, number), number)
    result = {**box.count(value), "public_value": value}
    if rng.random() < 0.2:
        rng.shuffle(result["groups"])
    event("result", result)
    return b"".join(rehash(events)[0][: -1 if rng.random() < 0.1 else None])


def test_boxes_of_every_kind_are_counted_as_the_program_counts_them(closed, visit):
    page = visit(f"/votes/{closed().slug}/")
    rng = random.Random(18)
    boxes = [random_box(rng) for _ in range(400)]
    expected = [in_python(box) for box in boxes]
    assert in_browser(page, boxes) == expected
    assert sum("found" in one for one in expected) > 200
    assert sum("line" in one for one in expected) > 20
    assert any(one.get("found", {}).get("seed") for one in expected)


def test_a_voter_who_is_not_on_the_sealed_list_is_named(closed, visit):
    vote = closed()
    without = b"".join(list(api.electorate_lines(vote=vote))[1:])
    events = events_of(box_of(vote))
    events[0]["body"]["electorate"] = {"count": 3, "sha256": hashlib.sha256(without).hexdigest()}
    lines, head = rehash(events)
    served = {f"/votes/{vote.slug}/urne.jsonl": b"".join(lines), f"/votes/{vote.slug}/electeurs.jsonl": without}
    page = visit("/votes/")
    page.route(
        "**/*.jsonl",
        lambda route: route.fulfill(body=served[urlsplit(route.request.url).path], content_type="text/plain"),
    )
    # A site that lies as one: its page shows the head of the forged box.
    page.route(f"**/votes/{vote.slug}/", lambda route: route.fulfill(body=forged_page(route, vote, head)))
    page.goto(f"/votes/{vote.slug}/")
    assert "Échec – urne, ligne 3 : ce bulletin de l’urne n’est pas celui d’un électeur" in recount(page)[-1]


def forged_page(route, vote, head: str) -> str:
    return route.fetch().text().replace(box_of(vote).splitlines()[-1][-66:-2].decode(), head)


def test_a_receipt_is_looked_for_in_the_box(closed, visit):
    vote = closed()
    casts = [event for event in events_of(box_of(vote)) if event["kind"] == "cast"]
    page = visit(f"/votes/{vote.slug}/")
    number, print_ = page.get_by_label("Numéro du reçu"), page.get_by_label("Empreinte du bulletin")
    answer = page.locator("[data-recount-answer]")

    def look_for(event, commitment=None) -> None:
        number.fill(str(event["height"]))
        print_.fill(commitment or event["body"]["commitment"])
        print_.press("Enter")

    number.fill("douze")
    number.press("Enter")
    answer.get_by_text("s’écrit en chiffres").wait_for()
    assert number.get_attribute("aria-invalid") == "true"
    look_for(casts[1], "abc")
    answer.get_by_text("64 caractères").wait_for()
    spaced = casts[1]["body"]["commitment"].upper()
    look_for(casts[1], f" {spaced[:32]} {spaced[32:]} ")
    answer.get_by_text(f"Reçu n° {casts[1]['height']} : ce bulletin a été compté.").wait_for()
    assert page.locator("[data-recount-steps] li").count() == 8, "the box was verified first"
    look_for(casts[0])
    answer.get_by_text("n’a pas été compté").wait_for()
    look_for(casts[0], "0" * 64)
    answer.get_by_text("ne correspond à aucun bulletin de cette urne").wait_for()
    assert not [url for url in page.asked if casts[1]["body"]["commitment"] in url], "what one looks for stays here"


def test_a_vote_that_waits_for_its_draw_one_called_off_and_an_empty_one(closed, held, visit):  # noqa: F811
    waiting = closed(grades=LEVEL)
    page = visit(f"/votes/{waiting.slug}/")
    assert "Le tirage attend sa valeur publique : Les six numéros" in recount(page)[4]
    assert page.get_by_text("Conforme :").is_visible()
    held.at = OPENS
    empty = closed(grades=(), title="Un vote où personne ne vote")
    page.goto(f"/votes/{empty.slug}/")
    assert len(recount(page)) == 8
    held.at = OPENS
    vote = make_open(held, title="Un vote annulé")
    held.at = MIDDLE
    cast(make_member(elector_of(vote), "annulee@example.org"), elector_of(vote), [3, 2, 1])
    api.cancel_vote(vote_id=vote.pk, by=None, reason="La liste était incomplète", now=held.at)
    page.goto(f"/votes/{vote.slug}/")
    assert "Bulletins déposés, restés scellés : 1" in recount(page)[2]
    assert page.get_by_text("Conforme : l’urne de ce vote annulé est intacte").is_visible()
    assert looked_at(page) == []


def test_the_recount_can_be_stopped_and_begun_again(closed, visit):
    vote = closed()
    page = visit(f"/votes/{vote.slug}/")
    held_back = []
    page.route("**/urne.jsonl", lambda route, _: held_back.append(route))
    start = page.get_by_role("button", name="Recompter dans mon navigateur")
    start.press("Enter")
    start.press("Enter")
    page.get_by_role("button", name="Arrêter").press("Enter")
    page.get_by_text("recomptage arrêté à votre demande").wait_for()
    assert len(held_back) == 1
    assert start.evaluate("button => button === document.activeElement")
    page.unroute("**/urne.jsonl")
    assert len(recount(page)) == 8


def test_the_page_is_read_by_everybody_and_says_how_to_recount_without_a_script(closed, visit):
    vote = closed()
    page = visit(f"/votes/{vote.slug}/")
    problems = looked_at(page)
    recount(page)
    problems += looked_at(page)
    assert problems == []
    picture = page.get_by_role("img", name="Sept bulletins rangés")
    assert picture.get_attribute("aria-describedby") == "mediane-texte"
    assert page.get_by_text("aucun n’est pondéré").is_visible()
    page.look("recount-1280")
    page.set_viewport_size({"width": 360, "height": 800})
    page.look("recount-360")
    plain = visit(f"/votes/{vote.slug}/", java_script_enabled=False)
    assert plain.get_by_text("Recompter dans mon navigateur").is_hidden()
    assert plain.get_by_text("python3 recount.py").is_hidden()
    plain.get_by_text("Pour vérifier soi-même").click()
    assert plain.get_by_text("python3 recount.py").is_visible()
