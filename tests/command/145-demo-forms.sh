#!/bin/bash
# The demonstration archive in every form that can be made here: the same account, the same graph.
. "$(dirname "$0")/lib.sh"
demo=$top/tests/demo
"$top/$build/tests/demo/make_archive" --seed 4 --messages 1000 --attachments 0 demo

# account NAME FILE...: the numbers of messages, and the graph in NAME-edges.csv, NAME-nodes.csv.
account() {
	local name=$1
	shift
	"$epistograph" read --json -c "$name.case" "$@" >out 2>/dev/null
	"$epistograph" export csv -q --kind all -c "$name.case" -o "$name"
	echo "$(field found) found, $(field counted) counted, $(field duplicates) duplicates, $(field rejected) rejected"
}

# Packed up as it stands.
loose=$(account loose demo/mail)
is 'its messages are those of the truth' "$(tail -n +2 demo/truth/origins.csv | wc -l)" "${loose%% *}"
(cd demo && zip -qry ../mail.zip mail && tar cf ../mail.tar mail && tar cJf ../mail.tar.xz mail &&
	7z a -bd -snl ../mail.7z mail >7z.log && find mail | cpio -o --quiet -H newc | gzip >../mail.cpio.gz)
mkdir nest && (cd demo && find mail -mindepth 1 -maxdepth 1 -name '[a-i]*' | zip -qry ../nest/first.zip -@ &&
	find mail -mindepth 1 -maxdepth 1 ! -name '[a-i]*' -print0 | tar cJf ../nest/second.tar.xz --null -T -)
(cd nest && zip -q second.zip second.tar.xz && rm second.tar.xz && tar cf - . | zstd -q >../nested.tar.zst)
for form in zip tar tar.xz 7z cpio.gz; do
	is "in a $form it is the same" "$loose" "$(account "$form" "mail.$form")"
	ok 'with the same ties' cmp loose-edges.csv "$form-edges.csv"
	ok 'and people' cmp loose-nodes.csv "$form-nodes.csv"
done
is 'half in a zip, half in a tar in a zip, both in a tar it is, too' "$loose" "$(account nested nested.tar.zst)"
ok 'with the same ties' cmp loose-edges.csv nested-edges.csv
is 'a chain of names leads to each' "$(sqlite3 loose.case "SELECT count(*) FROM origin")" \
	"$(sqlite3 nested.case "SELECT count(*) FROM origin JOIN file ON file.id = file WHERE path LIKE
	'%nested.tar.zst/./first.zip/mail/%' OR path LIKE '%nested.tar.zst/./second.zip/second.tar.xz/mail/%'")"

# Message by message in other forms.
is 'its single messages are made into other forms' "$(/usr/bin/python3 "$demo/make_forms.py" demo forms)" \
	"$(find forms/eml -name '*.eml' | wc -l)"
messages=$(account eml forms/eml)
is 'all are found' "$(find forms/eml -name '*.eml' | wc -l)" "${messages%% *}"
for form in box.mbox maildir mh emlx list.git; do
	if [ $form = list.git ] && ! "$epistograph" read --list forms/list.git >/dev/null 2>&1; then
		skip "as $form" 'there is no git'
		continue
	fi
	is "as $form they are the same" "$messages" "$(account $form forms/$form)"
	ok 'with the same ties' cmp eml-edges.csv $form-edges.csv
done
table=$(account table forms/export.dat)
is 'a load file has a row for each' "${messages%% *}" "${table%% *}"
is 'with the same senders' "$(sqlite3 eml.case 'SELECT DISTINCT address.address FROM message
	JOIN address ON address.id = sender ORDER BY 1')" "$(sqlite3 table.case 'SELECT DISTINCT address.address
	FROM message JOIN address ON address.id = sender ORDER BY 1')"
done_testing
