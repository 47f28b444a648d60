#!/bin/bash
# verify: what DKIM signatures are worth, by mail that was signed in the test
. "$(dirname "$0")/lib.sh"

mail box/a.eml ann@a.example bo@b.example Hello 'Thu, 14 Jul 2016 10:00:00 +0000'
$epistograph read -q -c probe box
if $epistograph verify -c probe 2>&1 | grep -q 'built without libopendkim'; then
	skip 'signatures are checked' 'built without libopendkim'
	done_testing
	exit
fi

/usr/bin/python3 $top/tests/data/make_signed.py . || exit 1
$epistograph read -q --embedded -c case mail

# judged CASE: of each message its status, and what became of each signature of its copies.
judged() {
	sqlite3 -separator $'\t' "$1" "SELECT replace(message_id, '@test', ''), signature,
		ifnull((SELECT group_concat(word) FROM (SELECT signature_result.word FROM origin
			JOIN signature AS one USING (file, offset, member)
			JOIN signature_result ON signature_result.number = one.result
			WHERE origin.message = messages.id ORDER BY file, offset, member, position)), '')
		FROM messages" | LC_ALL=C sort
}
# flagged ID: the bits and the reason of its first signature.
flagged() {
	sqlite3 case "SELECT one.flags, one.reason FROM identifier JOIN origin USING (message)
		JOIN signature AS one ON (one.file, one.offset, one.member) =
			(origin.file, origin.offset, origin.member) WHERE message_id = '$1@test' LIMIT 1"
}
status_of() { sqlite3 "$1" "SELECT signature FROM messages WHERE message_id = '$2@test'"; }

# ---- before ----

exits 'a timeline of what nobody checked is refused' 3 "run 'epistograph verify --keys FILE' first" \
	$epistograph draw timeline -c case --split verified -o no.svg
exits 'and so is a filter' 3 "signatures of the mail in case are not checked" \
	$epistograph people -c case --verified
ok 'and nothing is drawn' test ! -e no.svg
is 'nothing is said of a message' '' "$($epistograph show message good@test -c case | grep ^signature)"

# ---- the result ----

exits 'signatures are checked' 0 '39 messages in case, checked with 8 keys' \
	$epistograph verify -c case --keys keys.txt
cp out table.txt
LC_ALL=C sort expected.tsv >expected
judged case >got
ok 'each is what it was made to be' diff expected got
cut -f 2 expected | sort | uniq -c | awk '{ print $2 "=" $1 }' >wanted
awk '/^ +[0-9]+ +[a-z-]+  / { print $2 "=" $1 }' table.txt | sort >printed
ok 'the counts by status are those' diff wanted printed
$epistograph verify -c case --csv >table.csv
$epistograph verify -c case --json >table.json
is 'the sums of the table are all messages' '39 39' "$(/usr/bin/python3 -c '
import csv, json
rows = list(csv.DictReader(open("table.csv")))
names = "verified", "other_domain", "untestable", "failing", "unsigned"
assert [[str(v) if v is not None else "" for v in row.values()] for row in json.load(open("table.json"))] == \
    [list(row.values()) for row in rows]
print(sum(int(row["messages"]) for row in rows), sum(int(row[name]) for row in rows for name in names))')"
# thin has From alone, part a longer body, bare neither From nor Subject; twofrom one From too many.
is 'what signatures leave out is counted by domain' 'example.org,1,2,1' \
	"$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) n[$i] = i } $1 == "example.org" {
		print $1 "," $n["partial_body"] "," $n["from_unsigned"] "," $n["date_unsigned"] }' table.csv)"
is 'and how many hold that are no proof' 2 "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) n[$i] = i }
	NR > 1 { sum += $n["weak"] } END { print sum }' table.csv)"
ok 'which is said' grep -q 'Of the untestable 2 have a signature that holds, but by SHA-1' table.txt

is 'two keys of one name are both tried' '1|' "$(flagged rotated)"
is 'a part of a body is flagged' '3|' "$(flagged part)"
is 'an expired signature holds, and is flagged' '65|' "$(flagged expired)"
is 'one that had not expired is not' '1|' "$(flagged later)"
is 'fields that are not signed are flagged' '57|' "$(flagged thin)"
is 'without From nothing is verified' '37|it does not cover From' "$(flagged bare)"
is 'a second From is not signed' '5|it does not cover From, or not all of several' "$(flagged twofrom)"
is "what a mailbox has quoted is taken back" '257|' "$(flagged quoted)"
is 'and what it has not is left' '1|' "$(flagged asis)"
is 'a changed body is told from a changed header' '1|the body is not the one that was signed' "$(flagged body)"
ok 'a missing key is no fault of the message' sh -c "echo '$(flagged nokey)' | grep -q 'there is no key'"
ok 'nothing is ever called fake' sh -c "! grep -qi fake table.txt"

# dkimpy, which knows nothing of who sent it: does any signature hold? It asks the clock.
cat >oracle.py <<'P'
import glob, sys
import dkim
keys = {}
for line in open("keys.txt"):
    if line.strip() and line[0] != "#":
        name, record = line.split(None, 1)
        keys.setdefault(name.rstrip("."), []).append(record.replace('3600 IN TXT', '').replace('"', '').strip())
for path in sorted(glob.glob("mail/*.eml")):
    text = open(path, "rb").read()
    passed = False
    for turn in 0, 1:
        def record(name, timeout=5):
            found = keys.get(name.decode().rstrip(".").lower(), [None])
            return (found[min(turn, len(found) - 1)] or "").encode() or None
        count = text.count(b"DKIM-Signature:")
        for i in range(count):
            try:
                passed |= dkim.DKIM(text, minkey=1024).verify(idx=i, dnsfunc=record)
            except dkim.DKIMException:
                pass
    print(path[5:-4], "pass" if passed else "no")
P
if /usr/bin/python3 -c 'import dkim' 2>/dev/null; then
	# rsa-sha1 holds for dkimpy, and so does a signature without From; a second From, and expiry,
	# it judges as we do not.
	/usr/bin/python3 oracle.py | grep -vE '^(sha1|bare|twofrom|expired|later|outer) ' >theirs
	sqlite3 case "SELECT replace(message_id, '@test', '') || iif(signature IN ('verified', 'other-domain'), ' pass', ' no')
		FROM messages WHERE file LIKE 'mail/%.eml' AND file NOT LIKE 'mail/%/%'
		AND message_id NOT IN ('sha1@test', 'bare@test', 'twofrom@test', 'expired@test', 'later@test', 'outer@test', 'inside@test')" |
		LC_ALL=C sort >ours
	ok 'dkimpy finds the same' diff <(LC_ALL=C sort theirs) ours
else
	skip 'dkimpy finds the same' 'python3-dkim is not installed'
fi

# ---- filters, figures, messages ----

verified=$(grep -c '	verified	' expected)
$epistograph show date 2016 -c case --verified --csv -q >verified.csv
is 'a filter leaves what is verified' "$verified" "$(tail -n +2 verified.csv | wc -l)"
is 'each of them says so' "$verified" "$(grep -c ',verified$' verified.csv)"
$epistograph draw timeline -c case --split verified --unit month --data -o split.svg
total() { awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "series") s = i; else if ($i == "messages") m = i }
	NR > 1 && $s == name { sum += $m } END { print sum + 0 }' split.csv; }
is 'a figure counts the verified' "$verified" "$(total verified)"
is 'the signed but not verified' "$(grep -cE '	(failing|other-domain)	' expected)" "$(total 'signed but not verified')"
is 'the untestable' "$(grep -c '	untestable	' expected)" "$(total 'untestable')"
is 'and the unsigned' "$(grep -c '	unsigned	' expected)" "$(total unsigned)"
ok 'it says how many are signed by others' grep -q 'another domain than' split.svg
$epistograph draw timeline -c case --verified -o only.svg
ok 'a filter is told in words' grep -q "verified by a signature of the sender" only.svg
ok 'and what it leaves out is counted' grep -q "not verified by a signature" only.svg
$epistograph show message part@test -c case >card.txt
ok 'a message tells of its signature' grep -q '^signature    verified: a signature of the sender' card.txt
ok 'and of what it leaves open' grep -q 'pass: d=example.org, s=s1, rsa-sha256, key [0-9a-f]*; part of the body not signed' card.txt
$epistograph show message copied@test -c case >card.txt
is 'of each copy' 'fail,pass' "$(grep -oE '^ +(pass|fail)' card.txt | tr -d ' ' | paste -sd,)"

# ---- again, and other keys ----

sqlite3 case .dump >first.sql
$epistograph read -q --embedded -c four mail
$epistograph verify -q -c four --keys keys.txt --jobs 4
sqlite3 four .dump >four.sql
$epistograph read -q --embedded -c one mail
$epistograph verify -q -c one --keys keys.txt --jobs 1
sqlite3 one .dump >one.sql
ok 'the number of workers makes no difference' cmp four.sql one.sql
if sanitized; then
	skip 'nor does a clock of another year' 'faketime and a sanitizer both want to be the first library'
else
	$epistograph read -q --embedded -c clock mail
	NO_FAKE_STAT=1 faketime 2035-01-01 $epistograph verify -q -c clock --keys keys.txt
	sqlite3 clock .dump >clock.sql
	ok 'nor does a clock of another year' cmp clock.sql one.sql
fi

mv mail away
ok 'a second run has nothing to read' status 0 $epistograph verify -q -c case --keys keys.txt
sqlite3 case .dump >second.sql
ok 'and changes nothing' cmp first.sql second.sql
grep -v '^s1._domainkey.list.example' keys.txt >fewer.txt
exits 'with other keys, what they concern is read again' 1 'could not be read again' \
	$epistograph verify -c case --keys fewer.txt
is 'that alone' 0 "$(sqlite3 case "SELECT count(*) FROM checked JOIN origin USING (file, offset, member)
	JOIN identifier USING (message) WHERE unread AND message_id NOT IN
	('other@test', 'both@test', 'broken@test', 'munged@test')")"
is 'and is said to be untestable' untestable "$(status_of case other)"
mv away mail
ok 'it is tried again' status 0 $epistograph verify -q -c case --keys fewer.txt
is 'and there is no key for it' untestable "$(status_of case other)"
is 'one that has another signature keeps that' verified "$(status_of case both)"
ok 'with the first keys' status 0 $epistograph verify -q -c case --keys keys.txt
sqlite3 case .dump >third.sql
ok 'all is as before' cmp first.sql third.sql
is 'without --keys those of the last time are taken' 8 \
	"$($epistograph verify -c case | sed -n 's/.*checked with \([0-9]*\) keys$/\1/p')"

# ---- more mail, changed mail ----

mail more/fresh.eml ann@example.org bo@b.example News 'Thu, 14 Jul 2016 11:00:00 +0000'
$epistograph read -q --embedded -c case mail more
exits 'new mail is not checked yet' 3 'signatures of 1 message in case are not checked' \
	$epistograph draw timeline -c case --split verified -o split.svg
$epistograph verify -q -c case
is 'until it is' unsigned "$(sqlite3 case "SELECT signature FROM messages WHERE subject = 'News'")"
sed -i 's/open/shut/' mail/good.eml
$epistograph read -q --embedded -c case mail more
$epistograph verify -q -c case
is 'a file that changed is checked anew' failing "$(status_of case good)"
is 'nothing is left of what is gone' 0 "$(sqlite3 case 'SELECT count(*) FROM checked LEFT JOIN origin
	USING (file, offset, member) WHERE message IS NULL')"

# ---- forms that keep mail otherwise ----

printf 'sender,recipient,date\nann@example.org,bo@b.example,2016-07-14\n' >table.edges.csv
$epistograph read -q -c table table.edges.csv
ok 'a row of a table can be read, and not be tested' status 0 $epistograph verify -q -c table --keys keys.txt
is 'for it is not kept as it was sent' 'untestable|the message is not kept as it was sent' \
	"$(sqlite3 table 'SELECT signature, reason FROM messages, checked')"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
git init -q tree
for id in rotated body unsigned; do
	cp mail/$id.eml tree/m
	git -C tree add m
	git -C tree -c user.name=x -c user.email=x@x.example commit -q -m $id
done
git clone -q --bare tree inbox.git 2>/dev/null
$epistograph read -q -c inbox inbox.git
$epistograph verify -q -c inbox --keys keys.txt
is 'what git keeps is checked' 'failing,unsigned,verified' \
	"$(sqlite3 inbox 'SELECT group_concat(signature) FROM (SELECT signature FROM messages ORDER BY 1)')"
gzip -k <mail/box.mbox >box.mbox.gz
$epistograph read -q -c packed box.mbox.gz
$epistograph verify -q -c packed --keys keys.txt
is 'and what is packed' 'verified,verified,verified' \
	"$(sqlite3 packed 'SELECT group_concat(signature) FROM messages')"

# ---- what goes wrong ----

printf '# keys\nexample.org p=x\n' >bad.txt
exits 'a key file that is none is named with its line' 3 'bad.txt, line 2: this is no name of a key' \
	$epistograph verify -c case --keys bad.txt
exits 'one that is not there' 3 'keys cannot be read' $epistograph verify -c case --keys none.txt
exits 'there is no case' 3 'no case file none' $epistograph verify -c none --keys keys.txt
ok 'and none is made' test ! -e none
exits 'an argument' 2 "takes no argument 'mail'" $epistograph verify -c case mail
exits 'two formats' 2 'exclude each other' $epistograph verify -c case --csv --json
exits 'no workers' 2 'between 1 and 1024' $epistograph verify -c case --jobs 0
$epistograph read -q -c bare mail/good.eml
exits 'without keys that is said' 0 'there are no keys' $epistograph verify -c bare
is 'and nothing can be tested' untestable "$(status_of bare good)"

if sanitized; then
	skip 'a crash costs one message' 'the program is built with a sanitizer'
else
	mail crash/a.eml ann@a.example bo@b.example '=?utf-8?q?x?= please-crash' 'Thu, 14 Jul 2016 10:00:00 +0000'
	cp mail/rotated.eml mail/below.eml crash/
	$epistograph read -q -c crashed crash
	exits 'a crash is a message that could not be read' 1 '1 copy of a message could not be read again' \
		env LD_PRELOAD=$top/$build/tests/command/crash_preload.so $epistograph verify -c crashed --keys keys.txt
	is 'and costs itself alone' 'untestable 1, verified 2' "$(sqlite3 crashed \
		"SELECT group_concat(signature || ' ' || n, ', ') FROM (SELECT signature, count(*) AS n FROM messages GROUP BY 1)")"
	ok 'the crash is named' sh -c "sqlite3 crashed 'SELECT reason FROM checked' | grep -q 'crashed.*Segmentation'"
fi

# Interrupted when a part is stored at most: a shorter time is tried if it came too late.
mkdir many
for i in $(seq 1500); do sed "s/rotated@test/m$i@test/" mail/rotated.eml >many/$i.eml; done
$epistograph read -q -c whole many
cp whole begun
begin=$(date +%s%N)
$epistograph verify -q -c whole --keys keys.txt
took=$(($(date +%s%N) - begin))
for percent in 60 40 20 10; do
	cp begun part
	$epistograph verify -q -c part --keys keys.txt 2>err &
	pid=$!
	sleep "$(awk -v took=$took -v percent=$percent 'BEGIN { printf "%.3f", took * percent / 1e11 }')"
	kill -INT $pid 2>/dev/null
	wait $pid
	interrupted=$?
	[ $interrupted -ne 0 ] && break
done
is 'a run can be interrupted' 3 $interrupted
ok 'which is said' grep -q 'interrupted: what was done is kept' err
is 'and what is not done is not taken for done' 0 "$(sqlite3 part 'SELECT count(*) FROM verification')"
$epistograph verify -q -c part --keys keys.txt
sqlite3 whole .dump >whole.sql
sqlite3 part .dump >part.sql
ok 'the next run completes it' cmp whole.sql part.sql

done_testing
