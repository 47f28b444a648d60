"""What others have published about these archives: who sent and received Enron's
mail, where MimeKit finds messages in its mailboxes, figures of well-known graphs.
The figures are those of the archives' README and of the papers it names."""
import collections
import csv
import json
import lzma
import os
import subprocess

import compare


def read_tsv(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


# ---- Enron: senders and receivers, cleaned by hand ----

class Employees:
    """Whose address is it? Those seen in From are given; of the others, which only
    ever received, an enron.com address that holds the last name will do."""

    def __init__(self, folder):
        self.known = collections.defaultdict(set)
        for address, employee, _ in read_tsv(folder, "sender-addresses.tsv")[1:]:
            self.known[address.lower()].add(employee)
        self.last_name = {row[0]: row[1].lower().replace("'", "").split()[-1]
                          for row in read_tsv(folder, "employees.tsv")}

    def is_in(self, employee, addresses):
        """By a known address, by name, or not at all."""
        if any(employee in self.known.get(address, ()) for address in addresses):
            return "by address"
        for address in addresses:
            local, _, domain = address.replace("'", "").partition("@")
            if domain.endswith("enron.com") and self.last_name[employee] in local.split("."):
                return "by name"
        return "not named"


def match_truth(rows, messages, employees):
    by_id = {(file, m.id): m for (file, _), m in messages.items()}
    count = collections.Counter()
    for _, mbox, id, address, sender, receivers in rows:
        m = by_id.get((mbox, id.strip("<>")))
        if m is None:
            continue
        count["from"] += m.origin == address.lower()
        count["sender"] += sender in employees.known.get(m.origin, ())
        for receiver in receivers.split(","):
            count[employees.is_in(receiver, m.recipients)] += 1
    return count


def check_truth(tap, folder, theirs, ours):
    if not os.path.isdir(folder):
        tap.skip("Enron's senders and receivers", "%s is not there" % folder)
        return
    rows = read_tsv(folder, "sent-messages-matched.tsv")[1:]
    employees = Employees(folder)
    count = match_truth(rows, ours.messages, employees)
    python = match_truth(rows, theirs.messages, employees)
    receipts = sum(len(row[5].split(",")) for row in rows)
    tap.say(count["from"] == count["sender"] == len(rows),
            "Enron's truth: From is right in %d of %d messages" % (count["from"], len(rows)))
    tap.say(count == python and
            sum(count[how] for how in ("by address", "by name", "not named")) == receipts,
            "Enron's truth: of %d receipts %d are found by address, %d by name, %d not (an address "
            "the truth does not tell); as in Python's reading" % (
                receipts, count["by address"], count["by name"], count["not named"]),
            [str(count), str(python)])


# ---- Enron: copies ----

# Of each archive: its copies by date, sender, subject and body without white space, as its
# README counts them; and how many of these went to other people, so that they are none.
COPIES = {"enron-sent": (20892, 2), "enron-allen": (1637, 1)}


def check_copies(tap, name, theirs, ours):
    published, to_others = COPIES[name]
    found = ours.account["duplicates"]
    tap.say(theirs.by_body == published and found == published - to_others and
            ours.account["other_id"] == found and ours.account["uncompared"] == 0,
            "%s: %d copies under other Message-IDs, which is the published count without the %d "
            "that differ in To or Cc" % (name, found, to_others),
            ["published %d, Python %d, epistograph %d" % (published, theirs.by_body, found)])
    repeated = ours.account["bcc_repeats_cc"], ours.account["with_cc"]
    tap.say(repeated[0] == repeated[1] > 0, "%s: in all %d messages with a Cc the Bcc repeats it"
            % (name, repeated[1]), [str(repeated)])


# ---- MimeKit: byte offsets ----

def read_places(program, path):
    compare.run([program, "read", "-q", "-c", path + ".case", path], (0,))
    return compare.select(path + ".case", "SELECT offset, size FROM origin ORDER BY offset")


def check_offsets(tap, program, folder, scratch):
    for name in ("content-length", "issue1189"):
        for ending, newline in (("unix", b"\n"), ("dos", b"\r\n")):
            source = os.path.join(folder, name + ".mbox.txt")
            if not os.path.exists(source):
                tap.skip("offsets of " + name, source + " is not there")
                continue
            path = os.path.join(scratch, "%s-%s.mbox" % (name, ending))
            with open(source, "rb") as file:
                data = file.read().replace(b"\n", newline)
            with open(path, "wb") as file:
                file.write(data)
            with open(os.path.join(folder, "%s.%s-offsets.json" % (name, ending))) as file:
                wanted = [expected_place(m, data, newline) for m in json.load(file)]
            found = read_places(program, path)
            tap.say(found == wanted, "%s.mbox (%s): %d messages are where MimeKit finds them" % (
                name, ending, len(wanted)), ["%s %s" % row for row in zip(wanted, found)])


def expected_place(place, data, newline):
    """For MimeKit the newline before a separator is the separator's; for us the line
    before ends with it, unless that is a blank line."""
    end = place["endOffset"]
    if not data.startswith(newline + newline, end - len(newline)) and \
            data.startswith(newline + b"From ", end):
        end += len(newline)
    return place["mboxMarkerOffset"], end - place["beginOffset"]


# ---- graphs ----

class Measured:
    """What measure_graph says of {(from, to): weight}."""

    def __init__(self, program, edges, samples=0):
        text = "".join("%s %s %d\n" % (*pair, weight) for pair, weight in edges.items())
        command = [program] + (["-s", str(samples)] if samples else [])
        done = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True)
        lines = done.stdout.decode().splitlines()
        table = csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t")
        self.vertices = {row["vertex"]: row for row in table}
        self.facts = dict(line[2:].split("\t", 1) for line in lines if line.startswith("# "))

    def number(self, fact):
        return float(self.facts[fact])

    def column(self, name):
        return {vertex: float(row[name]) for vertex, row in self.vertices.items()}

    def highest(self, name, digits, scale=1):
        values = sorted(self.column(name).items(), key=lambda item: (-item[1], item[0]))
        return [(vertex, round(scale * value, digits)) for vertex, value in values[:3]]


def modularity(measured, edges):
    """Of the communities measured, by Newman's formula and nothing else."""
    community = {vertex: row["community"] for vertex, row in measured.vertices.items()}
    inside, strength, total = 0, collections.Counter(), sum(edges.values())
    for (a, b), weight in edges.items():
        inside += weight if community[a] == community[b] else 0
        strength[community[a]] += weight
        strength[community[b]] += weight
    return inside / total - sum((s / (2 * total)) ** 2 for s in strength.values())


def check_modularity(tap, graph, measured, edges, least, words):
    value = measured.number("modularity")
    tap.say(value >= least and abs(value - modularity(measured, edges)) < 1e-9,
            "%s: modularity %.6f, counted again from the communities; at least %s" % (
                graph, value, words), ["by the formula %.9f" % modularity(measured, edges)])


def read_edges(path):
    opened = lzma.open if path.endswith(".xz") else open
    with opened(path, "rt") as file:
        return [tuple(line.split()) for line in file if line.strip()]


def check_figures(tap, graph, figures):
    wrong = ["%s: published %s, here %s" % row for row in figures if row[1] != row[2]]
    tap.say(not wrong, "%s: %s" % (graph, ", ".join("%s %s" % row[:2] for row in figures)), wrong)


def check_eu_core(tap, program, path):
    lines = read_edges(path)
    edges = {pair: 1 for pair in lines if pair[0] != pair[1]}
    graph = Measured(program, edges)
    # 19 of the nodes have a loop and nothing else: they are no correspondents.
    alone = len({n for pair in lines for n in pair}) - len({n for pair in edges for n in pair})
    check_figures(tap, "email-Eu-core", [
        ("nodes", 1005, graph.number("order") + alone),
        ("edges", 25571, graph.number("size") + len(lines) - len(edges)),
        ("in the largest component", 986, graph.number("largest"))])
    pairs = {tuple(sorted(pair)): 1 for pair in edges}
    simple = Measured(program, pairs, samples=1)
    check_figures(tap, "email-Eu-core, simple and undirected",
                  [("edges", 16064, simple.number("size"))])
    check_modularity(tap, "email-Eu-core", simple, pairs, 0.41, "0.41; Louvain gives about 0.416")


def check_snap_enron(tap, program, path):
    edges = {pair: 1 for pair in read_edges(path)}
    graph = Measured(program, edges, samples=1)
    check_figures(tap, "email-Enron", [
        ("nodes", 36692, graph.number("order")),
        ("undirected edges", 183831, graph.number("size") / 2),
        ("in the largest component", 33696, graph.number("largest"))])


def pagerank_scale(graph, alone):
    """PageRank sums to 1 over all, and `alone` vertices without a tie take their part.
    Each has p = (0.15 + 0.85 d) / n, where d is what the vertices hold that point
    nowhere: these, and some of the others. The others have the rest, in proportion."""
    out = graph.column("out-degree")
    dead_ends = sum(v for who, v in graph.column("pagerank").items() if out[who] == 0)
    n = len(out) + alone
    p = (0.15 + 0.85 * dead_ends) / (n - 0.85 * alone * (1 - dead_ends))
    return 1 - alone * p


def check_enron_people(tap, program, folder):
    """The network of 156 employees: figures by igraph, in the archives' README."""
    sender = {row[0]: row[4] for row in read_tsv(folder, "messages.tsv")}
    receipts = read_tsv(folder, "recipients.tsv")
    weights = collections.Counter((sender[m], to) for m, _, to in receipts)
    people = {row[0] for row in read_tsv(folder, "employees.tsv")}
    graph = Measured(program, weights)
    plain = Measured(program, dict.fromkeys(weights, 1))
    alone = len(people - graph.vertices.keys())        # no mail with the others
    correspondents = sum(graph.column("correspondents").values())
    mutual = 2 * graph.number("size") - correspondents      # arcs with one the other way
    check_figures(tap, "Enron's employees", [
        ("people", 156, graph.number("order") + alone), ("pairs", 2715, graph.number("size")),
        ("receipts", 38388, graph.number("receipts")),
        ("undirected pairs", 1843, correspondents / 2),
        ("reciprocity", 0.642357, round(mutual / graph.number("size"), 6)),
        ("in the largest component", 154, graph.number("largest"))])
    check_figures(tap, "Enron's employees by number, highest", [
        ("PageRank", [("43", 0.021128), ("65", 0.018698), ("138", 0.017295)],
         graph.highest("pagerank", 6, pagerank_scale(graph, alone))),
        ("betweenness", [("67", 1610.41), ("98", 1264.59), ("144", 1189.43)],
         plain.highest("betweenness", 2)),
        ("out-degree", [("67", 83), ("7", 76), ("65", 61)], plain.highest("out-degree", 0))])
    check_modularity(tap, "Enron's employees", graph, weights, 0.653218,
                     "0.653218, the least that igraph's Leiden gives with 200 seeds")


def check_graphs(tap, program, top):
    for check, path in ((check_eu_core, "graphs/email-Eu-core.txt"),
                        (check_snap_enron, "graphs/email-Enron.txt.xz"),
                        (check_enron_people, "enron/truth")):
        if os.path.exists(os.path.join(top, path)):
            check(tap, program, os.path.join(top, path))
        else:
            tap.skip(path, "it is not there")
