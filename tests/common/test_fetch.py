"""Asking other sites: what may be asked, what is refused, and where it stops."""

from __future__ import annotations

import gzip
import ipaddress
import ssl
import threading
import time
import zlib
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from commun.common.fetch import FetchFailed, Known, Why, fetch, is_public
from commun.common.models import HostTurn
from tests.common.sites import site

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(settings):
    settings.FETCH_EXCEPTIONS = ["127.0.0.1"]
    with site() as made:
        yield made


def refused(url, **how):
    with pytest.raises(FetchFailed) as error:
        fetch(url=url, **how)
    assert error.value.why.words
    return error.value.why


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.4.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "192.88.99.1", "::", "::1",
        "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "2002:808:808::1", "2001:0:1::1", "fc00::1",
        "fe80::1", "fec0::1", "ff02::1", "100::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_no_address_but_those_of_the_internet_is_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "2a01:e0a::1"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", Why.SCHEME),
        ("gopher://example.org/", Why.SCHEME),
        ("javascript:alert(1)", Why.SCHEME),
        ("http://127.0.0.1/", Why.FORBIDDEN),
        ("http://[::1]/", Why.FORBIDDEN),
        ("http://localhost/", Why.FORBIDDEN),
        ("http://imprimante.local/", Why.FORBIDDEN),
        ("http://[::ffff:127.0.0.1]/", Why.FORBIDDEN),
        ("http://169.254.169.254/latest/meta-data/", Why.FORBIDDEN),
        ("https://example.org:8443/", Why.PORT),
        ("http://example.org:443/", Why.PORT),
        ("http://example.org:abc/", Why.ADDRESS),
        ("http://user:secret@example.org/", Why.ADDRESS),
        ("http:///nowhere", Why.ADDRESS),
        ("http://exa mple.org/", Why.ADDRESS),
        (f"http://example.org/{'a' * 3000}", Why.ADDRESS),
    ],
)
def test_what_may_not_be_asked_is_refused_before_anything_leaves(url, why):
    assert refused(url) == why


def test_a_name_that_leads_inside_is_refused_even_beside_a_public_address():
    inside = [ipaddress.ip_address("93.184.215.14"), ipaddress.ip_address("10.0.0.7")]
    assert refused("https://example.org/", resolve=lambda host, seconds: inside) == Why.FORBIDDEN


def test_a_name_is_asked_for_once_and_the_connection_goes_to_that_answer(other, settings):
    settings.FETCH_EXCEPTIONS = ["mairie.example.org"]
    asked = []

    def resolve(host, seconds):
        asked.append(host)
        return [ipaddress.ip_address("127.0.0.1")]

    other.gives("/", body=b"bonjour")
    port = other.url.rpartition(":")[2]
    assert fetch(url=f"http://mairie.example.org:{port}/", resolve=resolve).body == b"bonjour"
    assert asked == ["mairie.example.org"]
    assert other.asked[0].headers["Host"] == f"mairie.example.org:{port}"


def test_it_says_who_asks_and_follows_redirects(other, settings):
    other.leads("/ancien", "/nouveau?a=é", status=301)
    other.gives("/nouveau", body=gzip.compress(b"le texte"), content_encoding="gzip", etag='"v2"')
    answer = fetch(url=f"{other.url}/ancien#ici")
    assert (answer.status, answer.body.decode()) == (200, "le texte")
    assert answer.url == answer.moved_to == f"{other.url}/nouveau?a=%C3%A9"
    assert settings.SITE_URL in other.asked[0].headers["User-Agent"]
    assert answer.known == Known(etag='"v2"')


def test_what_has_not_changed_is_not_sent_again(other):
    def page(request):
        request.give(304 if request.headers["If-None-Match"] == '"v1"' else 200, etag='"v1"')

    other.pages["/"] = page
    known = fetch(url=other.url).known
    assert fetch(url=other.url, known=known).is_unchanged


def test_a_redirect_is_looked_at_as_the_first_address(other, settings):
    port = other.url.rpartition(":")[2]
    settings.FETCH_EXCEPTIONS = ["dehors.example.org"]
    outside = f"http://dehors.example.org:{port}"

    def resolve(host, seconds):
        return [ipaddress.ip_address("127.0.0.1")]

    for to, why in [
        ("http://127.0.0.1/", Why.FORBIDDEN),
        ("http://localhost/", Why.FORBIDDEN),
        ("file:///etc/passwd", Why.SCHEME),
        (f"http://127.0.0.1:{port}/", Why.PORT),
    ]:
        other.leads("/", to)
        assert refused(outside, resolve=resolve) == why


def test_redirects_without_end_stop(other):
    other.leads("/", "/encore")
    other.leads("/encore", "/")
    assert refused(other.url) == Why.REDIRECTS
    assert len(other.asked) == 6


def test_what_drips_is_cut_wherever_it_drips(other):
    gone = threading.Event()

    def drip(request, first):
        request.wfile.write(first)
        while not gone.wait(0.05):
            request.wfile.write(b"x")

    other.pages["/texte"] = lambda request: drip(request, b"HTTP/1.1 200 OK\r\n\r\n")
    other.pages["/heads"] = lambda request: drip(request, b"HTTP/1.1 200 OK\r\nx-long: ")
    other.pages["/muet"] = lambda request: gone.wait()
    try:
        for path in ("/texte", "/heads", "/muet"):
            assert refused(other.url + path, seconds=0.4) == Why.TOO_SLOW
    finally:
        gone.set()


def test_what_is_too_heavy_is_refused_by_its_word_or_on_the_way(other):
    other.gives("/dit", body=b"", content_length="31457280")
    assert refused(f"{other.url}/dit") == Why.TOO_BIG

    def endless(request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(480):  # 30 MB
            request.wfile.write(b"x" * 65536)

    other.pages["/tait"] = endless
    assert refused(f"{other.url}/tait", most_bytes=100_000) == Why.TOO_BIG


def test_a_bomb_is_not_unpacked(other):
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join([*(packer.compress(b"\0" * 1_000_000) for _ in range(100)), packer.flush()])
    other.gives("/", body=bomb, content_encoding="gzip")
    assert refused(other.url, most_bytes=1_000_000) == Why.TOO_BIG


def test_an_answer_cut_on_the_way_is_no_answer(other):
    def cut(request):
        request.close_connection = True
        request.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nle debut")

    other.pages["/court"] = cut
    assert refused(f"{other.url}/court") == Why.MALFORMED
    other.gives("/moitie", body=gzip.compress(b"le texte" * 1000)[:40], content_encoding="gzip")
    assert refused(f"{other.url}/moitie") == Why.MALFORMED
    other.gives("/faux", body=b"pas du gzip", content_encoding="gzip")
    assert refused(f"{other.url}/faux") == Why.MALFORMED
    other.gives("/autre", body=b"?", content_encoding="br")
    assert refused(f"{other.url}/autre") == Why.MALFORMED
    other.pages["/rien"] = lambda request: request.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    assert refused(f"{other.url}/rien") == Why.MALFORMED


def sealed_with(folder, *, names=()):
    """A server's TLS with a certificate of its own making, and the file that holds it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "essai")])
    bounds = [datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)]
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, *bounds)
    if names:
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    made = made.sign(key, hashes.SHA256())
    form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem = folder / "site.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *form) + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context, pem


def test_a_certificate_that_nobody_vouches_for_is_refused(settings, tmp_path):
    settings.FETCH_EXCEPTIONS = ["127.0.0.1"]
    context, _ = sealed_with(tmp_path)
    with site(tls=context) as other:
        assert refused(other.gives("/", body=b"secret")) == Why.CERTIFICATE
        assert other.asked == []


def test_a_certificate_of_another_name_is_refused_whoever_vouches_for_it(settings, tmp_path, monkeypatch):
    settings.FETCH_EXCEPTIONS = ["127.0.0.1"]
    for names, right in (
        ([x509.DNSName("ailleurs.example.org")], False),
        ([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))], True),
    ):
        context, pem = sealed_with(tmp_path, names=names)
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        with site(tls=context) as other:
            address = other.gives("/", body=b"secret")
            if right:
                assert fetch(url=address).body == b"secret"
            else:
                assert refused(address) == Why.CERTIFICATE
                assert other.asked == []


def test_nobody_there_is_said(settings):
    settings.FETCH_EXCEPTIONS = ["127.0.0.1"]
    with site() as made:
        closed = made.url
    assert refused(closed) == Why.UNREACHABLE


def test_one_request_a_host_at_a_time(other, settings):
    url = other.gives("/", body=b"oui")
    fetch(url=url)
    turn = HostTurn.objects.get(host="127.0.0.1")
    assert turn.key == ""
    HostTurn.objects.update(free_at="2100-01-01T00:00Z", key="another")  # another process asks it
    assert refused(url, patience=0) == Why.BUSY
    assert HostTurn.objects.get().key == "another"


def test_a_pause_follows_each_request(other, settings):
    settings.FETCH_PAUSE_SECONDS = 0.5
    url = other.gives("/", body=b"oui")
    fetch(url=url)
    begun = time.monotonic()
    fetch(url=url)
    assert time.monotonic() - begun > 0.2
