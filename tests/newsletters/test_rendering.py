"""The renderer's promises, whatever an editor writes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commun.newsletters.engine import DjangoTemplates
from commun.newsletters.exceptions import BrokenTemplate
from commun.newsletters.rendering import check_issue, content_hash, from_json, render_issue, to_json
from commun.newsletters.rendering import content as c
from commun.newsletters.rendering.content import BLOCKS
from commun.newsletters.rendering.serialise import UnreadableContent
from commun.newsletters.rendering.values import BadAddress, Image, Link, Rich, is_absolute
from tests.newsletters import samples

ENGINE = DjangoTemplates()
HOSTILE = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "</div></body><!-- --><![endif]-->",
            "{{ settings.SECRET_KEY }}",
            "a" * 300,
            "\r\nSubject: x\r\n.\r\n",
            "\u202edroite à gauche\u2066",
            "<a href='javascript:alert(1)'>ici</a>",
        ]
    ),
)
RICH = st.one_of(
    HOSTILE,
    st.sampled_from(
        [
            "<p>Bonjour <a href='/relatif/'>là</a> et <a href='https://exemple.example.org/a?b=1&amp;c=2'>là-bas</a></p>",
            "<ul><li>un<ul><li>deux</li></ul></li></ul><p style='color:red' onclick=x>trois</p>",
            "<h1>Titre</h1><iframe src='https://x.example.org'></iframe><a href='data:text/html,x'>d</a>",
            "<p><a href=' https://x.example.org/ '>espaces</a><a href='mailto:a@example.org'>écrire</a></p>",
            "<b><i>jamais fermé <a href='https://x.example.org/é'>lien",
        ]
    ),
)
URLS = st.sampled_from(
    ["https://a.example.org/", "http://b.example.org:8000/x?y=1&z=2#w", "https://c.example.org/" + "long/" * 30]
)
LINKS = st.builds(Link, label=HOSTILE, url=st.one_of(URLS, st.just("mailto:redaction@example.org")))
IMAGES = st.builds(
    Image, url=URLS, width=st.integers(1, 2000), height=st.integers(1, 2000), alt=HOSTILE, credit=HOSTILE
)
OPTIONAL_LINK = st.none() | LINKS
CARDS = st.builds(
    c.Card, HOSTILE, HOSTILE, HOSTILE, link=OPTIONAL_LINK, image=st.none() | IMAGES, place=HOSTILE, when=HOSTILE
)
CALLS = st.none() | st.builds(c.Call, HOSTILE, LINKS, HOSTILE)
RICHES = st.builds(Rich, RICH)
ANY_BLOCK = st.one_of(
    st.builds(c.Theme, HOSTILE, kicker=HOSTILE, intro=RICHES, image=st.none() | IMAGES, need=CALLS),
    st.builds(c.Featured, HOSTILE, card=CARDS, figures=st.lists(st.builds(c.Figure, HOSTILE, HOSTILE)).map(tuple)),
    st.builds(c.Inspirations, HOSTILE, HOSTILE, st.lists(CARDS, max_size=3).map(tuple)),
    st.builds(c.Outcomes, HOSTILE, st.lists(HOSTILE, max_size=2).map(tuple), st.lists(CARDS, max_size=2).map(tuple)),
    st.builds(
        c.Seekers, HOSTILE, st.lists(st.builds(c.Sought, HOSTILE, HOSTILE, OPTIONAL_LINK), max_size=2).map(tuple)
    ),
    *(
        st.builds(kind, HOSTILE, st.lists(st.builds(c.Brief, HOSTILE, HOSTILE, OPTIONAL_LINK), max_size=2).map(tuple))
        for kind in (c.VoteState, c.ProjectNews)
    ),
    st.builds(c.News, HOSTILE, st.lists(CARDS, max_size=3).map(tuple)),
    *(st.builds(kind, HOSTILE, RICHES, CALLS) for kind in (c.ContributionCall, c.VoteCall, c.EventCall, c.Questions)),
    st.builds(c.Concept, HOSTILE, lead=HOSTILE, body=RICHES, links=st.lists(LINKS, max_size=2).map(tuple)),
    st.builds(
        c.Agenda,
        HOSTILE,
        st.lists(st.builds(c.AgendaLine, HOSTILE, HOSTILE, link=OPTIONAL_LINK), max_size=3).map(tuple),
    ),
    st.builds(c.Text, HOSTILE, RICHES),
    st.builds(c.Picture, IMAGES, HOSTILE),
    st.builds(c.Quote, HOSTILE, HOSTILE, HOSTILE),
    st.builds(c.Partners, HOSTILE, st.lists(st.builds(c.Partner, HOSTILE, OPTIONAL_LINK), max_size=3).map(tuple)),
)
ISSUES = st.builds(
    lambda title, preheader, blocks: samples.issue(
        title=title, subject=title, preheader=preheader, blocks=tuple(blocks)
    ),
    HOSTILE,
    HOSTILE,
    st.lists(ANY_BLOCK, max_size=4),
)


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def links(self) -> set[str]:
        return {attrs["href"] for tag, attrs in self.tags if tag == "a"}


def render(content):
    return render_issue(content=content, engine=ENGINE, personal=samples.PERSONAL)


def addresses_of(text: str) -> set[str]:
    return set(re.findall(r"https?://\S+", text))


@settings(max_examples=60)
@given(ISSUES)
def test_whatever_is_written_every_address_is_absolute_and_nothing_is_executable(content):
    documents = render(content)
    for document in (documents.email, documents.web):
        for tag, attrs in _Reader(document).tags:
            assert tag not in {"script", "iframe", "object", "form", "link", "base"}
            assert not [name for name in attrs if name.startswith("on")]
            for name in {"href", "src", "srcset"} & set(attrs):
                assert is_absolute(attrs[name])


@settings(max_examples=60)
@given(ISSUES)
def test_whatever_is_written_the_text_part_fits_76_columns_but_for_longer_addresses(content):
    for line in render(content).text.splitlines():
        assert len(line) <= 76 or re.fullmatch(r"https?://\S+", line)


@settings(max_examples=60)
@given(ISSUES)
def test_the_text_part_has_the_links_of_the_html_part(content):
    documents = render(content)
    html = _Reader(documents.email).links()
    for url in html:
        assert (url.removeprefix("mailto:") in documents.text) or not url
    # Words that look like an address may be written by hand; links of ours all come from the HTML part.
    written = addresses_of(documents.text)
    assert {url for url in html if url.startswith("http")} <= written


@settings(max_examples=60)
@given(ISSUES)
def test_frozen_content_comes_back_the_same_from_json(content):
    data = to_json(content)
    assert from_json(data) == content
    assert content_hash(to_json(from_json(data))) == content_hash(data)


@given(RICH)
def test_rich_text_written_twice_is_the_same(source):
    once = Rich(source).html
    assert Rich(once).html == once


@pytest.mark.parametrize(
    "url",
    ["/relatif/", "javascript:alert(1)", "data:image/png;base64,AA", "//sans-protocole.example.org", "https://", ""],
)
def test_an_address_that_is_not_absolute_cannot_be_a_link(url):
    with pytest.raises(BadAddress):
        Link("mot", url)
    with pytest.raises(BadAddress):
        Image(url, 1, 1)


def test_a_letter_with_every_section_weighs_less_than_60_kilobytes():
    content = samples.issue()
    assert {block.kind for block in content.blocks} == set(BLOCKS)
    documents = render(content)
    assert 10_000 < len(documents.email.encode()) <= 60 * 1024
    assert "data:" not in documents.email
    assert not [
        finding
        for finding in check_issue(content=content, documents=documents, day=date(2022, 11, 15))
        if finding.level == "blocking"
    ]


def test_the_email_is_one_column_with_language_article_preheader_and_ways_out():
    email = render(samples.issue()).email
    tags = _Reader(email).tags
    assert ("html", "fr", "ltr") in [(tag, attrs.get("lang"), attrs.get("dir")) for tag, attrs in tags]
    article = next(attrs for tag, attrs in tags if attrs.get("role") == "article")
    assert article["lang"] == "fr"
    assert article["aria-label"] == "Le passage à l’action\u00a0: la lettre de novembre"
    # Layout tables exist only inside comments that Outlook alone reads.
    assert not {"table", "section", "header", "footer", "main", "nav"} & {tag for tag, _ in tags}
    assert "<!--[if mso]><table" in email
    assert "prefers-color-scheme: dark" in email or "prefers-color-scheme:dark" in email
    assert [tag for tag, _ in tags].count("h1") == 1
    assert samples.PERSONAL.unsubscribe in email
    assert samples.PERSONAL.preferences in email
    assert "1 place de la Mairie" in email
    assert "Un lycée dessiné par ses élèves" in email.split('role="article"')[0]


def test_headings_never_skip_a_level():
    levels = [int(tag[1]) for tag, _ in _Reader(render(samples.issue()).email).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_an_issue_without_theme_of_the_month_still_has_one_main_title():
    content = samples.issue(blocks=(c.Text("Bonjour", Rich("<p>Une lettre courte.</p>")),))
    tags = [tag for tag, _ in _Reader(render(content).email).tags]
    assert tags.count("h1") == 1


def test_every_image_has_its_size_and_a_text_alternative():
    for tag, attrs in _Reader(render(samples.issue()).email).tags:
        if tag == "img":
            assert int(attrs["width"]) > 0
            assert int(attrs["height"]) > 0
            assert "alt" in attrs


def test_the_text_part_reads_by_itself():
    text = render(samples.issue()).text
    assert "1. LA THÉMATIQUE DU MOIS\u00a0: LE PASSAGE À L’ACTION" in text
    assert "Préciser notre besoin\u00a0: https://lettre.example.org/contribuer/besoin/" in text
    assert "- 6\u00a0000" in text
    assert "Me désabonner de la lettre" in text
    assert not re.search(r"<\w|&\w+;|\n{3,}", text)


def test_french_punctuation_does_not_break_from_its_word():
    content = samples.issue(blocks=(c.Text("Vraiment ?", Rich("<p>Oui : « voilà » !</p>")),))
    assert "Oui\u00a0: «\u00a0voilà\u00a0»\u00a0!" in unescape(render(content).email)
    assert "Vraiment\u00a0?" in render(content).web


def test_a_template_with_an_unknown_variable_is_refused(tmp_path, monkeypatch):
    from django.template import Context, Template

    from commun.newsletters import engine

    with pytest.raises(BrokenTemplate) as caught:
        Template("{{ prenom }}", engine=engine._engine()).render(Context({}))
    assert "prenom" in caught.value.detail
    with pytest.raises(BrokenTemplate):
        ENGINE.render(template="newsletters/blocks/inconnu/email.html", context={})


@pytest.mark.parametrize("data", [{}, {"format": 2}, {"format": 1}, {"format": 1, "blocks": [{"kind": "inconnu"}]}])
def test_json_of_another_format_is_refused(data):
    with pytest.raises(UnreadableContent):
        from_json(data)


def test_a_long_letter_says_at_its_top_what_it_holds_and_a_short_one_does_not():
    issue = samples.issue()
    top = render(issue).email.partition("<h1")[0]
    assert "Dans cette lettre" in top
    assert f'href="{issue.web_url.url}#section-2"' in top
    assert "Dans cette lettre" not in render(samples.issue(blocks=issue.blocks[:3])).email


def test_titles_and_pictures_of_cards_lead_to_their_page_once_for_a_screen_reader():
    first, *_ = samples.cards(samples.SITE)
    first = replace(first, link=Link(first.title, first.link.url))
    block = c.Inspirations("Pour vous inspirer", cards=(first,))
    for document in (render(samples.issue(blocks=(block,))).email, render(samples.issue(blocks=(block,))).web):
        path = first.link.url.removeprefix(samples.SITE)
        links = [dict(attributes) for tag, attributes in _Reader(document).tags if tag == "a"]
        found = [one for one in links if one.get("href", "").endswith(path)]
        assert len(found) == 2
        assert [one for one in found if one.get("aria-hidden") == "true" and one.get("tabindex") == "-1"] == found[:1]
