#!/usr/bin/env python3
"""Recompter un vote de Territoires en Commun, sans rien croire du site.

    python3 recount.py URNE.jsonl
    python3 recount.py URNE.jsonl --electeurs ELECTEURS.jsonl
    python3 recount.py URNE.jsonl --recu 12 EMPREINTE        (numéro et empreinte du reçu)
    python3 recount.py URNE.jsonl --tete HAUTEUR EMPREINTE   (tête de l’urne reçue par courriel)

Ce fichier se suffit : Python 3.10 ou plus récent, et rien d’autre. Il relit l’urne octet par octet, refait la chaîne,
les engagements, le dépouillement et le classement, puis compare avec le résultat publié. L’urne d’un vote annulé n’a
pas de résultat : ses bulletins restent scellés, seule la chaîne se vérifie. Code de retour : 0 si tout
concorde, 1 sinon (la ligne fautive est nommée), 2 si la commande est mal écrite.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys

FORMAT = 1
GENESIS = "0" * 64
LONGEST_LINE = 4_000_000
HEX = re.compile(r"[0-9a-f]{64}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
TIE_STEPS = ("ready", "departements", "draw")
STAKEHOLDER = 2
# What may follow what.
NEXT = {
    "": {"setup"},
    "setup": {"open"},
    "open": {"cast", "strike", "close", "cancel"},
    "cast": {"cast", "strike", "close", "cancel"},
    "strike": {"cast", "strike", "close", "cancel"},
    "close": {"ballot", "result"},
    "ballot": {"ballot", "result"},
    "result": set(),
    "cancel": set(),
}
FIELDS = {
    "setup": {
        "closes_at", "electorate", "format", "grades", "ladder", "method", "opens_at", "options", "popular_from",
        "public_value_name", "roles", "rules", "title", "vote",
    },
    "open": set(),
    "cast": {"commitment", "departement", "elector"},
    "strike": {"elector", "reason"},
    "close": {"cast", "counted"},
    "cancel": {"cast", "reason"},
    "ballot": {"grades", "number", "roles", "salt"},
    "result": {"ballots", "before_draw", "counts", "departements", "groups", "public_value", "ready", "seed"},
}  # fmt: skip


class Wrong(Exception):
    """The box is not what it should be; `line` counts from 1, 0 for the file as a whole."""

    def __init__(self, line, why):
        super().__init__(why)
        self.line = line


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_canonical(raw, number):
    """The value of one line of bytes, which must be written in the one canonical way and ended by a line feed."""
    if not raw.endswith(b"\n"):
        raise Wrong(number, "la ligne est tronquée ou trop longue")
    try:
        text = raw[:-1].decode("utf-8")
        value = json.loads(text)
        same = canonical(value) == text
    except (ValueError, RecursionError):
        raise Wrong(number, "la ligne n’est pas du JSON lisible") from None
    if not same or not isinstance(value, dict):
        raise Wrong(number, "la ligne n’est pas écrite sous sa forme canonique")
    return value


def is_whole(value):
    # What any reader of JSON holds exactly (RFC 8259, section 6), a browser included.
    return type(value) is int and 0 <= value < 2**53


def is_row(value, length, below):
    return isinstance(value, list) and len(value) == length and all(is_whole(one) and one < below for one in value)


def are_texts(value):
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


class Box:
    """Reads events one after the other; keeps what the count needs."""

    def __init__(self):
        self.height, self.head, self.kind, self.at = -1, GENESIS, "", ""
        self.heads = {}
        self.setup, self.close, self.result, self.cancelled = {}, {}, None, None
        self.cast = {}  # number → (elector, departement, commitment)
        self.last = {}  # elector → number of its last ballot
        self.struck = set()
        self.opened = {}  # number → (grades, roles)
        self.closing_hash = ""

    def read(self, line, number):
        if set(line) != {"event", "hash"} or not isinstance(line["event"], dict):
            raise Wrong(number, "la ligne n’est pas un événement de l’urne")
        event = line["event"]
        if line["hash"] != sha(canonical(event)):
            raise Wrong(number, "l’empreinte ne correspond pas à l’événement : la ligne a été modifiée")
        if set(event) != {"at", "body", "height", "kind", "parent"} or not isinstance(event["body"], dict):
            raise Wrong(number, "la ligne n’est pas un événement de l’urne")
        if event["parent"] != self.head:
            raise Wrong(number, "la chaîne est rompue : l’événement ne suit pas celui de la ligne précédente")
        if not is_whole(event["height"]) or event["height"] != self.height + 1:
            raise Wrong(number, "la numérotation des événements est rompue")
        kind, body, at = event["kind"], event["body"], event["at"]
        if not isinstance(kind, str) or kind not in NEXT[self.kind] or set(body) != FIELDS[kind]:
            raise Wrong(number, "cet événement n’a pas sa place ici")
        if not isinstance(at, str) or not INSTANT.fullmatch(at) or at < self.at:
            raise Wrong(number, "la date de l’événement n’est pas valable")
        self.height, self.head, self.kind, self.at = event["height"], line["hash"], kind, at
        self.heads[self.height] = self.head
        try:
            getattr(self, "_" + kind)(body, number)
        except (TypeError, KeyError, AttributeError):
            raise Wrong(number, "le contenu de l’événement n’est pas valable") from None

    def _setup(self, body, number):
        electorate = body["electorate"]
        fine = (
            is_whole(body["format"]) and body["format"] == FORMAT
            and body["method"] in ("majority_judgment", "approval")
            and are_texts(body["grades"]) and are_texts(body["options"]) and are_texts(body["roles"])
            and 2 <= len(body["grades"]) <= 10 and len(body["options"]) <= 200 and len(body["roles"]) == 3
            and is_whole(body["popular_from"]) and body["popular_from"] < len(body["grades"])
            and isinstance(body["ladder"], list) and set(body["ladder"]) <= set(TIE_STEPS)
            and len(set(body["ladder"])) == len(body["ladder"])
            and ("draw" not in body["ladder"] or body["ladder"][-1] == "draw")
            and all(isinstance(body[name], str) for name in ("rules", "title", "vote", "public_value_name"))
            and all(INSTANT.fullmatch(body[name]) for name in ("opens_at", "closes_at"))
            and body["opens_at"] < body["closes_at"]
            and set(electorate) == {"count", "sha256"} and is_whole(electorate["count"])
            and HEX.fullmatch(electorate["sha256"])
        )  # fmt: skip
        if not fine:
            raise Wrong(number, "les règles du vote ne sont pas valables")
        self.setup = body

    def _open(self, body, number):
        if self.at < self.setup["opens_at"]:
            raise Wrong(number, "le vote a été ouvert avant la date annoncée")

    def _cast(self, body, number):
        elector = body["elector"]
        if not all(isinstance(body[name], str) for name in FIELDS["cast"]) or not HEX.fullmatch(body["commitment"]):
            raise Wrong(number, "le bulletin scellé n’est pas valable")
        if not self.setup["opens_at"] <= self.at < self.setup["closes_at"]:
            raise Wrong(number, "un bulletin a été déposé hors des dates du vote")
        if elector in self.struck:
            raise Wrong(number, "un électeur radié a déposé un bulletin")
        self.cast[self.height] = (elector, body["departement"], body["commitment"])
        self.last[elector] = self.height

    def _strike(self, body, number):
        if not isinstance(body["elector"], str) or not isinstance(body["reason"], str) or not body["reason"]:
            raise Wrong(number, "la radiation n’est pas valable")
        if body["elector"] in self.struck:
            raise Wrong(number, "cet électeur était déjà radié")
        self.struck.add(body["elector"])

    def counted(self):
        return sorted(at for elector, at in self.last.items() if elector not in self.struck)

    def _close(self, body, number):
        if self.at < self.setup["closes_at"]:
            raise Wrong(number, "le vote a été clos avant la date annoncée")
        if not (is_whole(body["cast"]) and body["cast"] == len(self.cast)):
            raise Wrong(number, "le nombre de bulletins déposés est faux")
        if not (is_whole(body["counted"]) and body["counted"] == len(self.counted())):
            raise Wrong(number, "le nombre de bulletins comptés est faux")
        self.close, self.closing_hash, self.expected = body, self.head, iter(self.counted())

    def _cancel(self, body, number):
        if not isinstance(body["reason"], str) or not body["reason"]:
            raise Wrong(number, "l’annulation ne donne pas de motif")
        if not self.setup["opens_at"] <= self.at < self.setup["closes_at"]:
            raise Wrong(number, "le vote a été annulé hors de ses dates")
        if not (is_whole(body["cast"]) and body["cast"] == len(self.cast)):
            raise Wrong(number, "le nombre de bulletins déposés est faux")
        self.cancelled = body

    def _ballot(self, body, number):
        grades, roles, salt, place = body["grades"], body["roles"], body["salt"], body["number"]
        options = len(self.setup["options"])
        if not is_row(grades, options, len(self.setup["grades"])) or not is_row(roles, options, 3):
            raise Wrong(number, "le bulletin ouvert ne se prononce pas sur chaque proposition")
        if not is_whole(place) or place != next(self.expected, None):
            raise Wrong(number, "ce bulletin n’est pas celui qui devait être ouvert (le dernier de chaque électeur)")
        elector, _, commitment = self.cast[place]
        if not isinstance(salt, str) or not HEX.fullmatch(salt):
            raise Wrong(number, "le sel du bulletin n’est pas valable")
        opened = {"elector": elector, "grades": grades, "number": place, "roles": roles, "salt": salt}
        if sha(canonical(opened)) != commitment:
            raise Wrong(number, "le bulletin ouvert n’est pas celui qui avait été scellé")
        self.opened[place] = (grades, roles)

    def _result(self, body, number):
        if next(self.expected, None) is not None:
            raise Wrong(number, "des bulletins à compter n’ont pas été ouverts")
        if not isinstance(body["public_value"], str):
            raise Wrong(number, "la valeur publique du tirage n’est pas valable")
        found = self.count(body["public_value"])
        for name in sorted(found):
            if canonical(body[name]) != canonical(found[name]):
                raise Wrong(number, f"le résultat publié est faux ({name}) : {canonical(found[name])} au recompte")
        self.result = body

    # --- the count ---------------------------------------------------------------------------------

    def count(self, public_value):
        """The body that the result event must have."""
        options, highest = len(self.setup["options"]), len(self.setup["grades"]) - 1
        counts = [[0] * (highest + 1) for _ in range(options)]
        ready, places = [0] * options, [set() for _ in range(options)]
        for number, (grades, roles) in self.opened.items():
            departement = self.cast[number][1]
            for option in range(options):
                counts[option][grades[option]] += 1
                ready[option] += roles[option] == STAKEHOLDER
                if grades[option] == highest and departement:
                    places[option].add(departement)
        departements = [len(one) for one in places]
        groups = [list(range(options))]
        seed = ""
        if self.opened:
            main = worth if self.setup["method"] == "majority_judgment" else approvals
            groups = split(groups, [main(one) for one in counts])
            values = {"ready": ready, "departements": departements}
            for step in self.setup["ladder"]:
                if step != "draw":
                    groups = split(groups, values[step])
        before = groups
        if "draw" in self.setup["ladder"] and public_value and self.opened and any(len(one) > 1 for one in groups):
            seed = sha(self.closing_hash + "\n" + public_value)
            lots = [sha(seed + "\n" + str(option + 1)) for option in range(options)]
            groups = [[option] for group in groups for option in sorted(group, key=lots.__getitem__)]
        return {
            "ballots": len(self.opened),
            "counts": counts,
            "ready": ready,
            "departements": departements,
            "before_draw": [[option + 1 for option in group] for group in before],
            "groups": [[option + 1 for option in group] for group in groups],
            "seed": seed,
        }


def approvals(counts):
    return counts[-1]


def worth(counts):
    """Majority value: the lower median, taken out again and again. Greater is better."""
    left, total, value = list(counts), sum(counts), []
    while total:
        rank, grade = (total - 1) // 2, 0
        while rank >= left[grade]:
            rank -= left[grade]
            grade += 1
        left[grade] -= 1
        total -= 1
        value.append(grade)
    return value


def split(groups, values):
    refined = []
    for group in groups:
        levels = []
        for option in sorted(group, key=lambda one: values[one], reverse=True):
            if levels and values[levels[-1][0]] == values[option]:
                levels[-1].append(option)
            else:
                levels.append([option])
        refined += [sorted(level) for level in levels]
    return refined


def read_box(stream):
    """Every check on a box opened in binary mode; returns it. Raises `Wrong`."""
    box, number = Box(), 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        box.read(read_canonical(raw, number), number)
    if box.cancelled:
        return box
    if not box.closing_hash:
        raise Wrong(number, "l’urne s’arrête avant la clôture : il manque la suite du fichier")
    if box.result is None:
        if box.kind != "close" and next(box.expected, None) is not None:
            raise Wrong(number, "des bulletins à compter n’ont pas été ouverts : il manque la suite du fichier")
        found = box.count("")
        pending = "draw" in box.setup["ladder"] and any(len(group) > 1 for group in found["groups"])
        if not pending or not found["ballots"]:
            raise Wrong(number, "le résultat manque : il manque la suite du fichier")
    return box


def read_electorate(stream, box):
    """The published list of electors is the one the box was sealed with. Returns each one's département, by key."""
    whole, known, number = hashlib.sha256(), {}, 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        row = read_canonical(raw, number)
        if set(row) != {"departement", "key", "kind", "label", "region"} or not are_texts(list(row.values())):
            raise Wrong(number, "la ligne n’est pas un électeur")
        whole.update(raw)
        if row["key"] in known:
            raise Wrong(number, "cet électeur figure deux fois dans la liste")
        known[row["key"]] = row["departement"]
    if {"count": number, "sha256": whole.hexdigest()} != box.setup["electorate"]:
        raise Wrong(0, "cette liste d’électeurs n’est pas celle que l’urne a scellée à l’ouverture")
    return known


def check_voters(box, known):
    for height, (elector, departement, _) in box.cast.items():
        if known.get(elector) != departement:
            raise Wrong(height + 1, "ce bulletin de l’urne n’est pas celui d’un électeur de la liste")


def check_receipt(box, number, commitment):
    if number not in box.cast or box.cast[number][2] != commitment:
        raise Wrong(0, f"le reçu n° {number} ne correspond à aucun bulletin de cette urne")
    if box.cancelled:
        return "ce bulletin est dans l’urne, scellé ; le vote a été annulé, il n’a été ni ouvert ni compté"
    return (
        "ce bulletin a été compté" if number in box.opened else "ce bulletin est dans l’urne, mais n’a pas été compté"
    )


def check_head(box, height, head):
    if box.heads.get(height) != head:
        raise Wrong(height + 1, "la tête reçue n’est pas celle de cette urne : l’urne a été réécrite depuis")


def describe(box):
    if box.cancelled:
        yield f"Vote : {box.setup['title']}"
        yield f"Vote annulé le {box.at} : {box.cancelled['reason']}"
        yield f"Bulletins déposés, restés scellés : {box.cancelled['cast']} ; radiations : {len(box.struck)}"
        yield f"Tête de l’urne : {box.height} {box.head}"
        return
    grades, options = box.setup["grades"], box.setup["options"]
    found = box.result or box.count("")
    yield f"Vote : {box.setup['title']}"
    yield f"Bulletins déposés : {box.close['cast']} ; comptés : {found['ballots']} ; radiations : {len(box.struck)}"
    place = 1
    for group in found["groups"]:
        for option in group:
            profile = ", ".join(
                f"{grade} {number}"
                for grade, number in zip(reversed(grades), reversed(found["counts"][option - 1]), strict=True)
            )
            yield f"{place}. {options[option - 1]} ({profile}){' — ex aequo' if len(group) > 1 else ''}"
        place += len(group)
    if box.result is None:
        yield f"Le tirage attend sa valeur publique : {box.setup['public_value_name']}"
    elif box.result["seed"]:
        yield f"Tirage : {box.setup['public_value_name']} = {box.result['public_value']}"
    yield f"Tête de l’urne : {box.height} {box.head}"


def verdict(box):
    if box.cancelled:
        return "CONFORME : l’urne de ce vote annulé est intacte ; aucun bulletin n’a été ouvert."
    return "CONFORME : l’urne, les bulletins et le résultat concordent."


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="recount.py", description="Recompter un vote à partir de son urne publiée.")
    parser.add_argument("urne")
    parser.add_argument("--electeurs", metavar="FICHIER")
    parser.add_argument("--recu", nargs=2, metavar=("NUMERO", "EMPREINTE"))
    parser.add_argument("--tete", nargs=2, metavar=("HAUTEUR", "EMPREINTE"))
    given = parser.parse_args(arguments)
    name = given.urne
    try:
        for couple in filter(None, (given.recu, given.tete)):
            if not (couple[0].isascii() and couple[0].isdecimal() and len(couple[0]) < 12):
                parser.error("un numéro s’écrit en chiffres")
        with open(given.urne, "rb") as stream:
            box = read_box(stream)
        said = []
        if given.electeurs:
            name = given.electeurs
            with open(given.electeurs, "rb") as stream:
                known = read_electorate(stream, box)
            name = given.urne
            check_voters(box, known)
            said.append("La liste des électeurs est celle que l’urne a scellée.")
        if given.tete:
            check_head(box, int(given.tete[0]), given.tete[1])
            said.append("La tête reçue est bien dans cette urne.")
        if given.recu:
            said.append(f"Reçu n° {given.recu[0]} : {check_receipt(box, int(given.recu[0]), given.recu[1])}.")
    except OSError as error:
        print(f"FAUX : {name} ne peut pas être lu ({error.strerror})", file=sys.stderr)
        return 1
    except Wrong as error:
        where = f"{name}, ligne {error.line}" if error.line else name
        print(f"FAUX : {where} : {error}", file=sys.stderr)
        return 1
    for sentence in (*describe(box), *said):
        print(sentence)
    print(verdict(box))
    return 0


if __name__ == "__main__":
    sys.exit(main())
