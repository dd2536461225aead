"""PDF files made by hand: text where a test wants it, in fonts that every reader has."""

from itertools import count

WIDTH, HEIGHT = 595, 842
LEFT, EM, PITCH = 80, 10, 16
Text = tuple[float, float, float, str, str]  # x, y from above, size, font (F1 or bold F2), text


def pdf(*pages: list[Text], drawn: str = "", trailer: str = "") -> bytes:
    """A PDF of pages with text in fonts that every reader has; `drawn` goes onto every page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    for name in ("STSong-Light", "SimHei-Bold"):
        at = len(objects) + 1
        objects += [
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/UniGB-UTF16-H"
            f"/DescendantFonts[{at + 1} 0 R]>>",
            f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}/DW 1000/W[1 95 500]"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
            f"/FontDescriptor {at + 2} 0 R>>",
            f"<</Type/FontDescriptor/FontName/{name}/Flags 6/Ascent 880/Descent -120"
            "/CapHeight 880/StemV 80/ItalicAngle 0/FontBBox[0 -120 1000 880]>>",
        ]
    at = len(objects) + 1  # F3: a font whose codes nothing names
    objects += [
        "<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H"
        f"/DescendantFonts[{at + 1} 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Nameless/DW 1000/CIDToGIDMap/Identity"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {at + 2} 0 R>>",
        "<</Type/FontDescriptor/FontName/Nameless/Flags 4/Ascent 880/Descent -120"
        "/CapHeight 880/StemV 80/ItalicAngle 0/FontBBox[0 -120 1000 880]>>",
    ]
    kids = []
    for page in pages:
        stream = drawn + "".join(
            f" BT /{font} {size} Tf {x} {HEIGHT - y} Td <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, y, size, font, text in page
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R/F2 6 0 R/F3 9 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out = "%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    xref = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{xref}{end}".encode("ascii")


def rows(texts: list[str], chars: int, x: float = LEFT, y: float = 120) -> list[Text]:
    """Paragraphs with an indent of two characters, wrapped at `chars` characters."""
    result: list[Text] = []
    heights = count(int(y), PITCH)
    for text in texts:
        result.append((x + 2 * EM, next(heights), EM, "F1", text[: chars - 2]))
        for start in range(chars - 2, len(text), chars):
            result.append((x, next(heights), EM, "F1", text[start : start + chars]))
    return result


def placed(text: str, matrix: str, size: float = 12, font: str = "F1") -> str:
    """A row of text under a matrix, to be drawn onto a page."""
    return f" BT /{font} {size} Tf {matrix} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def table(
    cells: list[list[str]], sides: list[float], top: float, pitch: float = 20, size: float = 10
) -> list[Text]:
    """The cells of a table, each behind the left side of its column."""
    return [
        (x + 4, top + pitch * n + 14, size, "F1", text)
        for n, row in enumerate(cells)
        for x, text in zip(sides, row, strict=False)
        if text
    ]


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn line; heights from above."""
    return f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S "
