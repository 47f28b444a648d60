#!/bin/bash
# Folders as mail programs keep them: Maildir++, MH, Thunderbird, Apple Mail
. "$(dirname "$0")/lib.sh"

/usr/bin/python3 "$top/tests/data/make_boxes.py" boxes
counts() { /usr/bin/python3 -c 'import json, sys
print(*(json.load(open("counts.json"))[sys.argv[1]][key] for key in ("messages", "deleted", "undelivered")))' "$1"; }
deleted() { sqlite3 "$1" "SELECT count(*) FROM note WHERE kind = 'deleted'"; }
said() { ok "$1" grep -qE "$2" files.csv; }

for box in maildir mh profile apple; do
	status 0 $epistograph read --json -c $box boxes/$box
	is "$box: messages, deleted and undelivered ones are as many as Python's mailbox finds" "$(counts $box)" \
		"$(field counted) $(deleted $box) $(field files_by_outcome.undelivered)"
	is "$box: every file is in the account" "$(find boxes/$box -type f | wc -l)" "$(field files)"
	is "$box: its rows add up" "$(field files)" "$(/usr/bin/python3 -c 'import json
print(sum(json.load(open("out"))["files_by_outcome"].values()))')"
done
$epistograph show files -c maildir --csv >files.csv
said 'what is being delivered is named' 'boxes/maildir/.Sent/tmp/1483441202.M5P6.host,.*undelivered,.*not delivered to its end'
said 'what Dovecot keeps there is not mail' 'dovecot.index.cache,.*not-mail'
$epistograph show files -c profile --csv >files.csv
said 'an index of Thunderbird is named' 'Inbox.msf,.*not-mail,.*index of Thunderbird'

# The folder of a message is in its place.
place() { sqlite3 "$1" "SELECT file FROM messages WHERE file LIKE '$2'"; }
is 'a Maildir++ folder is' 5 "$(place maildir 'boxes/maildir/.Archive.2016/%' | wc -l)"
is 'an MH folder is' 6 "$(place mh 'boxes/mh/lists/trees/%' | wc -l)"
is 'one of Thunderbird is' 3 "$(place profile '%/Archives.sbd/2016' | wc -l)"
is 'one of Apple Mail is' 2 "$(place apple 'boxes/apple/Work.mbox/Plans.mbox/mbox' | wc -l)"

# By hand, of the names and bits in make_boxes.py.
is 'a comma before the number is a deleted message of MH' 'boxes/mh/inbox/,2 boxes/mh/lists/trees/,5' \
	"$(sqlite3 mh "SELECT path FROM note JOIN file ON id = file ORDER BY path" | paste -sd' ')"
is 'the bit 8 of X-Mozilla-Status is one of Thunderbird' '2016 Drafts Inbox Trash Trash' \
	"$(sqlite3 profile "SELECT path FROM note JOIN file ON id = file ORDER BY path" | sed 's|.*/||' | paste -sd' ')"
is 'the bit 2 of the flags behind it is one of Apple Mail' '2.partial.emlx 21000.emlx' \
	"$(sqlite3 apple "SELECT path FROM note JOIN file ON id = file ORDER BY size" | sed 's|.*/||' | paste -sd' ')"
is 'it is read all the same' 5 "$(sqlite3 profile "SELECT count(*) FROM note JOIN origin USING (file, offset)")"

# The same mail packed up: nothing changes but where it is.
/usr/bin/python3 - <<'END'
import tarfile, zipfile, os
with tarfile.open("boxes.tar.gz", "w:gz") as tar:
    tar.add("boxes")
with tarfile.open("first.tar", "w") as tar:  # tmp before cur and new
    for name in ("tmp", "new", "cur"):
        tar.add(f"boxes/maildir/{name}")
with zipfile.ZipFile("boxes.zip", "w") as out:
    for folder, _, names in os.walk("boxes"):
        for name in sorted(names):
            out.write(os.path.join(folder, name))
END
content() { sqlite3 "$1" "SELECT replace(path, '$2', ''), outcome, size, reason FROM file
	WHERE path NOT IN ('boxes.tar.gz', 'boxes.zip') ORDER BY 1;
	SELECT replace(path, '$2', ''), offset, kind, text FROM note JOIN file ON id = file ORDER BY 1, 2"; }
status 0 $epistograph read -q -c disk boxes
content disk '' >disk.txt
for packed in boxes.tar.gz boxes.zip; do
	status 0 $epistograph read --json -c packed.$packed $packed
	content packed.$packed $packed/ >packed.txt
	ok "in $packed it is the same" cmp disk.txt packed.txt
done
status 0 $epistograph read --json -c first first.tar
is 'a tmp that comes before the others is known too' 1 "$(field files_by_outcome.undelivered)"
mkdir tmp
mail tmp/note.eml ann@example.org bo@example.org 'no Maildir' 'Tue, 03 Jan 2017 11:00:00 +0000'
tar -cf plain.tar tmp
status 0 $epistograph read --json -c plain plain.tar
is 'any other tmp is a folder' 1 "$(field counted)"

# A mailbox that is split among workers tells the same.
/usr/bin/python3 - <<'END'
with open("Large", "w") as out:
    for i in range(3000):
        out.write(f"From - Tue Jan 03 11:00:00 2017\nX-Mozilla-Status: {8 if i % 3 == 0 else 1:04x}\n"
                  f"From: a@example.org\nTo: b@example.org\nMessage-ID: <{i}@example.org>\nSubject: {i}\n\n" + "x" * 500 + "\n\n")
END
for jobs in 1 3; do
	status 0 $epistograph read --json -j $jobs -c large$jobs Large
	is "by $jobs workers: a third of a large mailbox is marked" '3000 1000' "$(field counted) $(deleted large$jobs)"
done

done_testing
