#!/bin/bash
# From a person, a tie and a column back to the messages: the very lines of the README
. "$(dirname "$0")/lib.sh"

$top/$build/tests/demo/make_archive --messages 1500 --seed 3 demo >/dev/null
mkdir output
$epistograph read -q -c output/case.epistograph demo/mail
$epistograph export csv --kind all --max-recipients 0 -o graph
$epistograph draw timeline --kind all --unit month -o timeline.svg

# The tie with the most messages, and the two at its ends.
/usr/bin/python3 - >tie <<'P'
import csv
rows = csv.DictReader(open("graph-edges.csv", encoding="utf-8"))
most = max(rows, key=lambda row: int(row["messages"]))
print(most["source_address"], most["target_address"], most["messages"])
P
read -r from to messages <tie
sed -n '/^## From a mark/,/^## How/p' "$top/README.md" | grep '^sqlite3 ' |
	sed "s/ann@example.org/$from/; s/bo@example.org/$to/" >lines
is 'the README has three lines' 3 "$(wc -l <lines)"
for line in 1 2 3; do
	sh -c "$(sed -n ${line}p lines)" >found$line 2>&1
done

is 'a tie leads to its messages' "$messages" "$(wc -l <found2)"
ok 'which are among those of its sender' sh -c 'sort found1 >1; sort found2 | comm -23 - 1 | { ! grep -q .; }'
drawn=$(sed -n 's/.*id="bar-2016-05"[^>]*><title>[^:]*: \([0-9]*\) message.*/\1/p' timeline.svg)
is 'a column leads to its messages' "$drawn" "$(wc -l <found3)"

# At the file and the byte there is a message, and it names the person by some address.
addresses() {
	sqlite3 output/case.epistograph "SELECT one.address FROM address AS one JOIN address AS main
		ON main.id = one.person WHERE main.address = '$1'" | tr '\n' ' '
}
cat >look.py <<'P'
import email, re, sys
number, addresses = sys.argv[1], sys.argv[2].split()
found = 0
for line in open("found" + number, encoding="utf-8"):
    path, offset = line.rstrip("\n").split("|")[-2:]
    raw = open("output/" + path, "rb").read()[int(offset):]
    raw = re.split(rb"\r?\n\r?\n", re.sub(rb"^From .*\n", b"", raw), maxsplit=1)[0]
    message = email.message_from_bytes(raw + b"\n\n")
    assert (message["From"] or message["Sender"]) and (message["Subject"] or message["Date"]), (path, offset)
    text = raw.lower()
    assert any(who.encode() in text for who in addresses), (path, offset, addresses, raw[:500])
    found += 1
assert found > 2
P
ok 'the place of a message of a person is that' /usr/bin/python3 look.py 1 "$(addresses "$from")"
ok 'of a tie too' /usr/bin/python3 look.py 2 "$(addresses "$to")"
ok 'of a column too' /usr/bin/python3 look.py 3 'from:'
done_testing
