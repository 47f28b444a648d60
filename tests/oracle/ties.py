"""Compare the charts of ties with the graph they are drawn from.

usage: ties.py matrix|by-ties|communities|flow|ego GRAPH.json FIGURE.svg [ADDRESS of the ego]

Who is in a chart, in which order, and every number at its marks are reckoned again from
the nodes and links. Prints what differs; exit status 1 if anything does.
"""
import json
import re
import sys
from collections import Counter, defaultdict
from itertools import combinations, groupby, permutations
from math import hypot, log
from xml.etree import ElementTree

import differences
from differences import expect

SVG = "{http://www.w3.org/2000/svg}"


def numbers(text):
    return [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)]


class Graph:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.data = json.load(file)
        self.nodes = {int(node["id"][1:]): node for node in self.data["nodes"]}
        self.arcs = {}
        self.strength, self.sent, self.received = Counter(), Counter(), Counter()
        for link in self.data["links"]:
            a, b, n = int(link["source"][1:]), int(link["target"][1:]), link["messages"]
            self.arcs[a, b] = n
            self.sent[a] += n
            self.received[b] += n
            for v in (a, b):
                self.strength[v] += link["weight"]

    def community(self, vertex):
        return self.nodes[vertex]["community"]

    def pairs(self):
        return {frozenset(pair) for pair in self.arcs}


class Figure:
    def __init__(self, path):
        self.tree = ElementTree.parse(path)
        self.groups = [g for g in self.tree.iter(SVG + "g") if g.get("id")]
        self.subtitle = " ".join(t.text for g in self.groups if g.get("id") == "frame-subtitle"
                                 for t in g.iter(SVG + "text"))

    def marks(self, pattern):
        """Of each mark the numbers in its id, its title, its element."""
        for group in self.groups:
            found = re.fullmatch(pattern, group.get("id"))
            if found:
                title = group.find(SVG + "title")
                yield tuple(int(n) for n in found.groups()), title.text if title is not None else "", group


def last_number(title):
    """Of "Ann to 007: 12 messages" 12."""
    return numbers(title.rsplit(": ", 1)[1])[0]


def check_cells(figure, reckoned):
    drawn = {ids: last_number(title) for ids, title, _ in figure.marks(r"cell-(\d+)-(\d+)")}
    expect("cells", drawn, {ids: n for ids, n in reckoned.items() if n})


def arrangement(graph, rows, groups, size):
    """The communities that have a group in the order whose ties are shortest, all tried."""
    rest = sorted(c for c in size if c not in groups)
    if len(rest) == 1:          # alone it is a group like others
        groups = groups + rest
    weights = Counter()
    for (a, b), n in graph.arcs.items():
        if {a, b} <= set(rows):
            weights[frozenset((graph.community(a), graph.community(b)))] += log(1 + n)
    pairs = [(c, d, weights[frozenset((c, d))]) for c, d in combinations(groups, 2)
             if weights[frozenset((c, d))]]

    def cost(order):
        middles, start = {}, 0
        for c in order:
            middles[c] = start + size[c] / 2
            start += size[c]
        return sum(weight * abs(middles[c] - middles[d]) for c, d, weight in pairs)

    drawn = list(dict.fromkeys(c for c in map(graph.community, rows) if c in groups))
    least = min(cost(order) for order in permutations(groups) if order[0] <= order[-1])
    expect("communities with short ties", cost(drawn) <= least * (1 + 1e-9), True)
    expect("of both ways the one that begins with the larger", drawn[0] <= drawn[-1], True)
    return drawn


def expect_short(graph, rows):
    """No one row of a community would make its ties shorter elsewhere in it."""
    def weight(v, w):
        return log(1 + graph.arcs.get((v, w), 0)) + log(1 + graph.arcs.get((w, v), 0))

    def cost(order):
        return sum(weight(v, w) * (j - i) for (i, v), (j, w) in combinations(enumerate(order), 2))

    drawn = cost(rows)
    for i, row in enumerate(rows):
        others = rows[:i] + rows[i + 1:]
        least = min(cost(others[:j] + [row] + others[j:]) for j in range(len(rows)))
        if least < drawn - 1e-6:
            expect(f"ties with {row} elsewhere", least, drawn)


def check_by_ties(graph, figure):
    check_matrix(graph, figure, by_ties=True)


def check_matrix(graph, figure, by_ties=False):
    rows = [ids[0] for ids, _, _ in figure.marks(r"name-(\d+)")]
    here = set(rows)
    by_rank = sorted(graph.nodes, key=lambda v: graph.nodes[v]["rank"])
    expect("people", here, set(by_rank[:len(rows)]))
    check_cells(figure, {pair: n for pair, n in graph.arcs.items() if here.issuperset(pair)})
    size = Counter(graph.community(v) for v in rows)
    groups = [c for c in sorted(size) if size[c] >= 2][:8]
    order = arrangement(graph, rows, groups, size)

    def group(v):
        return order.index(graph.community(v)) if graph.community(v) in order else len(order)

    if by_ties:
        expect("groups", [group(v) for v in rows], sorted(map(group, rows)))
        for _, here_too in groupby(rows, group):
            expect_short(graph, list(here_too))
    else:
        expect("rows", rows, sorted(rows, key=lambda v: (
            group(v), graph.community(v), -graph.strength[v], graph.nodes[v]["rank"])))
    for word, sums, index in (("sent", graph.sent, 0), ("received", graph.received, 1)):
        for (v,), title, _ in figure.marks(word + r"-(\d+)"):
            inside = sum(n for pair, n in graph.arcs.items()
                         if pair[index] == v and here.issuperset(pair))
            expect(f"{word} of {v}", numbers(title.rsplit(": ", 1)[1]),
                   [sums[v]] + ([inside] if inside < sums[v] else []))
    shown = sum(n for pair, n in graph.arcs.items() if here.issuperset(pair))
    ties = sum(here.issuperset(pair) for pair in graph.pairs())
    for words in (f"{len(rows)} of {len(graph.nodes)} people", f"{ties} of {len(graph.pairs())} tied",
                  f"{shown:,} of {sum(graph.arcs.values()):,} messages"):
        expect(f"subtitle has '{words}'", words in figure.subtitle, True)


def between(graph, named):
    """Messages between communities, 0 for all that are not named."""
    cells = defaultdict(int)
    for (a, b), n in graph.arcs.items():
        cells[tuple(c if c in named else 0 for c in (graph.community(a), graph.community(b)))] += n
    return cells


def check_communities(graph, figure):
    rows = [ids[0] for ids, _, _ in figure.marks(r"name-(\d+)")]
    expect("rows", rows[:-1], list(range(1, len(rows))))
    cells = between(graph, set(rows))
    check_cells(figure, cells)
    expect("sum", sum(last_number(title) for _, title, _ in figure.marks(r"cell-(\d+)-(\d+)")),
           sum(graph.arcs.values()))


def centre_of(mark, which):
    circle = list(mark.iter(SVG + "circle"))[which]
    return float(circle.get("cx")), float(circle.get("cy"))


def check_ego(graph, figure, address):
    ego = next(v for v, node in graph.nodes.items() if node["address"] == address)
    to = {b: n for (a, b), n in graph.arcs.items() if a == ego}
    back = {a: n for (a, b), n in graph.arcs.items() if b == ego}
    both = {v: to.get(v, 0) + back.get(v, 0) for v in set(to) | set(back)}
    most = sorted(both, key=lambda v: (-both[v], graph.nodes[v]["rank"]))
    drawn = {ids[0]: (title, mark) for ids, title, mark in figure.marks(r"alter-(\d+)")}
    expect("alters", set(drawn), set(most[:len(drawn)]))
    (mark,) = [mark for _, _, mark in figure.marks(r"ego-(\d+)")]
    x, y = centre_of(mark, 0)
    distances = {}
    for v, (title, mark) in drawn.items():
        found = re.search(r": ([\d,]+) \w+ from .*, ([\d,]+) to ", title)
        expect(f"messages with {v}", [int(n.replace(",", "")) for n in found.groups()],
               [to.get(v, 0), back.get(v, 0)])
        dot = centre_of(mark, -1)
        distances[v] = hypot(dot[0] - x, dot[1] - y)
    near, far = min(distances.values()), max(distances.values())
    low, high = min(both[v] for v in drawn), max(both[v] for v in drawn)
    for v, distance in distances.items():       # a straight line over the logarithm
        share = log(both[v] / low) / log(high / low) if high > low else 0
        if abs(distance - (far - (far - near) * share)) > 0.05:
            expect(f"distance of {v}", round(distance, 2), round(far - (far - near) * share, 2))
    pairs = {pair: sum(graph.arcs.get(way, 0) for way in permutations(pair))
             for pair in graph.pairs() if set(drawn).issuperset(pair)}
    between = {frozenset(ids): last_number(title)
               for ids, title, _ in figure.marks(r"between-(\d+)-(\d+)")}
    expect("messages between the others", between, {pair: pairs.get(pair) for pair in between})
    expect("the strongest of them", sorted(between.values()),
           sorted(sorted(pairs.values(), reverse=True)[:len(drawn)]))
    shown = sum(both[v] for v in drawn)
    expect("subtitle has the sums", all(text in figure.subtitle for text in (
        f"{len(drawn)}", f"{shown:,}", f"{sum(both.values()):,} messages")), True)


def check_flow(graph, figure):
    named = [ids[0] for ids, _, _ in figure.marks(r"from-(\d+)")]
    expect("both sides", [ids[0] for ids, _, _ in figure.marks(r"to-(\d+)")], named)
    cells = between(graph, set(named))
    flows = {ids: last_number(title) for ids, title, _ in figure.marks(r"flow-(\d+)-(\d+)")}
    expect("flows", flows, {ids: n for ids, n in cells.items() if n and ids[0] != ids[1]})
    for side, index in (("from", 0), ("to", 1)):
        for (c,), title, mark in figure.marks(side + r"-(\d+)"):
            moved = sum(n for ids, n in flows.items() if ids[index] == c)
            expect(f"{side} {c}", last_number(title), moved)
            words = " ".join(text.text for text in mark.iter(SVG + "text"))
            if side == "from":
                expect(f"within {c}", f" {cells[c, c]:,} " in words, True)
            heights = [float(r.get("height")) for r in mark.iter(SVG + "rect")]
            if moved:
                scales.append(heights[0] / moved) if heights[0] > 3 else None
    if max(scales) / min(scales) > 1.01:
        expect("pt a message", (min(scales), max(scales)), "one scale")
    total, inside = sum(graph.arcs.values()), sum(n for ids, n in cells.items() if ids[0] == ids[1])
    expect("subtitle has the sums", all(text in figure.subtitle for text in (
        f"{total:,} messages", f"{total - inside:,} (", f", {inside:,} within one")), True)


scales = []                     # pt a message of the bars of a flow


def main():
    check = {"matrix": check_matrix, "by-ties": check_by_ties, "communities": check_communities, "ego": check_ego,
             "flow": check_flow}[sys.argv[1]]
    check(Graph(sys.argv[2]), Figure(sys.argv[3]), *sys.argv[4:])
    return differences.count > 0


if __name__ == "__main__":
    sys.exit(main())
