"""Files are examined by workers, within bounds: whoever sends them opens nothing on the site, whatever they are."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
import zipfile
import zlib
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import PIL.Image
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from commun.common import clock
from commun.contributions.exceptions import FilesWaiting
from commun.contributions.files import Budget, Refusal, Refused, apart
from commun.contributions.files.apart import ExaminerAway, examine_apart
from commun.contributions.models import Contribution, File
from commun.contributions.services import deciding, examining
from commun.contributions.types import FileState, Kind
from commun.contributions.views.give import MOST_FILES_AN_HOUR
from commun.library.api import ArticlePage
from tests.contributions.conftest import deliver
from tests.contributions.factories import examine_all, given, moderator
from tests.contributions.test_by_mail import body_of, mails
from tests.contributions.test_giving import YOU, begin, link_in_mail, send
from tests.inbound import corpus
from tests.library.factories import ThemeFactory
from tests.subscribers.pages import submit

pytestmark = pytest.mark.django_db

GUIDE = {"nature": "article", "titre": "Un guide", "en_bref": "Court."}
RIGHTS = {"licence": "cc-by", "droits": "on"}


class Spy:
    """Counts what opens a file in this process, and the processes that are started to open one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened: list[str] = []
        self.started = 0
        for owner, name in ((PIL.Image, "open"), (pypdf, "PdfReader"), (zipfile, "ZipFile")):
            monkeypatch.setattr(owner, name, self._noting(name, getattr(owner, name)))
        run = subprocess.run

        def started(*args, **kwargs):
            self.started += 1
            return run(*args, **kwargs)

        monkeypatch.setattr(subprocess, "run", started)

    def _noting(self, name, real):
        def opened(*args, **kwargs):
            self.opened.append(name)
            return real(*args, **kwargs)

        return opened


@pytest.fixture
def spy(monkeypatch) -> Spy:
    return Spy(monkeypatch)


@cache
def wide(*, side: int = 7000, dot: int = 0) -> bytes:
    """Few bytes, many pixels; `dot` makes one differ from another."""
    out, picture = io.BytesIO(), Image.new("1", (side, side))
    picture.putpixel((dot, 0), 1)
    picture.save(out, "PNG")
    return out.getvalue()


def pdf_of(*, pages: int) -> bytes:
    """A page, shown so many times."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count " + str(pages).encode() + b"/Kids[" + b"3 0 R " * pages + b"]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += str(number).encode() + b" 0 obj\n" + part + b"\nendobj\n"
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n" + str(len(out)).encode() + b"\n%%EOF\n"


def pdf_of_nothing(*, size: int) -> bytes:
    """Its table of contents is a stream that opens into `size` bytes."""
    stream = zlib.compress(b"\0" * size, 9)
    size = f"/Size {size // 4}/Length {len(stream)}"
    head = f"1 0 obj\n<</Type/XRef/W[1 2 1]/Root 2 0 R/Filter/FlateDecode{size}>>\nstream\n"
    return b"%PDF-1.5\n" + head.encode() + stream + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def at_files(client) -> str:
    form = begin(client, "ressource", **GUIDE)
    submit(client, f"{form}ou/")
    return form


def test_ten_copies_of_a_wide_picture_are_one_file_that_the_request_does_not_open(client, spy):
    picture = wide(side=7700)
    form = at_files(client)
    answer = submit(client, f"{form}fichiers/", ajouter="1", fichiers=[upload(f"{n}.png", picture) for n in range(10)])
    assert answer.status_code == 200
    assert "En cours d’examen" in answer.content.decode()
    assert (spy.opened, spy.started) == ([], 0)

    assert examine_all() == 1
    assert (spy.opened, spy.started) == ([], 1), "opened in a process apart, once"
    row = File.objects.get()
    assert (row.state, row.name, row.width, row.pixels) == ("kept", "0.png", 4000, 7700**2)
    assert "En cours d’examen" not in client.get(f"{form}fichiers/").content.decode()


def test_many_wide_pictures_of_one_sending_are_opened_up_to_its_budget_and_the_rest_is_told(client, spy, monkeypatch):
    most = Budget(pixels=30_000_000, seconds=9_999)  # a slow machine takes its time
    monkeypatch.setattr(examining, "Budget", partial(Budget, pixels=most.pixels, seconds=most.seconds))
    form = at_files(client)
    pictures = [upload(f"{n}.png", wide(side=2200, dot=n)) for n in range(8)]
    submit(client, f"{form}fichiers/", ajouter="1", fichiers=pictures)
    assert (spy.opened, spy.started) == ([], 0)

    examine_all()
    rows = list(File.objects.all())
    assert sum(row.pixels for row in rows) <= most.pixels
    assert [row.refused for row in rows] == [""] * 6 + ["pixels"] * 2
    shown = client.get(f"{form}fichiers/").content.decode()
    assert "avec les autres, ces images sont trop grandes" in shown
    assert submit(client, f"{form}fichiers/", **RIGHTS)["Location"] == f"{form}vous/", "nothing else is lost"


@pytest.mark.parametrize(
    ("make", "reason"),
    [(lambda: pdf_of(pages=100_000), "pages"), (lambda: pdf_of_nothing(size=300_000_000), "broken")],
    ids=["a hundred thousand pages", "a compressed stream"],
)
def test_a_document_made_to_last_is_refused_by_the_worker_and_costs_the_request_nothing(client, spy, make, reason):
    form = at_files(client)
    submit(client, f"{form}fichiers/", ajouter="1", fichiers=[upload("rapport.pdf", make())])
    assert (spy.opened, spy.started) == ([], 0)
    assert examine_all() == 1
    assert File.objects.get().refused == reason


def test_a_visitor_who_sends_and_sends_is_asked_to_wait_and_loses_nothing_of_the_form(client, spy):
    for _ in range(MOST_FILES_AN_HOUR // 10):
        form = at_files(client)
        files = [upload(f"{n}.png", wide(side=9, dot=n)) for n in range(9)] + [upload("x.txt", b"un")]
        submit(client, f"{form}fichiers/", ajouter="1", fichiers=files)
    form = at_files(client)
    answer = submit(client, f"{form}fichiers/", fichiers=[upload("une-de-plus.png", wide(side=9))], **RIGHTS)
    assert answer.status_code == 422
    assert "une-de-plus.png&nbsp;: beaucoup de fichiers" in answer.content.decode().replace("\xa0", "&nbsp;")
    assert File.objects.count() == MOST_FILES_AN_HOUR
    assert (spy.opened, spy.started) == ([], 0)
    assert submit(client, f"{form}fichiers/", **RIGHTS)["Location"] == f"{form}vous/"


def test_mail_opens_nothing_either_and_whoever_sent_hears_once_of_what_was_refused(spy):
    parts = [corpus.part(wide(side=7700), kind="image/png", name=f"{n}.png") for n in range(10)]
    parts.append(corpus.part(b"%PDF-1.4\ncoup\xc3\xa9", kind="application/pdf", name="coupe.pdf"))
    parts.append(corpus.part(b"PK\x03\x04coup", kind="application/zip", name="coupe.docx"))
    assert deliver(corpus.mixed(b"Content-Type: text/plain\r\n\r\nVoici la photo.", *parts)) == "received"
    assert (spy.opened, spy.started) == ([], 0)

    assert examine_all() == 3
    assert [row.refused for row in File.objects.all()] == ["", "broken", "broken"]
    acknowledged, told = mails()
    assert "coupe" not in body_of(acknowledged)
    assert "- coupe.pdf : il est abîmé ou incomplet\r\n- coupe.docx : il est abîmé" in body_of(told)


def test_a_form_is_given_while_its_files_wait_and_nothing_is_made_of_it_without_them(client):
    ThemeFactory()
    form = at_files(client)
    submit(
        client, f"{form}fichiers/", fichiers=[upload("place.png", wide(side=30)), upload("b.pdf", b"%PDF-")], **RIGHTS
    )
    submit(client, f"{form}vous/", **YOU)
    assert "place.png (en cours d’examen)" in client.get(f"{form}relire/").content.decode()
    send(client, form)
    submit(client, link_in_mail(containing="contribuer/confirmer"))

    row, by = Contribution.objects.get(), moderator()
    client.force_login(by)
    page = reverse("contributions_team:detail", args=[row.pk])
    assert "en cours d’examen" in client.get(page).content.decode()
    with pytest.raises(FilesWaiting):
        deciding.accept(contribution_id=row.pk, by=by, now=clock.now())

    assert examine_all() == 2
    assert "non gardé\xa0: il est abîmé" in client.get(page).content.decode().replace("&nbsp;", "\xa0")
    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())
    assert ArticlePage.objects.get().cover_image.title == "place.png"
    told = [mail for mail in mails() if mail["Subject"].startswith("Fichier non gardé")]
    assert ["b.pdf : il est abîmé" in body_of(mail) for mail in told] == [True]


def test_the_same_file_refused_before_may_be_sent_again_and_is_one_line(client):
    form = at_files(client)
    for _ in range(2):
        submit(client, f"{form}fichiers/", ajouter="1", fichiers=[upload("coupe.pdf", b"%PDF-1.4 x")])
        assert examine_all() == 1
    assert File.objects.get().refused == "broken"


def waiting(*, of: Contribution | None = None, **values: object) -> File:
    from django.core.files.base import ContentFile

    values = {"retry_at": clock.now(), "content_type": "text/plain", "size": 2, "name": "notes.txt", **values}
    return File.objects.create(
        contribution=of or given(kind=Kind.QUESTION), file=ContentFile(b"oui", name="x"), **values
    )


def test_first_files_of_every_sending_come_before_the_tenth_of_one(spy):
    one, other = given(), given(address="autre@bourg.example.org")
    rows = [waiting(of=one, place=place) for place in range(3)]
    late = waiting(of=other, place=0)
    for _ in range(2):
        examining.examine_next(now=clock.now())
    assert set(File.objects.filter(state=FileState.KEPT)) == {rows[0], late}


def test_a_sending_that_spent_its_time_has_no_more_file_opened(spy):
    one = given()
    waiting(of=one, state=FileState.KEPT, retry_at=None, spent_ms=int(Budget().seconds * 1000))
    last = waiting(of=one)
    assert examine_all() == 1
    last.refresh_from_db()
    assert (last.refused, spy.started) == ("long", 0)


def test_a_file_that_takes_its_worker_with_it_is_refused_in_the_end(monkeypatch):
    class Killed(BaseException):
        pass

    def die(**values):
        raise Killed

    row, now = waiting(), clock.now()
    monkeypatch.setattr(examining, "examine_apart", die)
    for attempt in range(examining.MOST_ATTEMPTS):
        assert not attempt or not examining.examine_next(now=now), "held by the worker that died, for a while"
        now += examining.HELD + timedelta(minutes=1)
        with pytest.raises(Killed):
            examining.examine_next(now=now)
    assert examining.examine_next(now=now + examining.HELD)
    row.refresh_from_db()
    assert row.refused == "broken"
    assert not row.file


def test_a_worker_that_cannot_open_files_leaves_them_for_later(monkeypatch):
    def away(**values):
        raise ExaminerAway

    row, now = waiting(), clock.now()
    monkeypatch.setattr(examining, "examine_apart", away)
    assert examining.examine_next(now=now)
    assert not examining.examine_next(now=now), "not at once: it would turn in circles"
    monkeypatch.undo()
    assert examining.examine_next(now=now + examining.WAIT)
    row.refresh_from_db()
    assert row.is_kept


def test_a_file_taken_out_while_it_is_examined_does_not_come_back(monkeypatch):
    row, real = waiting(), examining.examine_apart

    def meanwhile(**values):
        File.objects.all().delete()
        return real(**values)

    monkeypatch.setattr(examining, "examine_apart", meanwhile)
    assert examining.examine_next(now=clock.now())
    assert not File.objects.filter(pk=row.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_loop_of_a_worker_examines_what_waits_and_stops():
    class StopsWhenIdle(threading.Event):
        def wait(self, timeout=None):
            self.set()
            return True

    rows = [waiting(), waiting()]
    examining.run(StopsWhenIdle(), "worker")
    assert all(File.objects.get(pk=row.pk).is_kept for row in rows)


@pytest.mark.parametrize(
    ("end", "raised"),
    [
        ("kill -XCPU $$", Refusal.LONG),
        ("kill -KILL $$", Refusal.LONG),
        ("kill -SEGV $$", Refusal.BROKEN),
        ("kill -TERM $$", None),
        ("exit 3", None),
        ("exit 0", None),
    ],
)
def test_how_the_process_apart_ends_says_whether_the_file_is_at_fault(monkeypatch, tmp_path, end, raised):
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n/usr/bin/env > {tmp_path}/env\n{end}\n")
    program.chmod(0o700)
    monkeypatch.setattr(apart.sys, "executable", str(program))
    monkeypatch.setenv("SECRET_KEY", "known to the site alone")
    with pytest.raises(Refused if raised else ExaminerAway) as caught:
        examine_apart(name="a.txt", data=b"oui", budget=Budget())
    assert getattr(caught.value, "reason", None) is raised
    assert "SECRET_KEY" not in Path(tmp_path / "env").read_text()


def test_the_process_apart_may_use_so_much_time_and_memory_and_writes_to_no_file(tmp_path):
    limited = "from commun.contributions.files.__main__ import limit; limit(seconds=1);"

    def ends(program: str) -> int:
        return subprocess.run(
            [sys.executable, "-c", limited + program], stderr=subprocess.DEVNULL, check=False
        ).returncode

    assert ends("\nwhile True: pass") in apart._SPENT
    assert ends("bytearray(3 * 1024**3)") == 1
    assert ends(f"f = open('{tmp_path}/x', 'w'); f.write('x'); f.close()") == 1
