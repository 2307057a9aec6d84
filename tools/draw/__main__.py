"""Draw the demonstration's pictures: `python -m tools.draw [NAME…]` writes `commun/demo/images/`.

SVG is turned into pixels by headless Chromium, then into a palette by Pillow: light files that any mail client shows.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tools.draw import moments  # noqa: F401 (its scenes register themselves)
from tools.draw.marks import MARKS
from tools.draw.scenes import SCENES

IMAGES = Path(__file__).resolve().parent.parent.parent / "commun" / "demo" / "images"
MOST_BYTES = 60 * 1024
SIZES = {"scene": (1200, 675), "mark": (300, 120)}


def main(names: list[str]) -> int:
    wanted = {
        **{name: ("scene", draw) for name, draw in SCENES.items()},
        **{name: ("mark", draw) for name, draw in MARKS.items()},
    }
    if unknown := set(names) - set(wanted):
        print(f"Dessin inconnu : {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name in names or wanted:
            kind, draw = wanted[name]
            width, height = SIZES[kind]
            page = browser.new_page(viewport={"width": width, "height": height})
            svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">{draw()}</svg>'
            page.set_content(f'<body style="margin:0">{svg}</body>')
            size = _keep(page.screenshot(), IMAGES / f"{name}.png")
            page.close()
            print(f"{name}: {size / 1024:.0f} KB")
        browser.close()
    return 0


def _keep(pixels: bytes, path: Path) -> int:
    """The most colours that stay under the limit."""
    picture = Image.open(io.BytesIO(pixels)).convert("RGB")
    for colours in (256, 192, 128, 96, 64, 48):
        buffer = io.BytesIO()
        picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(
            buffer, "PNG", optimize=True
        )
        if buffer.tell() <= MOST_BYTES:
            break
    path.write_bytes(buffer.getvalue())
    return buffer.tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
