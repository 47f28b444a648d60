"""Compare what measure_graph says with NetworkX and python-igraph.

usage: compare_graph.py MEASURE_GRAPH

Speaks TAP: one line a graph and measure. The graphs are made here, with seeds, or
come with NetworkX (Zachary's karate club, Davis' Southern women, Les Miserables).
"""
import math
import random
import subprocess
import sys

import igraph
import networkx as nx
import numpy as np

TOLERANCE = 1e-9
count = 0
failed = 0


def say(good, fact, detail=""):
    """One TAP line."""
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {fact}")
    if not good:
        print(f"# {detail}")


def measure(program, arcs, options=()):
    """Run our program on {(from, to): weight}; rows by vertex, facts, kept arcs."""
    text = "".join(f"v{a:05d} v{b:05d} {w}\n" for (a, b), w in arcs.items())
    run = subprocess.run([program, *options], input=text, capture_output=True, text=True,
                         check=True)
    rows, facts, kept = {}, {}, set()
    header = None
    for line in run.stdout.splitlines():
        cells = line.split("\t")
        if cells[0] == "# kept":
            kept.add((int(cells[1][1:]), int(cells[2][1:])))
        elif cells[0].startswith("# "):
            facts[cells[0][2:]] = float(cells[1])
        elif header is None:
            header = cells
        else:
            rows[int(cells[0][1:])] = dict(zip(header[1:], map(float, cells[1:])))
    return rows, facts, kept


def same(ours, theirs, tolerance=TOLERANCE):
    """The largest difference, relative to 1 + the value; None if within tolerance."""
    worst = max(((abs(ours[v] - theirs[v]) / (1 + abs(theirs[v])), v) for v in theirs),
                default=(0, None))
    if worst[0] <= tolerance and set(ours) == set(theirs):
        return ""
    return f"vertex {worst[1]}: {ours.get(worst[1])} is not {theirs.get(worst[1])}"


def check_networkx(name, arcs, rows):
    directed = nx.DiGraph()
    for (a, b), w in arcs.items():
        directed.add_edge(a, b, weight=w, distance=1 / w)
    undirected = nx.Graph()
    for (a, b), w in arcs.items():
        both = w + arcs.get((b, a), 0)
        undirected.add_edge(a, b, weight=both, distance=1 / both)
    n = directed.order()
    neighbours = {v: set(undirected[v]) for v in undirected}
    expected = {
        "out-degree": dict(directed.out_degree()),
        "in-degree": dict(directed.in_degree()),
        "sent": dict(directed.out_degree(weight="weight")),
        "received": dict(directed.in_degree(weight="weight")),
        "strength": dict(directed.degree(weight="weight")),
        "correspondents": dict(undirected.degree()),
        "reciprocity": {v: sum((v, u) in arcs and (u, v) in arcs for u in others) / len(others)
                        for v, others in neighbours.items()},
        "pagerank": nx.pagerank(directed, 0.85, tol=1e-14, max_iter=10000),
        "core": nx.core_number(undirected),
    }
    # Binary fractions split paths of equal length in NetworkX, so betweenness is
    # compared where all lengths are powers of two, hence exact, and with igraph elsewhere.
    if all(w & (w - 1) == 0 for w in arcs.values()):
        expected["betweenness"] = nx.betweenness_centrality(directed, normalized=False,
                                                            weight="distance")
    harmonic = nx.harmonic_centrality(undirected, distance="distance")
    expected["harmonic"] = {v: x / (n - 1) for v, x in harmonic.items()}
    for measure_name, theirs in expected.items():
        ours = {v: row[measure_name] for v, row in rows.items()}
        detail = same(ours, theirs)
        say(not detail, f"{name}: {measure_name} is what NetworkX says", detail)


def disparity(edges, alpha):
    """The pairs kept by the disparity filter, written anew from the paper."""
    strength, degree = {}, {}
    for (a, b), w in edges.items():
        for v in (a, b):
            strength[v] = strength.get(v, 0) + w
            degree[v] = degree.get(v, 0) + 1

    def integral(v, w):  # 1 - (k - 1) int_0^p (1 - x)^(k - 2) dx
        k, p = degree[v], w / strength[v]
        return 1.0 if k == 1 else 1 - (k - 1) * ((1 - (1 - p) ** (k - 1)) / (k - 1))

    return {(a, b) for (a, b), w in edges.items() if min(integral(a, w), integral(b, w)) < alpha}


def check_hits(name, arcs, rows):
    """The scores solve Kleinberg's equations: each is the sum of the other over the ties."""
    def scaled(scores):
        largest = max(scores.values())
        return {v: x / largest for v, x in scores.items()}

    hub, authority = dict.fromkeys(rows, 0.0), dict.fromkeys(rows, 0.0)
    for (a, b), w in arcs.items():
        hub[a] += w * rows[b]["authority"]
        authority[b] += w * rows[a]["hub"]
    detail = (same({v: row["hub"] for v, row in rows.items()}, scaled(hub)) or
              same({v: row["authority"] for v, row in rows.items()}, scaled(authority)))
    say(not detail, f"{name}: hubs and authorities solve their equations", detail)


def check_hits_of_equals(name, arcs, rows):
    """Where several vectors solve the equations, ours is the one that begins with all equal.

    Kleinberg's iteration multiplies a vector by the ties again and again; what is left of it in
    the end is its part in the space of the largest singular value, found here from all of them.
    Returns whether there are several."""
    place = {v: i for i, v in enumerate(sorted(rows))}
    ties = np.zeros((len(place), len(place)))
    for (a, b), w in arcs.items():
        ties[place[a], place[b]] = w
    left, values, right = np.linalg.svd(ties)
    largest = values > values[0] * (1 - 1e-9)
    left, right = left[:, largest], right[largest].T
    parts = left.sum(axis=0) + right.sum(axis=0)        # of ones, as hubs and as authorities
    for measure_name, scores in (("hub", left @ parts), ("authority", right @ parts)):
        scores = np.where(scores < 1e-9 * scores.max(), 0, scores / scores.max())
        detail = same({v: row[measure_name] for v, row in rows.items()},
                      {v: scores[i] for v, i in place.items()})
        say(not detail, f"{name}: {measure_name} is that of the singular value decomposition",
            f"{sum(largest)} solutions; {detail}")
    return sum(largest) > 1


def check_igraph(name, arcs, rows, facts, kept):
    vertices = sorted(rows)
    place = {v: i for i, v in enumerate(vertices)}
    pairs = list(arcs)
    weights = [arcs[p] for p in pairs]
    graph = igraph.Graph(n=len(vertices), edges=[(place[a], place[b]) for a, b in pairs],
                         directed=True)
    edges = {}
    for (a, b), w in arcs.items():
        edges[min(a, b), max(a, b)] = edges.get((min(a, b), max(a, b)), 0) + w
    simple = igraph.Graph(n=len(vertices), edges=[(place[a], place[b]) for a, b in edges])
    both = list(edges.values())
    check_hits(name, arcs, rows)
    has_equals = check_hits_of_equals(name, arcs, rows)
    expected = {
        "pagerank": graph.pagerank(weights=weights),
        "betweenness": graph.betweenness(weights=[1 / w for w in weights]),
        "harmonic": simple.harmonic_centrality(weights=[1 / w for w in both]),
        "core": simple.coreness(),
    }
    if not has_equals:                          # else igraph gives any of the solutions
        expected["hub"] = graph.hub_score(weights=weights)
        expected["authority"] = graph.authority_score(weights=weights)
    for measure_name, values in expected.items():
        ours = {v: row[measure_name] for v, row in rows.items()}
        detail = same(ours, dict(zip(vertices, values)))
        say(not detail, f"{name}: {measure_name} is what igraph says", detail)
    membership = [int(rows[v]["community"]) - 1 for v in vertices]
    modularity = simple.modularity(membership, weights=both)
    say(abs(modularity - facts["modularity"]) < TOLERANCE,
        f"{name}: the modularity is that of the communities",
        f"{facts['modularity']} is not {modularity}")
    random.seed(1)
    igraph.set_random_number_generator(random)
    best = max(simple.community_multilevel(weights=both).q for _ in range(20))
    say(facts["modularity"] >= best - 1e-9, f"{name}: 20 runs of Louvain find no higher modularity",
        f"{facts['modularity']} is below {best}")
    components = graph.connected_components(mode="weak")
    say((facts["components"], facts["largest"]) == (len(components), max(components.sizes())),
        f"{name}: as many components as igraph finds", f"{facts}")
    pairs_kept = disparity(edges, 0.05)
    expected_kept = {p for p in pairs if (min(p), max(p)) in pairs_kept}
    say(kept == expected_kept, f"{name}: the backbone is that of the paper's formula",
        f"{len(kept)} arcs, not {len(expected_kept)}: {sorted(kept ^ expected_kept)[:5]}")


def check_rank(name, rows):
    """The combined rank, from the printed measures."""
    def ranks(values):
        ordered = sorted(values, key=lambda v: -values[v])
        result, last = {}, None
        for i, v in enumerate(ordered):
            tie = last is not None and math.isclose(values[v], values[last], rel_tol=1e-9)
            result[v] = result[last] if tie else i + 1
            last = v
        return result

    parts = [ranks({v: row[m] for v, row in rows.items()})
             for m in ("strength", "pagerank", "betweenness", "harmonic")]
    parts.append(ranks({v: round(row["correspondents"] * row["reciprocity"])
                        for v, row in rows.items()}))
    score = {v: sum(p[v] for p in parts) / 5 for v in rows}
    ordered = sorted(rows, key=lambda v: (score[v], parts[0][v], v))
    say(all(rows[v]["rank"] == i + 1 and math.isclose(rows[v]["score"], score[v])
            for i, v in enumerate(ordered)),
        f"{name}: the combined rank is the mean of five ranks")


def random_arcs(order, size, seed, weight):
    draw = random.Random(seed)
    arcs = {}
    for v in range(order):  # everyone has a tie; the last third only this one
        arcs[v, (v + 1) % order if v % 2 == 0 else v - 1] = weight(draw)
    while len(arcs) < order + size:
        a, b = int(order * 2 / 3 * draw.random() ** 2), draw.randrange(order * 2 // 3)
        if a != b:
            arcs[a, b] = weight(draw)
    return arcs


def both_ways(graph):
    place = {v: i for i, v in enumerate(graph)}
    arcs = {}
    for a, b, data in graph.edges(data=True):
        arcs[place[a], place[b]] = arcs[place[b], place[a]] = int(data.get("weight", 1))
    return arcs


def main():
    program = sys.argv[1]
    graphs = {
        "karate": {arc: 1 for arc in both_ways(nx.karate_club_graph())},
        "karate with weights": both_ways(nx.karate_club_graph()),
        "southern women": both_ways(nx.davis_southern_women_graph()),
        "les miserables": both_ways(nx.les_miserables_graph()),
        "sparse": random_arcs(200, 150, 1, lambda draw: draw.choice((1, 2, 4))),
        "ties of equal length": random_arcs(150, 600, 2, lambda draw: draw.randrange(1, 7)),
        "heavy tail": random_arcs(300, 1500, 3, lambda draw: int(draw.paretovariate(0.8))),
        "steps": random_arcs(250, 700, 4, lambda draw: 1),
        "a pair": {(0, 1): 3},
        "equal pairs": {(a, a ^ 1): 3 for a in range(6)} | {(6, 7): 3, (8, 9): 2},
        "equal stars": {(hub, hub + i): 2 for hub in (0, 10, 20) for i in range(1, 5)}
                       | {(22, 21): 2, (31, 0): 1},
        "a star both ways": {arc: 1 for i in range(1, 6) for arc in ((0, i), (i, 0))},
        "rings": {(a, a // 5 * 5 + (a + 1) % 5): 1 for a in range(15)},
    }
    for name, arcs in graphs.items():
        rows, facts, kept = measure(program, arcs)
        say(facts["order"] == len({v for arc in arcs for v in arc})
            and facts["size"] == len(arcs) and
            facts["receipts"] == sum(arcs.values()),
            f"{name}: nothing is lost")
        check_networkx(name, arcs, rows)
        check_igraph(name, arcs, rows, facts, kept)
        check_rank(name, rows)
        if name == "karate":
            say(round(facts["modularity"], 4) == 0.4198,
                "karate: the modularity is 0.4198, as published")
    first = measure(program, graphs["heavy tail"])
    shuffled = list(graphs["heavy tail"].items())
    random.Random(5).shuffle(shuffled)
    say(first == measure(program, dict(shuffled)), "the order of the mail does not matter")
    sampled, facts, _ = measure(program, graphs["heavy tail"], ("-s", "100"))
    exact = {v for v in sorted(first[0], key=lambda v: -first[0][v]["betweenness"])[:10]}
    estimated = {v for v in sorted(sampled, key=lambda v: -sampled[v]["betweenness"])[:10]}
    say(facts["sources"] == 100 and len(exact & estimated) >= 7,
        "100 of 300 sources find seven of the ten of the highest betweenness",
        f"{exact} {estimated}")
    print(f"1..{count}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
