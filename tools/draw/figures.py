"""What the drawings are made of: people, trees, houses… Every function returns SVG; (x, y) is where the thing stands."""

from __future__ import annotations

import math
from collections.abc import Iterable

NAVY, YELLOW, RED, GREEN = "#14315f", "#f6c445", "#b3361f", "#17604a"
CREAM, SKY, PINK, MINT = "#efeae0", "#e6eefa", "#fbe6df", "#def0e7"
WHITE, BLUE, AZURE, LEAF, MOSS = "#ffffff", "#4f7cbd", "#a9c4ea", "#4f9a76", "#8fc3a3"
ORANGE, CORAL, BROWN, WOOD, STONE, SLATE = "#e58b45", "#dd6f58", "#7a4e2f", "#c79561", "#cfc8ba", "#5d6b80"
BUTTER, SAND = "#fde7a6", "#e9dcc3"
# Skins, from light to dark, and hair.
S1, S2, S3, S4, S5 = "#f6d0b1", "#e7b189", "#c68a5e", "#94603c", "#643f29"
H_BLACK, H_BROWN, H_RED, H_BLOND, H_GREY, H_WHITE = "#23201f", "#553521", "#a4502a", "#d9ab58", "#8e9097", "#e8e6e1"

Point = tuple[float, float]


def n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def g(*parts: str, x: float = 0, y: float = 0, scale: float = 1, flip: bool = False, turn: float = 0) -> str:
    """A group moved, turned and sized."""
    across = -scale if flip else scale
    rotation = f" rotate({n(turn)})" if turn else ""
    return f'<g transform="translate({n(x)} {n(y)}){rotation} scale({across:.3f} {scale:.3f})">{"".join(parts)}</g>'


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0, more: str = "") -> str:
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" rx="{n(r)}" fill="{fill}" {more}/>'


def circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{fill}" {more}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> str:
    return f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}" fill="{fill}" {more}/>'


def path(d: str, fill: str = "none", more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" {more}/>'


def line(d: str, colour: str, width: float, more: str = "") -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{n(width)}" '
        f'stroke-linecap="round" stroke-linejoin="round" {more}/>'
    )


def poly(points: Iterable[Point], fill: str, more: str = "") -> str:
    return f'<polygon points="{" ".join(f"{n(x)},{n(y)}" for x, y in points)}" fill="{fill}" {more}/>'


def text(x: float, y: float, words: str, size: float, fill: str, more: str = "") -> str:
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-size="{n(size)}" fill="{fill}" text-anchor="middle" '
        f'font-family="DejaVu Sans, Liberation Sans, sans-serif" font-weight="700" {more}>{words}</text>'
    )


def shade(body: str, opacity: float) -> str:
    return f'<g opacity="{opacity}">{body}</g>'


def gradient(name: str, top: str, bottom: str) -> str:
    """A vertical wash, used as `url(#name)`."""
    return (
        f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{top}"/>'
        f'<stop offset="1" stop-color="{bottom}"/></linearGradient>'
    )


# --- people -----------------------------------------------------------------------------------------


def joint(start: Point, end: Point, upper: float, lower: float, bend: int) -> tuple[Point, Point]:
    """Where the elbow (or knee) is, and the end brought within reach."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    reach = math.hypot(dx, dy) or 0.001
    far = min(reach, upper + lower - 0.5)
    dx, dy = dx / reach, dy / reach
    end = (start[0] + dx * far, start[1] + dy * far)
    along = (upper**2 - lower**2 + far**2) / (2 * far)
    aside = math.sqrt(max(upper**2 - along**2, 0)) * bend
    return (start[0] + dx * along - dy * aside, start[1] + dy * along + dx * aside), end


def arm(side: int, hand: Point, *, skin: str, sleeve: str, bare: bool) -> str:
    """The elbow hangs, and leans outwards where it could go either way."""
    shoulder = (side * 25.0, -131.0)
    ways = [joint(shoulder, hand, 33, 33, bend) for bend in (-1, 1)]
    elbow, hand = max(ways, key=lambda way: way[0][1] + 0.8 * side * way[0][0])
    a, b, c = (f"{n(px)} {n(py)}" for px, py in (shoulder, elbow, hand))
    upper = line(f"M{a} L{b} L{c}", skin if bare else sleeve, 14)
    if bare:
        upper += line(f"M{a} L{n((shoulder[0] + elbow[0]) / 2)} {n((shoulder[1] + elbow[1]) / 2)}", sleeve, 17)
    return upper + circle(hand[0], hand[1], 8.5, skin)


def legs(pose: str, *, trousers: str, shoes: str, turn: int) -> str:
    if pose == "none":
        return ""
    if pose == "sit":  # on a chair or a bench: knees ahead, feet down
        out = ""
        for side in (-1, 1):
            x = side * 11
            out += line(f"M{x} -80 L{x + turn * 30} -70 L{x + turn * 32} -22", trousers, 20)
            out += line(f"M{x + turn * 32} -12 l{(turn or side) * 8} 0", shoes, 13)
        return out
    if pose == "ground":  # cross-legged
        return (
            line("M-14 -74 L-44 -52 L6 -46", trousers, 21)
            + line("M14 -74 L44 -52 L-6 -46", trousers, 21)
            + line("M-12 -44 l-8 0 M12 -44 l8 0", shoes, 13)
        )
    if pose == "kneel":
        return (
            line(f"M-10 -78 L{-10 + turn * 8} -44 L{-10 - turn * 36} -40", trousers, 21)
            + line(f"M10 -78 L{10 + turn * 34} -76 L{10 + turn * 34} -44", trousers, 21)
            + line(f"M{10 + turn * 34} -41 l{turn * 10} 0", shoes, 13)
        )
    feet = {"stand": (-13, 13), "walk": (-30, 28), "wide": (-26, 26)}[pose]
    out = ""
    for side, foot in zip((-1, 1), feet, strict=True):
        knee, end = joint(
            (side * 10.0, -80.0), (float(foot), -8.0), 36.6, 36.6, -(turn or side) if pose == "walk" else -side
        )
        out += line(f"M{side * 10} -80 L{n(knee[0])} {n(knee[1])} L{n(end[0])} {n(end[1])}", trousers, 20)
        out += line(f"M{n(end[0])} {n(end[1] + 3)} l{(turn or side) * 9} 0", shoes, 12)
    return out


def hair_behind(style: str, colour: str) -> str:
    if style == "long":
        return path("M-26 -176 Q-30 -214 0 -214 Q30 -214 26 -176 L30 -128 Q0 -116 -30 -128 Z", colour)
    if style == "bob":
        return path("M-27 -172 Q-30 -212 0 -212 Q30 -212 27 -172 L28 -152 Q0 -140 -28 -152 Z", colour)
    if style == "afro":
        return circle(0, -188, 37, colour)
    if style == "bun":
        return circle(0, -212, 12, colour)
    if style == "tail":
        return path("M-10 -200 Q-46 -206 -44 -150 Q-30 -162 -18 -178 Z", colour)
    if style == "braids":
        return line("M-22 -178 L-27 -130 M22 -178 L27 -130", colour, 11)
    return ""


def hair_front(style: str, colour: str) -> str:
    cap = "M-24 -176 Q-28 -208 0 -209 Q28 -208 24 -176 Q20 -190 6 -193 Q-14 -194 -24 -176 Z"
    if style in {"short", "long", "bun", "bob", "tail", "braids"}:
        return path(cap, colour)
    if style == "afro":
        return path("M-24 -178 Q-24 -206 0 -206 Q24 -206 24 -178 Q14 -196 0 -195 Q-14 -196 -24 -178 Z", colour)
    if style == "curly":
        spots = [(-22, -186), (-15, -200), (0, -206), (15, -200), (22, -186)]
        return "".join(circle(x, y, 11, colour) for x, y in spots)
    if style == "side":
        return path("M-24 -172 Q-30 -208 2 -210 Q30 -206 24 -178 Q16 -196 -8 -192 Q-20 -188 -24 -172 Z", colour)
    if style == "crown":  # little is left
        return path(
            "M-24 -168 Q-27 -182 -22 -188 Q-20 -178 -19 -168 Z M24 -168 Q27 -182 22 -188 Q20 -178 19 -168 Z", colour
        )
    if style == "scarf":
        return path(
            "M-26 -170 Q-30 -212 0 -212 Q30 -212 26 -170 Q30 -146 20 -138 L-20 -138 Q-30 -146 -26 -170 Z "
            "M-17 -174 Q-17 -154 0 -153 Q17 -154 17 -174 Q16 -194 0 -194 Q-16 -194 -17 -174 Z",
            colour,
            'fill-rule="evenodd"',
        )
    if style == "helmet":
        return path("M-27 -184 Q-26 -214 0 -215 Q26 -214 27 -184 Z", colour) + line("M-30 -184 L32 -184", colour, 7)
    if style == "cap":
        return path("M-25 -184 Q-24 -210 0 -211 Q24 -210 25 -184 Z", colour) + line("M4 -184 L36 -183", colour, 7)
    if style == "hat":
        return path("M-20 -188 Q-20 -216 0 -216 Q20 -216 20 -188 Z", colour) + ellipse(0, -187, 42, 8, colour)
    return ""


def face(look: int, *, skin: str, glasses: bool, beard: str, smile: bool, back: bool, hair: str) -> str:
    if back:
        return path("M-24 -170 Q-26 -208 0 -209 Q26 -208 24 -170 Q14 -156 0 -156 Q-14 -156 -24 -170 Z", hair)
    x = look * 7
    ink = "#2b1d17"
    out = ""
    if beard:
        out += path("M-22 -172 Q-22 -146 0 -145 Q22 -146 22 -172 Q14 -164 0 -165 Q-14 -164 -22 -172 Z", beard)
    out += circle(x - 8, -175, 2.3, ink) + circle(x + 8, -175, 2.3, ink)
    mouth = f"M{x - 6} -163 Q{x} -156 {x + 6} -163" if smile else f"M{x - 3} -162 Q{x} -160 {x + 3} -162"
    out += line(mouth, WHITE if beard and skin in {S4, S5} else ink, 2.2)
    if not beard:
        out += circle(x - 14, -167, 4, RED, 'opacity=".16"') + circle(x + 14, -167, 4, RED, 'opacity=".16"')
    if glasses:
        out += "".join(circle(x + dx, -175, 6.5, "none", f'stroke="{ink}" stroke-width="1.8"') for dx in (-8, 8))
        out += line(f"M{x - 1.5} -175 l3 0", ink, 1.8)
    return out


def person(
    x: float,
    y: float,
    *,
    size: float = 1,
    skin: str = S2,
    hair: str = H_BROWN,
    style: str = "short",
    top: str = NAVY,
    bottom: str = SLATE,
    shoes: str = "#2a2f3a",
    left: Point = (-34, -70),
    right: Point = (34, -70),
    pose: str = "stand",
    turn: int = 0,
    look: int = 0,
    skirt: str = "",
    apron: str = "",
    stripes: str = "",
    glasses: bool = False,
    beard: str = "",
    smile: bool = True,
    back: bool = False,
    bare: bool = False,
    lean: float = 0,
    shadow: bool = True,
    over: str = "",
    bag: str = "",
) -> str:
    """Somebody, 215 high at size 1, feet at (x, y). Hands are given from the feet, `left` being on the left seen."""
    behind = bag and rect(-36 if turn >= 0 else 4, -146, 32, 58, bag, 12)
    torso = "M-31 -130 Q-31 -150 -12 -151 L12 -151 Q31 -150 31 -130 L24 -74 Q0 -66 -24 -74 Z"
    body = path(torso, top)
    if stripes:
        body += "".join(line(f"M-{26 - i} {-128 + i * 15} L{26 - i} {-128 + i * 15}", stripes, 5) for i in range(4))
    if apron:
        body += path("M-17 -132 L17 -132 L22 -52 Q0 -46 -22 -52 Z", apron) + line(
            "M-15 -132 L-8 -150 M15 -132 L8 -150", apron, 4
        )
    if skirt:
        body += path("M-24 -84 L24 -84 L37 -36 Q0 -26 -37 -36 Z", skirt)
    neck = rect(-8, -160, 16, 16, skin, 6) + path("M-10 -151 Q0 -138 10 -151 Z", skin)
    if style == "scarf":
        neck = ""
    head = ellipse(0, -178, 24, 27, skin) + face(
        look, skin=skin, glasses=glasses, beard=beard, smile=smile, back=back, hair=hair
    )
    ears = (
        "" if style == "scarf" or back else circle(-23 + look * 2, -175, 5, skin) + circle(23 + look * 2, -175, 5, skin)
    )
    upper = "".join(
        [
            behind or "",
            hair_behind(style, hair),
            body,
            neck,
            ears,
            head,
            hair_front(style, hair) if not back or style in {"helmet", "hat", "cap"} else "",
            arm(-1, left, skin=skin, sleeve=top, bare=bare),
            arm(1, right, skin=skin, sleeve=top, bare=bare),
            over,
        ]
    )
    if lean:
        upper = f'<g transform="rotate({n(lean)} 0 -78)">{upper}</g>'
    ground = 0 if pose in {"stand", "walk", "wide", "sit"} else -34
    parts = [ellipse(0, ground, 44, 8, NAVY, 'opacity=".16"') if shadow and pose != "none" else ""]
    parts += [legs(pose, trousers=bottom, shoes=shoes, turn=turn), upper]
    return g(*parts, x=x, y=y, scale=size)


# --- landscape and things -----------------------------------------------------------------------------


def tree(x: float, y: float, size: float = 1, *, leaf: str = LEAF, light: str = MOSS, trunk: str = BROWN) -> str:
    crown = [(-34, -120, 38), (32, -118, 40), (0, -158, 46), (0, -112, 44)]
    return g(
        ellipse(0, 0, 34, 6, NAVY, 'opacity=".14"'),
        path("M-9 0 Q-5 -50 -8 -100 L8 -100 Q5 -50 11 0 Z", trunk),
        line("M0 -70 L-20 -100 M2 -62 L24 -94", trunk, 7),
        *(circle(cx, cy, r, leaf) for cx, cy, r in crown),
        circle(-14, -166, 22, light, 'opacity=".75"'),
        circle(-40, -128, 15, light, 'opacity=".75"'),
        circle(22, -132, 13, light, 'opacity=".6"'),
        x=x,
        y=y,
        scale=size,
    )


def poplar(x: float, y: float, size: float = 1, *, leaf: str = GREEN) -> str:
    return g(
        rect(-4, -26, 8, 26, BROWN),
        ellipse(0, -80, 22, 66, leaf),
        ellipse(-7, -92, 7, 36, MOSS, 'opacity=".4"'),
        x=x,
        y=y,
        scale=size,
    )


def bush(x: float, y: float, size: float = 1, leaf: str = LEAF) -> str:
    return g(
        circle(-22, -14, 20, leaf),
        circle(4, -24, 26, leaf),
        circle(28, -14, 19, leaf),
        rect(-42, -14, 88, 14, leaf, 7),
        x=x,
        y=y,
        scale=size,
    )


def tuft(x: float, y: float, colour: str = GREEN, size: float = 1) -> str:
    return g(line("M0 0 Q-3 -10 -9 -14 M0 0 L0 -18 M0 0 Q4 -10 10 -13", colour, 3), x=x, y=y, scale=size)


def flower(x: float, y: float, colour: str = YELLOW) -> str:
    return line(f"M{n(x)} {n(y)} l0 -16", GREEN, 3) + circle(x, y - 20, 6, colour) + circle(x, y - 20, 2.4, WHITE)


def cloud(x: float, y: float, size: float = 1, fill: str = WHITE) -> str:
    return g(
        circle(-40, 0, 24, fill),
        circle(-8, -14, 34, fill),
        circle(32, -2, 26, fill),
        rect(-64, -2, 122, 26, fill, 13),
        x=x,
        y=y,
        scale=size,
    )


def sun(x: float, y: float, r: float) -> str:
    return (
        circle(x, y, r * 2.1, BUTTER, 'opacity=".45"')
        + circle(x, y, r * 1.5, BUTTER, 'opacity=".7"')
        + circle(x, y, r, YELLOW)
    )


def bird(x: float, y: float, size: float = 1) -> str:
    return g(line("M-14 0 Q-7 -9 0 0 Q7 -9 14 0", NAVY, 3), x=x, y=y, scale=size)


def mountain(points: list[Point], fill: str, snow: str = "") -> str:
    """Peaks given as (x, y), down to the floor at both ends; the light comes from the left."""
    out = poly([(points[0][0], 700), *points, (points[-1][0], 700)], fill)
    for i in range(1, len(points) - 1):
        (ax, ay), (px, py), (bx, by) = points[i - 1 : i + 2]
        if py < ay and py < by:
            out += poly([(px, py), (bx, by), (px + (bx - px) * 0.1, by)], NAVY, 'opacity=".12"')
            if snow:
                f = 0.3
                left, right = (px + (ax - px) * f, py + (ay - py) * f), (px + (bx - px) * f, py + (by - py) * f)
                w = right[0] - left[0]
                out += poly(
                    [
                        (px, py),
                        right,
                        (right[0] - w * 0.22, right[1] - 14),
                        (right[0] - w * 0.42, right[1] + 10),
                        (left[0] + w * 0.28, left[1] - 8),
                        left,
                    ],
                    snow,
                )
    return out


def window(x: float, y: float, w: float, h: float, pane: str = SKY, frame: str = WHITE) -> str:
    return rect(x, y, w, h, frame, 2) + rect(x + 3, y + 3, w - 6, h - 6, pane) + rect(x + w / 2 - 1.5, y, 3, h, frame)


def block_of_flats(
    x: float, y: float, w: float, h: float, wall: str, *, columns: int, rows: int, pane: str = SKY
) -> str:
    out = rect(x, y - h, w, h, wall) + rect(x + w * 0.86, y - h, w * 0.14, h, NAVY, 0, 'opacity=".10"')
    cell, tier = w / columns, (h - 30) / rows
    for row in range(rows):
        for column in range(columns):
            lit = YELLOW if (row * 5 + column * 3) % 7 == 0 else pane
            wx, wy = x + column * cell + cell * 0.26, y - h + 18 + row * tier
            out += rect(wx, wy, cell * 0.48, tier * 0.55, lit, 2)
            if (row + column) % 3 == 0:
                out += rect(wx - 3, wy + tier * 0.55, cell * 0.48 + 6, 4, WHITE)
    return out + rect(x - 4, y - h - 6, w + 8, 9, WHITE, 2)


def house(
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    wall: str,
    roof: str,
    door: str = RED,
    chimneys: bool = True,
    stones: str = "",
) -> str:
    ridge = h * 0.55
    out = ""
    if chimneys:
        out += rect(x + 6, y - h - ridge - 12, 22, 50, wall) + rect(x + w - 28, y - h - ridge - 12, 22, 50, wall)
        out += rect(x + 3, y - h - ridge - 16, 28, 7, roof) + rect(x + w - 31, y - h - ridge - 16, 28, 7, roof)
    out += rect(x, y - h, w, h, wall)
    if stones:
        for i in range(int(w * h / 1500)):
            sx, sy = x + 8 + (i * 67) % (w - 34), y - h + 8 + (i * 41) % (h - 18)
            out += rect(sx, sy, 18 + i % 3 * 4, 8, stones, 3, 'opacity=".6"')
    out += poly(
        [(x - 8, y - h + 4), (x + 16, y - h - ridge), (x + w - 16, y - h - ridge), (x + w + 8, y - h + 4)], roof
    )
    out += poly(
        [(x + w * 0.6, y - h + 4), (x + w * 0.66, y - h - ridge), (x + w - 16, y - h - ridge), (x + w + 8, y - h + 4)],
        NAVY,
        'opacity=".14"',
    )
    middle = x + w / 2
    out += (
        rect(middle - 17, y - 64, 34, 64, WHITE, 3)
        + rect(middle - 13, y - 60, 26, 60, door, 2)
        + circle(middle + 7, y - 30, 2.5, YELLOW)
    )
    for wx in (x + w * 0.12, x + w * 0.7):
        out += window(wx, y - 62, w * 0.18, 36)
        out += rect(wx - 9, y - 62, 8, 36, door, 1) + rect(wx + w * 0.18 + 1, y - 62, 8, 36, door, 1)
    if h > 130:
        for wx in (x + w * 0.14, x + w * 0.43, x + w * 0.7):
            out += window(wx, y - h + 22, w * 0.15, 32)
    return out


def bunting(
    x1: float, y1: float, x2: float, y2: float, count: int, colours: list[str], sag: float = 40, size: float = 24
) -> str:
    cx, cy = (x1 + x2) / 2, (y1 + y2) / 2 + sag * 2
    out = line(f"M{n(x1)} {n(y1)} Q{n(cx)} {n(cy)} {n(x2)} {n(y2)}", NAVY, 2.5)
    for i in range(count):
        t = (i + 0.5) / count
        px = (1 - t) ** 2 * x1 + 2 * t * (1 - t) * cx + t * t * x2
        py = (1 - t) ** 2 * y1 + 2 * t * (1 - t) * cy + t * t * y2
        out += poly([(px - size / 2, py), (px + size / 2, py), (px, py + size * 1.25)], colours[i % len(colours)])
    return out


def bubble(x: float, y: float, w: float, h: float, fill: str, *, tail: int = 0) -> str:
    """A speech bubble centred on (x, y), its tail down, leaning by `tail`."""
    return poly([(x - 14, y + h / 2 - 4), (x + 14, y + h / 2 - 4), (x + tail, y + h / 2 + 26)], fill) + rect(
        x - w / 2, y - h / 2, w, h, fill, h / 2.4
    )


def star(x: float, y: float, r: float, fill: str, turn: float = 0) -> str:
    points = []
    for i in range(10):
        a = math.radians(-90 + turn + i * 36)
        q = r if i % 2 == 0 else r * 0.45
        points.append((x + q * math.cos(a), y + q * math.sin(a)))
    return poly(points, fill, 'stroke-linejoin="round"')


def leaf(x: float, y: float, size: float, fill: str, turn: float = 0) -> str:
    return g(
        path("M0 0 Q-16 -22 0 -48 Q16 -22 0 0 Z", fill),
        line("M0 6 L0 -34", WHITE, 2, 'opacity=".7"'),
        x=x,
        y=y,
        scale=size,
        turn=turn,
    )
