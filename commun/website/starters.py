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
                "<p>Une information inexacte, un lien mort, une photographie à retirer : écrivez-nous par la page "
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
                "lien détourné : nous ne savons pas si vous l’ouvrez, ni sur quoi vous cliquez.</p>",
            ),
            (
                "Vos droits",
                "<p>Le bas de chaque lettre mène à vos préférences : vous pouvez y changer vos choix, télécharger tout ce "
                "que nous avons, l’effacer, vous désabonner. Vous pouvez aussi nous écrire, et saisir la CNIL si notre "
                "réponse ne vous convient pas.</p>",
            ),
        ),
    ),
    Starter(
        slug="accessibilite",
        title="Accessibilité",
        summary="Ce site se veut utilisable par tout le monde, quel que soit le matériel, le logiciel ou le handicap.",
        parts=(
            (
                "Un contenu vous échappe ?",
                "<p>Dites-le-nous par la page Contact : nous vous l’enverrons sous une autre forme, et nous corrigerons "
                "la page.</p>",
            ),
            (
                "Voie de recours",
                "<p>Si vous nous avez signalé un défaut qui vous empêche d’accéder à un contenu et que vous n’avez pas eu de "
                "réponse satisfaisante, vous pouvez saisir le Défenseur des droits.</p>",
            ),
        ),
    ),
    Starter(
        slug="schema-accessibilite",
        title="Schéma pluriannuel d’accessibilité",
        summary="Ce que nous faisons, et ferons dans les trois ans, pour que chacun puisse lire et agir ici.",
        parts=(
            (
                "Ce qui est en place",
                "<ul><li>Chaque modification du logiciel est vérifiée sur toutes les pages par un outil automatique, au clavier "
                "seul et sans script.</li><li>Une image ne s’enregistre pas sans son texte, ou la mention qu’elle est "
                "décorative ; un document dit sa langue.</li><li>La lettre est faite de vrais titres, paragraphes et listes, et "
                "existe en texte seul.</li></ul>",
            ),
            (
                "Première année",
                "<ul><li>Un audit complet par une personne extérieure, et sa publication.</li><li>La correction de ce qui "
                "empêche quelqu’un de lire, de chercher ou de contribuer.</li></ul>",
            ),
            (
                "Deuxième année",
                "<ul><li>La correction du reste, et un nouvel audit des pages corrigées.</li><li>Une demi-journée de formation "
                "pour les personnes qui publient.</li></ul>",
            ),
            (
                "Troisième année",
                "<ul><li>Des essais avec des personnes handicapées, rémunérées pour cela.</li><li>Le bilan de ce schéma, et "
                "le suivant.</li></ul>",
            ),
            (
                "Qui s’en occupe",
                "<p>L’équipe du réseau répond aux signalements reçus par la page Contact. Complétez ici : qui porte ce "
                "schéma, et avec quels moyens.</p>",
            ),
        ),
    ),
    Starter(
        slug="cookies",
        title="Cookies",
        summary="Il n’y en a pas pour lire ce site, ni de bandeau : il n’y a rien à accepter.",
        parts=(
            (
                "Pour lire, chercher, contribuer",
                "<p>Aucun cookie, aucune requête vers un autre site. Votre navigateur ne garde rien, sinon votre choix d’un "
                "affichage clair ou sombre, si vous en faites un : il ne nous est pas envoyé. Les visites sont comptées par "
                "page et par jour, sans savoir de qui.</p>",
            ),
            (
                "Pour qui se connecte",
                "<ul><li><b>session</b> : vous reconnaît d’une page à l’autre ; effacé quand vous vous déconnectez, quatorze "
                "jours au plus.</li><li><b>csrftoken</b> : empêche un autre site d’agir à votre place.</li><li><b>messages</b> : "
                "le temps d’afficher une confirmation.</li></ul><p>Ils sont indispensables au service que vous demandez et ne "
                "servent à rien d’autre : la loi ne demande pas votre accord.</p>",
            ),
        ),
    ),
    Starter(
        slug="ecoconception",
        title="Écoconception",
        summary="Un site léger se lit mieux, coûte moins et use moins de matériel.",
        parts=(
            (
                "Ce qui est fait",
                "<ul><li>Une première visite de l’accueil pèse moins de 200 ko, en quinze requêtes au plus, toutes vers "
                "ce site ; ces chiffres sont mesurés à chaque version du logiciel.</li><li>Pas de vidéo qui se lance, pas de "
                "défilement sans fin, pas de police à télécharger, pas de publicité, pas de mesure d’audience extérieure.</li>"
                "<li>Les pages se lisent sans script, sur un vieux téléphone comme sur un ordinateur d’occasion.</li><li>Les "
                "images sont réduites, dans un format récent, et chargées quand on les regarde.</li><li>Une page déjà faite "
                "n’est pas refaite, et n’est pas renvoyée à qui l’a déjà.</li></ul>",
            ),
            (
                "Ce qui est gardé, et combien de temps",
                "<p>Chaque donnée a un terme, et s’efface d’elle-même : voir la page Données personnelles. Les fichiers en "
                "double ne sont gardés qu’une fois.</p>",
            ),
            (
                "Ce qui reste à faire",
                "<p>La déclaration ci-dessus dit, critère par critère, ce qui n’est pas atteint ou pas encore évalué. Complétez "
                "ici : hébergeur, énergie, durée de vie du matériel, et à qui écrire à ce sujet.</p>",
            ),
        ),
    ),
    Starter(
        slug="aide",
        title="Aide",
        summary="Les réponses aux questions que l’on nous pose le plus.",
        parts=(
            (
                "Trouver une expérience comme la nôtre",
                "<p>Ouvrez Ressources, tapez un mot, puis choisissez la taille de la commune, la région ou le frein que vous "
                "rencontrez. L’adresse de la page garde vos choix : vous pouvez l’envoyer à un collègue.</p>",
            ),
            (
                "Lire en clair ou en sombre",
                "<p>Le site suit le réglage de votre appareil. Pour en choisir un autre, ouvrez « Affichage clair ou sombre », au "
                "bas de chaque page.</p>",
            ),
            (
                "Suivre l’agenda dans son propre calendrier",
                "<p>Sur la page Agenda, « Suivre ces dates dans mon agenda » ouvre l’application de votre ordinateur ou de votre téléphone. "
                "Les changements et les annulations suivent d’eux-mêmes.</p>",
            ),
            (
                "Reprendre un contenu dans son bulletin",
                "<p>Au bas de chaque ressource, « Réutiliser » donne la licence, la mention à copier, le texte seul et les "
                "documents.</p>",
            ),
            (
                "Donner quelque chose",
                "<p>Par un formulaire, en deux minutes, ou par un simple courriel : la page Contribuer donne les adresses. Aucun "
                "compte n’est nécessaire.</p>",
            ),
            (
                "Recevoir moins, ou ne plus recevoir",
                "<p>Le lien « Vos préférences », au bas de chaque lettre, permet de choisir ses thématiques, de faire une pause, "
                "de changer d’adresse ou de se désabonner d’un geste.</p>",
            ),
            (
                "Se connecter sans mot de passe",
                "<p>Donnez votre adresse : un code arrive par courriel. S’il tarde, regardez dans les indésirables ; il reste "
                "valable dix minutes.</p>",
            ),
        ),
    ),
)
