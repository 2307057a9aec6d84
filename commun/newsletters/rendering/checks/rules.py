"""Why each finding matters, and how one mends it. Shown beside the finding, and in the guide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    why: str
    mend: str


_DATE = "Une date fausse fait manquer un rendez-vous, et fait douter de toutes les autres."
_EAR = "Qui n’affiche pas les images, ou les écoute, n’a que ce texte."
_FILTER = "Les filtres des messageries s’en méfient : la lettre entière peut finir dans les indésirables."
_LINK = "Un lecteur d’écran lit les liens seuls, hors de leur phrase ; un lecteur pressé aussi."
_FRENCH = "Une lettre publique se relit : les fautes de typographie se voient d’abord."

_TRUE = "Une lettre envoie des milliers de personnes sur cette page le même jour."

RULES = {
    # what stays in the draft
    "section_hidden": Rule(
        "Les lecteurs ne la verront nulle part.", "Décochez « Masquer cette rubrique » pour la montrer."
    ),
    # what is known of the pages it leads to
    "page_stale": Rule(_TRUE, "Relisez-la, corrigez-la, puis dites-la vérifiée dans « À vérifier »."),
    "page_reported": Rule(_TRUE, "Lisez ce que des lecteurs en disent dans « À vérifier », et répondez-leur."),
    "page_dead_links": Rule(_TRUE, "Remplacez ces liens, ou retirez-les de la page."),
    "link_dead": Rule(
        "Il a échoué trois fois en une semaine au moins.", "Remplacez-le : une copie archivée suffit parfois."
    ),
    # the message
    "subject_missing": Rule("Sans objet, beaucoup n’ouvrent pas.", "Écrivez un objet, ou un titre."),
    "subject_long": Rule("Les téléphones coupent la suite.", "Raccourcissez-le : l’essentiel d’abord."),
    "subject_reply": Rule(
        "Un objet trompeur est interdit (code des postes, L. 34-5).", "Retirez « Re : » ou « Tr : »."
    ),
    "subject_shouting": Rule(_FILTER, "Écrivez-le en minuscules."),
    "subject_marks": Rule(_FILTER, "Gardez un signe, ou aucun."),
    "preheader_missing": Rule(
        "Les messageries montrent alors le début du message.", "Écrivez une phrase qui donne envie."
    ),
    "preheader_repeats": Rule("La deuxième ligne ne dit rien de plus.", "Dites ce qu’on trouve dans ce numéro."),
    "preheader_long": Rule("La fin ne se lit nulle part.", "Gardez la première phrase."),
    "postal_address_missing": Rule(
        "La loi la demande dans chaque lettre.", "Remplissez-la dans Réglages → Identité du site."
    ),
    "state_words": Rule(
        "Un expéditeur qui n’est pas l’État n’a pas le droit de s’en donner l’apparence.",
        "Retirez ces mots, ou nommez le service comme une source dans le texte.",
    ),
    "remark_open": Rule(
        "Quelqu’un attend une réponse dans la marge.", "Répondez, corrigez s’il le faut, puis marquez-la résolue."
    ),
    "empty_issue": Rule("Il n’y a rien à lire.", "Ajoutez une rubrique, ou composez depuis le calendrier."),
    # sections
    "empty_section": Rule("Un titre sans suite fait croire à une panne.", "Remplissez-la ou retirez-la."),
    "title_missing": Rule("On parcourt une lettre par ses titres.", "Donnez-lui un titre."),
    "call_without_link": Rule("On demande de répondre sans dire où.", "Indiquez l’adresse dans les réglages du site."),
    "theme_without_call": Rule(
        "La thématique n’invite à rien : la boucle s’arrête là.", "Posez une question aux collectivités."
    ),
    "call_answered": Rule(
        "Le numéro publie les réponses à cet appel, et le lance encore.",
        "Réécrivez l’introduction : dites ce qui a été reçu.",
    ),
    "heading_skipped": Rule(
        "Un titre de niveau sauté perd qui navigue par les titres.", "Donnez un titre à la rubrique avant l’intertitre."
    ),
    "heading_repeated": Rule("Deux rubriques du même nom ne se distinguent pas.", "Changez l’un des deux titres."),
    # dates
    "event_past": Rule(_DATE, "Retirez-le, ou corrigez sa date dans l’agenda."),
    "event_cancelled": Rule(
        "On annonce ce qui n’aura pas lieu.", "Retirez-le, à moins de vouloir dire qu’il est annulé."
    ),
    "news_past": Rule(
        "L’annonce ne vaut plus le jour où on la lit.", "Retirez-la, ou prolongez-la dans les actualités."
    ),
    "news_old": Rule("Une annonce d’il y a plus d’un an n’est plus une actualité.", "Retirez-la, ou remplacez-la."),
    "deadline_past": Rule("Personne ne peut plus répondre.", "Donnez une date à venir, ou retirez l’appel."),
    "weekday_wrong": Rule(_DATE, "Vérifiez le jour et l’année : c’est souvent la date de l’an dernier."),
    "year_missing": Rule("La lettre se relit des années plus tard.", "Ajoutez l’année."),
    "date_impossible": Rule(_DATE, "Corrigez le jour ou le mois."),
    "dates_backwards": Rule(_DATE, "Remettez le début avant la fin."),
    # links
    "link_missing": Rule("Le lecteur reste sur sa faim.", "Donnez l’adresse, ou retirez la ressource."),
    "vague_link": Rule(_LINK, "Dites où il mène : « Lire le guide des conseils citoyens »."),
    "link_bare": Rule("Une adresse lue à voix haute ne veut rien dire.", "Écrivez des mots, et mettez-y le lien."),
    "link_disguised": Rule(
        "C’est ainsi que font les hameçonneurs : les messageries bloquent.",
        "Montrez des mots plutôt qu’une autre adresse.",
    ),
    "link_repeated": Rule(_LINK, "Donnez à chacun un texte qui le distingue."),
    "link_private": Rule("Les lecteurs trouveront une erreur.", "Donnez une adresse publique."),
    "link_personal": Rule("Qui le suit peut désabonner ou engager cette personne.", "Retirez-le."),
    "link_shortened": Rule(_FILTER, "Donnez l’adresse entière."),
    "link_insecure": Rule("Les navigateurs avertissent avant d’ouvrir.", "Essayez l’adresse en https."),
    "link_tracked": Rule("Cette lettre ne suit personne.", "Retirez ce qui suit le « ? »."),
    "link_broken": Rule("Le lecteur trouve une page introuvable.", "Choisissez une page en ligne."),
    "resource_twice": Rule("La même chose deux fois lasse.", "Gardez-la à un seul endroit."),
    "address_unreadable": Rule("Le lien ne mènerait nulle part.", "Corrigez l’adresse."),
    # pages taken from the library
    "page_missing": Rule("La rubrique tient à une page qui n’existe plus.", "Choisissez-en une autre, ou retirez-la."),
    "page_unpublished": Rule("Le lecteur trouverait une page introuvable.", "Publiez-la, ou retirez-la."),
    "vote_missing": Rule("Un vote choisi n’existe plus.", "Retirez-le de la liste."),
    "project_missing": Rule("Un projet choisi n’existe plus.", "Retirez-le de la liste."),
    "partner_missing": Rule("Un partenaire choisi n’existe plus.", "Retirez-le de la liste."),
    "licence_missing": Rule(
        "Sans licence, personne ne sait s’il peut reprendre ce qu’il lit.", "Choisissez-la sur la page de la ressource."
    ),
    # pictures
    "alt_missing": Rule(_EAR, "Décrivez-la, ou dites qu’elle est décorative."),
    "alt_file_name": Rule(_EAR, "Dites ce que l’image montre."),
    "alt_opening": Rule("Les lecteurs d’écran l’annoncent déjà.", "Commencez par ce qu’on y voit."),
    "alt_long": Rule(
        "Il est lu d’une traite, sans retour possible.", "Une phrase suffit ; le reste va dans la légende."
    ),
    "alt_repeats": Rule("La même phrase est lue deux fois.", "Décrivez l’image, ou dites-la décorative."),
    "image_missing": Rule("Un cadre vide prendrait sa place.", "Remettez le fichier."),
    "image_heavy": Rule("Elle tarde à venir sur un téléphone à la campagne.", "Choisissez-en une plus simple."),
    "images_heavy": Rule("La lettre tarde, et certains paient au poids.", "Retirez une image ou simplifiez-les."),
    "image_small": Rule("Agrandie, elle sera floue.", "Prenez l’original, en plus grand."),
    "credit_missing": Rule(
        "Une image a un auteur, qui a des droits.", "Indiquez le crédit dans la bibliothèque d’images."
    ),
    # weight and mailboxes
    "html_heavy": Rule(
        "Gmail coupe la fin, et le lien de désabonnement avec.", "Retirez une rubrique ou raccourcissez."
    ),
    "html_large": Rule("Gmail n’est pas loin de couper.", "Visez moins de rubriques."),
    "mailbox_drops": Rule("Des messageries françaises le suppriment : on lira autre chose que vous.", "Retirez-le."),
    "contrast_low": Rule("Illisible pour une personne sur douze, et pour tous au soleil.", "Prévenez l’exploitation."),
    # words
    "unknown_variable": Rule("La lettre ne remplace aucune variable : elle partirait telle quelle.", "Retirez-la."),
    "placeholder": Rule("C’est un texte d’attente.", "Remplacez-le par le vrai texte, ou retirez-le."),
    "spam_words": Rule(_FILTER, "Dites-le autrement."),
    "shouting": Rule(
        "Des capitales se lisent comme un cri, et lettre à lettre par certains lecteurs d’écran.", "Minuscules."
    ),
    "mail_leftover": Rule("C’est un reste de courrier, qui n’est pas pour les lecteurs.", "Retirez-le."),
    "phone_private": Rule("Un numéro de portable publié l’est pour toujours.", "Gardez-le si la personne l’a demandé."),
    "capital_accent": Rule(_FRENCH, "Les capitales prennent leurs accents : À, É, Ç."),
    "quotes_straight": Rule(_FRENCH, "Employez « »."),
    "apostrophe_space": Rule(_FRENCH, "Retirez l’espace après l’apostrophe."),
    "space_before": Rule(_FRENCH, "Une espace avant « ? ! : ; » ; aucune avant la virgule et le point."),
    "double_space": Rule(_FRENCH, "Une seule espace."),
    "ordinal": Rule(_FRENCH, "1re, 1er, 2e : sans « ère » ni « ème »."),
    "dots": Rule(_FRENCH, "Trois points, ou « etc. », jamais les deux."),
    "repeated_word": Rule(_FRENCH, "Retirez l’un des deux."),
    "sentence_long": Rule("Une phrase longue se perd sur un téléphone.", "Coupez-la en deux."),
}
