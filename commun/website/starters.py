"""First versions of the legal pages, for the team to complete. What depends on the operator is read from the settings of
the network by the template, not written here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Starter:
    slug: str
    title: str
    summary: str
    parts: tuple[tuple[str, str], ...]

    def body(self) -> list[tuple[str, object]]:
        blocks: list[tuple[str, object]] = []
        for heading, text in self.parts:
            blocks.append(("heading", {"text": heading, "level": "h2"}))
            blocks.append(("paragraph", text))
        return blocks


STARTERS = (
    Starter(
        slug="mentions-legales",
        title="Mentions légales",
        summary="Qui publie ce site, qui l’héberge, et ce que l’on peut faire de ses contenus.",
        parts=(
            (
                "Réutiliser les contenus",
                "<p>Chaque contenu indique sa licence et la personne ou l’organisme à créditer. Sauf mention contraire, les "
                "textes peuvent être repris à condition de citer leur source. Les marques et logos restent à leurs "
                "propriétaires.</p>",
            ),
            (
                "Signaler une erreur",
                "<p>Une information inexacte, un lien mort, une photographie à retirer : écrivez-nous par la page "
                "Contact. Nous répondons à chaque message.</p>",
            ),
        ),
    ),
    Starter(
        slug="donnees-personnelles",
        title="Données personnelles",
        summary="Nous gardons peu de choses, pour peu de temps, et vous pouvez les voir et les effacer vous-même.",
        parts=(
            (
                "Rien ne vous suit",
                "<p>Ce site ne dépose aucun cookie chez qui le visite sans compte. La lettre ne contient ni image espionne ni "
                "lien détourné : nous ne savons pas si vous l’ouvrez, ni sur quoi vous cliquez.</p>",
            ),
            (
                "Ce que nous gardons",
                "<ul><li><b>Votre adresse électronique et vos préférences</b>, si vous êtes abonné·e, jusqu’à ce que vous "
                "demandiez l’effacement, et trois ans au plus après votre départ. Une demande jamais confirmée est oubliée après trente jours.</li>"
                "<li><b>La preuve de votre accord</b> : la date, le moyen et la phrase exacte, sous une empreinte qui ne "
                "permet pas de retrouver votre adresse.</li>"
                "<li><b>Le compte de chaque envoi</b> : à qui la lettre a été remise et ce que le serveur a répondu, pendant "
                "trois ans.</li>"
                "<li><b>Vos messages</b>, le temps d’y répondre et de publier ce que vous avez donné.</li></ul>",
            ),
            (
                "Vos droits",
                "<p>Le bas de chaque lettre mène à vos préférences : vous pouvez y changer vos choix, télécharger tout ce "
                "que nous avons, l’effacer, vous désabonner. Vous pouvez aussi nous écrire, et saisir la CNIL si notre "
                "réponse ne vous convient pas.</p>",
            ),
        ),
    ),
    Starter(
        slug="accessibilite",
        title="Accessibilité : non conforme",
        summary="Le site n’a pas encore été audité selon le RGAA.",
        parts=(
            (
                "Où nous en sommes",
                "<p>Les pages et la lettre sont vérifiées à chaque modification par un outil automatique, au clavier et sans "
                "script. Ces vérifications ne remplacent pas un audit de conformité au référentiel général d’amélioration "
                "de l’accessibilité : tant qu’il n’est pas fait, la déclaration honnête est « non conforme ».</p>",
            ),
            (
                "Un contenu vous échappe ?",
                "<p>Dites-le-nous par la page Contact : nous vous l’enverrons sous une autre forme, et nous corrigerons "
                "la page.</p>",
            ),
            (
                "Voie de recours",
                "<p>Si vous nous avez signalé un défaut qui vous empêche d’accéder à un contenu et que vous n’avez pas eu de "
                "réponse satisfaisante, vous pouvez saisir le Défenseur des droits.</p>",
            ),
        ),
    ),
)
