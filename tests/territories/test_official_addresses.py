"""The file of official addresses."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command

from commun.territories.models import OfficialAddress

pytestmark = pytest.mark.django_db


def load(tmp_path, text, **options):
    path = tmp_path / "adresses.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    call_command("import_official_addresses", str(path), **options)


def test_a_file_of_addresses_is_loaded_once_and_never_by_an_older_one(register, tmp_path, capsys):
    good = "kind;code;email;source;date\ncommune;01015;Mairie@Arboys.example.org;Annuaire;2026-03-01\n"
    load(tmp_path, good)
    load(tmp_path, good)
    assert "added=1 changed=0 same=0" in capsys.readouterr().out.splitlines()[0]
    assert OfficialAddress.objects.get().email == "mairie@arboys.example.org"
    with pytest.raises(CommandError):
        load(tmp_path, good.replace("2026-03-01", "2025-03-01").replace("Mairie@", "vieille@"))
    assert OfficialAddress.objects.get().email == "mairie@arboys.example.org"
    load(tmp_path, good.replace("2026-03-01", "2026-04-01").replace("Mairie@", "accueil@"))
    assert OfficialAddress.objects.get().email == "accueil@arboys.example.org"


def test_bad_lines_are_told_and_the_others_kept(register, tmp_path, capsys):
    lines = [
        "kind,code,email,source,date",
        "commune,01015,mairie@arboys.example.org,Annuaire,2026-03-01",
        "commune,99999,mairie@nulle-part.example.org,Annuaire,2026-03-01",
        "village,01015,mairie@arboys.example.org,Annuaire,2026-03-01",
        "commune,38421,pas une adresse,Annuaire,2026-03-01",
        "commune,38421,mairie@smh.example.org,,2026-03-01",
        "commune,38421,mairie@smh.example.org,Annuaire,hier",
        "commune,38421,mairie@smh.example.org,Annuaire,2999-01-01",
        "commune,01015,autre@arboys.example.org,Annuaire,2026-03-01",
        "commune,38421",
        "",
        "commune,93066,mairie@saint-denis.example.org,Annuaire,2026-03-01",
    ]
    with pytest.raises(CommandError, match=r"8 ligne\(s\)"):
        load(tmp_path, "\n".join(lines))
    told = capsys.readouterr()
    assert [int(number) for number in re.findall(r"ligne (\d+) refusée", told.err)] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert "added=2" in told.out


@pytest.mark.parametrize(
    "content", [b"", b"nom,adresse\n", b"\xff\xfe\x00k", b"kind,code,email,source,date\n\xe9\xff\n"]
)
def test_what_is_not_such_a_file_is_refused_whole(register, tmp_path, content):
    with pytest.raises(CommandError, match="Rien n’a changé"):
        load(tmp_path, content)
    assert not OfficialAddress.objects.exists()
