"""OFD files made by hand, to the letter of GB/T 33190: text where a test wants it."""

import io
import zipfile
from html import escape

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
WIDTH, HEIGHT = 210.0, 297.0  # mm
EM, PITCH, LEFT = 4.0, 6.5, 25.0
Text = tuple[float, float, float, int, str]  # x, baseline from above (mm), size, font (1, 2: bold)


def ofd(
    *pages: list[Text], drawn: str = "", template: list[Text] | None = None,
    attachments: tuple[str, ...] = (), sealed: bool = False, extra: dict[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """An OFD of pages; `drawn` is XML of more objects on every page, `template` stands on each."""
    parts = {
        "OFD.xml": f'<ofd:OFD {NS} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        "<ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        + ("<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>" if sealed else "")
        + "</ofd:DocBody></ofd:OFD>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/>'
        '<ofd:Font ID="2" FontName="黑体" FamilyName="黑体"/></ofd:Fonts></ofd:Res>',
    }
    listed = "".join(
        f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    used = '<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    files = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if attachments else ""
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{used}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{files}</ofd:Document>"
    )
    if attachments:
        parts["Doc_0/Attachs/Attachments.xml"] = (
            f"<ofd:Attachments {NS}>"
            + "".join(
                f'<ofd:Attachment ID="{90 + n}" Name="{name}"><ofd:FileLoc>a{n}</ofd:FileLoc>'
                "</ofd:Attachment>"
                for n, name in enumerate(attachments)
            )
            + "</ofd:Attachments>"
        )
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(template, "")
    for n, page in enumerate(pages):
        at = '<ofd:Template TemplateID="5"/>' if template else ""
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = _page(page, drawn, at)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, xml in parts.items():
            archive.writestr(path, HEAD + xml)
        for path, data in (extra or {}).items():
            archive.writestr(path, data)
    return file.getvalue()


def _page(texts: list[Text], drawn: str, template: str = "") -> str:
    objects = "".join(text_object(*text) for text in texts)
    return (
        f"<ofd:Page {NS}>{template}<ofd:Content><ofd:Layer ID='50'>{objects}{drawn}</ofd:Layer>"
        "</ofd:Content></ofd:Page>"
    )


def text_object(x: float, y: float, size: float, font: int, text: str, ctm: str = "") -> str:
    """A row of text: its boundary around it, its characters a step apart."""
    steps = " ".join(f"{size if ord(char) > 0x2000 else size / 2:g}" for char in text[:-1])
    width = size * len(text)
    return (
        f'<ofd:TextObject ID="60" Boundary="{x} {y - size} {width} {1.2 * size}" Font="{font}" '
        f'Size="{size}"{f" CTM={ctm!r}" if ctm else ""}><ofd:TextCode X="0" Y="{size}" '
        f'DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn line."""
    return (
        f'<ofd:PathObject ID="70" Boundary="{x0} {y0} {max(x1 - x0, 0.3)} {max(y1 - y0, 0.3)}" '
        f'LineWidth="0.2"><ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
    )


def rows(texts: list[str], chars: int = 38, x: float = LEFT, y: float = 45) -> list[Text]:
    """Paragraphs with an indent of two characters, wrapped at `chars` characters."""
    found: list[Text] = []
    for text in texts:
        starts = [0, *range(chars - 2, len(text), chars)]
        for n, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
            indent = 2 * EM if n == 0 else 0
            found.append((x + indent, y, EM, 1, text[start:end]))
            y += PITCH
    return found
