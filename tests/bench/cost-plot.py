#!/usr/bin/env python3
"""Draws what tests/bench/leaderboard.sh measured, as an SVG of four panels with straight scales. usage: cost-plot.py ROWS SVG"""
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP, ROOM = 380, 260, 56, 40, 34
COLOURS = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#8c564b"]
PANELS = [
    ("works", "Works in the list", ["git cat-file", "cold", "unchanged", "one commit more", "a fork more"]),
    ("files", "Files of one work", ["git cat-file", "cold"]),
    ("commits", "Commits behind one work", ["git cat-file", "cold"]),
    ("re-audits", "Commits audited one after another", [None, "audit"]),
]


def read_rows(path):
    rows = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            kind, size, *times = line.rstrip("\n").split("\t")
            rows.setdefault(kind, []).append((int(size), [int(time) for time in times]))
    return rows


def ticks(most):
    """Round steps, at most five of them."""
    step = 1
    while most / step > 5:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return [step * i for i in range(int(most // step) + 1)]


def panel(column, row, title, names, rows):
    x0, y0 = column * (WIDTH + LEFT + 20) + LEFT, row * (HEIGHT + TOP + ROOM) + TOP
    sizes = [size for size, _ in rows]
    low, high = min(sizes), max(max(sizes), min(sizes) + 1)
    most = max(time for _, times in rows for time in times) or 1
    across = lambda size: x0 + (size - min(low, 0)) / (high - min(low, 0)) * (WIDTH - 90)
    up = lambda time: y0 + HEIGHT - time / most * HEIGHT
    out = [f'<text x="{x0}" y="{y0 - 14}" class="title">{escape(title)}</text>']
    for time in ticks(most):
        out.append(f'<line x1="{x0}" x2="{x0 + WIDTH - 90}" y1="{up(time):.1f}" y2="{up(time):.1f}" class="grid"/>')
        out.append(f'<text x="{x0 - 6}" y="{up(time) + 4:.1f}" text-anchor="end">{time}</text>')
    for size in sizes:
        out.append(f'<text x="{across(size):.1f}" y="{y0 + HEIGHT + 16}" text-anchor="middle">{size}</text>')
    labels = []
    for i, name in enumerate(names):
        if name is None:
            continue
        points = " ".join(f"{across(size):.1f},{up(times[i]):.1f}" for size, times in rows)
        out.append(f'<polyline points="{points}" stroke="{COLOURS[i]}"/>')
        out += [f'<circle cx="{across(size):.1f}" cy="{up(times[i]):.1f}" r="2.5" fill="{COLOURS[i]}"/>' for size, times in rows]
        labels.append([up(rows[-1][1][i]), name, COLOURS[i]])
    bottom = y0 + HEIGHT + 4
    for label in sorted(labels, reverse=True):  # from below, none upon another
        bottom = min(label[0] + 4, bottom)
        out.append(f'<text x="{x0 + WIDTH - 84}" y="{bottom:.1f}" fill="{label[2]}">{escape(label[1])}</text>')
        bottom -= 13
    return out


def main(rows_path, svg_path):
    rows = read_rows(rows_path)
    width, height = 2 * (WIDTH + LEFT + 20), 2 * (HEIGHT + TOP + ROOM)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11" role="img">',
        "<title>What a leaderboard costs, in milliseconds</title>",
        "<style>.title{font-size:13px;font-weight:bold}.grid{stroke:#ddd}polyline{fill:none;stroke-width:1.5}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for i, (kind, title, names) in enumerate(PANELS):
        if kind in rows:
            out += panel(i % 2, i // 2, title + " (ms)", names, rows[kind])
    out.append("</svg>")
    with open(svg_path, "w", encoding="utf-8") as svg:
        svg.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
