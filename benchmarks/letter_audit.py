"""The demonstration's letter, as it was delivered and as the site shows it, read by the checkers others use.

The demonstration is really loaded, sent and served, in a folder and on a port of its own. Nu reads the HTML, axe looks
at it light and dark, SpamAssassin weighs the message (its own rules, no network), and dated facts of *Can I email* say
which features of it some mailbox drops.

    make letter-audit

Last line: `html_kb`, of the e-mail; `axe` and `nu`, faults found; `spam`, SpamAssassin's score; `emc_rules`, features
that mailboxes of our readers drop and that stand inline, where nothing else would do their work.
"""

from __future__ import annotations

import email
import email.policy
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import nu
from benchmarks.machine import need
from commun.newsletters.rendering.mailboxes import dropped

# What mail needs and the standard of pages refuses, each with the mailbox that needs it.
IDIOMS = {
    "xmlns": "Outlook for Windows reads its own conditional code as XML",
    "Attribute “align”": "Outlook for Windows centres nothing otherwise",
    "Attribute “bgcolor”": "Outlook for Windows and SFR keep no background of a style",
    "“border” attribute": "Outlook for Windows frames linked pictures",
    "“cellpadding”": "Outlook for Windows spaces cells otherwise",
    "“cellspacing”": "Outlook for Windows spaces cells otherwise",
    "“width” attribute on the “table”": "Outlook for Windows reads no width of a style",
    "“width” attribute on the “td”": "Outlook for Windows reads no width of a style",
    "CSS: “mso-": "Outlook for Windows",
    "supported-color-schemes": "Apple Mail before iOS 13 knows dark colours by this name alone",
}
# Rules about a whole page: a message is shown inside that of a mailbox, which has its own landmarks.
OF_PAGES = ("landmark-one-main:", "region:")
# Mailboxes that the readers of this letter have.
MAILBOXES = (
    ("gmail", "desktop-webmail"), ("gmail", "android"), ("orange", "desktop-webmail"), ("laposte", "desktop-webmail"),
    ("sfr", "desktop-webmail"), ("free-fr", "desktop-webmail"), ("outlook", "windows"), ("outlook", "outlook-com"),
    ("yahoo", "desktop-webmail"), ("apple-mail", "ios"), ("thunderbird", "macos"),
)  # fmt: skip


def main() -> int:
    java, jar = need("java", package="default-jre-headless"), nu.checker()
    spamassassin = need("spamassassin", package="spamassassin")
    with tempfile.TemporaryDirectory(prefix="commun-audit-") as folder, nu.demonstration(Path(folder)) as site:
        raw = _delivered(Path(folder))
        html = _html_of(raw)
        (Path(folder) / "mail.html").write_text(html, encoding="utf-8")
        faults = _nu_says(java, jar, mail=html, web=nu.fetch(f"{site}/lettre/{nu.LETTER}/"))
        axe = _axe_says({"mail": (Path(folder) / "mail.html").as_uri(), "web": f"{site}/lettre/{nu.LETTER}/"})
        score = _weighed(spamassassin, raw)
    lost = _lost(html)
    for line in (*faults, *axe, *(f"dropped: {feature} ({boxes})" for feature, boxes in lost.items())):
        print(line)
    print(
        f"letter-audit: html_kb={len(html.encode()) / 1024:.1f} axe={len(axe)} nu={len(faults)} spam={score} "
        f"emc_rules={len(lost)}"
    )
    return 0


# --- what is audited --------------------------------------------------------------------------------------------------


def _delivered(folder: Path) -> bytes:
    """One of the messages of the letter, as the relay got it."""
    for path in sorted((folder / "outbox").glob("*.eml")):
        raw = path.read_bytes()
        if b"List-Unsubscribe:" in raw and b"text/html" in raw:
            return raw
    raise SystemExit("letter-audit: no letter in the outbox")


def _html_of(raw: bytes) -> str:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    part = message.get_body(preferencelist=("html",))
    assert part is not None
    return str(part.get_content())


# --- the checkers -----------------------------------------------------------------------------------------------------


def _nu_says(java: str, jar: Path, *, mail: str, web: str) -> list[str]:
    told = nu.read(java, jar, {"mail": mail, "web": web})
    told["mail"] = [one for one in told["mail"] if not any(idiom in one for idiom in IDIOMS)]
    return [f"nu {where}:{one}" for where, lines in told.items() for one in lines]


def _axe_says(pages: dict[str, str]) -> list[str]:
    from playwright.sync_api import sync_playwright

    from tests.browser.axe import violations

    found = []
    with sync_playwright() as playwright:
        program = next((path for name in ("chromium-headless-shell", "chromium") if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for where, url in pages.items():
                page = browser.new_page(color_scheme=scheme, locale="fr-FR", viewport={"width": 640, "height": 900})
                page.goto(url)
                told = violations(page)
                if where == "mail":
                    told = [one for one in told if not any(rule in one for rule in OF_PAGES)]
                found += [f"axe {where} {scheme} {one}" for one in told]
                page.close()
        browser.close()
    return found


def _weighed(program: str, raw: bytes) -> str:
    told = subprocess.run([program, "-t", "-L"], input=raw, capture_output=True, check=True).stdout.decode(
        errors="replace"
    )
    for line in re.findall(r"^ *-?\d+\.\d [A-Z_0-9]+ .*$", told, re.MULTILINE):
        print(f"spam: {line.strip()}")
    [score] = re.findall(r"^X-Spam-Status:.*?score=(-?[\d.]+)", told, re.MULTILINE)[:1]
    return str(score)


def _lost(html: str) -> dict[str, str]:
    """Properties of inline styles that a mailbox drops, by property."""
    inline = " ".join(re.findall(r'\sstyle="([^"]*)"', html))
    used = {part.partition(":")[0].strip().lower() for part in inline.split(";") if ":" in part}
    lost: dict[str, Any] = {}
    for client, platform in MAILBOXES:
        for feature in dropped(client=client, platform=platform) & {f"css-{name}" for name in used}:
            lost.setdefault(feature, []).append(f"{client} {platform}")
    return {feature: ", ".join(boxes) for feature, boxes in sorted(lost.items())}


if __name__ == "__main__":
    raise SystemExit(main())
