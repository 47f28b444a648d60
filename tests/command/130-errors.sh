#!/bin/bash
# What cannot be done is said in one clear line, with the right exit code
. "$(dirname "$0")/lib.sh"

mail box/a.eml 'ann@a.example' 'bo@b.example' 'one' 'Mon, 1 Feb 2016 10:00:00 +0100'
mail box/b.eml 'bo@b.example' 'ann@a.example' 'two' 'Mon, 1 Feb 2016 11:00:00 +0100'
$epistograph read -q -c case box

exits 'an unknown option' 2 'there is no option --bogus' $epistograph people -c case --bogus
exits 'points to the help' 2 "see 'epistograph help people'" $epistograph people -c case --bogus
exits 'an unknown measure' 2 "no measure 'fame'; there are rank, sent" $epistograph people -c case --by fame
exits 'an unknown chart' 2 'say what to draw: network, timeline' $epistograph draw pie -c case
exits 'an unknown format' 2 'graphml, gexf, csv or json' $epistograph export dot -c case
exits 'an unknown ending' 2 'says no format' $epistograph draw network -c case -o x.bmp
exits 'an unknown kind' 2 "no kind of mail 'spam'" $epistograph people -c case --kind spam
exits 'a bad date' 2 'is not a date' $epistograph people -c case --since yesterday
exits 'a period that ends before it begins' 2 'is after --until' $epistograph people -c case --since 2017 --until 2016
exits 'a missing argument' 2 'needs an argument' $epistograph people -c
exits 'an option that wants a number' 2 'takes a whole number' $epistograph people --top many
exits 'the kinds there are' 2 'there are personal, list, bulk, automatic' $epistograph people -c case --kind spam
exits 'no kind' 2 "no kind of mail ''" $epistograph people -c case --kind ''
exits 'a role that is none of recipients' 2 'there are to, cc, bcc, resent-to' $epistograph people -c case --role from
exits 'no role' 2 "no role of recipients ''" $epistograph people -c case --role ''
for option in person domain list ego; do
	exits "an empty --$option" 2 "^epistograph: --$option needs" $epistograph people -c case --$option ''
done
exits 'a depth of nothing' 2 'depth belongs to --ego' $epistograph people -c case --depth 2
exits 'no depth' 2 '--depth is 1 or more' $epistograph people -c case --ego ann@a.example --depth 0
exits 'two digits are no year' 2 "'16' is not a date" $epistograph people -c case --since 16
exits 'a file without a name' 3 'needs a name' $epistograph people -c case -o ''
exits 'an unknown format of a picture' 2 "format is png, svg or pdf, not 'gif'" $epistograph draw network -c case --format gif -o x
exits 'mail from standard input' 2 'save it to a file' $epistograph read -c new -
exits 'no command at all' 2 'usage:' $epistograph
exits 'an unknown command to help' 2 "no command 'fly'" $epistograph help fly

exits 'a case file that is not there' 3 'nowhere' $epistograph people -c nowhere
ok 'and none is made' test ! -e nowhere
printf 'hello, world' >text
exits 'a file that is no case file' 3 'text' $epistograph people -c text
exits 'not even for writing' 3 'text' $epistograph read -c text box
is 'and it is left as it was' 'hello, world' "$(cat text)"
sqlite3 foreign 'CREATE TABLE t (x); INSERT INTO t VALUES (1)'
exits 'a database that is not ours' 3 'foreign' $epistograph read -c foreign box
cp case newer
sqlite3 newer 'PRAGMA user_version = 999'
exits 'a case file of a newer version' 3 'newer' $epistograph people -c newer

mkdir hollow
exits 'a folder without a file' 3 'no mail was found: there are no files' $epistograph read -c new hollow
exits 'nor with all at once' 3 'no mail was found: there are no files' $epistograph -o made hollow
is 'and nothing is left of it' '' "$(ls -d new made 2>/dev/null)"
: >hollow/nothing
mkfifo hollow/pipe
exits 'files, none of them mail' 3 'in 2 files: 1 empty, 1 not a plain file' $epistograph read -c new hollow
exits 'can be looked at' 0 'hollow/pipe +0 +special' $epistograph show files -c new
$epistograph read -c new box >account 2>said
is 'and are not of the case that is read then' '' "$(cat said; grep -E 'empty|plain file' account)"
sqlite3 case .dump >case.sql
ok 'which is as if they had never been' sh -c 'sqlite3 new .dump | cmp - case.sql'
$epistograph read -c new hollow >account 2>said
is 'where there is mail they are told apart' "epistograph: new also holds 2 files that are not among these: figures are of all its mail" "$(cat said)"

exits 'a filter that leaves no ties' 3 'no ties are left in case: of 2 messages, 0 passed' $epistograph people -c case --since 2020
exits 'nor any message' 3 'no message passes the filter \(all mail, since 2020, dates good, repaired and replaced\) in case; left out: 2 outside the period' \
	$epistograph draw timeline -c case --since 2020 -o none.svg
ok 'and no chart of nothing is drawn' test ! -e none.svg
printf 'From: ann@a.example\nTo: bo@b.example\n\nNo date.\n' >undated.eml
$epistograph read -q -c undated undated.eml
ok 'messages without a date have a chart that says so' status 0 $epistograph draw timeline -c undated -o undated.svg
ok 'by number' grep -q '1 message without a' undated.svg
exits 'an unknown person' 3 'zoe@z.example' $epistograph people -c case --person zoe@z.example
exits 'a folder that cannot be written' 3 'cannot' $epistograph draw network -c case -o /proc/x.svg
ok 'a full disk is no success' sh -c "$epistograph people -c case --csv >/dev/full 2>err; [ \$? -eq 3 ] && grep -q 'No space' err"
for format in svg png pdf; do
	ok "nor for a chart as $format" sh -c "$epistograph draw network -c case --format $format -o /dev/full 2>err; [ \$? -eq 3 ] && grep -q 'No space' err"
done
mkdir small
filled='a disk that fills'
if mount -t tmpfs -o size=512k tmpfs small 2>/dev/null; then
	$top/$build/tests/demo/make_archive --messages 4000 --attachments 0 --format mbox demo >/dev/null
	$epistograph read -q -c whole demo/mail
	ok 'there is more mail than the disk holds' test "$(stat -c %s whole)" -gt 1000000
	exits "$filled while reading" 3 'disk is full while writing small/case' $epistograph read -c small/case demo/mail
	is 'leaves nothing where nothing was stored' '' "$(ls -A small)"
	dd if=/dev/zero of=small/ballast bs=1k count=500 2>/dev/null
	exits "$filled while drawing" 3 'small/x.png' $epistograph draw network -c case -o small/x.png
	is 'nothing half-written is left' 'ballast' "$(ls -A small)"
	rm -f small/ballast
	$epistograph read -q -c small/case box
	status 3 $epistograph read -q -c small/case demo/mail
	mount -o remount,size=64m small
	$epistograph read -q -c small/case demo/mail
	sqlite3 small/case .dump >small.sql
	mkdir ref
	$epistograph read -q -c ref/case box
	$epistograph read -q -c ref/case demo/mail
	sqlite3 ref/case .dump >whole.sql
	ok 'with room again the reading is completed' cmp small.sql whole.sql
	umount small
else
	skip "$filled while reading or drawing" 'no file system can be mounted here'
fi
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	cp $epistograph mine
	cp case theirs
	mkdir locked
	chmod 755 . locked
	nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
	exits 'a case file of somebody else' 3 'cannot write theirs: it is read-only' nobody ./mine read -c theirs box
	exits 'a folder that cannot be made' 3 'cannot make the folder output: Permission denied' nobody ./mine draw network -c theirs
	exits 'a folder of somebody else' 3 'cannot write locked/x.svg: Permission denied' nobody ./mine draw network -c theirs -o locked/x.svg
fi
mkdir readonly
cp case readonly/case
exits 'a case file in a folder is read' 0 'ann@a.example' $epistograph people -c readonly/case

exits 'the version' 0 '^epistograph [0-9]' $epistograph --version
exits 'help names every command' 0 'export graphml' $epistograph help
exits 'help for people explains the rank' 0 'Borda' $epistograph help people
exits 'and what a measure says' 0 '^  betweenness  *[A-Z]' $epistograph help people
for command in read people draw export show; do
	exits "help for $command" 0 'usage: epistograph' $epistograph $command --help
done
done_testing
