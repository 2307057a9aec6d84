"""An answer below what we wrote, without a mark: our own words tell where hers begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commun.contributions.understanding.answers import below_ours

OURS = """Bonjour Camille Exemple,

Merci pour ce récit. Combien de personnes sont venues, et combien le chantier a-t-il coûté à la commune ?

Répondez simplement à ce message.

Voir votre envoi, son état et nos échanges :
http://localhost:8000/contribution/abc/

La rédaction

Territoires en Commun
http://localhost:8000
"""
HERS = "Quarante personnes.\n\nLe chantier a coûté 3 000 €, prêtés par la commune."


def test_what_stands_below_our_words_is_hers():
    hers, ours = below_ours(f"{OURS}\n{HERS}", ours=OURS)
    assert hers == HERS
    assert ours == OURS.strip()


def test_lines_broken_elsewhere_and_marked_otherwise_are_still_ours():
    broken = OURS.replace("venues, et", "venues,\net").replace("Merci pour", "| Merci pour")
    assert below_ours(f"{broken}\n{HERS}", ours=OURS)[0] == HERS


def test_all_is_hers_where_our_words_are_not_found_or_nothing_follows():
    assert below_ours(HERS, ours=OURS) == (HERS, "")
    assert below_ours(f"Bonjour,\n\n{HERS}\n\nLa rédaction", ours=OURS)[0].startswith("Bonjour,")
    assert below_ours(OURS, ours=OURS) == (OURS, "")
    assert below_ours(HERS, ours="") == (HERS, "")


def test_a_sentence_of_ours_that_she_repeats_in_hers_cuts_nothing():
    text = f"{HERS}\nVous demandiez :\nCombien de personnes sont venues, et combien le chantier a-t-il coûté ?\nVoilà."
    assert below_ours(text, ours=OURS)[0] == text


@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_is_lost_between_the_two(text, ours):
    hers, above = below_ours(text, ours=ours)
    assert hers == text or "".join(f"{above}{hers}".split()) == "".join(text.split())
