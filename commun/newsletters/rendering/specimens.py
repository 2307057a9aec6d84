# ruff: noqa: E501 (French sentences, kept whole)
"""One section of each kind, filled with invented facts: what the editor is shown before she adds one."""

from __future__ import annotations

from commun.newsletters.rendering import content as c
from commun.newsletters.rendering.values import Image, Link, Rich

HOME = "https://lettre.example.org/"
PICTURE = f"{HOME}image"  # where the drawing stands


def _link(label: str) -> Link:
    return Link(label, HOME + "-".join(label.split()))


def _image() -> Image:
    return Image(PICTURE, 720, 400, decorative=True)


def _call(title: str, words: str, label: str, until: str = "") -> tuple[str, Rich, c.Call]:
    return title, Rich(f"<p>{words}</p>"), c.Call("", _link(label), until)


def _blocks() -> tuple[c.Block, ...]:
    return (
        c.Theme(
            "L’eau en commun",
            intro=Rich("<p>Sources, rivières, canalisations : comment décider <strong>ensemble</strong> de l’eau ?</p>"),
            image=_image(),
            need=c.Call("De quoi avez-vous besoin pour commencer ?", _link("Préciser notre besoin")),
        ),
        c.Featured(
            "Pour commencer",
            card=c.Card(
                "Expérience", "À Valbrune, la rivière a son conseil", "Vingt riverains tirés au sort suivent les travaux de berge.",
                _link("Découvrir l’expérience de Valbrune"), _image(), "Valbrune",
            ),
            figures=(c.Figure("20", "riverains tirés au sort", "Ville de Valbrune, mai 2026"),),
        ),
        c.Inspirations(
            "Pour vous inspirer",
            "",
            (
                c.Card("Guide", "Lire une facture d’eau à plusieurs", "Une soirée, douze factures, trois questions.", _link("Lire une facture d’eau à plusieurs"), _image()),
                c.Card("Kit", "Six fiches pour marcher le long d’un ruisseau", "À imprimer avant de partir.", _link("Six fiches pour marcher le long d’un ruisseau"), _image()),
            ),
        ),
        c.Outcomes(
            "Ce que la lettre a fait naître",
            ("Quatre collectivités se sont lancées après une lecture.",),
            (c.Card("Expérience", "À Orvaux, on compte les fuites ensemble", "Onze habitants, un compteur.", _link("À Orvaux"), credit="Née de : La rivière a son conseil"),),
        ),
        c.Seekers("Ils cherchent", (c.Sought("Associer les pêcheurs au plan d’eau", "Saint-Clair-des-Bois", _link("Proposer une rencontre : Saint-Clair-des-Bois")),)),
        c.VoteState("Les votes, où en sont-ils ?", (c.Brief("Quel projet l’an prochain ?", "31 collectivités ont voté : « L’eau du lac » arrive en tête.", _link("Lire le résultat")),)),
        c.ProjectNews("Des nouvelles des projets partagés", (c.Brief("La rivière a son conseil", "Réalisation, avec Orvaux et Saint-Clair-des-Bois. Depuis la dernière lettre : la première pesée.", _link("Suivre le projet")),)),
        c.Concept(
            "Le bien commun",
            lead="Ce dont chacun use, et dont personne ne dispose seul.",
            body=Rich("<p>Une ressource, des personnes qui en vivent, des règles qu’elles se donnent.</p>"),
            links=(_link("Lire le concept en entier : le bien commun"),),
        ),
        c.News("Actualités des partenaires", cards=(c.Card("Recrutement", "L’association des Rives cherche une animatrice", "Un an, à mi-temps.", _link("L’association des Rives cherche une animatrice")),)),
        c.Agenda(
            "À vos agendas",
            lines=(c.AgendaLine("Jeudi 12 mars 2026, de 18 h à 20 h", "Soirée des riverains", "Valbrune", link=_link("Soirée des riverains")),),
            more=_link("Voir tout l’agenda"),
        ),
        c.Partners("Une lettre portée par", (c.Partner("Association des Rives", _link("Association des Rives")), c.Partner("Ville de Valbrune"))),
        c.ContributionCall(*_call("À vous d’écrire la suite", "Dix lignes suffisent : nous mettons en forme.", "Envoyer une ressource", "Jusqu’au jeudi 15 janvier 2026")),
        c.VoteCall(*_call("Choisissez le prochain projet", "Une voix par collectivité.", "Voter pour une thématique", "Jusqu’au mercredi 31 décembre 2025")),
        c.EventCall(*_call("Un événement chez vous ?", "Dites-le au réseau en deux minutes.", "Proposer un événement")),
        c.Questions(*_call("Une question, une remarque ?", "Répondez à ce message : une personne vous lira.", "Écrire à la rédaction")),
        c.Text("Le mot de la rédaction", Rich("<p>Ce que vous voulez dire, <em>avec vos mots</em> :</p><ul><li>une liste,</li><li>un lien.</li></ul>")),
        c.Picture(_image(), "Une légende dit où, et quand"),
        c.Quote("On ne nous a pas demandé notre avis : on nous a prêté des pelles.", "Camille Orfèvre", "habitante de Valbrune"),
    )  # fmt: skip


SPECIMENS = {block.kind: block for block in _blocks()}
