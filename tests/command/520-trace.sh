#!/bin/bash
# From a person, a tie and a column back to the messages: the numbers are those of the figure,
# and the lines are the very ones of the README
. "$(dirname "$0")/lib.sh"

$top/$build/tests/demo/make_archive --messages 400 --seed 3 demo >/dev/null
mkdir output
ln -s "$top/$build" build
$epistograph read -q demo/mail
$epistograph export csv -o graph
$epistograph people --top 0 --csv -q >people.csv
$epistograph draw timeline --unit month -o timeline.svg
$epistograph draw network --labels 10000 -o network.svg

# Every tie of the exported graph, every person of the table, every column of the timeline.
cat >sums.py <<'P'
import csv, html, json, re, sqlite3, subprocess, sys, xml.etree.ElementTree as tree

# A mark is of a person, a message of addresses.
persons = dict(sqlite3.connect("output/case.epistograph").execute(
    "SELECT one.address, main.address FROM address AS one JOIN address AS main ON main.id = one.person"))

def named(message, *roles):
    return {persons[address] for role in roles for address in message[role]}

# The most visible, for who is named twice by two addresses.
def role_of(person, message):
    return next(role for role in ("to", "cc", "bcc") if person in named(message, role))

def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

def show(*what):
    done = subprocess.run([sys.argv[1], "show", *what, "--json", "-q"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    if done.returncode:
        return done.stderr.decode()
    return json.loads(done.stdout)

def check(what, expected, got):
    if expected != got:
        sys.exit("%s: %s and %s" % (what, expected, got))

def edges():
    total = 0
    for edge in rows_of("graph-edges.csv"):
        ends = edge["source_address"], edge["target_address"]
        found = show("edge", *ends)
        check(ends, int(edge["messages"]), len(found))
        for role in "to", "cc", "bcc":
            check((ends, role), int(edge[role]), sum(role_of(ends[1], m) == role for m in found))
        total += len(found)
    check("sum", sum(int(edge["messages"]) for edge in rows_of("graph-edges.csv")), total)
    return total

# A message to nobody else is in no tie.
def people():
    for person in rows_of("people.csv"):
        me, found = person["address"], show("person", person["address"])
        from_me = [persons.get(m["sender"]) == me for m in found]
        sent = [m for m, mine in zip(found, from_me) if mine and named(m, "to", "cc", "bcc") - {me}]
        received = [m for m, mine in zip(found, from_me)
                    if m["sender"] and not mine and me in named(m, "to", "cc", "bcc")]
        check(me, (int(person["sent"]), int(person["received"])), (len(sent), len(received)))
        check(me, ["from" in m["role"] for m in found], from_me)

def bars():
    total = 0
    for month, count in re.findall(r'id="bar-([^"]*)"[^>]*><title>[^:]*: (\d+) message',
                                   open("timeline.svg", encoding="utf-8").read()):
        check(month, int(count), len(show("date", month)))
        total += int(count)
    return total

# The title of a tie names two people, as show takes them where no other has the name.
def ties():
    names = [row["name"] for row in rows_of("people.csv")]
    seen = 0
    for title in re.findall(r'id="tie-\d+-\d+"[^>]*><title>([^<]*)',
                            open("network.svg", encoding="utf-8").read()):
        one = re.fullmatch(r"(.*) to (.*): (\d+) messages?; \2 to \1: (\d+)(?: messages?)?", html.unescape(title))
        if not one or names.count(one[1]) != 1 or names.count(one[2]) != 1:
            continue
        check(title, [int(one[3]), int(one[4])],
              [len(show("edge", one[1], one[2])), len(show("edge", one[2], one[1]))])
        seen += 1
    if seen < 20:
        sys.exit("only %d ties could be tried" % seen)

print(globals()[sys.argv[2]]())
P
ok 'the messages of all edges are those of the exported graph' /usr/bin/python3 sums.py $epistograph edges
ok 'what people sent and received is what the table says' /usr/bin/python3 sums.py $epistograph people
ok 'the messages of all months are those of the timeline' /usr/bin/python3 sums.py $epistograph bars
ok 'the title of a tie leads to its messages' /usr/bin/python3 sums.py $epistograph ties

# The lines of the README, for the tie with the most messages.
/usr/bin/python3 - >tie <<'P'
import csv
rows = csv.DictReader(open("graph-edges.csv", encoding="utf-8"))
most = max(rows, key=lambda row: int(row["messages"]))
print(most["source_address"], most["target_address"], most["messages"])
P
read -r from to messages <tie
place=$($epistograph show edge "$from" "$to" --csv -q | tail -1 | grep -oE 'demo/mail/[^,;]*@[0-9]+' | head -1)
sed -n '/^## From a mark/,/^## How/p' "$top/README.md" | grep -E '^(build/epistograph|sqlite3) ' |
	sed "s/ann@example.org/$from/; s/bo@example.org/$to/; s|mail/inbox.mbox@1834|../$place|; s/invoice/e/" >lines
is 'the README has five lines' 5 "$(wc -l <lines)"
for line in 1 2 3 4 5; do
	ok "line $line does what it says" sh -c "$(sed -n ${line}p lines) >found$line && test -s found$line -o -s may.mbox"
done
ok 'a tie leads to its messages' grep -q "^$messages messages" found2
ok 'which are among those of its sender' sh -c "grep -oE 'demo/mail/.*' found2 | sort >2; grep -oE 'demo/mail/.*' found1 | sort | comm -13 - 2 | { ! grep -q .; }"
is 'a month is a mailbox' "$($epistograph show date 2016-05 --csv -q | tail -n +2 | wc -l)" "$(grep -c '^From ' may.mbox)"
ok 'a place is that of one message' grep -q "^from .*$from" found4
ok 'and SQL works' test "$(wc -l <found5)" -gt 2
done_testing
