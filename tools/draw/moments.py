"""The drawings of the agenda, the news and the themes."""

from __future__ import annotations

from tools.draw.figures import *
from tools.draw.scenes import scene


@scene
def salon_des_maires() -> str:
    eiffel = (
        path(
            "M-60 0 Q-16 -90 -9 -230 L-4 -290 L4 -290 L9 -230 Q16 -90 60 0 L34 0 Q26 -40 0 -40 Q-26 -40 -34 0 Z",
            "#8fa8cc",
        )
        + rect(-34, -74, 68, 8, "#8fa8cc")
        + rect(-20, -136, 40, 7, "#8fa8cc")
    )
    ribs = "".join(
        line(f"M{600 + (x - 600) * 0.3:.0f} 70 L{x} 330", SLATE, 4, 'opacity=".55"') for x in range(0, 1201, 100)
    )
    ribs += "".join(line(f"M0 {y} L1200 {y}", SLATE, 3, 'opacity=".45"') for y in (110, 170, 246))

    def stand(x: float, colour: str, w: float, sign: str, ink: str = WHITE) -> str:
        return g(
            rect(-w / 2, -210, w, 210, colour, 0, 'opacity=".28"'), rect(-w / 2, -236, w, 44, colour, 6), g(sign, x=0, y=-214, scale=.8),
            rect(-w / 2, -200, 10, 200, colour), rect(w / 2 - 10, -200, 10, 200, colour), rect(-w / 2 + 24, -78, w - 48, 78, WHITE, 6), rect(-w / 2 + 24, -78, w - 48, 16, colour, 4),
            *(rect(-w / 2 + 44 + i * 34, -94, 24, 16, c, 2) for i, c in enumerate([YELLOW, CORAL, BLUE])), x=x, y=480,
        )  # fmt: skip

    def keeper(x: float, **who: object) -> str:
        return person(x, 478, size=0.78, shadow=False, **who)  # type: ignore[arg-type]

    return "".join(
        [
            f"<defs>{gradient('s', '#a8cdef', '#fdf0d6')}{gradient('f', '#e9dfcd', '#d3c4a7')}</defs>", rect(0, 0, 1200, 675, "url(#s)"), cloud(250, 180, .8), cloud(960, 150, .9), sun(930, 220, 30), g(eiffel, x=590, y=392, scale=1.0),
            *(rect(x, 370 - h, 90, h, "#bccfe8") for x, h in [(400, 60), (480, 40), (640, 50), (720, 70)]), ribs,
            path("M0 0 L1200 0 L1200 120 Q600 -10 0 120 Z", NAVY), path("M0 120 Q600 -10 1200 120 L1200 138 Q600 12 0 138 Z", SLATE), rect(0, 324, 1200, 18, SLATE), rect(0, 342, 1200, 50, CREAM, 0, 'opacity=".75"'),
            *(rect(x, 90, 16, 320, SLATE) for x in (190, 994)), rect(0, 390, 1200, 290, "url(#f)"), path("M430 675 L540 400 L660 400 L770 675 Z", RED, 'opacity=".8"'),
            bunting(206, 150, 994, 150, 17, [YELLOW, WHITE, CORAL, MOSS], 36, 22),
            stand(150, GREEN, 270, leaf(0, 20, .8, WHITE)), keeper(120, skin=S2, hair=H_BROWN, style="bob", top=WHITE, right=(30, -100)), rect(39, 402, 222, 78, WHITE, 6), rect(39, 402, 222, 16, GREEN, 4),
            stand(1050, BLUE, 270, star(0, 0, 22, YELLOW)), keeper(1080, skin=S5, hair=H_BLACK, style="short", top=YELLOW, left=(-40, -112)), rect(939, 402, 222, 78, WHITE, 6), rect(939, 402, 222, 16, BLUE, 4),
            *(rect(60 + i * 34, 386, 24, 16, c, 2) for i, c in enumerate([YELLOW, CORAL, BLUE])), *(rect(1060 + i * 30, 386, 22, 16, c, 2) for i, c in enumerate([CORAL, MOSS, YELLOW])),
            g(stand(0, CORAL, 170, circle(0, 0, 18, WHITE)), x=392, y=74, scale=.74), g(stand(0, YELLOW, 170, rect(-16, -16, 32, 32, NAVY, 5)), x=808, y=74, scale=.74),
            person(560, 476, size=.56, skin=S2, hair=H_GREY, style="short", top=NAVY, pose="walk", turn=1), person(628, 474, size=.56, skin=S4, hair=H_BLACK, style="bun", top=GREEN, skirt=GREEN, pose="stand"),
            person(500, 500, size=.6, skin=S1, hair=H_RED, style="long", top=BUTTER, bottom=SLATE, right=(40, -112)), person(690, 506, size=.62, skin=S3, hair=H_BLACK, style="side", top=BLUE, look=-1, pose="walk", turn=-1),
            person(300, 610, size=1.0, skin=S1, hair=H_WHITE, style="bob", top=NAVY, skirt=NAVY, look=-1, left=(-52, -110), right=(32, -74), glasses=True),
            person(404, 622, size=1.04, skin=S4, hair=H_BLACK, style="crown", top=WHITE, bottom=NAVY, look=-1, beard=H_BLACK, left=(-34, -96), right=(36, -72), bag=RED),
            person(600, 648, size=1.08, skin=S3, hair=GREEN, style="scarf", top=CORAL, skirt=SLATE, bottom=SLATE, look=1, left=(-34, -80), right=(58, -118)),
            person(722, 640, size=1.06, skin=S2, hair=H_BLOND, style="short", top=GREEN, bottom=BROWN, look=-1, left=(-46, -104), right=(32, -70)),
            person(860, 616, size=1.0, skin=S5, hair=H_BLACK, style="braids", top=YELLOW, bottom=NAVY, look=1, pose="walk", turn=1, right=(56, -114), left=(-34, -84)),
        ]
    )  # fmt: skip


@scene
def oidp_grenoble() -> str:
    ball = (
        circle(0, 0, 34, "#e6f2fb", f'stroke="{NAVY}" stroke-width="5"')
        + path("M-34 0 A34 34 0 0 0 34 0 Z", BLUE, 'opacity=".55"')
        + line("M-34 0 L34 0", NAVY, 4)
        + line("M-14 -22 Q-24 -14 -24 -4", WHITE, 4)
        + line("M0 -34 L0 -54", NAVY, 5)
        + circle(0, -56, 6, NAVY)
    )
    crowd_back = "".join(
        person(40 + i * 94, 600 + (i % 2) * 14, size=.74, shadow=False, skin=[S2, S5, S1, S3, S4][i % 5], hair=[H_BLACK, H_BROWN, H_GREY, RED, H_BLOND, H_RED][i % 6] if i != 4 else BLUE, style=["short", "afro", "bob", "scarf", "long", "curly", "side"][i % 7], top=[CORAL, BUTTER, AZURE, GREEN, RED, WHITE][i % 6], left=(-40, -196) if i % 2 else (-34, -80), right=(40, -196) if i % 3 == 0 else (34, -80))
        for i in range(13)
    )  # fmt: skip

    def sign(x: float, y: float, colour: str, mark: str, turn: float, w: float = 104) -> str:
        return g(
            rect(-5, -20, 10, 150, WOOD, 4),
            rect(-w / 2, -90, w, 80, WHITE, 10),
            rect(-w / 2 + 5, -85, w - 10, 70, colour, 7),
            g(mark, x=0, y=-50),
            x=x,
            y=y,
            turn=turn,
        )

    front = [
        (56, {"skin": S1, "hair": H_RED, "style": "curly", "top": GREEN, "right": (46, -178), "left": (-40, -100)}), (226, {"skin": S5, "hair": H_BLACK, "style": "bun", "top": YELLOW, "right": (46, -178), "left": (-36, -90)}),
        (396, {"skin": S3, "hair": H_BLACK, "style": "short", "top": RED, "glasses": True, "right": (46, -178), "left": (-54, -150)}), (566, {"skin": S2, "hair": NAVY, "style": "scarf", "top": AZURE, "right": (46, -178), "left": (-34, -90)}),
        (736, {"skin": S4, "hair": H_BLACK, "style": "afro", "top": CORAL, "right": (46, -178), "left": (-40, -120)}), (906, {"skin": S1, "hair": H_WHITE, "style": "side", "top": NAVY, "beard": H_WHITE, "right": (46, -178), "left": (-34, -100)}), (1076, {"skin": S3, "hair": H_BROWN, "style": "long", "top": BUTTER, "right": (46, -178), "left": (-36, -96)}),
    ]  # fmt: skip
    marks = [
        star(0, 0, 27, WHITE),
        line("M-20 2 L-5 17 L23 -15", WHITE, 10),
        path("M0 24 Q-34 0 -24 -18 Q-10 -30 0 -14 Q10 -30 24 -18 Q34 0 0 24 Z", WHITE),
        leaf(0, 26, 1.1, WHITE),
        bubble(0, -6, 54, 32, WHITE, tail=-10),
        circle(0, 0, 20, "none", f'stroke="{WHITE}" stroke-width="9"'),
        line("M-24 0 L22 0 M4 -18 L24 0 L4 18", WHITE, 9),
    ]
    colours = [RED, GREEN, BLUE, LEAF, ORANGE, NAVY, CORAL]
    return "".join(
        [
            f"<defs>{gradient('s', '#9fcbf0', '#fdf0d4')}</defs>", rect(0, 0, 1200, 675, "url(#s)"), sun(250, 110, 44), cloud(480, 90, .7), cloud(1010, 70, .6),
            mountain([(-80, 460), (140, 210), (260, 310), (470, 110), (620, 290), (760, 170), (900, 310), (1060, 140), (1300, 460)], "#8ba7d1", WHITE), mountain([(-60, 470), (180, 350), (380, 420), (620, 330), (840, 420), (1040, 320), (1280, 470)], "#6f9f8b"),
            path("M860 420 Q1000 250 1200 236 L1200 480 L820 480 Z", "#5b8a6c"), rect(1092, 190, 74, 56, STONE), poly([(1084, 192), (1130, 164), (1176, 192)], SLATE), rect(1110, 206, 14, 18, NAVY), rect(1136, 206, 14, 18, NAVY), line("M1130 164 l0 -34", NAVY, 3), poly([(1131, 130), (1158, 138), (1131, 147)], RED),
            line("M0 330 Q560 330 1092 204", NAVY, 3.5), g(ball, x=560, y=368), g(ball, x=640, y=357), g(ball, x=720, y=344), g(ball, x=800, y=330), g(ball, x=880, y=313),
            block_of_flats(-30, 520, 150, 150, BUTTER, columns=3, rows=3), block_of_flats(124, 520, 120, 110, PINK, columns=2, rows=2), block_of_flats(960, 520, 110, 100, CREAM, columns=2, rows=2), block_of_flats(1074, 520, 150, 140, CORAL, columns=3, rows=3), rect(0, 510, 1200, 170, SAND),
            crowd_back, *(person(x, 740, size=1.16, shadow=False, **who) for x, who in front),
            *(sign(x + s["right"][0] * 1.16, 740 - 178 * 1.16, c, m, t) for (x, s), c, m, t in zip(front, colours, marks, [-6, 4, -3, 6, -5, 4, -7], strict=True)),
        ]
    )  # fmt: skip


@scene
def genre_et_participation() -> str:
    who = [
        (240, 560, {"skin": S4, "hair": H_BLACK, "style": "afro", "top": RED, "left": (-34, -84), "right": (46, -108), "look": 1}, PINK, -2),
        (420, 500, {"skin": S1, "hair": H_GREY, "style": "short", "top": NAVY, "beard": H_GREY, "left": (-30, -92), "right": (40, -96), "look": 1}, SKY, -2),
        (600, 480, {"skin": S3, "hair": GREEN, "style": "scarf", "top": BUTTER, "left": (-54, -112), "right": (54, -112)}, MINT, 0),
        (780, 500, {"skin": S5, "hair": H_BLACK, "style": "short", "top": YELLOW, "glasses": True, "left": (-40, -96), "right": (30, -92), "look": -1}, BUTTER, 2),
        (960, 560, {"skin": S2, "hair": H_RED, "style": "long", "top": GREEN, "left": (-46, -108), "right": (34, -84), "look": -1}, PINK, 2),
    ]  # fmt: skip
    inks = [RED, NAVY, GREEN, ORANGE, CORAL]
    bubbles = ""
    for (x, y, _, _, lean), ink in zip(who, inks, strict=True):
        top = y - 330
        bubbles += bubble(x, top, 150, 88, ink, tail=lean * 6) + line(
            f"M{x - 44} {top - 16} L{x + 44} {top - 16} M{x - 44} {top + 2} L{x + 44} {top + 2} M{x - 44} {top + 20} L{x + 16} {top + 20}",
            WHITE,
            6,
        )
    return "".join(
        [
            f"<defs>{gradient('s', '#fdf4e3', '#f8e2cf')}</defs>", rect(0, 0, 1200, 675, "url(#s)"), rect(0, 0, 1200, 470, SKY, 0, 'opacity=".55"'),
            *(rect(x, 40, 150, 210, WHITE, 6) + rect(x + 8, 48, 134, 194, "#cfe3f6", 3) + rect(x + 71, 48, 8, 194, WHITE) + circle(x + 40, 210, 30, MOSS) + circle(x + 104, 216, 36, LEAF) + rect(x - 6, 246, 162, 12, WHITE, 3) for x in (30, 1020)),
            rect(0, 470, 1200, 205, SAND), rect(0, 462, 1200, 12, WHITE),
            g(rect(-26, -60, 52, 60, CORAL, 8), *(leaf(dx, -56, 1.6, c, t) for dx, c, t in [(-14, GREEN, -40), (0, LEAF, 0), (14, GREEN, 40), (-4, MOSS, -18), (6, MOSS, 22)]), x=1130, y=520),
            *(person(x, y + 90, size=1.16, pose="none", **w) for x, y, w, _, _ in who[1:4]), *(person(x, y + 90, size=1.2, pose="none", **w) for x, y, w, _, _ in (who[0], who[4])), bubbles,
            ellipse(600, 590, 430, 100, NAVY, 'opacity=".12"'), ellipse(600, 570, 430, 104, WOOD), ellipse(600, 560, 430, 102, "#e3bd8b"), ellipse(600, 556, 400, 90, "#ebca9d"),
            *(g(rect(-34, -12, 68, 24, WHITE, 3), line("M-22 -4 l40 0 M-22 4 l28 0", STONE, 3), x=x, y=y, turn=t) for x, y, t in [(400, 580, 8), (600, 520, 0), (806, 580, -8)]),
            *(g(rect(-15, -26, 30, 30, c, 6), ellipse(0, -26, 15, 5, WHITE), line("M15 -18 q14 4 0 14", c, 5), x=x, y=y) for x, y, c in [(500, 606, BLUE), (712, 606, RED), (700, 530, YELLOW)]),
            g(rect(-8, -34, 16, 34, AZURE, 5), *(circle(dx, dy, 11, c) for dx, dy, c in [(-12, -46, YELLOW), (10, -52, CORAL), (0, -66, WHITE)]), x=598, y=600),
        ]
    )  # fmt: skip


@scene
def webinaire() -> str:
    faces = [
        ({"skin": S1, "hair": H_BLOND, "style": "bob", "top": RED}, SKY), ({"skin": S5, "hair": H_BLACK, "style": "short", "top": YELLOW, "glasses": True}, MINT), ({"skin": S3, "hair": NAVY, "style": "scarf", "top": NAVY}, BUTTER),
        ({"skin": S2, "hair": H_GREY, "style": "crown", "top": GREEN, "beard": H_GREY}, PINK), ({"skin": S4, "hair": H_BLACK, "style": "afro", "top": CORAL, "right": (44, -160)}, CREAM), ({"skin": S1, "hair": H_RED, "style": "long", "top": BLUE}, "#d7e6d0"),
    ]  # fmt: skip
    tiles, clips = "", ""
    for i, (who, wall) in enumerate(faces):
        x, y = 292 + i % 3 * 198, 92 + i // 3 * 184
        clips += f'<clipPath id="c{i}"><rect x="{x}" y="{y}" width="186" height="172" rx="10"/></clipPath>'
        inside = rect(x, y, 186, 172, wall) + rect(x + 12, y + 18, 44, 60, WHITE, 4, 'opacity=".7"')
        inside += person(x + 93, y + 294, size=1.12, pose="none", **who)
        tiles += f'<g clip-path="url(#c{i})">{inside}</g>'
        if i == 4:
            tiles += rect(x, y, 186, 172, "none", 10, f'stroke="{YELLOW}" stroke-width="6"')
    laptop = rect(262, 62, 640, 412, NAVY, 22) + rect(276, 76, 612, 384, "#23314d", 10)
    base = (
        path("M210 474 L954 474 L1010 530 Q1012 546 990 546 L174 546 Q152 546 154 530 Z", "#c9cfda")
        + path("M154 530 L1010 530 Q1012 546 990 546 L174 546 Q152 546 154 530 Z", SLATE)
        + poly([(250, 484), (914, 484), (936, 508), (228, 508)], "#9aa5b8")
        + rect(520, 514, 124, 12, "#aeb7c6", 4)
    )
    plant = (
        ellipse(0, 4, 70, 12, NAVY, 'opacity=".15"')
        + "".join(
            leaf(0, -70, 2.6, c, t)
            for c, t in [(GREEN, -62), (LEAF, -34), (GREEN, 60), (MOSS, 34), (LEAF, 6), (MOSS, -14)]
        )
        + path("M-48 -86 L48 -86 L36 0 L-36 0 Z", CORAL)
        + rect(-54, -96, 108, 20, RED, 6)
    )
    book = (
        poly([(-130, 0), (0, -14), (0, 60), (-150, 76)], WHITE)
        + poly([(130, 0), (0, -14), (0, 60), (150, 76)], CREAM)
        + line("M0 -14 L0 60", STONE, 4)
        + line("M-112 14 L-20 4 M-118 30 L-20 20 M-122 46 L-40 38", AZURE, 4)
        + line("M20 4 L96 12 M20 20 L112 30", AZURE, 4)
        + line("M30 50 L120 -30", YELLOW, 10)
        + line("M30 50 l-8 7", NAVY, 5)
    )
    return "".join(
        [
            f"<defs>{gradient('s', '#fdf3df', '#fbe1cb')}{gradient('t', '#dfb582', '#c99a63')}{clips}</defs>", rect(0, 0, 1200, 675, "url(#s)"), circle(1030, 150, 90, BUTTER, 'opacity=".8"'), rect(40, 70, 150, 190, WHITE, 6), rect(52, 82, 126, 166, SKY), poly([(52, 248), (92, 176), (116, 206), (146, 160), (178, 206), (178, 248)], LEAF), circle(150, 116, 14, YELLOW),
            rect(0, 450, 1200, 225, "url(#t)"), rect(0, 446, 1200, 10, BROWN, 0, 'opacity=".35"'), ellipse(582, 556, 460, 22, NAVY, 'opacity=".16"'), laptop, tiles, base, g(plant, x=1080, y=540), g(book, x=930, y=596, scale=.9, turn=2),
            g(ellipse(0, 34, 54, 12, NAVY, 'opacity=".15"'), rect(-38, -40, 76, 74, GREEN, 14), ellipse(0, -40, 38, 11, MINT), ellipse(0, -38, 30, 7, BROWN), line("M36 -24 q34 2 0 36", GREEN, 11), x=120, y=600),
        ]
    )  # fmt: skip


@scene
def recrutement() -> str:
    return "".join(
        [
            f"<defs>{gradient('s', '#f9e3d0', '#fdf4e3')}{gradient('o', '#bfdcf5', '#fef2d8')}</defs>", rect(0, 0, 1200, 675, CORAL, 0, 'opacity=".9"'), rect(0, 0, 1200, 675, "url(#s)", 0, 'opacity=".72"'),
            *(line(f"M0 {y} L1200 {y}", WHITE, 2, 'opacity=".5"') for y in range(48, 560, 64)),
            rect(0, 566, 1200, 110, SAND), rect(0, 558, 1200, 12, WHITE),
            rect(90, 130, 200, 180, WHITE, 6), rect(100, 140, 180, 160, "#cfe3f6", 3), rect(184, 140, 12, 160, WHITE), rect(100, 214, 180, 10, WHITE), rect(76, 306, 228, 16, WHITE, 4), *(leaf(110 + i * 32, 312, .9, c, t) for i, (c, t) in enumerate([(GREEN, -20), (LEAF, 10), (GREEN, -6), (MOSS, 22), (GREEN, 0), (LEAF, -14)])), rect(92, 306, 196, 26, BROWN, 4),
            # the way in, lit from within
            path("M430 566 L430 180 Q430 60 600 60 Q770 60 770 180 L770 566 Z", WHITE), path("M448 566 L448 186 Q448 80 600 80 Q752 80 752 186 L752 566 Z", BUTTER), path("M448 186 Q448 80 600 80 Q752 80 752 186 Z", YELLOW), line("M600 80 L600 186 M600 186 L500 110 M600 186 L700 110", WHITE, 6), line("M448 186 L752 186", WHITE, 8),
            rect(470, 300, 100, 70, WHITE, 4), rect(478, 308, 84, 54, MINT), star(520, 335, 18, YELLOW), rect(640, 330, 84, 10, BROWN), *(rect(648 + i * 16, 296 - i % 2 * 6, 12, 34 + i % 2 * 6, c) for i, c in enumerate([RED, BLUE, GREEN, CORAL])), poly([(448, 566), (752, 566), (860, 675), (340, 675)], BUTTER, 'opacity=".75"'),
            # the two leaves of the door
            poly([(448, 190), (330, 164), (330, 606), (448, 566)], GREEN), poly([(436, 214), (346, 196), (346, 360), (436, 366)], "#2a7a5b"), poly([(436, 390), (346, 388), (346, 580), (436, 548)], "#2a7a5b"), circle(342, 386, 7, YELLOW),
            poly([(752, 190), (870, 164), (870, 606), (752, 566)], GREEN), poly([(764, 214), (854, 196), (854, 360), (764, 366)], "#2a7a5b"), poly([(764, 390), (854, 388), (854, 580), (764, 548)], "#2a7a5b"), circle(858, 386, 7, YELLOW),
            person(452, 618, size=1.42, skin=S2, hair=H_GREY, style="bob", top=NAVY, skirt=SLATE, bottom=NAVY, look=1, glasses=True, left=(-56, -112), right=(58, -112)),
            person(690, 612, size=1.42, skin=S5, hair=H_BLACK, style="short", top=YELLOW, bottom=BROWN, beard=H_BLACK, look=1, left=(-34, -84), right=(60, -150)),
            person(968, 650, size=1.44, skin=S3, hair=H_BLACK, style="tail", top=RED, bottom=BLUE, look=-1, turn=-1, pose="walk", left=(-60, -140), right=(30, -84)), g(rect(-28, -84, 56, 104, ORANGE, 20), rect(-20, -36, 40, 40, "#c76f2c", 10), line("M-20 -84 Q0 -104 20 -84", NAVY, 6), x=1030, y=514, turn=6),
            g(rect(-34, -70, 68, 70, RED, 6), *(leaf(dx, -66, 2.1, c, t) for dx, c, t in [(-16, GREEN, -36), (0, LEAF, 0), (16, GREEN, 36), (-6, MOSS, -16), (8, MOSS, 18)]), x=1140, y=640), g(rect(-34, -70, 68, 70, BLUE, 6), *(leaf(dx, -66, 2.1, c, t) for dx, c, t in [(-16, LEAF, -36), (0, GREEN, 0), (16, LEAF, 36), (8, MOSS, 18)]), x=230, y=640),
        ]
    )  # fmt: skip


@scene
def theme_action() -> str:
    planks = "".join(
        rect(250 + i * 44, 424 + (3 if i % 2 else 0), 40, 18, WOOD if i % 2 else "#d3a46f", 3) for i in range(12)
    )
    return "".join(
        [
            f"<defs>{gradient('s', '#bcdcf4', '#fdefd0')}{gradient('w', '#6aa9cf', '#9fd0de')}</defs>", rect(0, 0, 1200, 675, "url(#s)"), sun(930, 150, 56), cloud(240, 100, .8), cloud(620, 70, .6), bird(500, 150), bird(540, 134, .7),
            mountain([(-40, 420), (160, 300), (340, 380), (560, 270), (780, 380), (980, 290), (1240, 420)], "#a7c6b4"), path("M0 400 Q600 360 1200 400 L1200 700 L0 700 Z", "#a9d19a"),
            path("M300 675 Q380 520 360 392 L850 392 Q800 540 930 675 Z", "url(#w)"), *(line(f"M{x} {y} q16 -8 32 0 q16 8 32 0", WHITE, 4, 'opacity=".6"') for x, y in [(440, 520), (600, 560), (500, 620), (690, 500), (640, 640), (760, 600)]),
            path("M0 420 Q160 408 300 440 Q340 560 262 675 L0 675 Z", LEAF), path("M1200 420 Q1040 408 880 440 Q880 560 960 675 L1200 675 Z", LEAF), tree(60, 430, .9), poplar(1150, 430, 1.1), poplar(1096, 426, .8), bush(176, 432, .7),
            line("M330 440 L330 560 M560 440 L560 600 M760 440 L760 560", BROWN, 16), line("M236 446 L900 446", BROWN, 12), planks, line("M250 424 L250 350 M430 424 L430 350 M600 424 L600 352", BROWN, 8), line("M240 356 Q420 346 604 358", "#d3a46f", 7),
            person(300, 426, size=.94, skin=S1, hair=H_WHITE, style="bun", top=GREEN, skirt=SLATE, look=1, pose="walk", turn=1, left=(-40, -84), right=(50, -112), glasses=True),
            person(392, 426, size=.64, skin=S3, hair=H_BLACK, style="curly", top=YELLOW, bottom=RED, look=1, pose="walk", turn=1, left=(-44, -120), right=(44, -100)),
            person(490, 426, size=.98, skin=S5, hair=H_BLACK, style="short", top=RED, bottom=NAVY, look=1, pose="walk", turn=1, left=(6, -112), right=(60, -124)),
            g(rect(-90, -9, 180, 18, "#d3a46f", 3), x=606, y=306, turn=-6),
            person(676, 426, size=.98, skin=S2, hair=H_RED, style="tail", top=AZURE, bottom=BROWN, look=1, pose="stand", left=(-60, -122), right=(-10, -116)),
            person(762, 462, size=.94, skin=S4, hair=YELLOW, style="helmet", top=NAVY, bottom=SLATE, look=1, pose="kneel", turn=1, left=(44, -46), right=(74, -64), lean=20), g(line("M0 0 L26 -26", WOOD, 7), rect(14, -46, 34, 18, SLATE, 4, 'transform="rotate(45 30 -36)"'), x=838, y=416),
            rect(778, 424, 56, 18, "#d3a46f", 3), g(rect(-44, -9, 88, 18, WOOD, 3), x=868, y=430, turn=-3),
            person(946, 470, size=1.0, skin=S3, hair=CORAL, style="scarf", top=BUTTER, skirt=RED, bottom=RED, look=-1, left=(-66, -116), right=(30, -96)), person(1050, 480, size=1.02, skin=S1, hair=H_BROWN, style="side", top=GREEN, bottom=NAVY, beard=H_BROWN, look=-1, left=(-50, -102), right=(56, -170)),
            g(*(rect(-80, -14 - i * 18, 160, 15, WOOD if i % 2 else "#d3a46f", 3) for i in range(4)), x=1100, y=580), g(rect(-34, -40, 68, 40, RED, 5), rect(-20, -50, 40, 12, "none", 4, f'stroke="{NAVY}" stroke-width="5"'), x=980, y=590),
            *(tuft(x, y) for x, y in [(60, 560), (150, 620), (220, 540), (1140, 640), (1000, 650)]), *(flower(x, y, c) for x, y, c in [(100, 520, WHITE), (180, 580, YELLOW), (60, 640, CORAL), (1170, 590, WHITE), (1050, 640, YELLOW)]),
        ]
    )  # fmt: skip


@scene
def theme_bases() -> str:
    def block(x: float, y: float, w: float, h: float, colour: str, mark: str = "") -> str:
        return g(
            rect(0, 0, w, h, colour, 10),
            rect(0, h - 14, w, 14, NAVY, 7, 'opacity=".14"'),
            rect(10, 8, w - 20, 8, WHITE, 4, 'opacity=".3"'),
            g(mark, x=w / 2, y=h / 2),
            x=x,
            y=y,
        )

    rays = "".join(
        poly(
            [
                (600, 430),
                (600 + 900 * dx - 40 * dy, 430 - 900 * dy - 40 * dx),
                (600 + 900 * dx + 40 * dy, 430 - 900 * dy + 40 * dx),
            ],
            BUTTER,
            'opacity=".5"',
        )
        for dx, dy in [
            (-0.94, 0.34),
            (-0.77, 0.64),
            (-0.5, 0.87),
            (-0.17, 0.98),
            (0.17, 0.98),
            (0.5, 0.87),
            (0.77, 0.64),
            (0.94, 0.34),
        ]
    )
    return "".join(
        [
            f"<defs>{gradient('s', '#f7c9a4', '#fdf0cf')}</defs>", rect(0, 0, 1200, 675, "url(#s)"), rays, circle(600, 430, 190, BUTTER, 'opacity=".8"'), circle(600, 430, 130, YELLOW), cloud(190, 130, .8, "#fff6ea"), cloud(1010, 100, .9, "#fff6ea"),
            path("M0 440 Q240 380 520 430 Q860 380 1200 440 L1200 675 L0 675 Z", MOSS), path("M0 520 Q300 480 620 510 Q940 486 1200 520 L1200 675 L0 675 Z", LEAF), tree(80, 470, .7), house(1010, 456, 130, 70, wall=CREAM, roof=RED, door=NAVY, chimneys=False), poplar(980, 458, .6), poplar(1164, 462, .7),
            block(330, 516, 170, 90, NAVY, star(0, 0, 24, YELLOW)), block(508, 516, 190, 90, RED, circle(0, 0, 20, WHITE)), block(706, 516, 170, 90, GREEN, leaf(0, 22, .9, WHITE)), block(420, 420, 176, 90, YELLOW, bubble(0, -6, 60, 36, NAVY, tail=-10)), block(604, 420, 180, 90, BLUE, line("M-18 0 L-4 14 L20 -14", WHITE, 9)),
            person(250, 620, size=1.24, skin=S5, hair=H_BLACK, style="bun", top=CORAL, bottom=NAVY, look=1, left=(22, -96), right=(78, -92)),
            block(500, 262, 190, 90, CORAL, path("M0 22 Q-30 2 -22 -14 Q-10 -26 0 -12 Q10 -26 22 -14 Q30 2 0 22 Z", WHITE)),
            person(452, 430, size=1.0, skin=S2, hair=H_BROWN, style="side", top=GREEN, bottom=SLATE, look=1, left=(34, -128), right=(62, -160), shadow=False), person(746, 430, size=1.0, skin=S3, hair=NAVY, style="scarf", top=WHITE, skirt=NAVY, bottom=NAVY, look=-1, left=(-62, -160), right=(-34, -128), shadow=False),
            person(990, 630, size=1.26, skin=S1, hair=H_GREY, style="crown", top=YELLOW, bottom=BROWN, beard=H_GREY, look=-1, pose="walk", turn=-1, left=(-70, -100), right=(-20, -84)), block(830, 428, 124, 84, ORANGE, line("M-16 -10 L16 -10 M-16 8 L16 8", WHITE, 7)),
            *(tuft(x, y) for x, y in [(60, 600), (140, 640), (1120, 620), (1060, 650), (560, 650), (720, 655)]), *(flower(x, y, c) for x, y, c in [(110, 560, WHITE), (1150, 570, YELLOW), (400, 652, WHITE), (850, 655, CORAL)]),
        ]
    )  # fmt: skip


@scene
def theme_jeunes() -> str:
    chair = (
        circle(-6, -52, 52, "none", f'stroke="{NAVY}" stroke-width="9"')
        + "".join(
            line(f"M-6 -52 L{n(-6 + 48 * c)} {n(-52 + 48 * s)}", SLATE, 2.5)
            for c, s in [(1, 0), (0, 1), (-1, 0), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7)]
        )
        + circle(-6, -52, 9, YELLOW)
        + circle(66, -15, 14, "none", f'stroke="{NAVY}" stroke-width="7"')
        + line("M-40 -150 L-36 -84 L44 -78 L62 -20 L84 -8", SLATE, 8)
        + line("M-56 -148 L-40 -150", NAVY, 9)
    )
    horn = (
        path("M0 -18 L110 -74 Q128 0 110 74 L0 18 Z", RED)
        + ellipse(112, 0, 20, 75, CORAL)
        + ellipse(112, 0, 10, 46, "#7e2413")
        + rect(-34, -19, 40, 38, NAVY, 10)
        + line("M34 26 L28 74", NAVY, 13)
        + poly([(18, -26), (38, -37), (38, 37), (18, 26)], YELLOW)
    )
    stream = ""
    spots = [
        (760, 250, 1.5, 60),
        (850, 180, 1.2, 30),
        (880, 300, 1.8, 78),
        (960, 230, 1.4, 50),
        (1010, 130, 1.7, 20),
        (1040, 330, 1.3, 96),
        (1110, 230, 2, 60),
        (1130, 110, 1.3, 30),
        (930, 390, 1.3, 110),
        (1150, 400, 1.6, 120),
        (800, 350, 1, 90),
        (920, 90, 1, 10),
        (1060, 440, 1.2, 120),
    ]
    for i, (x, y, s, t) in enumerate(spots):
        stream += (
            leaf(x, y, s, [GREEN, LEAF, MOSS][i % 3], t)
            if i % 2 == 0
            else star(x, y, 17 * s, [YELLOW, RED, WHITE, BLUE][i // 2 % 4], t)
        )
    stream += "".join(
        circle(x, y, r, c)
        for x, y, r, c in [
            (820, 240, 8, YELLOW),
            (900, 250, 7, WHITE),
            (990, 310, 9, RED),
            (1080, 170, 8, BLUE),
            (1000, 200, 6, YELLOW),
            (1090, 340, 7, WHITE),
            (850, 410, 6, RED),
            (1170, 300, 9, YELLOW),
        ]
    )
    return "".join(
        [
            f"<defs>{gradient('s', '#dcebfb', '#fdf1d6')}</defs>", rect(0, 0, 1200, 675, "url(#s)"), path("M690 300 L1200 20 L1200 560 Z", BUTTER, 'opacity=".75"'), circle(150, 120, 70, BUTTER, 'opacity=".9"'), circle(150, 120, 46, YELLOW), cloud(400, 90, .7),
            block_of_flats(-10, 560, 130, 240, "#c9d8ee", columns=3, rows=5), block_of_flats(126, 560, 110, 170, "#d8e2f2", columns=2, rows=3), poplar(268, 562, .9), rect(0, 552, 1200, 130, MOSS), path("M0 590 Q600 556 1200 590 L1200 675 L0 675 Z", LEAF), line("M40 640 Q600 606 1160 640", WHITE, 6, 'opacity=".5" stroke-dasharray="34 30"'), stream,
            person(250, 628, size=1.62, skin=S5, hair=H_BLACK, style="afro", top=YELLOW, bottom=NAVY, look=1, left=(-52, -170), right=(44, -110)),
            g(chair, x=420, y=640, scale=1.36), person(416, 656, size=1.42, skin=S2, hair=H_BROWN, style="side", top=GREEN, bottom=BLUE, pose="sit", turn=1, look=1, left=(-20, -96), right=(58, -144), shadow=False), g(line("M-36 -92 L40 -84", SLATE, 8), circle(-6, -52, 52, "none", f'stroke="{NAVY}" stroke-width="9"'), circle(-6, -52, 8, YELLOW), x=420, y=640, scale=1.36),
            person(584, 630, size=1.6, skin=S3, hair=H_BLACK, style="tail", top=WHITE, stripes=RED, bottom=SLATE, look=1, left=(-20, -100), right=(46, -136)), g(horn, x=664, y=330, turn=-10, scale=1.02), circle(650, 408, 13, S3),
            *(tuft(x, y) for x, y in [(80, 650), (760, 640), (900, 655), (1090, 645)]), *(flower(x, y, c) for x, y, c in [(820, 655, WHITE), (1000, 640, CORAL), (1150, 655, YELLOW)]),
        ]
    )  # fmt: skip


@scene
def theme_eau() -> str:
    def field(points: str, fill: str, furrow: str) -> str:
        return path(points, fill) + line(furrow, WHITE, 3, 'opacity=".35"')

    bridge = (
        path(
            "M470 470 Q660 350 850 470 L850 520 Q800 520 790 500 Q740 430 660 430 Q580 430 530 500 Q520 520 470 520 Z",
            STONE,
        )
        + path("M470 470 Q660 350 850 470 L850 488 Q660 368 470 488 Z", "#b5ad9c")
        + "".join(
            line(f"M{x} {y} l{dx} 22", "#a79e8c", 3)
            for x, y, dx in [(560, 442, 10), (610, 420, 4), (660, 412, 0), (710, 420, -4), (760, 442, -10)]
        )
    )
    rail = line("M476 440 Q660 322 846 440", NAVY, 7) + "".join(
        line(f"M{x} {y} l0 34", NAVY, 5)
        for x, y in [(520, 416), (566, 398), (612, 386), (660, 382), (708, 386), (754, 398), (800, 416)]
    )
    factory = (
        rect(0, -84, 150, 84, "#d9c7b4")
        + poly([(0, -84), (0, -116), (50, -84), (50, -116), (100, -84), (100, -116), (150, -84)], SLATE)
        + rect(112, -190, 20, 110, CORAL)
        + rect(108, -196, 28, 10, RED)
        + cloud(150, -222, 0.4)
        + cloud(186, -246, 0.3)
        + "".join(rect(14 + i * 44, -60, 30, 24, YELLOW if i == 1 else SKY, 2) for i in range(3))
    )
    return "".join(
        [
            f"<defs>{gradient('s', '#b9dbf4', '#fdf0d4')}{gradient('w', '#7cbbdc', '#3f86b8')}</defs>", rect(0, 0, 1200, 675, "url(#s)"), sun(250, 110, 44), cloud(520, 80, .7), cloud(820, 110, .5), bird(640, 130), bird(676, 116, .7),
            mountain([(-40, 330), (180, 210), (340, 290), (560, 190), (760, 290), (960, 210), (1240, 330)], "#9dbdb3"), path("M0 310 Q600 270 1200 310 L1200 675 L0 675 Z", "#a9d19a"),
            field("M0 330 L330 300 L420 360 L0 430 Z", BUTTER, "M20 400 L380 346 M10 370 L350 322 M10 346 L320 310"), field("M0 440 L420 366 L400 430 L300 520 L0 580 Z", "#c8dc8c", "M10 540 L320 480 M10 500 L370 430 M10 466 L400 392"), field("M700 300 L1200 330 L1200 400 L780 350 Z", "#e7cf8b", "M760 322 L1190 362 M740 310 L1190 342"), field("M900 420 L1200 440 L1200 675 L1060 675 Q960 560 860 520 Z", "#c8dc8c", "M930 460 L1190 490 M950 510 L1190 550 M1010 570 L1190 610"),
            path("M590 276 Q470 306 560 330 Q720 360 660 400 Q560 450 640 520 Q700 580 470 675 L1000 675 Q960 590 840 520 Q720 450 760 400 Q820 350 660 322 Q580 304 640 276 Z", "url(#w)"), *(line(f"M{x} {y} q16 -8 32 0 q16 8 32 0", WHITE, 4, 'opacity=".65"') for x, y in [(700, 560), (640, 610), (780, 620), (720, 652), (740, 530)]),
            g(house(0, 0, 190, 96, wall=WHITE, roof=RED, door=BLUE, chimneys=False), x=196, y=334, scale=.52), g(house(0, 0, 170, 90, wall=CREAM, roof=CORAL, door=GREEN, chimneys=False), x=304, y=322, scale=.46), g(house(0, 0, 170, 90, wall=PINK, roof=RED, door=NAVY, chimneys=False), x=112, y=346, scale=.46), tree(398, 330, .4), poplar(100, 346, .5), g(factory, x=940, y=330, scale=.82), poplar(920, 330, .5), poplar(1100, 336, .6), tree(1150, 350, .5),
            *(person(x, y, size=.98, pose="none", shadow=False, **w) for x, y, w in [(548, 506, {"skin": S1, "hair": H_BLOND, "style": "bob", "top": RED, "left": (-20, -84), "right": (34, -76), "look": 1, "lean": 12}), (640, 482, {"skin": S5, "hair": H_BLACK, "style": "short", "top": YELLOW, "left": (-34, -78), "right": (36, -78), "lean": 4}), (738, 486, {"skin": S3, "hair": GREEN, "style": "scarf", "top": WHITE, "left": (-34, -76), "right": (34, -78), "look": -1, "lean": -8}), (806, 512, {"skin": S2, "hair": H_GREY, "style": "hat", "top": BLUE, "left": (-40, -80), "right": (20, -84), "look": -1, "lean": -14})]), person(692, 458, size=.6, pose="none", shadow=False, skin=S4, hair=H_BLACK, style="braids", top=CORAL, left=(-30, -84), right=(30, -84)),
            bridge, rail, bush(440, 536, .8), bush(884, 540, .8, GREEN), *(line(f"M{x} {y} q4 -30 {d} -48", GREEN, 5) for x, y, d in [(520, 640, -6), (534, 644, 4), (548, 640, 12), (950, 660, -6), (964, 662, 6)]), *(tuft(x, y) for x, y in [(80, 630), (200, 600), (330, 640), (1100, 640)]), *(flower(x, y, c) for x, y, c in [(140, 640, WHITE), (260, 630, CORAL), (400, 610, YELLOW), (1150, 560, WHITE)]),
        ]
    )  # fmt: skip


@scene
def assemblee() -> str:
    def card(x: float, y: float, s: float, t: float) -> str:
        return g(
            rect(-26, -58, 52, 66, WHITE, 6),
            rect(-22, -54, 44, 58, GREEN, 4),
            line("M-10 -26 L-3 -18 L11 -36", WHITE, 6),
            x=x,
            y=y,
            scale=s,
            turn=t,
        )

    def table(x: float, y: float, s: float, who: list[dict], cloth: str) -> str:
        out, held = "", ""
        for i, p in enumerate(who):
            dx = (i - (len(who) - 1) / 2) * 92
            side = -1 if i % 2 else 1
            pose = dict(p)
            voting = pose.pop("votes", True)
            reach = (side * 34, -196) if voting else (side * 40, -96)
            arms = {"right": reach, "left": (-30, -90)} if side > 0 else {"left": reach, "right": (30, -90)}
            out += person(dx, 40, size=1, pose="none", **arms, **pose)
            if voting:
                held += card(dx + reach[0], 40 + reach[1] + 4, 0.9, side * 6)
        top = (
            ellipse(0, 26, 190, 40, NAVY, 'opacity=".13"')
            + path("M-170 -34 Q-178 30 -160 50 Q0 84 160 50 Q178 30 170 -34 Z", cloth)
            + ellipse(0, -34, 170, 34, WHITE)
            + ellipse(0, -34, 160, 29, CREAM)
        )
        top += (
            g(rect(-22, -8, 44, 16, WHITE, 2), x=-70, y=-34)
            + rect(40, -58, 16, 22, AZURE, 4)
            + rect(66, -52, 16, 22, CORAL, 4)
        )
        return g(out, held, top, x=x, y=y, scale=s)

    return "".join(
        [
            f"<defs>{gradient('s', '#fdf3df', '#f6dcc0')}{gradient('f', '#d9b587', '#c29866')}</defs>", rect(0, 0, 1200, 675, "url(#s)"), rect(0, 330, 1200, 100, MINT), rect(0, 326, 1200, 8, GREEN), rect(0, 420, 1200, 260, "url(#f)"), *(line(f"M{600 + (x - 600) * .5:.0f} 424 L{x} 675", BROWN, 2, 'opacity=".3"') for x in range(-600, 1900, 120)),
            *(path(f"M{x} 330 L{x} 190 Q{x} 130 {x + 70} 130 Q{x + 140} 130 {x + 140} 190 L{x + 140} 330 Z", WHITE) + path(f"M{x + 10} 320 L{x + 10} 192 Q{x + 10} 140 {x + 70} 140 Q{x + 130} 140 {x + 130} 192 L{x + 130} 320 Z", "#cfe5f7") + rect(x + 65, 140, 10, 184, WHITE) + rect(x + 10, 226, 120, 8, WHITE) for x in (60, 240, 820, 1000)),
            rect(430, 400, 340, 40, RED, 4), rect(420, 392, 360, 14, BROWN, 3), path("M410 110 L790 110 L790 150 Q740 180 700 150 Q650 184 600 150 Q550 184 500 150 Q460 180 410 150 Z", RED), path("M410 120 Q470 260 420 392 L410 392 Z", RED), path("M790 120 Q730 260 780 392 L790 392 Z", RED),
            rect(520, 200, 160, 100, WHITE, 6), line("M544 228 l90 0 M544 250 l110 0 M544 272 l70 0", STONE, 6), person(600, 396, size=.74, skin=S4, hair=H_BLACK, style="bun", top=YELLOW, skirt=NAVY, bottom=NAVY, left=(-52, -104), right=(56, -140)),
            bunting(0, 40, 600, 40, 13, [RED, YELLOW, GREEN, BLUE, CORAL], 26, 30), bunting(600, 40, 1200, 40, 13, [YELLOW, BLUE, CORAL, GREEN, RED], 26, 30),
            table(260, 486, .74, [{"skin": S1, "hair": H_GREY, "style": "short", "top": NAVY}, {"skin": S5, "hair": H_BLACK, "style": "curly", "top": CORAL}, {"skin": S2, "hair": H_RED, "style": "long", "top": GREEN}], BLUE),
            table(940, 486, .74, [{"skin": S3, "hair": NAVY, "style": "scarf", "top": YELLOW}, {"skin": S1, "hair": H_WHITE, "style": "crown", "top": RED, "beard": H_WHITE, "votes": False}, {"skin": S4, "hair": H_BLACK, "style": "braids", "top": WHITE, "stripes": BLUE}], CORAL),
            table(600, 556, .78, [{"skin": S5, "hair": H_BLACK, "style": "bun", "top": MOSS}, {"skin": S1, "hair": H_BLOND, "style": "side", "top": NAVY, "beard": H_BLOND}, {"skin": S3, "hair": RED, "style": "scarf", "top": AZURE}], RED),
            table(270, 634, 1.02, [{"skin": S4, "hair": H_BLACK, "style": "afro", "top": YELLOW}, {"skin": S2, "hair": H_BLOND, "style": "bob", "top": BLUE, "glasses": True}, {"skin": S1, "hair": H_BROWN, "style": "side", "top": RED}], GREEN),
            table(930, 634, 1.02, [{"skin": S2, "hair": H_GREY, "style": "bun", "top": CORAL, "glasses": True}, {"skin": S5, "hair": H_BLACK, "style": "short", "top": NAVY, "beard": H_BLACK}, {"skin": S3, "hair": H_BLACK, "style": "tail", "top": MOSS}], YELLOW),
        ]
    )  # fmt: skip
