"""The picture of the letter in the README: `python -m tools.draw.letter`, while `make demo` serves."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parent.parent.parent / "docs" / "images" / "lettre.png"
MOST_BYTES = 300 * 1024


def main(site: str) -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 760, "height": 1560})
        page.goto(f"{site}/boite-de-demonstration/")
        page.get_by_role("link", name=re.compile("Le passage à l’action")).first.click()
        page.goto(f"{page.url}html/")
        page.wait_for_load_state("networkidle")
        pixels = page.screenshot()
        browser.close()
    picture = Image.open(io.BytesIO(pixels)).convert("RGB")
    picture.quantize(200, dither=Image.Dither.NONE).save(TARGET, "PNG", optimize=True)
    size = TARGET.stat().st_size
    print(f"{TARGET.name}: {size / 1024:.0f} KB")
    return 0 if size <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"))
