#!/usr/bin/env python3
"""Draws docs/pictures/growth.svg from the table "Growth" of docs/measurements.md: p95 in ms and MiB against listings, both axes logarithmic."""
import math
import pathlib
import re

root = pathlib.Path(__file__).resolve().parent.parent
text = (root / "docs/measurements.md").read_text(encoding="utf-8")
section = re.search(r"^### Growth\n(.*?)(?=^#|\Z)", text, re.M | re.S)
rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.group(1).splitlines() if line.startswith("|")]
listings = [int(cell.replace(",", "")) for cell in rows[0][1:]]
series = [(row[0], [float(cell.replace(",", "")) if cell else None for cell in row[1:]]) for row in rows[2:]]

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 440, 70, 20, 290, 50
values = [v for _, row in series for v in row if v]
low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
first, last = math.log10(listings[0]), math.log10(listings[-1])
x = lambda n: LEFT + (math.log10(n) - first) / max(last - first, 1e-9) * (WIDTH - LEFT - RIGHT)
y = lambda v: HEIGHT - BOTTOM - (math.log10(v) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13" role="img" aria-label="Growth with the number of listings">',
       f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
for power in range(low, high + 1):
    out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(10 ** power):.1f}" y2="{y(10 ** power):.1f}" stroke="#ddd"/><text x="{LEFT - 8}" y="{y(10 ** power) + 4:.1f}" text-anchor="end">{10 ** power:g}</text>')
for n in listings:
    out.append(f'<line x1="{x(n):.1f}" x2="{x(n):.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/><text x="{x(n):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{n:,}</text>')
colours = ["#0b5672", "#b4541a", "#4a7a1e", "#7a3b8f", "#a12020", "#555"]
for i, (name, row) in enumerate(series):
    points = [(x(n), y(v)) for n, v in zip(listings, row) if v]
    dash = ' stroke-dasharray="6 4"' if "Elasticsearch" in name else ""
    out.append(f'<polyline fill="none" stroke="{colours[i % len(colours)]}" stroke-width="2"{dash} points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in points)}"/>')
    out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colours[i % len(colours)]}"/>' for a, b in points]
    out.append(f'<text x="{WIDTH - RIGHT + 14}" y="{TOP + 18 + 22 * i}" fill="{colours[i % len(colours)]}">{name}</text>')
out.append("</svg>")
(root / "docs/pictures/growth.svg").write_text("\n".join(out) + "\n", encoding="utf-8")
