"""What came back is read for what it is, and hostile bytes harm nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.mailing.returns.events import ProviderEvent, report_of
from commun.mailing.returns.reading import read_report
from commun.mailing.returns.report import Kind
from commun.mailing.returns.verdicts import Verdict, judge
from tests.mailing.returns.corpus import arf, dsn, entries
from tests.mailing.returns.manners import ses

ENTRIES = entries()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_each_message_of_the_corpus_is_read_for_what_it_is(entry):
    report = read_report(entry.raw)
    assert (report.kind.value, report.verdict.value) == (entry.kind, entry.verdict)


def test_the_recipient_as_we_wrote_it_is_preferred_to_where_it_was_forwarded():
    report = read_report(
        dsn(to="mairie@bourg.example.org", status="5.1.1", diagnostic="550 no", original_recipient=True)
    )
    assert [failure.address for failure in report.failures] == ["mairie@bourg.example.org"]


def test_a_redacted_complaint_still_carries_our_own_token():
    trace = read_report(arf()).trace
    assert "abc123" in trace["message-id"]
    assert "abc123" in trace["list-unsubscribe"]


@pytest.mark.parametrize("feedback", ["not-spam", "auth-failure", "dmarc", "Not-Spam"])
def test_a_notice_that_nobody_complains_by_is_no_complaint(feedback):
    for wrapped in (False, True):
        assert read_report(ses(kind="Complaint", feedback=feedback, wrapped=wrapped)).kind is Kind.OTHER
    assert report_of(ProviderEvent(provider="amazon", kind="complained", text=feedback)).kind is Kind.OTHER


@pytest.mark.parametrize("feedback", ["abuse", "fraud", "opt-out", "other", ""])
def test_a_notice_of_a_complaint_is_one(feedback):
    report = read_report(ses(kind="Complaint", feedback=feedback))
    assert (report.kind, len(report.failures)) == (Kind.COMPLAINT, 1)
    assert report_of(ProviderEvent(provider="amazon", kind="complained", text=feedback)).kind is Kind.COMPLAINT


@pytest.mark.parametrize("enhanced", ["5.7.1", "5.7.26", "5.7.515", "5.7.0"])
def test_a_refusal_for_who_we_are_never_condemns_an_address(enhanced):
    assert judge(code=550, enhanced=enhanced, text="user unknown") is Verdict.POLICY


@given(cut=st.integers(0, 4000), noise=st.binary(max_size=40), index=st.integers(0, len(ENTRIES) - 1))
def test_damaged_messages_are_read_without_harm(cut, noise, index):
    raw = ENTRIES[index].raw[:8000]
    report = read_report(raw[:cut] + noise + raw[cut:])
    assert report.kind in Kind
    assert len(report.failures) <= 50


@given(raw=st.binary(max_size=3000))
def test_any_bytes_are_read_without_harm(raw):
    assert read_report(raw).kind in Kind


def test_ten_thousand_nested_parts_are_read_in_bounded_time():
    raw = b"Return-Path: <>\r\nSubject: x\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(10_000)
    )
    assert read_report(raw).kind is Kind.OTHER
