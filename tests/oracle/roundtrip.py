#!/usr/bin/python3
"""Read the exported graphs back with other people's software and compare them
with what was put in.

usage: roundtrip.py DIR          DIR as written by export_sample; speaks TAP

The truth (NAME.truth) has texts as bytes in hexadecimal and reals as hexadecimal
floats. What cleaning does to a text is written again here, from its description.
Of Gephi, Cytoscape, yEd, graph-tool, Tulip and graphology, which are not
installed, the rules by which they read GraphML are checked instead."""
import codecs
import csv
import datetime
import io
import json
import math
import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree

import igraph
import networkx
import networkx.readwrite.gexf as networkx_gexf

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
NONE = -2**63                           # an instant that is not known
PALETTE = ["3b64ba", "faa41f", "651f65", "22a665", "d73a09", "5ca8f0", "a2639e", "7eb653"]
GREY = "9a9a9a"

# ---- the truth ----

codecs.register_error("each", lambda e: ("\ufffd" * (e.end - e.start), e.end))


def clean(hexadecimal):
    text = bytes.fromhex(hexadecimal).decode("utf-8", errors="each")
    text = re.sub(r"[\t\n\r]+", " ", text)
    return "".join(c for c in text
                   if not (ord(c) < 0x20 or 0x7f <= ord(c) < 0xa0 or
                           ord(c) & 0xfffe == 0xfffe or 0xfdd0 <= ord(c) <= 0xfdef))


def iso(instant):
    epoch = datetime.datetime(1970, 1, 1)
    return (epoch + datetime.timedelta(seconds=instant)).isoformat() + "Z"


def put(values, name, value):
    """No data is no entry."""
    if value is None or value == "" or isinstance(value, float) and not math.isfinite(value):
        return
    values[name] = value


def put_dates(values, truth):
    for name in ("first", "last"):
        if truth[name] != NONE:
            values[name] = iso(truth[name])
            values[name + "_ms"] = truth[name] * 1000


def node_values(number, truth, largest):
    """What is said of a person, apart from place, size and colour."""
    address, name = clean(truth["address"]), clean(truth["name"])
    values = {}
    put(values, "label", name or address or "n%d" % number)
    put(values, "name", address or "n%d" % number)
    put(values, "address", address)
    put(values, "domain", address.rpartition("@")[2] if "@" in address else "")
    put(values, "community", truth["community"])
    put(values, "community_name", clean(truth["community_name"]))
    put(values, "rank", truth["rank"])
    put(values, "score", float.fromhex(truth["score"]))
    for measure, (real, rank, is_count) in truth["measures"].items():
        measure, real = measure.replace("-", "_"), float.fromhex(real)
        if abs(real) < sys.float_info.min:      # igraph's reader gives up on such a number
            real = 0.0
        put(values, measure, int(real) if is_count and math.isfinite(real) else real)
        put(values, measure + "_rank", rank)
    put_dates(values, truth)
    return values


def visual_values(truth, largest, y_sign):
    """Size (area by strength, 2 to 20), place and colour."""
    strength = float.fromhex(truth["measures"]["strength"][0])
    share = math.sqrt(strength / largest) if strength > 0 else 0
    color = PALETTE[truth["community"] - 1] if truth["community"] <= 8 else GREY
    values = {"size": max(2.0, 20 * share)}
    values["r"], values["g"], values["b"] = bytes.fromhex(color)
    x, y = float.fromhex(truth["x"]), float.fromhex(truth["y"])
    if math.isfinite(x) and math.isfinite(y):
        values["x"], values["y"] = x, y_sign * y
    return values


def edge_values(truth):
    values = {"weight": float.fromhex(truth["weight"]), "backbone": truth["backbone"]}
    values.update(zip(("messages", "to", "cc", "bcc", "other"), truth["counts"]))
    put_dates(values, truth)
    return values


class Truth:
    def __init__(self, path):
        lines = [json.loads(line) for line in open(path)]
        vertices = [line for line in lines if line["kind"] == "vertex"]
        strengths = [float.fromhex(v["measures"]["strength"][0]) for v in vertices]
        largest = max((s for s in strengths if math.isfinite(s)), default=0)
        self.raw = vertices
        self.plain = {"n%d" % i: node_values(i, v, largest) for i, v in enumerate(vertices)}
        self.upwards = {"n%d" % i: visual_values(v, largest, -1) for i, v in enumerate(vertices)}
        self.downwards = {"n%d" % i: visual_values(v, largest, 1) for i, v in enumerate(vertices)}
        arcs = [line for line in lines if line["kind"] == "arc"]
        self.edges = {("n%d" % a["from"], "n%d" % a["to"]): edge_values(a) for a in arcs}
        self.edge_ids = {"e%d" % i: ("n%d" % a["from"], "n%d" % a["to"])
                         for i, a in enumerate(arcs)}

    def nodes(self, visual):
        return {id: {**self.plain[id], **visual[id]} for id in self.plain}


# ---- TAP ----

count = failures = 0


def check(fact, function, *arguments):
    global count, failures
    count += 1
    try:
        function(*arguments)
        print("ok %d - %s" % (count, fact))
    except Exception as failure:        # an assertion, or whatever a reader throws
        failures += 1
        print("not ok %d - %s\n# %s: %s" % (count, fact, type(failure).__name__,
                                            str(failure).replace("\n", "\n# ")))


def same(found, expected, where=""):
    """Equal in value and in type, down to each entry."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys(), \
            "%s: %s" % (where, sorted(map(str, found.keys() ^ expected.keys())))
        for key in expected:
            same(found[key], expected[key], "%s.%s" % (where, key))
        return
    assert type(found) is type(expected) and found == expected, \
        "%s: found %r, expected %r" % (where, found, expected)


def well_formed(path):
    subprocess.run(["xmllint", "--noout", "--nonet", path], check=True, capture_output=True)


# ---- GraphML ----

def graphml_by_networkx(path, truth):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = networkx.read_graphml(path)
    assert type(graph) is networkx.DiGraph
    same(dict(graph.nodes(data=True)), truth.nodes(truth.upwards))
    edges = {(a, b): dict(values) for a, b, values in graph.edges(data=True)}
    assert {values.pop("id"): pair for pair, values in edges.items()} == truth.edge_ids
    same(edges, truth.edges)


def graphml_by_igraph(path, truth):
    """igraph has numbers, booleans and texts only; what is missing is NaN or ""."""
    graph = igraph.Graph.Read_GraphML(path)
    assert graph.is_directed()

    def present(values):
        return {k: v for k, v in values.items()
                if not (v == "" or v is None or isinstance(v, float) and math.isnan(v))}

    def as_read(values):
        return {k: float(v) if type(v) is int else v for k, v in values.items()}

    nodes = {v["id"]: present(v.attributes()) for v in graph.vs}
    for id, values in nodes.items():
        assert values.pop("id") == id
    expected = {id: as_read(values) for id, values in truth.nodes(truth.upwards).items()}
    same(nodes, expected)
    names = graph.vs["id"] if len(graph.vs) else []
    edges = {(names[e.source], names[e.target]): present(e.attributes()) for e in graph.es}
    assert {e.pop("id"): pair for pair, e in edges.items()} == truth.edge_ids
    same(edges, {pair: as_read(values) for pair, values in truth.edges.items()})


class Document:
    """A GraphML file as its elements."""

    def __init__(self, path):
        self.root = ElementTree.parse(path).getroot()
        self.keys = self.root.findall(GRAPHML + "key")
        self.graphs = self.root.findall(GRAPHML + "graph")
        self.nodes = self.graphs[0].findall(GRAPHML + "node")
        self.edges = self.graphs[0].findall(GRAPHML + "edge")

    def data(self):
        types = {key.get("id"): key.get("attr.type") for key in self.keys}
        for element in self.nodes + self.edges:
            for data in element.findall(GRAPHML + "data"):
                yield element, data.get("key"), types[data.get("key")], data.text or ""


def rules_of_the_schema(document):
    assert document.root.tag == GRAPHML + "graphml"
    location = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
    assert document.root.get(location).split()[0] == GRAPHML[1:-1]
    order = [child.tag for child in document.root]
    assert order == [GRAPHML + "key"] * len(document.keys) + [GRAPHML + "graph"]
    token = re.compile(r"[A-Za-z0-9._:-]+")
    ids = [e.get("id") for e in document.keys + document.graphs + document.nodes + document.edges]
    assert len(ids) == len(set(ids))
    for key in document.keys:
        assert token.fullmatch(key.get("id")) and token.fullmatch(key.get("attr.name"))
        assert set(key.attrib) == {"id", "for", "attr.name", "attr.type"} and not len(key)
    assert all(re.fullmatch(r"n[0-9]+", n.get("id")) for n in document.nodes)
    assert all(re.fullmatch(r"e[0-9]+", e.get("id")) for e in document.edges)
    children = [child.tag for child in document.graphs[0]]
    assert children == [GRAPHML + "node"] * len(document.nodes) + \
        [GRAPHML + "edge"] * len(document.edges)
    for element in document.nodes + document.edges:
        used = [data.get("key") for data in element]
        assert len(used) == len(set(used)) and {d.tag for d in element} <= {GRAPHML + "data"}


def rules_of_gephi(document):
    wanted = {"node": {"label": "string", "size": "double", "x": "double", "y": "double",
                       "r": "int", "g": "int", "b": "int"}, "edge": {"weight": "double"}}
    for key in document.keys:
        assert key.get("for") in ("node", "edge")
        expected = wanted[key.get("for")].pop(key.get("attr.name"), key.get("attr.type"))
        assert key.get("attr.type") == expected
        assert key.get("id") not in ("label", "weight", "size", "x", "y")   # id is matched first
    assert wanted == {"node": {}, "edge": {}}
    for _, key, _, text in document.data():
        if key in ("n_r", "n_g", "n_b"):
            assert 0 <= int(text) <= 255
        if key == "e_weight":
            assert float(text) > 0
    pairs = [(e.get("source"), e.get("target")) for e in document.edges]
    assert len(pairs) == len(set(pairs))        # parallel edges would be merged
    assert not document.graphs[0].findall(GRAPHML + "data")
    assert not document.root.findall(".//" + GRAPHML + "default")
    assert not any(e.get("label") for e in document.edges)


def rules_of_cytoscape(document):
    owner = {key.get("id"): key.get("for") for key in document.keys}
    assert len(owner) == len(document.keys)     # looked up by id alone, whatever `for` says
    for element, key, kind, text in document.data():
        assert owner[key] == element.tag[len(GRAPHML):]
        if kind == "int":
            assert -2**31 <= int(text) < 2**31
    assert any(k.get("attr.name") == "name" and k.get("for") == "node" for k in document.keys)
    assert not document.root.findall(".//" + GRAPHML + "desc")


def rules_of_yed(document):
    """Plain keys are custom properties; nothing claims to be node graphics."""
    assert not any(name.startswith("yfiles") for key in document.keys for name in key.attrib)
    assert len(document.graphs) == 1 and not document.root.findall(".//" + GRAPHML + "hyperedge")


def rules_of_graph_tool(document):
    """Types it maps; others would be read as extensions of its own."""
    kinds = {key.get("attr.type") for key in document.keys}
    assert kinds <= {"boolean", "int", "long", "double", "string"}, kinds
    assert document.graphs[0].get("edgedefault") == "directed"
    assert not any(e.get("directed") for e in document.edges)
    for _, key, kind, text in document.data():
        if kind == "double":
            assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?", text), (key, text)
        elif kind in ("int", "long"):
            assert re.fullmatch(r"-?[0-9]+", text), (key, text)
        elif kind == "boolean":
            assert text in ("true", "false"), (key, text)


def rules_of_tulip(document):
    kinds = {}
    for key in document.keys:
        assert key.get("for") in ("node", "edge")
        kinds.setdefault(key.get("attr.name"), set()).add(key.get("attr.type"))
    assert all(len(types) == 1 for types in kinds.values())     # one property a name


def rules_of_graphology(document):
    tables = {"node": set(), "edge": set()}
    for key in document.keys:
        tables[key.get("for")].add(key.get("attr.name"))        # `all` would be a crash
        assert re.fullmatch(r"[a-z][a-z0-9_]*", key.get("attr.name"))
    assert {"label", "x", "y", "size", "r", "g", "b"} <= tables["node"]
    ids = [e.get("id") for e in document.edges]
    assert len(ids) == len(set(ids))            # the same id twice is merged


# ---- GEXF ----

def gexf_by_networkx(path, truth):
    """1.3 was added to NetworkX later; its reader differs in the namespace only."""
    networkx_gexf.GEXF.versions["1.3"] = {
        "NS_GEXF": GEXF[1:-1], "NS_VIZ": VIZ[1:-1], "VERSION": "1.3",
        "NS_XSI": "http://www.w3.org/2001/XMLSchema-instance",
        "SCHEMALOCATION": "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"}
    graph = networkx.read_gexf(path, version="1.3")
    assert type(graph) is networkx.DiGraph
    nodes = {id: dict(values) for id, values in graph.nodes(data=True)}
    for id, values in nodes.items():
        viz, expected = values.pop("viz"), truth.upwards[id]
        assert viz["size"] == expected["size"]
        assert [viz["color"][c] for c in "rgb"] == [expected[c] for c in "rgb"]
        assert ("position" in viz) == ("x" in expected)
        if "position" in viz:
            same(viz["position"], {"x": expected["x"], "y": expected["y"], "z": 0.0})
    same(nodes, truth.plain)
    edges = {(a, b): dict(values) for a, b, values in graph.edges(data=True)}
    assert {values.pop("id"): pair for pair, values in edges.items()} == truth.edge_ids
    same(edges, truth.edges)


def rules_of_gexf(path, truth):
    root = ElementTree.parse(path).getroot()
    assert root.tag == GEXF + "gexf" and root.get("version") == "1.3"
    assert [child.tag for child in root] == [GEXF + "meta", GEXF + "graph"]
    meta, graph = root
    assert not meta.attrib and [e.tag for e in meta] == [GEXF + "creator", GEXF + "description"]
    assert graph.get("mode") == "static" and graph.get("defaultedgetype") == "directed"
    assert [e.tag[len(GEXF):] for e in graph] == ["attributes", "attributes", "nodes", "edges"]
    kinds = {}
    for attributes in graph.findall(GEXF + "attributes"):
        declared = [a.get("id") for a in attributes]
        assert len(declared) == len(set(declared))
        assert {a.get("type") for a in attributes} <= {"string", "integer", "long", "double", "boolean"}
        kinds[attributes.get("class")] = set(declared)
    assert set(kinds) == {"node", "edge"}       # any other class is an error to NetworkX
    for kind, plural in (("node", "nodes"), ("edge", "edges")):
        elements = graph.find(GEXF + plural)
        assert int(elements.get("count")) == len(elements)
        for element in elements:
            used = [value.get("for") for value in element.iter(GEXF + "attvalue")]
            assert len(used) == len(set(used)) and set(used) <= kinds[kind]
    for size in root.iter(VIZ + "size"):
        assert list(size.attrib) == ["value"] and float(size.get("value")) > 0
    for edge in root.iter(GEXF + "edge"):
        assert float(edge.get("weight")) > 0 and not edge.get("type")
    text = open(path, encoding="utf-8").read()  # Tulip knows the prefix, not the namespace
    assert text.count("<viz:color ") == len(truth.plain)


# ---- JSON and CSV ----

def json_by_networkx(path, truth):
    def refuse(constant):
        raise ValueError(constant)      # NaN and Infinity are not JSON
    document = json.load(open(path, encoding="utf-8"), parse_constant=refuse)
    graph = networkx.node_link_graph(document)
    assert type(graph) is networkx.DiGraph and graph.graph["people"] == len(truth.plain)

    def as_read(values, expected):      # 5 and 5.0 are one number in JSON
        return {k: float(v) if type(v) is int and isinstance(expected.get(k), float) else v
                for k, v in values.items()}
    expected = truth.nodes(truth.downwards)
    same({id: as_read(values, expected[id]) for id, values in graph.nodes(data=True)}, expected)
    edges = {(a, b): as_read(values, truth.edges[a, b]) for a, b, values in graph.edges(data=True)}
    assert {values.pop("id"): pair for pair, values in edges.items()} == truth.edge_ids
    same(edges, truth.edges)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    assert "\r" not in text and "\0" not in text and not text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1, "rows differ in length"
    assert len(rows) == len(text.split("\n")) - 1, "a field holds a newline"
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def guarded(text):
    """With the apostrophes that keep a cell from being a formula."""
    return re.sub(r"""(^|;)(?=[\s"]*[=+@\uff1d\uff0b\uff0d\uff20-])""", r"\1'", text)


def as_field(value):
    return {True: "true", False: "false"}.get(value) if isinstance(value, bool) else value


def same_row(row, values, names):
    for name in names:
        field, value = row[name], as_field(values.get(name, ""))
        if isinstance(value, (int, float)):
            assert type(value)(field) == value, (name, field, value)
        else:
            assert field == guarded(value), (name, field, value)


def no_formula(row):
    """As a spreadsheet would read it, whether it splits at commas or semicolons."""
    for field in row.values():
        for cell in field.split(";"):
            number = re.fullmatch(r"-?[0-9.]+(e[+-][0-9]+)?", cell)
            assert number or not re.match(r"""[\s"]*[=+@\uff1d\uff0b\uff0d\uff20-]""", cell), field


def nodes_csv(path, truth):
    rows = rows_of(path)
    assert [row["Id"] for row in rows] == list(truth.plain)
    for row in rows:
        values = dict(truth.plain[row["Id"]])
        values["Label"] = values.pop("label")
        assert set(values) <= set(row)
        same_row(row, values, row.keys() - {"Id"})
        no_formula(row)


def edges_csv(path, truth):
    rows = rows_of(path)
    assert {row["Id"]: (row["Source"], row["Target"]) for row in rows} == truth.edge_ids
    for row in rows:
        values = dict(truth.edges[row["Source"], row["Target"]])
        values["Weight"] = values.pop("weight")
        for end, id in (("source", row["Source"]), ("target", row["Target"])):
            person = truth.raw[int(id[1:])]
            values[end + "_address"], values[end + "_name"] = \
                clean(person["address"]), clean(person["name"])
        assert row["Type"] == "Directed" and set(values) <= set(row)
        same_row(row, values, row.keys() - {"Id", "Source", "Target", "Type"})
        no_formula(row)


def strongest(truth, id):
    """The five others with whom a person has the most weight, with messages (out, in)."""
    ties = {}
    for (a, b), values in truth.edges.items():
        if id in (a, b):
            tie = ties.setdefault(b if a == id else a, [0, 0, 0])
            tie[0] += values["weight"]
            tie[1 if a == id else 2] += values["messages"]
    order = sorted(ties, key=lambda other: (-ties[other][0], int(other[1:])))
    return [(int(other[1:]), ties[other][1], ties[other][2]) for other in order[:5]]


def people_values(truth, number):
    values = dict(truth.plain["n%d" % number])
    values["name"] = clean(truth.raw[number]["name"])
    for name in ("label", "first_ms", "last_ms"):
        values.pop(name, None)
    return values


def people_csv(path, truth):
    rows = rows_of(path)
    assert len(rows) == len(truth.plain)
    for number, row in enumerate(rows):         # ranks follow the numbers
        no_formula(row)
        same_row(row, people_values(truth, number), row.keys() - {"strongest_ties"})
        ties = []
        for other, sent, received in strongest(truth, "n%d" % number):
            address, name = clean(truth.raw[other]["address"]), clean(truth.raw[other]["name"])
            ties.append("%s (%d)" % ("%s <%s>" % (name, address) if name else address,
                                     sent + received))
        assert row["strongest_ties"] == guarded("; ".join(ties)), row["strongest_ties"]


def people_json(path, truth):
    people = json.load(open(path, encoding="utf-8"))
    assert len(people) == len(truth.plain)
    for number, person in enumerate(people):
        ties = [(t["address"], t["name"] or "", t["sent"], t["received"])
                for t in person.pop("strongest_ties")]
        assert ties == [(clean(truth.raw[o]["address"]), clean(truth.raw[o]["name"]), s, r)
                        for o, s, r in strongest(truth, "n%d" % number)]
        found = {k: v for k, v in person.items() if v is not None}
        expected = {k: v for k, v in people_values(truth, number).items() if v != ""}
        assert found == expected, (found, expected)


def people_text(path, truth):
    text = open(path, encoding="utf-8").read()
    assert re.fullmatch(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]*", text)
    total = len(truth.plain)
    assert text.endswith("\n%d %s\n" % (total, "person" if total == 1 else "people"))
    names = [line for line in text.split("\n") if re.match(r" {0,3}[0-9]{1,4}  ", line)]
    assert [int(line.split()[0]) for line in names] == list(range(1, total + 1))


def check_network(folder, name):
    truth = Truth("%s/%s.truth" % (folder, name))
    path = "%s/%s." % (folder, name)
    for ending in ("graphml", "gexf"):
        check("%s.%s is well-formed" % (name, ending), well_formed, path + ending)
    check("NetworkX reads the same from %s.graphml" % name,
          graphml_by_networkx, path + "graphml", truth)
    check("igraph reads the same from %s.graphml" % name,
          graphml_by_igraph, path + "graphml", truth)
    document = Document(path + "graphml")
    for reader, rules in (("the schema", rules_of_the_schema), ("Gephi", rules_of_gephi),
                          ("Cytoscape", rules_of_cytoscape), ("yEd", rules_of_yed),
                          ("graph-tool", rules_of_graph_tool), ("Tulip", rules_of_tulip),
                          ("graphology", rules_of_graphology)):
        check("%s.graphml keeps the rules of %s" % (name, reader), rules, document)
    check("NetworkX reads the same from %s.gexf" % name, gexf_by_networkx, path + "gexf", truth)
    check("%s.gexf keeps the rules of GEXF 1.3" % name, rules_of_gexf, path + "gexf", truth)
    for ending, function in (("json", json_by_networkx), ("nodes.csv", nodes_csv),
                             ("edges.csv", edges_csv), ("people.csv", people_csv),
                             ("people.json", people_json), ("people.txt", people_text)):
        check("%s.%s holds the truth" % (name, ending), function, path + ending, truth)


for network in ("nasty", "random", "one", "empty"):
    check_network(sys.argv[1], network)
print("1..%d" % count)
sys.exit(failures > 0)
