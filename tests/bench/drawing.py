"""How fast is a network drawn, beside other programs that draw the same graph?

usage: /usr/bin/python3 tests/bench/drawing.py

2,000 people and 20,000 ties on 180 x 150 mm, PNG at 300 dpi. Ours twice: the chart as `draw
network` has it, from the layout to the file, and a plain page with every tie as a mark of its
own. Others draw every tie, without names, from places that are given: graph-tool's graph_draw
and Graphviz' neato -n. A limit that is missed is said, and the exit is 1."""
import os
import random
import subprocess
import sys
import tempfile
import time

import layout

WIDTH, HEIGHT = 510, 425                # pt
SECONDS = {"png": 3, "svg": 2, "pdf": 2}
BYTES = {"svg": 10e6, "pdf": 10e6}
missed = False


def row(who, what, seconds, size, limit="", most=""):
    global missed
    late = (limit and seconds > limit) or (most and size > most)
    missed |= bool(late)
    goal = f"goal: {limit} s" + (f", {most / 1e6:.0f} MB" if most else "") if limit else ""
    print(f"  {who:<26}{what:<26}{seconds:>8.2f} s{size / 1e6:>9.2f} MB   {goal}"
          f"{'   MISSED' if late else ''}", flush=True)


def ours(arcs, folder):
    files = [os.path.join(folder, f"ours.{ending}") for ending in SECONDS]
    text = "".join(f"{a} {b} {m}\n" for a, b, m in arcs)
    out = subprocess.run([layout.OURS, str(WIDTH), str(HEIGHT), *files], input=text, text=True,
                         capture_output=True, check=True).stdout
    for line in out.splitlines():
        kind, seconds, size, path = line.split()
        ending = path.rsplit(".", 1)[1]
        row("epistograph", f"{ending}, {'the chart' if kind == 'chart' else 'every tie'}",
            float(seconds), int(size), SECONDS[ending], BYTES.get(ending, ""))


def with_graph_tool(count, pairs, places, path):
    graph_tool = layout.graph_tool_draw()
    graph = graph_tool.Graph(directed=False)
    graph.add_vertex(count)
    graph.add_edge_list(pairs)
    position = graph.new_vertex_property("vector<double>")
    position.set_2d_array(places.T)
    start = time.monotonic()
    graph_tool.draw.graph_draw(graph, pos=position, output=path, vertex_size=8, edge_pen_width=1.6,
                               output_size=(WIDTH * 300 // 72, HEIGHT * 300 // 72))
    return time.monotonic() - start


def with_graphviz(count, pairs, places, path):
    text = "graph { dpi=300; node [shape=point, width=0.03]; edge [penwidth=0.4];\n"
    text += "".join(f'{v} [pos="{x:.2f},{y:.2f}"];\n' for v, (x, y) in enumerate(places))
    text += "".join(f"{a}--{b};\n" for a, b in pairs) + "}\n"
    start = time.monotonic()
    subprocess.run(["neato", "-n", f"-T{path.rsplit('.', 1)[1]}", "-o", path], input=text, text=True,
                   check=True, capture_output=True)
    return time.monotonic() - start


def main():
    arcs = random.Random(7).sample(layout.block_model(2000, 100, 22, 2, 7)[0], 20000)
    pairs, weights = layout.simple(arcs)
    count = int(pairs.max()) + 1
    print(f"{count:,} people, {len(pairs):,} ties")
    with tempfile.TemporaryDirectory() as folder:
        ours(arcs, folder)
        places = layout.scaled(layout.with_sfdp(count, pairs, weights))
        for who, draw in ("graph-tool graph_draw", with_graph_tool), ("Graphviz neato -n", with_graphviz):
            for ending in SECONDS:
                path = os.path.join(folder, f"theirs.{ending}")
                try:
                    seconds = draw(count, pairs, places, path)
                except (ImportError, OSError) as absent:
                    print(f"  {who}: left out: {absent}", file=sys.stderr)
                    break
                row(who, f"{ending}, every tie", seconds, os.path.getsize(path))
    return missed


if __name__ == "__main__":
    sys.exit(main())
