"""The parts of an empty deck in the words of the format, ECMA-376: what master.py puts together."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape as _escape

from samspill.face.deck.look import (
    BAD,
    EMU,
    FJORD,
    GOOD,
    HIGH,
    INK,
    INK_2,
    INK_3,
    LINE,
    NAMED,
    PAPER,
    TEXT_FACE,
    THREAD,
    TITLE_FACE,
    WARN,
    WIDE,
    Box,
    Style,
)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the table style without lines of its own
NUMBER_FIELD = (
    '<a:p><a:fld id="{6A1F4E0C-5C41-4C8B-9A0E-2B6D3A7C1E55}" type="slidenum"><a:rPr/>'
    "<a:t>‹#›</a:t></a:fld><a:endParaRPr/></a:p>"
)
BACKGROUND = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
COLOUR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)


def escape(text: str) -> str:
    """As it stands in a file; what XML has no place for is left out, wherever it came from."""
    return _escape(_ILLEGAL.sub("", text), {'"': "&quot;"})


def colour(said: str) -> str:
    """By its name in the theme where it has one."""
    if said in NAMED:
        return f'<a:solidFill><a:schemeClr val="{NAMED[said]}"/></a:solidFill>'
    return f'<a:solidFill><a:srgbClr val="{said}"/></a:solidFill>'


def leading(style: Style) -> str:
    return (
        f'<a:lnSpc><a:spcPts val="{round(style.line * 100)}"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
    )


def characters(style: Style) -> str:
    face = "+mj-lt" if style.is_title else "+mn-lt"
    return (
        f'<a:defRPr sz="{round(style.size * 100)}" b="{int(style.bold)}" i="{int(style.italic)}">'
        f'{colour(style.colour)}<a:latin typeface="{face}"/></a:defRPr>'
    )


def tree(shapes: str) -> str:
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>'
        f"</a:xfrm></p:grpSpPr>{shapes}</p:spTree>"
    )


def placeholder(at: int, name: str, sort: str, box: Box, anchor: str, style: str, text: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{at}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {sort}/></p:nvPr></p:nvSpPr><p:spPr>{frame(box)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/>'
        f"</a:bodyPr>{style}{text}</p:txBody></p:sp>"
    )


def frame(box: Box) -> str:
    x, y, wide, high = (round(each * EMU) for each in (box.x, box.y, box.wide, box.high))
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'


def text_styles(title: Style, body: Style) -> str:
    def levels(style: Style) -> str:
        return "".join(
            f'<a:lvl{level}pPr marL="{(level - 1) * 228600}" indent="0" algn="l">{leading(style)}<a:buNone/>'
            f"{characters(style)}</a:lvl{level}pPr>"
            for level in range(1, 6)
        )

    one = f'<a:lvl1pPr algn="l">{leading(title)}<a:buNone/>{characters(title)}</a:lvl1pPr>'
    return (
        f"<p:txStyles><p:titleStyle>{one}</p:titleStyle><p:bodyStyle>{levels(body)}</p:bodyStyle>"
        f"<p:otherStyle>{levels(body)}</p:otherStyle></p:txStyles>"
    )


def notes_master(namespaces: str, hint: str) -> str:
    picture = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
        'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr>'
        '<a:xfrm><a:off x="685800" y="914400"/><a:ext cx="5486400" cy="3086100"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350">'
        f"{colour(LINE)}</a:ln></p:spPr></p:sp>"
    )
    text = (
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        '<p:ph type="body" sz="quarter" idx="3"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" '
        'y="4343400"/><a:ext cx="5486400" cy="4114800"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>"
        f"<a:p><a:r><a:rPr/><a:t>{escape(hint)}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    return (
        f"<p:notesMaster {namespaces}><p:cSld>{BACKGROUND}{tree(picture + text)}</p:cSld>{COLOUR_MAP}"
        '<p:notesStyle><a:lvl1pPr marL="0" algn="l"><a:spcAft><a:spcPts val="600"/></a:spcAft>'
        f'<a:defRPr sz="1200">{colour(INK)}<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:notesStyle>'
        "</p:notesMaster>"
    )


def parts(layouts: list[str], master: str, notes: str) -> dict[str, str]:
    """Everything the package holds, by the name of the part."""
    numbers = range(1, len(layouts) + 1)
    to_master = _links(("slideMaster", "../slideMasters/slideMaster1.xml"))
    to_layouts = [("slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in numbers]
    said = {
        "[Content_Types].xml": _types(numbers),
        "_rels/.rels": _links(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": _presentation(),
        "ppt/_rels/presentation.xml.rels": _links(
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ),
        "ppt/tableStyles.xml": f'<a:tblStyleLst xmlns:a="{_DRAWING}" def="{NO_GRID}"/>',
        "ppt/slideMasters/slideMaster1.xml": master,
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _links(*to_layouts, ("theme", "../theme/theme1.xml")),
        "ppt/notesMasters/notesMaster1.xml": notes,
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": _links(("theme", "../theme/theme2.xml")),
        "ppt/theme/theme1.xml": _theme(),
        "ppt/theme/theme2.xml": _theme(),
    }
    for number, layout in zip(numbers, layouts, strict=True):
        said[f"ppt/slideLayouts/slideLayout{number}.xml"] = layout
        said[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = to_master
    return {name: _DECLARED + text for name, text in said.items()}


def _links(*links: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(links, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _types(numbers: range) -> str:
    deck = f"{_KIND}.presentationml"
    overrides = {
        "/ppt/presentation.xml": f"{deck}.presentation.main+xml",
        "/ppt/tableStyles.xml": f"{deck}.tableStyles+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{deck}.slideMaster+xml",
        "/ppt/notesMasters/notesMaster1.xml": f"{deck}.notesMaster+xml",
        "/ppt/theme/theme1.xml": f"{_KIND}.theme+xml",
        "/ppt/theme/theme2.xml": f"{_KIND}.theme+xml",
        **{f"/ppt/slideLayouts/slideLayout{n}.xml": f"{deck}.slideLayout+xml" for n in numbers},
    }
    each = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{each}</Types>'
    )


def _presentation() -> str:
    return (
        f'<p:presentation xmlns:a="{_DRAWING}" '
        f'xmlns:r="{_OFFICE}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        '</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        "<p:sldIdLst/>"
        f'<p:sldSz cx="{round(WIDE * EMU)}" cy="{round(HIGH * EMU)}"/><p:notesSz cx="6858000" cy="9144000"/>'
        "</p:presentation>"
    )


def _theme() -> str:
    slots = {
        "dk1": INK,
        "lt1": PAPER,
        "dk2": INK_2,
        "lt2": LINE,
        "accent1": FJORD,
        "accent2": THREAD,
        "accent3": GOOD,
        "accent4": WARN,
        "accent5": BAD,
        "accent6": INK_3,
        "hlink": FJORD,
        "folHlink": INK_2,
    }
    colours = "".join(f'<a:{slot}><a:srgbClr val="{said}"/></a:{slot}>' for slot, said in slots.items())
    faces = "".join(
        f'<a:{slot}Font><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{slot}Font>'
        for slot, face in (("major", TITLE_FACE), ("minor", TEXT_FACE))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="Samspill">'
        f'<a:themeElements><a:clrScheme name="Samspill">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Samspill">{faces}</a:fontScheme><a:fmtScheme name="Samspill">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
