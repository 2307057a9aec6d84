"""Invented official addresses of places that exist, and invented people at every step of a mandate."""

from commun.demo.content.people import MEMBER

SOURCE = "Annuaire inventé pour la démonstration"

# Place of the register, its invented official address. The first is that of the member: her address proves her mandate.
OFFICIAL = (
    ("commune:29195", MEMBER.email),
    ("commune:35005", "mairie.arbrissel@example.org"),
    ("commune:38185", "accueil.grenoble@example.org"),
    ("commune:12145", "mairie.millau@example.org"),
    ("commune:04070", "mairie.digne@example.org"),
    ("commune:05061", "mairie.gap@example.org"),
    ("commune:48095", "mairie.mende@example.org"),
    ("commune:23096", "mairie.gueret@example.org"),
    ("commune:55545", "mairie.verdun@example.org"),
    ("commune:02408", "mairie.laon@example.org"),
    ("commune:15014", "mairie.aurillac@example.org"),
    ("commune:09122", "mairie.foix@example.org"),
)

# Waits for the member's word: first name, last name, address, job.
WAITING = ("Dominique", "Le Bihan", "dominique.lebihan@example.org", "Adjointe à la vie associative")
# Waits for the moderation, with what she wrote.
TO_CHECK = ("Ange", "Lacaze", "ange.lacaze@example.org", "Secrétaire de mairie")
TO_CHECK_PLACE = "commune:09122"
TO_CHECK_MESSAGE = "Le standard de la mairie répond le matin. Demandez le secrétariat général."
# A body absent from the register; its number is a valid one, and nobody's name is behind it.
FREE_BODY = ("Syndicat d'exemple pour la rivière", "syndicat", "732829320")
