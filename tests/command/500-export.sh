#!/bin/bash
# export: the same network in every format, as other programs read it
. "$(dirname "$0")/lib.sh"

$top/$build/tests/demo/make_archive --messages 1500 --seed 3 demo >/dev/null
# A sender who tries to break out of every format.
mail demo/mail/hostile.eml '"=cmd|<&>]]>--\"quoted" <evil@h.example>' '=?utf-8?q?a=00b=1b[31m=ef=bf=be?= <bo@b.example>' \
	'=?utf-8?q?x=07?=' 'Mon, 1 Feb 2016 10:00:00 +0000'
mail demo/mail/hostile2.eml 'bo@b.example' 'evil@h.example' 'x' 'Mon, 1 Feb 2016 11:00:00 +0000'
$epistograph read -q -c case demo/mail

for format in graphml gexf json; do
	ok "$format" status 0 $epistograph export $format -c case -o graph.$format
	status 0 $epistograph export $format -c case
	ok "$format to standard output is the same" cmp graph.$format out
done
ok 'csv' status 0 $epistograph export csv -c case -o graph.csv
ok 'GraphML is well-formed' xmllint --noout graph.graphml
ok 'GEXF is well-formed' xmllint --noout graph.gexf

cat >compare.py <<'P'
import csv, json, sys
import igraph, networkx as nx

def edges_of(graph, weight="weight"):
    name = nx.get_node_attributes(graph, "address")
    return {(name[a], name[b]): d[weight] for a, b, d in graph.edges(data=True)}

graphml = nx.read_graphml("graph.graphml")
edges = edges_of(graphml)
other = igraph.Graph.Read_GraphML("graph.graphml")
by_igraph = {(other.vs[e.source]["address"], other.vs[e.target]["address"]): e["weight"] for e in other.es}
with open("graph.json", encoding="utf-8") as f:
    by_json = edges_of(nx.node_link_graph(json.load(f)))
with open("graph-nodes.csv", encoding="utf-8", newline="") as f:
    names = {row["Id"]: row["address"] for row in csv.DictReader(f)}
with open("graph-edges.csv", encoding="utf-8", newline="") as f:
    by_csv = {(names[r["Source"]], names[r["Target"]]): float(r["Weight"]) for r in csv.DictReader(f)}
text = open("graph.gexf", encoding="utf-8").read()
checks = {"igraph": by_igraph, "JSON": by_json, "CSV": by_csv}
bad = [name for name, got in checks.items() if got != edges]
assert not bad, bad
assert len(edges) > 100 and ("bo@b.example", "evil@h.example") in edges
assert text.count("<edge ") == len(edges)
assert len(set(other.vs["name"])) == other.vcount() and other.vs["name"] == other.vs["address"]
assert len(set(other.vs["label"])) < other.vcount()     # two people of one name are in it
P
ok 'NetworkX, igraph, JSON and CSV agree on every edge' /usr/bin/python3 compare.py
ok 'a formula is defused in CSV' bash -c "! grep -q '^[^,]*,=cmd\|,\"=cmd' graph-nodes.csv"
ok 'no control character is in any file' bash -c "! LC_ALL=C grep -lP '[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]' graph.graphml graph.gexf graph.json graph-nodes.csv"

# Of two tables one is no export: 30 people who all write to each other make edges of
# more bytes than nodes, and a file may have so many.
for from in $(seq 30); do
	mail ring/$from "p$from@x.example" "$(seq -f 'p%g@x.example' -s, 30)" 's' 'Mon, 1 Feb 2016 10:00:00 +0000'
done
$epistograph read -q -c ring.case ring
$epistograph export csv -q -c ring.case -o ring
nodes=$(wc -c <ring-nodes.csv) edges=$(wc -c <ring-edges.csv)
ok 'the edges are larger' test "$nodes" -lt $((edges - 2048))
limited() { (ulimit -f $(((nodes + edges) / 2048)); exec "$@"); }
exits 'edges that cannot be written' 3 'cannot write half-edges.csv: File too large' \
	limited $epistograph export csv -c ring.case -o half
mkdir folder-edges.csv
exits 'or have no place' 3 'cannot write folder-edges.csv' $epistograph export csv -c ring.case -o folder
is 'leave no nodes alone' '' "$(ls | grep -E '^(half|folder)-' | grep -v '^folder-edges')"
done_testing
