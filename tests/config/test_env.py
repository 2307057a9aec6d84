from __future__ import annotations

import pytest

from commun.config import env as parse


def read(name, parser, value):
    env = parse.Env({name: value})
    result = env.get(name, default=None, parse=parser)
    env.finish()
    return result


@pytest.mark.parametrize(
    ("parser", "value"),
    [
        (parse.boolean, "peut-être"),
        (parse.integer(maximum=3), "4"),
        (parse.integer(), "douze"),
        (parse.site_url, "example.org"),
        (parse.site_url, "https://example.org/chemin"),
        (parse.smtp_relays, "http://relais"),
        (parse.smtp_relays, "smtp://relais:abc"),
        (parse.smtp_relays, "smtp://relais?starttls=parfois"),
        (parse.smtp_relays, "smtp://relais?tls=1"),
        (parse.opinion, "http://jedonnemonavis.numerique.gouv.fr/Demarches/1"),
        (parse.opinion, "https://jedonnemonavis.numerique.gouv.fr"),
        (parse.opinion, "https://qui@jedonnemonavis.numerique.gouv.fr/Demarches/1"),
        (parse.opinion, "javascript:alert(1)"),
        (parse.mailbox, "personne"),
        (parse.mailbox, "A <a@example.org>\r\nBcc: b@example.org"),
        (parse.domain, "pas un domaine"),
        (parse.cache, "memcached://"),
        (parse.database, "mysql://x"),
        (parse.storage, "s3://seau"),
        (parse.storage, "s3://key:secret@files.example.org"),
        (parse.storage, "s3://key:secret@files.example.org/seau?tls=false"),
        (parse.storage, "s3://key:secret@files.example.org/seau?acl=public"),
    ],
)
def test_a_value_that_cannot_be_understood_stops_the_start_with_a_sentence(parser, value):
    with pytest.raises(parse.SettingError, match="NOM"):
        read("NOM", parser, value)


def test_several_relays_keep_their_order_and_options():
    first, second = read(
        "SMTP_URL", parse.smtp_relays, "smtps://u:p%40@un.example.org smtp://deux.example.org:2525?starttls=required"
    )
    assert (first.host, first.port, first.implicit_tls, first.password) == ("un.example.org", 465, True, "p@")
    assert (second.host, second.port, second.starttls) == ("deux.example.org", 2525, "required")
    assert "p@" not in repr(first)


def test_an_unknown_name_in_the_env_file_is_refused_with_what_was_probably_meant():
    env = parse.Env({}, file_values={"SMTP_ULR": "smtp://x"})
    env.get("SMTP_URL", default=(), parse=parse.smtp_relays)
    with pytest.raises(parse.SettingError, match="SMTP_URL"):
        env.finish()


def test_a_misspelt_variable_is_reported():
    env = parse.Env({"SMTP_ULR": "x", "PATH_TO": "y"})
    env.get("SMTP_URL", default=(), parse=parse.smtp_relays)
    assert env.misspelt() == [("SMTP_ULR", "SMTP_URL")]


def test_every_problem_is_listed_at_once():
    env = parse.Env({"UN": "x", "DEUX": "y"})
    env.get("UN", default=False, parse=parse.boolean)
    env.get("DEUX", default=False, parse=parse.boolean)
    with pytest.raises(parse.SettingError) as caught:
        env.finish()
    assert "UN" in str(caught.value)
    assert "DEUX" in str(caught.value)


def test_a_bucket_is_read_from_one_address_and_its_secret_is_not_shown():
    bucket = parse.storage("s3://key:se%2Fcret@files.example.org:9000/media/site?region=fr-par")
    assert (bucket.endpoint, bucket.name, bucket.folder) == ("https://files.example.org:9000", "media", "site")
    assert (bucket.region, bucket.secret_key) == ("fr-par", "se/cret")
    assert "cret" not in repr(bucket)
