"""The pure part, asked with the database: places, organisations and themes of this site."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commun.contributions.selectors.understanding import understand_message
from commun.contributions.understanding import Field
from commun.inbound.parsing import parse
from tests.inbound import corpus

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_message_is_read_with_the_register_of_this_site(register, django_assert_max_num_queries):
    raw = corpus.text(
        "Bonjour,\n\nL’atelier aura lieu le 15 décembre de 8h à 10h à Saint-Denis (974).\n\nCordialement,\nCamille",
        Subject="Fwd: Atelier",
    )
    message = parse(raw)
    with django_assert_max_num_queries(4):
        found = understand_message(message=message, received_at=RECEIVED)

    assert found.best(Field.TERRITORY).value == "commune:97411"
    assert found.best(Field.SESSION).value == {
        "start": "2026-12-15T08:00:00+04:00",
        "end": "2026-12-15T10:00:00+04:00",
        "all_day": False,
        "time_zone": "Indian/Reunion",
    }
    assert (found.best(Field.KIND).value, found.best(Field.TITLE).value) == ("event", "Atelier")


def test_what_is_forwarded_is_what_is_given():
    raw = corpus.text(
        "---------- Forwarded message ---------\nDe : Mairie <mairie@bourg.example.org>\nDate : lundi 2 mars 2026\n"
        "Objet : Guide\n\nVoici le guide : https://bourg.example.org/guide.pdf\n",
        Subject="TR: Guide",
    )
    found = understand_message(message=parse(raw), received_at=RECEIVED)

    assert found.best(Field.LINK).value == "https://bourg.example.org/guide.pdf"
    assert found.best(Field.KIND).value == "resource"
