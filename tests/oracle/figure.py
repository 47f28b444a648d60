"""Compare a network figure with the graph it is drawn from.

usage: figure.py GRAPH.json FIGURE.svg

What a community is called (community.h), whose dot has a ring, that a disc's area follows its
people (layout.h) and a dot's its messages are reckoned again from the nodes and links. Prints
what differs; exit status 1 if anything does.
"""
import json
import re
import sys
from collections import Counter
from math import sqrt
from xml.etree import ElementTree

import differences
from differences import expect

SVG = "{http://www.w3.org/2000/svg}"
ROUNDED = 0.0051                                # lengths have two decimals in an SVG
INK = "#1a1a1a"


class Graph:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.data = json.load(file)
        self.nodes = {node["id"]: node for node in self.data["nodes"]}
        self.strength = Counter()
        self.inside = Counter()
        self.wrote = set()
        self.both = {}                          # pair of neighbours to the directions with mail
        for link in self.data["links"]:
            a, b, weight = link["source"], link["target"], link["weight"]
            self.wrote.add(a)
            self.both.setdefault(frozenset((a, b)), set()).add(a)
            for v in (a, b):
                self.strength[v] += weight
                if self.nodes[a]["community"] == self.nodes[b]["community"]:
                    self.inside[v] += weight
        self.pairs = Counter(v for pair in self.both for v in pair)
        self.one_way = {v for pair, senders in self.both.items() if len(senders) == 1
                        for v in pair if self.pairs[v] == 1}

    def members(self, number):
        """The most central first."""
        return sorted((v for v, node in self.nodes.items() if node["community"] == number),
                      key=lambda v: (v not in self.wrote, -round(self.inside[v], 9),
                                     self.nodes[v]["rank"]))

    def domain(self, members):
        """That of more than half of them, unless nine in ten of all have it."""
        def of(nodes):
            return Counter(self.nodes[v]["domain"] for v in nodes)
        domain, most = min(of(members).items(), key=lambda item: (-item[1], item[0]))
        if 2 * most <= len(members) or of(self.nodes)[domain] >= 0.9 * len(self.nodes):
            return ""
        return f" ({domain})"

    def name(self, members):
        names = []
        for v in members:
            label = self.nodes[v]["label"]
            if (len(names) < 3 and label not in names
                    and self.inside[v] >= self.inside[members[0]] / 3 * (1 - 1e-12)):
                names.append(label)
        return ", ".join(names) + self.domain(members)


def marks(path, kind):
    """Number, title, and circles of each mark."""
    for group in ElementTree.parse(path).iter(SVG + "g"):
        found = re.fullmatch(kind + r"-(\d+)", group.get("id", ""))
        if found:
            yield int(found[1]), group.find(SVG + "title").text, group.findall(SVG + "circle")


def check_scale(fact, sizes, floor=0):
    """Radii are one number times the roots of what they stand for, floor at the least."""
    radius, value = max(sizes.values())
    for k, (r, v) in sizes.items():
        expected = max(radius * sqrt(v / value), floor)
        if abs(r - expected) > 2 * ROUNDED:
            expect(f"radius of {fact} {k}", r, round(expected, 3))


def main():
    graph = Graph(sys.argv[1])
    discs, centres = {}, set()
    for community in graph.data["graph"]["communities"]:
        members = graph.members(community["number"])
        expect(f"name of community {community['number']}", community["name"], graph.name(members))
        expect("its people", community["size"], len(members))
    for number, title, circles in marks(sys.argv[2], "community"):
        members = graph.members(number)
        one_way = sum(v in graph.one_way for v in members)
        centres.add(members[0])
        expect(f"title of disc {number}", re.match(r"(.*?): (\d+) people", title).groups(),
               (graph.name(members), str(len(members))))
        discs[number] = (float(circles[0].get("r")), len(members) - one_way + one_way / 10)
    check_scale("disc", discs)
    dots, ringed = {}, set()
    for number, _, circles in marks(sys.argv[2], "node"):
        vertex = f"n{number}"
        dots[vertex] = (float(circles[0].get("r")), graph.strength[vertex])
        if any(circle.get("stroke") == INK for circle in circles):
            ringed.add(vertex)
    check_scale("dot", dots, floor=min(radius for radius, _ in dots.values()))
    expect("ringed", sorted(ringed), sorted(centres))
    if len(discs) < 4 or len(dots) < 60:
        expect("marks", (len(discs), len(dots)), "some")
    return differences.count > 0


if __name__ == "__main__":
    sys.exit(main())
