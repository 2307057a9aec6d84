"""The drawings of the experiences, the concept and the kit: each shows what its text alternative says."""

from __future__ import annotations

import math

from tools.draw.figures import *

SCENES = {}


def scene(draw):
    SCENES[draw.__name__.replace("_", "-")] = draw
    return draw


@scene
def ecole_du_dehors() -> str:
    far = "".join(
        rect(x, 430 - h, w, h + 80, c)
        for x, w, h, c in [
            (0, 70, 70, "#c3d3ea"),
            (64, 50, 120, "#b4c8e6"),
            (120, 84, 60, "#c9d8ee"),
            (196, 44, 150, "#b4c8e6"),
            (246, 70, 90, "#c3d3ea"),
            (820, 70, 80, "#c3d3ea"),
            (884, 54, 140, "#b4c8e6"),
            (944, 84, 96, "#c9d8ee"),
            (1034, 48, 170, "#b4c8e6"),
            (1088, 112, 74, "#c3d3ea"),
        ]
    )
    crane = line(
        "M1000 420 L1000 150 M880 168 L1120 168 M1000 140 L910 166 M1000 140 L1100 166 M1000 140 L1000 168", RED, 5
    )
    crane += (
        line("M915 170 L915 236", NAVY, 2.5)
        + rect(903, 236, 24, 16, YELLOW, 2)
        + rect(1082, 168, 34, 20, NAVY, 2)
        + rect(990, 158, 22, 20, YELLOW, 3)
    )
    pupils = [
        # behind the circle: seen from the front
        person(
            398,
            520,
            size=0.72,
            skin=S4,
            hair=H_BLACK,
            style="curly",
            top=YELLOW,
            bottom=NAVY,
            pose="ground",
            look=1,
            left=(-40, -56),
            right=(38, -58),
        ),
        person(
            505,
            500,
            size=0.7,
            skin=S1,
            hair=H_RED,
            style="tail",
            top=WHITE,
            stripes=RED,
            bottom=NAVY,
            pose="ground",
            look=1,
            left=(-26, -54),
            right=(30, -54),
        ),
        person(
            612,
            494,
            size=0.7,
            skin=S3,
            hair=NAVY,
            style="scarf",
            top=CORAL,
            bottom=SLATE,
            pose="ground",
            look=1,
            left=(-30, -56),
            right=(40, -118),
        ),
        person(
            310,
            572,
            size=0.76,
            skin=S2,
            hair=H_BLOND,
            style="bob",
            top=GREEN,
            bottom=BROWN,
            pose="ground",
            look=1,
            left=(-36, -58),
            right=(34, -56),
        ),
        # in front: from behind
        person(
            430,
            655,
            size=0.86,
            skin=S5,
            hair=H_BLACK,
            style="afro",
            top=AZURE,
            bottom=NAVY,
            pose="ground",
            back=True,
            left=(-44, -56),
            right=(44, -56),
        ),
        person(
            570,
            662,
            size=0.88,
            skin=S2,
            hair=H_BROWN,
            style="short",
            top=RED,
            bottom=SLATE,
            pose="ground",
            back=True,
            left=(-44, -56),
            right=(44, -56),
        ),
        person(
            706,
            640,
            size=0.84,
            skin=S3,
            hair=H_BLACK,
            style="tail",
            top=BUTTER,
            bottom=GREEN,
            pose="ground",
            back=True,
            left=(-44, -56),
            right=(44, -56),
        ),
    ]
    board = (
        line("M812 590 L838 372 M980 590 L954 372 M896 380 L896 300", WOOD, 9)
        + rect(800, 330, 194, 152, WOOD, 6)
        + rect(810, 340, 174, 132, "#1f4d43", 3)
    )
    board += line("M836 440 L836 396 L872 374 L908 396 L908 440 Z M862 440 L862 414 L882 414 L882 440", WHITE, 4)
    board += line("M926 380 l40 0 M926 400 l30 0 M926 420 l36 0", BUTTER, 4) + circle(
        944, 440, 9, "none", f'stroke="{BUTTER}" stroke-width="4"'
    )
    return "".join(
        [
            f"<defs>{gradient('s', '#bfdcf5', '#fdf0d0')}{gradient('h', '#9cc98f', '#5d9f6b')}</defs>",
            rect(0, 0, 1200, 675, "url(#s)"), sun(700, 150, 46), cloud(880, 92, 0.8), cloud(560, 62, 0.6), bird(620, 210), bird(668, 190, 0.7),
            far, crane,
            path("M0 470 Q220 392 470 400 Q820 396 1200 500 L1200 675 L0 675 Z", "url(#h)"),
            path("M0 580 Q400 480 760 520 Q1000 540 1200 610 L1200 675 L0 675 Z", "#7fb97f", 'opacity=".55"'),
            shade(ellipse(420, 560, 380, 66, GREEN), 0.25),
            # the great tree
            path("M150 560 Q196 440 176 270 L236 270 Q232 440 290 560 Q236 544 216 566 Q190 546 150 560 Z", BROWN),
            line("M200 320 Q150 260 110 240 M214 300 Q260 230 330 210 M206 330 L206 210", BROWN, 22),
            *(circle(x, y, r, LEAF) for x, y, r in [(70, 200, 96), (180, 120, 118), (320, 130, 110), (430, 196, 82), (-10, 130, 90), (240, 220, 88), (120, 60, 90), (380, 70, 74)]),
            *(shade(circle(x, y, r, MOSS), 0.8) for x, y, r in [(150, 80, 60), (300, 92, 54), (40, 160, 46), (410, 170, 38), (230, 170, 36), (390, 60, 28)]),
            *(shade(circle(x, y, r, GREEN), 0.25) for x, y, r in [(120, 240, 50), (350, 210, 52), (250, 260, 44)]),
            *pupils[:4], board,
            person(748, 560, size=0.98, skin=S4, hair=H_BLACK, style="braids", top=YELLOW, bottom=NAVY, skirt=RED, pose="stand", look=-1, left=(-56, -100), right=(62, -146)),
            *pupils[4:],
            *(tuft(x, y) for x, y in [(1040, 600), (1110, 640), (880, 640), (60, 640), (250, 640), (1160, 590)]),
            *(flower(x, y, c) for x, y, c in [(980, 640, WHITE), (1010, 655, YELLOW), (120, 610, WHITE), (1080, 570, CORAL), (820, 655, CORAL)]),
        ]
    )  # fmt: skip


@scene
def chantier_ouvert() -> str:
    flats = [
        block_of_flats(0, 430, 190, 270, CORAL, columns=4, rows=6), block_of_flats(198, 430, 150, 200, CREAM, columns=3, rows=4),
        block_of_flats(860, 430, 150, 230, BUTTER, columns=3, rows=5), block_of_flats(1018, 430, 190, 300, AZURE, columns=4, rows=7),
    ]  # fmt: skip
    fresco = g(
        path("M-250 70 Q-150 -64 20 -50 Q240 -44 290 60 Q200 96 20 92 Q-160 98 -250 70 Z", YELLOW),
        path("M-190 60 Q-110 -30 0 -22 Q-60 40 -80 82 Q-140 80 -190 60 Z", RED),
        path("M30 84 Q40 -10 140 -26 Q236 -6 250 52 Q160 84 30 84 Z", BLUE),
        path("M-60 80 Q-40 20 20 0 Q50 30 40 84 Z", GREEN),
        circle(150, 26, 24, WHITE),
        star(150, 26, 15, YELLOW),
        circle(-120, 36, 16, BUTTER),
        leaf(-6, 66, 0.8, MOSS, 14),
        x=560,
        y=560,
    )
    bench = g(
        rect(-100, -62, 200, 14, WOOD, 4),
        rect(-100, -44, 200, 10, BROWN, 4),
        rect(-100, -104, 200, 13, WOOD, 4),
        rect(-100, -84, 200, 13, WOOD, 4),
        line("M-80 -46 L-86 0 M80 -46 L86 0 M-84 -112 L-80 -50 M84 -112 L80 -50", SLATE, 9),
        x=1000,
        y=560,
    )
    sapling = g(
        ellipse(0, 0, 62, 15, BROWN),
        ellipse(0, -4, 46, 9, "#5b3a22"),
        line("M0 -6 L0 -170", BROWN, 9),
        line("M0 -110 L-26 -140 M0 -96 L28 -128", BROWN, 5),
        circle(-26, -156, 30, LEAF),
        circle(26, -148, 32, LEAF),
        circle(0, -188, 36, LEAF),
        circle(-12, -196, 16, MOSS),
        circle(26, -156, 12, MOSS),
        x=196,
        y=590,
    )
    return "".join(
        [
            f"<defs>{gradient('s', '#aed3f3', '#fef2d8')}{gradient('p', '#efe3cb', '#dccaa6')}</defs>",
            rect(0, 0, 1200, 675, "url(#s)"), sun(640, 96, 40), cloud(430, 76, 0.7), cloud(870, 60, 0.55),
            mountain([(-60, 430), (120, 200), (230, 300), (400, 130), (560, 330), (700, 190), (850, 320), (1010, 160), (1260, 430)], "#8ea9cf", WHITE),
            mountain([(100, 430), (300, 320), (470, 390), (640, 280), (800, 380), (960, 300), (1200, 430)], "#6f9f8b"),
            *flats, poplar(396, 432, 0.8), poplar(822, 432, 0.9), tree(480, 432, 0.6), tree(740, 432, 0.66),
            rect(0, 424, 1200, 260, "url(#p)"), rect(0, 424, 1200, 12, STONE),
            *(line(f"M{600 + (x - 600) * 0.5:.0f} 438 L{x} 675", WHITE, 2, 'opacity=".5"') for x in range(-400, 1700, 150)),
            *(line(f"M0 {y} L1200 {y}", WHITE, 2, 'opacity=".5"') for y in (472, 528, 604)),
            person(668, 474, size=0.46, skin=S2, hair=H_GREY, style="bob", top=NAVY, skirt=SLATE, left=(-22, -96), right=(34, -70)),
            person(716, 474, size=0.46, skin=S5, hair=H_BLACK, style="short", top=GREEN, left=(-34, -70), right=(30, -84)),
            fresco,
            person(408, 620, size=0.86, skin=S4, hair=H_BLACK, style="bun", top=RED, bottom=NAVY, pose="kneel", turn=1, look=1, left=(26, -62), right=(82, -62), lean=14),
            line("M470 590 l26 -18", WOOD, 6), line("M492 576 l10 -7", YELLOW, 11),
            person(706, 585, size=0.86, skin=S1, hair=H_BLOND, style="side", top=AZURE, bottom=GREEN, pose="kneel", turn=-1, look=-1, left=(-78, -60), right=(-20, -66), lean=-14, apron=WHITE),
            line("M640 550 l-24 -14", WOOD, 6), line("M620 538 l-9 -6", BLUE, 11),
            person(570, 652, size=0.62, skin=S3, hair=H_BLACK, style="curly", top=YELLOW, bottom=BLUE, pose="kneel", turn=1, look=0, left=(-36, -64), right=(64, -66), lean=6),
            g(rect(-18, -34, 36, 34, SLATE, 4), ellipse(0, -34, 18, 6, RED), line("M-18 -34 Q0 -64 18 -34", NAVY, 3), x=330, y=632),
            g(rect(-16, -30, 32, 30, SLATE, 4), ellipse(0, -30, 16, 5, YELLOW), line("M-16 -30 Q0 -56 16 -30", NAVY, 3), x=786, y=618),
            sapling,
            person(96, 620, size=1.02, skin=S2, hair=H_GREY, style="crown", top=GREEN, bottom=BROWN, pose="stand", look=1, beard=H_GREY, left=(20, -92), right=(76, -100), glasses=True),
            person(306, 618, size=1.0, skin=S5, hair=ORANGE, style="scarf", top=BUTTER, bottom=NAVY, skirt=NAVY, look=-1, left=(-70, -110), right=(10, -90)),
            bench,
            person(892, 602, size=1.0, skin=S3, hair=YELLOW, style="helmet", top=NAVY, bottom=SLATE, pose="kneel", turn=1, look=1, left=(40, -74), right=(74, -96), lean=6),
            g(rect(-6, -10, 36, 15, YELLOW, 4), rect(-8, 0, 13, 26, NAVY, 3), line("M30 -3 l18 0", SLATE, 5), x=968, y=500),
            person(1112, 606, size=1.02, skin=S1, hair=H_BROWN, style="long", top=CORAL, bottom=BLUE, look=-1, left=(-58, -104), right=(-22, -92)),
        ]
    )  # fmt: skip


def produce(x: float, y: float, kind: str) -> str:
    def pile(colour: str, r: float, spots: list[tuple[float, float]], extra: str = "") -> str:
        return (
            "".join(
                circle(a, b, r, colour) + circle(a - r * 0.3, b - r * 0.35, r * 0.28, WHITE, 'opacity=".35"')
                for a, b in spots
            )
            + extra
        )

    spots = [(-36, -8), (-12, -8), (12, -8), (36, -8), (-24, -26), (0, -28), (24, -26), (-10, -42), (12, -42)]
    if kind == "tomato":
        inside = pile(RED, 14, spots)
    elif kind == "orange":
        inside = pile(ORANGE, 14, spots)
    elif kind == "apple":
        inside = pile(LEAF, 14, spots)
    elif kind == "aubergine":
        inside = "".join(
            ellipse(a, -20, 11, 26, "#54305c", f'transform="rotate({a} {a} -10)"') + ellipse(a, -44, 8, 6, GREEN)
            for a in (-34, -12, 12, 34)
        )
    elif kind == "carrot":
        inside = "".join(
            poly([(a - 9, -34), (a + 9, -34), (a, 6)], ORANGE)
            + line(f"M{a} -34 l-8 -18 M{a} -34 l0 -22 M{a} -34 l9 -18", GREEN, 4)
            for a in (-36, -18, 0, 18, 36)
        )
    else:
        inside = "".join(
            circle(a, b, 19, MOSS) + circle(a, b, 12, LEAF) + circle(a, b, 6, MOSS)
            for a, b in [(-32, -14), (4, -16), (36, -12), (-14, -36), (20, -38)]
        )
    crate = (
        rect(-58, -6, 116, 34, WOOD, 3)
        + line("M-54 6 L54 6 M-54 18 L54 18", BROWN, 2)
        + rect(-60, -10, 9, 40, BROWN, 2)
        + rect(51, -10, 9, 40, BROWN, 2)
    )
    return g(inside, crate, x=x, y=y)


@scene
def caisse_alimentaire() -> str:
    stripes = "".join(
        path(
            f"M{170 + i * 72} 96 L{242 + i * 72} 96 L{248 + i * 74 - 12} 190 Q{208 + i * 74 - 6} 216 {172 + i * 74 - 12} 190 Z",
            RED if i % 2 == 0 else WHITE,
        )
        for i in range(12)
    )
    coin = (
        circle(0, 0, 15, YELLOW)
        + circle(0, 0, 11, "none", f'stroke="{ORANGE}" stroke-width="2.5"')
        + text(0, 6, "€", 16, ORANGE)
    )

    def hand(x: float, y: float, skin: str, sleeve: str, turn: float) -> str:
        return g(
            rect(-22, -640, 44, 566, sleeve, 18), rect(-24, -88, 48, 24, sleeve, 10), rect(-15, -78, 30, 60, skin, 14), ellipse(0, -26, 21, 24, skin),
            line("M-13 -16 L-9 6 M-3 -12 L-1 10 M8 -14 L6 8", skin, 10), line("M18 -28 Q24 -14 14 -2", skin, 10), g(coin, x=0, y=17), x=x, y=y, turn=turn,
        )  # fmt: skip

    box = (
        path("M-190 0 L190 0 L176 120 L-176 120 Z", WOOD)
        + rect(-200, -14, 400, 30, "#d9aa76", 6)
        + rect(-70, -7, 140, 12, BROWN, 6)
    )
    box += line("M-178 46 L178 46 M-174 84 L174 84", BROWN, 3, 'opacity=".6"') + circle(0, 66, 34, CREAM)
    box += path("M0 84 Q-26 66 -18 52 Q-8 42 0 54 Q8 42 18 52 Q26 66 0 84 Z", RED)
    return "".join(
        [
            f"<defs>{gradient('s', '#cfe3f6', '#fdf1dc')}</defs>",
            rect(0, 0, 1200, 675, "url(#s)"), sun(70, 90, 40),
            block_of_flats(-20, 470, 160, 330, PINK, columns=3, rows=6), block_of_flats(1068, 470, 170, 370, BUTTER, columns=3, rows=7),
            rect(0, 450, 1200, 230, SAND), rect(0, 450, 1200, 10, STONE),
            rect(190, 120, 14, 400, BROWN), rect(996, 120, 14, 400, BROWN), rect(204, 190, 792, 250, NAVY, 0, 'opacity=".10"'),
            bunting(204, 232, 996, 232, 15, [YELLOW, GREEN, CORAL, BLUE], 12, 18),
            person(300, 500, size=1.02, skin=S4, hair=H_BLACK, style="hat", top=WHITE, apron=GREEN, look=1, left=(-30, -88), right=(44, -96)),
            person(556, 500, size=1.1, skin=S2, hair=H_RED, style="bun", top=YELLOW, apron=GREEN, look=1, left=(8, -112), right=(74, -116)),
            rect(176, 404, 560, 120, GREEN, 4), rect(168, 392, 576, 20, "#2a7a5b", 4), *(rect(196 + i * 108, 424, 92, 84, "#1f6c50", 4) for i in range(5)),
            produce(240, 380, "tomato"), produce(364, 380, "cabbage"), produce(488, 380, "carrot"),
            person(864, 560, size=1.12, skin=S5, hair=H_BLACK, style="afro", top=CORAL, bottom=NAVY, look=-1, left=(-86, -122), right=(-40, -104)),
            g(produce(0, 0, "orange"), x=706, y=384),
            person(996, 566, size=1.08, skin=S1, hair=H_WHITE, style="bob", top=AZURE, skirt=NAVY, bottom=S1, look=-1, glasses=True, left=(-34, -78), right=(30, -66)),
            g(rect(-24, -4, 48, 58, "#e6d3ad", 6), line("M-14 -4 Q0 -34 14 -4", BROWN, 4), circle(-8, -6, 11, LEAF), circle(10, -6, 10, RED), x=1030, y=500),
            person(1092, 574, size=0.78, skin=S3, hair=H_BROWN, style="curly", top=YELLOW, bottom=GREEN, look=-1, left=(-36, -120), right=(30, -70)),
            person(140, 566, size=1.08, skin=S3, hair=NAVY, style="scarf", top=BLUE, skirt=BLUE, bottom=NAVY, look=1, left=(-30, -76), right=(58, -102)),
            rect(164, 84, 880, 20, BROWN, 6), stripes,
            ellipse(560, 668, 250, 26, NAVY, 'opacity=".14"'), g(box, x=560, y=560),
            hand(450, 538, S1, BLUE, -78), hand(686, 538, S5, YELLOW, 79), hand(566, 540, S3, RED, -104),
        ]
    )  # fmt: skip


@scene
def village_breton() -> str:
    people = [
        (430, 505, .74, {"skin": S1, "hair": H_GREY, "style": "cap", "top": NAVY, "stripes": WHITE, "look": 1}),
        (512, 486, .72, {"skin": S4, "hair": H_BLACK, "style": "braids", "top": YELLOW, "skirt": GREEN, "left": (-34, -84), "right": (34, -120)}),
        (596, 478, .72, {"skin": S2, "hair": H_RED, "style": "long", "top": WHITE, "stripes": NAVY, "left": (-56, -112), "right": (56, -108)}),
        (682, 480, .72, {"skin": S5, "hair": H_BLACK, "style": "short", "top": CORAL, "glasses": True, "left": (-34, -76), "right": (30, -96)}),
        (768, 490, .74, {"skin": S1, "hair": H_WHITE, "style": "bun", "top": GREEN, "skirt": SLATE, "look": -1}),
        (846, 520, .78, {"skin": S3, "hair": RED, "style": "scarf", "top": BUTTER, "skirt": RED, "look": -1, "left": (-58, -106), "right": (30, -80)}),
        (360, 545, .8, {"skin": S2, "hair": H_BROWN, "style": "side", "top": YELLOW, "bottom": GREEN, "look": 1, "right": (58, -110), "left": (-32, -74)}),
        (446, 622, .92, {"skin": S3, "hair": H_BLACK, "style": "short", "top": BLUE, "back": True, "right": (46, -84)}),
        (574, 644, .96, {"skin": S1, "hair": H_BLOND, "style": "tail", "top": RED, "back": True, "left": (-36, -76)}),
        (706, 644, .96, {"skin": S5, "hair": H_BLACK, "style": "afro", "top": MOSS, "bottom": NAVY, "back": True, "right": (56, -104)}),
        (820, 618, .9, {"skin": S2, "hair": H_GREY, "style": "short", "top": NAVY, "bottom": BROWN, "back": True}),
    ]  # fmt: skip
    boat = (
        path("M-40 0 L40 0 L28 18 L-30 18 Z", RED)
        + line("M0 0 L0 -62", BROWN, 4)
        + poly([(4, -60), (36, -8), (4, -8)], WHITE)
        + poly([(-4, -50), (-28, -8), (-4, -8)], BUTTER)
    )
    lighthouse = (
        poly([(-16, 0), (16, 0), (11, -120), (-11, -120)], WHITE)
        + rect(-14, -60, 28, 22, RED)
        + rect(-13, -100, 26, 16, RED)
        + rect(-13, -128, 26, 10, NAVY, 2)
        + rect(-9, -146, 18, 18, YELLOW)
        + poly([(-13, -146), (13, -146), (0, -162)], RED)
    )
    return "".join(
        [
            f"<defs>{gradient('s', '#b7d8f2', '#fdeed2')}{gradient('m', '#5d9cc4', '#8cc4d6')}</defs>",
            rect(0, 0, 1200, 675, "url(#s)"), sun(610, 130, 44), cloud(420, 80, 0.7), cloud(820, 70, 0.8), bird(700, 190), bird(740, 172, .8), bird(500, 200, .7),
            rect(0, 320, 1200, 150, "url(#m)"), *(line(f"M{x} {y} q14 -7 28 0 q14 7 28 0", WHITE, 3, 'opacity=".6"') for x, y in [(420, 346), (560, 366), (690, 344), (480, 392), (640, 404), (760, 384)]),
            path("M700 326 Q760 292 850 300 L900 330 Z", "#6d8b6d"), g(lighthouse, x=800, y=304, scale=.8), g(boat, x=520, y=364, scale=.8), g(boat, x=660, y=346, scale=.5, flip=True),
            path("M0 440 Q300 408 600 424 Q900 408 1200 440 L1200 675 L0 675 Z", "#9cc48b"), path("M330 675 Q380 470 600 450 Q820 470 900 675 Z", SAND),
            house(-30, 470, 200, 150, wall="#c9c0b2", roof="#47546a", stones="#a99f90", door=BLUE), house(178, 462, 172, 104, wall="#d8d0c2", roof="#55627a", stones="#b5ab9b", door=GREEN),
            house(872, 462, 164, 108, wall="#d3cabb", roof="#55627a", stones="#b0a696", door=RED), house(1046, 474, 190, 158, wall="#c4bbad", roof="#47546a", stones="#a2988a", door=YELLOW),
            bush(350, 474, .7), bush(866, 474, .6), *(circle(x, y, 11, c) for x, y, c in [(24, 470, "#7f9fd6"), (46, 464, "#a9b7e6"), (66, 472, "#7f9fd6"), (1060, 474, CORAL), (1082, 468, "#e9a0a8"), (1102, 476, CORAL)]),
            shade(ellipse(604, 590, 250, 60, NAVY), .07),
            *(person(x, y, size=s, **who) for x, y, s, who in people),
            *(tuft(x, y) for x, y in [(60, 600), (140, 640), (250, 620), (980, 630), (1080, 600), (1150, 650), (30, 540)]), *(flower(x, y, c) for x, y, c in [(100, 560, YELLOW), (200, 580, WHITE), (1010, 570, WHITE), (1120, 560, YELLOW), (1060, 650, CORAL)]),
        ]
    )  # fmt: skip


@scene
def kit_fiches() -> str:
    colours = [NAVY, RED, GREEN, YELLOW, BLUE, CORAL, LEAF, ORANGE, "#7a4c86", "#2d7f8f"]
    cards = ""
    for i, colour in enumerate(colours):
        ink = NAVY if colour in {YELLOW, ORANGE} else WHITE
        icon = [
            circle(0, 0, 16, ink), poly([(-18, 14), (18, 14), (0, -18)], ink), star(0, 0, 20, ink), rect(-16, -16, 32, 32, ink, 6), leaf(0, 22, .9, ink),
            bubble(0, -4, 40, 26, ink, tail=-8), circle(0, 0, 15, "none", f'stroke="{ink}" stroke-width="7"'), line("M-16 0 L-4 12 L18 -14", ink, 8), line("M-16 -10 L16 -10 M-16 4 L16 4 M-16 18 L6 18", ink, 6), path("M0 18 Q-26 0 -18 -14 Q-8 -24 0 -12 Q8 -24 18 -14 Q26 0 0 18 Z", ink),
        ][i]  # fmt: skip
        card = (
            rect(-68, -440, 136, 220, NAVY, 14, 'opacity=".18" transform="translate(6 8)"') + rect(-68, -440, 136, 220, WHITE, 14) + rect(-61, -433, 122, 206, colour, 10)
            + text(-32 if i < 9 else -20, -384, str(i + 1), 44, ink) + g(icon, x=-34 if i < 9 else -4, y=-326 if i < 9 else -320, scale=0.8 if i < 9 else 1) + line("M-40 -268 L40 -268 M-40 -252 L22 -252", ink, 5, 'opacity=".55"')
        )  # fmt: skip
        cards += g(card, x=600, y=676, turn=-50 + i * 100 / 9, scale=1.24)
    cup = (
        ellipse(0, 44, 104, 30, NAVY, 'opacity=".15"')
        + ellipse(0, 34, 98, 30, WHITE)
        + ellipse(0, 30, 70, 19, SKY)
        + path("M-58 -40 L58 -40 Q54 36 26 38 L-26 38 Q-54 36 -58 -40 Z", RED)
        + ellipse(0, -40, 58, 17, PINK)
        + ellipse(0, -38, 48, 12, BROWN)
        + line("M56 -22 Q94 -24 84 2 Q74 22 46 16", RED, 12)
    )
    cup += line("M-18 -70 q-12 -16 0 -32 q12 -16 0 -32 M16 -70 q-12 -16 0 -32 q12 -16 0 -32", WHITE, 5, 'opacity=".8"')
    pencil = (
        rect(-14, -130, 28, 210, YELLOW)
        + rect(-5, -130, 10, 210, "#e0ac22")
        + rect(-14, -148, 28, 20, STONE)
        + rect(-14, -176, 28, 30, CORAL, 8)
        + poly([(-14, 80), (14, 80), (0, 128)], "#f3d9b5")
        + poly([(-5, 111), (5, 111), (0, 128)], NAVY)
    )
    return "".join(
        [
            f"<defs>{gradient('t', '#ecd5ae', '#d8b47f')}</defs>", rect(0, 0, 1200, 675, "url(#t)"),
            *(line(f"M0 {y} Q400 {y - 14} 700 {y + 6} T1200 {y}", "#c79a61", 3, 'opacity=".45"') for y in range(40, 675, 74)),
            cards, g(cup, x=128, y=566, scale=1.05), shade(g(pencil, x=1100, y=520, turn=24, scale=1.08), 1),
        ]
    )  # fmt: skip


@scene
def cooperation() -> str:
    spots = [
        (170, 610, 1.12, {"skin": S4, "hair": H_BLACK, "style": "afro", "top": YELLOW, "bottom": NAVY, "look": 1, "left": (-52, -170), "right": (56, -112)}),
        (385, 585, 1.08, {"skin": S1, "hair": H_GREY, "style": "crown", "top": GREEN, "bottom": BROWN, "beard": H_GREY, "glasses": True, "look": 1, "left": (-58, -120), "right": (52, -184)}),
        (600, 620, 1.16, {"skin": S3, "hair": RED, "style": "scarf", "top": RED, "skirt": NAVY, "bottom": NAVY, "left": (-60, -150), "right": (60, -150)}),
        (815, 585, 1.08, {"skin": S2, "hair": H_BLOND, "style": "long", "top": BLUE, "bottom": SLATE, "look": -1, "left": (-52, -184), "right": (58, -118)}),
        (1030, 610, 1.12, {"skin": S5, "hair": H_BLACK, "style": "curly", "top": CORAL, "bottom": GREEN, "look": -1, "left": (-56, -112), "right": (52, -170)}),
    ]  # fmt: skip
    hands = []
    for x, y, s, who in spots:
        for side, key in ((-1, "left"), (1, "right")):
            _, end = joint((side * 25.0, -131.0), who[key], 33, 33, 1)  # either bend: the hand is the same
            hands.append((x + end[0] * s, y + end[1] * s))
    sky_nodes = [(150, 190), (330, 110), (480, 230), (600, 90), (730, 236), (880, 116), (1050, 190), (600, 300)]
    threads = ""
    for a, b in zip(hands[1::2], hands[2::2], strict=False):
        threads += line(
            f"M{n(a[0])} {n(a[1])} Q{n((a[0] + b[0]) / 2)} {n(max(a[1], b[1]) + 50)} {n(b[0])} {n(b[1])}", RED, 5
        )
    for i, (hx, hy) in enumerate(hands):
        near = sorted(sky_nodes, key=lambda p: math.hypot(p[0] - hx, p[1] - hy))[:2]
        for nx, ny in near if i in {0, 2, 3, 4, 5, 6, 7, 9} else near[:1]:
            threads += line(f"M{n(hx)} {n(hy)} L{nx} {ny}", RED, 3.4)
    for a, b in [
        (0, 1),
        (1, 2),
        (1, 3),
        (3, 5),
        (4, 5),
        (5, 6),
        (2, 7),
        (4, 7),
        (3, 7),
        (2, 0),
        (4, 6),
        (2, 3),
        (3, 4),
    ]:
        threads += line(f"M{sky_nodes[a][0]} {sky_nodes[a][1]} L{sky_nodes[b][0]} {sky_nodes[b][1]}", RED, 3.4)
    knots = "".join(
        circle(x, y, 17, WHITE) + circle(x, y, 11, c)
        for (x, y), c in zip(sky_nodes, [YELLOW, GREEN, BLUE, RED, CORAL, YELLOW, GREEN, NAVY], strict=True)
    )
    return "".join(
        [
            f"<defs>{gradient('s', '#fdf3dc', '#fbe0c8')}</defs>", rect(0, 0, 1200, 675, "url(#s)"), circle(600, 330, 300, WHITE, 'opacity=".45"'), circle(600, 330, 220, BUTTER, 'opacity=".45"'),
            path("M0 590 Q300 540 600 560 Q900 540 1200 590 L1200 675 L0 675 Z", MOSS), path("M0 630 Q300 590 640 606 Q940 596 1200 636 L1200 675 L0 675 Z", LEAF),
            tree(50, 588, .8), tree(1150, 588, .84), threads, knots,
            *(person(x, y, size=s, **who) for x, y, s, who in spots), *(circle(x, y, 5, RED) for x, y in hands),
            *(flower(x, y, c) for x, y, c in [(280, 650, WHITE), (490, 655, YELLOW), (720, 652, WHITE), (920, 655, CORAL)]),
        ]
    )  # fmt: skip
