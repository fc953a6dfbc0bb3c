#!/usr/bin/python3
"""Makes the fonts of printed documents: tools/print-fonts.py FOLDER, where FOLDER has NotoSansCJKsc-{Regular,Bold}.subset.otf; the result lies in fonts/.

Needs fontTools (Debian: fonttools). Regular is split into the characters that bold has too and all others, so that each file stays small and most documents need one; the
outlines become quadratic (TrueType, within one thousandth of an em), because Skia embeds those as fonts and cubic ones only as drawings of single characters. Tables for
setting text upright and for optional forms are left out.
"""
import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

WITHIN = 1.0  # of 1000 units to the em
LEFT_OUT = ["VORG", "vhea", "vmtx", "GSUB", "GPOS", "BASE", "GDEF", "DSIG"]


def cut(source, characters):
    options = subset.Options()
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += LEFT_OUT
    options.hinting = False
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    kept = io.BytesIO()
    subset.save_font(font, kept, options)
    kept.seek(0)
    return TTFont(kept, recalcTimestamp=False)


def quadratic(font):
    order, outlines, glyphs = font.getGlyphOrder(), font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, WITHIN, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    for name in order:
        glyphs[name].recalcBounds(table)
        font["hmtx"].metrics[name] = (font["hmtx"].metrics[name][0], getattr(glyphs[name], "xMin", 0))
    font["maxp"] = most = newTable("maxp")
    most.tableVersion, most.numGlyphs, most.maxZones = 0x00010000, len(order), 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions", "ComponentElements", "ComponentDepth",
                  "Points", "Contours", "CompositePoints", "CompositeContours"):
        setattr(most, "max" + field, 0)
    names = font["post"]
    names.formatType, names.extraNames, names.mapping, names.glyphOrder = 3.0, [], {}, order
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"
    return font


if __name__ == "__main__":
    folder, target = Path(sys.argv[1]), Path(__file__).resolve().parent.parent / "fonts"
    regular, bold = folder / "NotoSansCJKsc-Regular.subset.otf", folder / "NotoSansCJKsc-Bold.subset.otf"
    common = set(TTFont(bold).getBestCmap())
    for name, source, characters in (
        ("Regular", regular, common),
        ("Regular-Rare", regular, set(TTFont(regular).getBestCmap()) - common),
        ("Bold", bold, common),
    ):
        quadratic(cut(source, characters)).save(target / f"NotoSansSC-{name}.ttf")
