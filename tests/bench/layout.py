"""How readable is the layout, beside those of other programs on the same graphs?

usage: /usr/bin/python3 tests/bench/layout.py [--csv FILE] [--quick] [--limit SECONDS] [--seeds N]
                                              [GRAPH.graphml...] [TIES.txt=GROUPS.txt...]

Graphs: stochastic block models with planted groups, files of `epistograph export
graphml`, and lists of ties, "FROM TO" a line, of people whose groups are known,
"PERSON GROUP" a line. Others: Graphviz' sfdp, graph-tool's sfdp_layout, igraph's
Fruchterman-Reingold and DrL, each as it comes, scaled to the same square. All
are measured on the people that ours has a place for and the ties among them,
with the sizes of dots that ours has:

  cross    of 1,000 pairs of ties without a common end, so many cross as straight lines
  same t.  the same, of the ties only that ours draws singly
  drawn    crossings on the page, in thousands, of the lines that a reader sees. Others draw
           every tie of the graph; ours some singly and the rest between communities as one
           curve a pair, of which the discs hide what lies behind them
  overlap  dots that touch another one, of 1,000
  near     neighbourhood preservation: the share of the k nearest on the page that are
           correspondents, k = how many a person has; mean over people (Martins, Minghim &
           Telea 2015 call it so), in percent
  length   coefficient of variation of the lengths of ties
  placed   percent of people with a place of their own

How far communities are apart, first by the communities that ours found - which it lays out,
so that they speak for it -, then (p.) by the groups planted or known:

  same     of the 10 nearest on the page, the share in the same community, in percent
  centre   people nearest to the middle of their own community of all middles, in percent
  silh     silhouette by the middles: (b - a) / max(a, b), a and b the distances to the own
           and to the nearest other middle; mean
Large graphs are sampled: 400,000 pairs of ties, 4,000 people. A layout that takes longer than the
limit (120 s) is ended, and a line says so. With --seeds every block model is made so many times.
"""
import argparse
import csv
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import warnings

import igraph
import numpy
from scipy.spatial import cKDTree

SIDE = 340                      # pt: what a page of 180 x 150 mm leaves
OURS = os.path.join(os.environ.get("BUILD", "build"), "tests/bench/layout")


def block_model(people, group, inside, outside, seed):
    """Groups of falling size; each person has some `inside` ties within and `outside` beyond."""
    lots = numpy.random.default_rng(seed)
    sizes = []
    while sum(sizes) < people:
        size = max(group // 4, int(group * (1.5 - len(sizes) * group / people)))
        sizes.append(min(size, people - sum(sizes)))
    member = numpy.repeat(numpy.arange(len(sizes)), sizes)
    starts = numpy.cumsum([0] + sizes)
    ties = {}
    for v in range(people):
        own = member[v]
        # Some are hubs: where a tie goes is drawn twice and the lower one taken.
        draws = lots.integers(starts[own], starts[own + 1], (inside // 2, 2)).min(axis=1)
        far = lots.integers(0, people, lots.poisson(outside / 2))
        for w in list(draws) + list(far):
            if v != w:
                ties[min(v, w), max(v, w)] = 1 + int(lots.geometric(0.3))
    return [(a, b, m) for (a, b), m in sorted(ties.items())], member


def from_graphml(path):
    graph = igraph.Graph.Read_GraphML(path)
    weight = "messages" if "messages" in graph.es.attributes() else "weight"
    return [(e.source, e.target, max(1, int(e[weight]))) for e in graph.es
            if e.source != e.target], None


def from_lists(ties, groups):
    group = dict(numpy.loadtxt(groups, int))
    arcs = [(int(a), int(b), 1) for a, b in numpy.loadtxt(ties, int) if a != b]
    return arcs, numpy.array([group[v] for v in range(max(group) + 1)])


def from_argument(text):
    if "=" in text:
        return from_lists(*text.split("="))
    return from_graphml(text)


def simple(arcs):
    """The undirected ties, weight = both directions."""
    ties = {}
    for a, b, m in arcs:
        key = min(a, b), max(a, b)
        ties[key] = ties.get(key, 0) + m
    pairs = numpy.array(sorted(ties))
    return pairs, numpy.array([ties[tuple(p)] for p in pairs], float)


def ours(arcs):
    text = "".join(f"{a} {b} {m}\n" for a, b, m in arcs)
    out = subprocess.run([OURS, str(SIDE), str(SIDE)], input=text, capture_output=True, text=True,
                         check=True).stdout.splitlines()
    columns = {"seconds": 1, "place": 5, "disc": 3, "tie": 2, "curve": 6}
    marks = {kind: [] for kind in columns}
    for line in out:
        kind, *numbers = line.split()
        marks[kind].append(numbers)
    return {kind: numpy.array(rows, float).reshape(-1, columns[kind])
            for kind, rows in marks.items()}


def with_sfdp(count, pairs, weights):
    text = "graph {\n" + "".join(f"{v};\n" for v in range(count))
    text += "".join(f"{a}--{b};\n" for a, b in pairs) + "}\n"
    out = subprocess.run(["sfdp", "-Tplain", "-Nshape=point", "-Nwidth=0.02"], input=text,
                         capture_output=True, text=True, check=True).stdout
    places = numpy.zeros((count, 2))
    for line in out.splitlines():
        if line.startswith("node "):
            words = line.split()
            places[int(words[1])] = float(words[2]), float(words[3])
    return places


def graph_tool_draw():
    warnings.simplefilter("ignore")             # it misses matplotlib, which is not needed
    import graph_tool
    import graph_tool.draw
    return graph_tool


def with_graph_tool(count, pairs, weights):
    graph_tool = graph_tool_draw()
    graph_tool.seed_rng(42)
    graph = graph_tool.Graph(directed=False)
    graph.add_vertex(count)
    graph.add_edge_list(pairs)
    places = graph_tool.draw.sfdp_layout(graph)
    return numpy.array([places[v] for v in graph.vertices()])


def with_igraph(name):
    def lay_out(count, pairs, weights):
        igraph.set_random_number_generator(numpy_random)
        return numpy.array(igraph.Graph(count, pairs.tolist()).layout(name).coords)
    return lay_out


class numpy_random:                     # igraph wants a module-like thing with these three
    lots = numpy.random.default_rng(42)
    random = staticmethod(lambda: float(numpy_random.lots.random()))
    randint = staticmethod(lambda a, b: int(numpy_random.lots.integers(a, b + 1)))
    gauss = staticmethod(lambda mean, deviation: float(numpy_random.lots.normal(mean, deviation)))


PEERS = {"Graphviz sfdp": with_sfdp, "graph-tool sfdp": with_graph_tool,
         "igraph FR": with_igraph("fr"), "igraph DrL": with_igraph("drl")}


def within(limit, lay_out, *graph):
    """lay_out(*graph) in a process group of its own, which is ended after the limit."""
    def work():
        os.setsid()
        try:
            far.send(lay_out(*graph))
        except (ImportError, OSError, subprocess.SubprocessError) as absent:
            far.send(absent)
    near, far = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.get_context("fork").Process(target=work)
    worker.start()
    far.close()
    try:
        if not near.poll(limit):
            os.killpg(worker.pid, signal.SIGKILL)
            raise OSError(f"not done after {limit:g} s")
        answer = near.recv()
    except EOFError:
        raise OSError("it crashed") from None
    finally:
        worker.join()
    if isinstance(answer, Exception):
        raise OSError(answer)
    return answer


def scaled(places):
    low, high = places.min(axis=0), places.max(axis=0)
    return (places - low) * (SIDE / max((high - low).max(), 1e-9))


def side(p, q, r):
    return (q[:, 0] - p[:, 0]) * (r[:, 1] - p[:, 1]) - (q[:, 1] - p[:, 1]) * (r[:, 0] - p[:, 0])


def cross_each(first, second):
    """For lines (x, y, x, y) in pairs: have they no common end, and do they cross?"""
    a, b, c, d = first[:, :2], first[:, 2:], second[:, :2], second[:, 2:]
    apart = numpy.ones(len(first), bool)
    for p in a, b:
        for q in c, d:
            apart &= (p != q).any(axis=1)
    return apart, apart & (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)


def crossing(lines):
    """The share of pairs of lines without a common end that cross, of 400,000."""
    lots = numpy.random.default_rng(1)
    if len(lines) < 2:
        return 0.0
    apart, cross = cross_each(*(lines[lots.integers(0, len(lines), 400000)] for _ in range(2)))
    return cross.sum() / max(apart.sum(), 1)


def all_crossing(lines):
    """How many pairs of lines cross, all of them tried; and how many have no common end."""
    apart = crossed = 0
    for i in range(len(lines) - 1):
        rest = lines[i + 1:]
        a, c = cross_each(numpy.broadcast_to(lines[i], rest.shape), rest)
        apart += a.sum()
        crossed += c.sum()
    return crossed, apart


def thousands(lines):
    """How many cross, if all pairs did as the sample does."""
    return crossing(lines) * len(lines) * (len(lines) - 1) / 2 / 1000


def seen_pieces(curve, discs):
    """A quadratic curve as short straight lines, without those that a disc hides."""
    steps = numpy.linspace(0, 1, 41)[:, None]
    points = ((1 - steps) ** 2 * curve[:2] + 2 * steps * (1 - steps) * curve[2:4]
              + steps ** 2 * curve[4:])
    pieces = numpy.hstack([points[:-1], points[1:]])
    middles = (points[:-1] + points[1:]) / 2
    far = numpy.hypot(*(middles[:, None, :] - discs[None, :, :2]).transpose(2, 0, 1))
    return pieces[(far > discs[:, 2]).all(axis=1)]


def drawn_by_ours(ties, marks):
    """Crossings a reader sees, in thousands: ties lie in discs, curves between them."""
    pieces = [seen_pieces(curve, marks["disc"]) for curve in marks["curve"]]
    curves = numpy.vstack(pieces) if pieces else numpy.zeros((0, 4))
    return (all_crossing(ties)[0] + all_crossing(curves)[0]) / 1000


def straight(places, pairs):
    return numpy.hstack([places[pairs[:, 0]], places[pairs[:, 1]]])


def overlaps(places, radii):
    touching = numpy.zeros(len(places), bool)
    tree = cKDTree(places)
    pairs = tree.query_pairs(2 * radii.max(), output_type="ndarray")
    far = numpy.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    for i, j in pairs[far < radii[pairs[:, 0]] + radii[pairs[:, 1]] - 1e-3]:
        touching[i] = touching[j] = True
    return 1000 * touching.mean()


def neighbours(places, pairs, member):
    lots = numpy.random.default_rng(2)
    around = [set() for _ in places]
    for a, b in pairs:
        around[a].add(b)
        around[b].add(a)
    chosen = lots.permutation(len(places))[:4000]
    tree = cKDTree(places)
    near, same = [], []
    for v in chosen:
        degree = len(around[v])
        nearest = [w for w in tree.query(places[v], max(degree, 10) + 1)[1]
                   if w != v and w < len(places)]
        if degree:
            near.append(sum(w in around[v] for w in nearest[:degree]) / degree)
        same.append(numpy.mean([member[w] == member[v] for w in nearest[:10]]))
    return 100 * numpy.mean(near), 100 * numpy.mean(same)


def separation(places, member):
    names, member = numpy.unique(member, return_inverse=True)
    if len(names) < 2:
        return 100.0, 1.0
    middles = numpy.array([places[member == c].mean(axis=0) for c in range(len(names))])
    far = numpy.hypot(*(places[:, None, :] - middles[None, :, :]).transpose(2, 0, 1))
    own = far[numpy.arange(len(places)), member].copy()
    far[numpy.arange(len(places)), member] = numpy.inf
    other = far.min(axis=1)
    return 100 * (own < other).mean(), ((other - own) / numpy.maximum(numpy.maximum(own, other), 1e-9)).mean()


def measure(places, pairs, ties, found, known, radii):
    """The numbers of FIELDS behind seconds, but for those drawn."""
    lengths = numpy.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    near, same = neighbours(places, pairs, found)
    crossed, apart = all_crossing(straight(places, ties))
    row = [f"{1000 * crossing(straight(places, pairs)):.1f}", f"{1000 * crossed / max(apart, 1):.1f}",
           f"{overlaps(places, radii):.0f}", f"{near:.1f}",
           f"{lengths.std() / max(lengths.mean(), 1e-9):.2f}"]
    for member in found, known:
        if member is None:
            row += ["", "", ""]
            continue
        near, same = neighbours(places, pairs, member)
        centre, silhouette = separation(places, member)
        row += [f"{same:.0f}", f"{centre:.0f}", f"{silhouette:.2f}"]
    return row


FIELDS = ["graph", "people", "ties", "layout", "placed", "seconds", "drawn", "cross", "same t.",
          "overlap", "near", "length", "same", "centre", "silh", "p.same", "p.centre", "p.silh"]
WIDTHS = [16, 7, 7, 16, 6, 7, 9, 6, 7, 7, 5, 6, 5, 6, 5, 6, 8, 6]


def agreement(name, found, known):
    share = igraph.compare_communities(found.tolist(), known.tolist(), method="nmi")
    print(f"{name}: {len(set(known))} groups planted or known, {len(set(found))} found, "
          f"normalised mutual information {share:.2f}", file=sys.stderr)


def compare(name, arcs, groups, peers, limit):
    pairs, weights = simple(arcs)
    count = int(pairs.max()) + 1
    marks = ours(arcs)
    rows = marks["place"]
    vertices, found = rows[:, 0].astype(int), rows[:, 1].astype(int)
    _, known = (None, None) if groups is None else numpy.unique(groups[vertices], return_inverse=True)
    index = numpy.full(count, -1)
    index[vertices] = numpy.arange(len(vertices))
    among = index[pairs]
    among = among[(among >= 0).all(axis=1)]
    ties = index[marks["tie"].astype(int)]
    if known is not None:
        agreement(name, found, known)

    def row(layout, took, places, drawn):
        return ([name, count, len(pairs), layout, f"{100 * len(rows) / count:.0f}", f"{took:.2f}",
                 f"{drawn:.1f}"] + measure(places, among, ties, found, known, rows[:, 4]))
    yield row("epistograph", marks["seconds"][0, 0], rows[:, 2:4],
              drawn_by_ours(straight(rows[:, 2:4], ties), marks))
    for peer, lay_out in peers.items():
        start = time.monotonic()
        try:
            places = within(limit, lay_out, count, pairs, weights)
        except OSError as absent:
            print(f"{name}, {peer}: left out: {absent}", file=sys.stderr)
            continue
        took = time.monotonic() - start
        yield row(peer, took, scaled(places[vertices]), thousands(straight(places, pairs)))


def graphs(given):
    for seed in range(given.seeds):
        mark = f" #{seed + 1}" if given.seeds > 1 else ""
        yield f"SBM 200{mark}", *block_model(200, 25, 8, 1, 1 + 3 * seed)
        yield f"SBM 2,000{mark}", *block_model(2000, 100, 10, 2, 2 + 3 * seed)
        yield f"SBM 20,000{mark}", *block_model(20000, 1000, 10, 2, 3 + 3 * seed)
    for text in given.files:
        name = os.path.basename(text.split("=")[0])
        yield os.path.splitext(name)[0][:WIDTHS[0] - 1], *from_argument(text)


def main():
    options = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1][7:])
    options.add_argument("--csv")
    options.add_argument("--quick", action="store_true", help="ours only")
    options.add_argument("--limit", type=float, default=120, help="seconds for one layout")
    options.add_argument("--seeds", type=int, default=1, help="block models of each size")
    options.add_argument("files", nargs="*")
    given = options.parse_args()
    print(f"A layout has {given.limit:g} s; one that takes longer is left out.")
    print("".join(f.ljust(w) if f in ("graph", "layout") else f.rjust(w) + " "
                  for f, w in zip(FIELDS, WIDTHS)))
    table = [FIELDS]
    for name, arcs, groups in graphs(given):
        for row in compare(name, arcs, groups, {} if given.quick else PEERS, given.limit):
            print("".join(str(v).ljust(w) if i in (0, 3) else str(v).rjust(w) + " "
                          for i, (v, w) in enumerate(zip(row, WIDTHS))), flush=True)
            table.append(row)
    if given.csv:
        with open(given.csv, "w", newline="") as out:
            csv.writer(out).writerows(table)


if __name__ == "__main__":
    main()
