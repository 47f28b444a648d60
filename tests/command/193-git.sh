#!/bin/bash
# Repositories of public-inbox are read through git: every message, and nothing a repository says is run
. "$(dirname "$0")/lib.sh"
mkdir tmp
export TMPDIR=$work/tmp GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null

inbox() { /usr/bin/python3 "$top/tests/data/make_inbox.py" "$@"; }
commits() { git -C "$1" rev-list --count --all; }
reason() { sqlite3 "$1" "SELECT reason FROM file WHERE path = '$2'"; }

# A v2 inbox of two repositories; the second takes out a message of the first.
mkdir -p box/git
inbox v2 box/git/0.git 0 30
inbox v2 box/git/1.git 30 11 7
git init -q --bare box/all.git
printf '%s\n' ../../git/0.git/objects ../../git/1.git/objects >box/all.git/objects/info/alternates

exits 'a v2 inbox is read' 0 '"found"' $epistograph read --json -c case box
is 'every commit is a message' "$(($(commits box/git/0.git) + $(commits box/git/1.git)))" "$(field found)"
is 'what the list took out was put in before' '41 1' "$(field counted) $(field duplicates)"
is 'each is a file of its own, beside the three repositories' 45 "$(field files)"
is 'by outcome they add up' '42 2 1' \
	"$(field files_by_outcome.mail) $(field files_by_outcome.container) $(field files_by_outcome.empty)"
is 'a repository that only borrows has no commits' 'a git repository without commits' "$(reason case box/all.git)"
is 'what was taken out is a finding' 'box/git/1.git
box/git/1.git/'"$(git -C box/git/1.git rev-parse master):d" \
	"$(sqlite3 case "SELECT path FROM note JOIN file ON id = file WHERE kind = 'deleted' ORDER BY path")"

# An origin is what git calls the message.
name=$(git -C box/git/0.git rev-parse master~3):m
$epistograph show message --raw -c case "box/git/0.git/$name@0" >raw.eml
ok 'the bytes are those that git gives' sh -c "git -C box/git/0.git cat-file blob $name | cmp - raw.eml"
$epistograph read --list box >list
is 'the list shows what is there' '45 files: 1 empty, 2 git, 42 message' "$(tail -1 list)"

# Packed anew, fetched, interrupted.
sqlite3 case .dump >one.sql
git -C box/git/0.git gc -q
git -C box/git/0.git pack-refs --all
$epistograph read -q -c case box
ok 'packing it anew changes nothing' sh -c 'sqlite3 case .dump | cmp - one.sql'
inbox v2 box/git/1.git 60 5
status 0 $epistograph read --json -c case box
is 'what comes with a fetch is added' '46 1' "$(field counted) $(field duplicates)"
content() { sqlite3 "$1" 'SELECT path, size, outcome, form, reason FROM file ORDER BY path; SELECT * FROM messages'; }
content case >two
for jobs in 1 4; do
	$epistograph read -q -j $jobs -c fresh$jobs box
	content fresh$jobs >one
	ok "it is what $jobs workers read at once" cmp one two
done
sqlite3 fresh1 .dump >one.sql
ok 'to the letter by any number of them' sh -c 'sqlite3 fresh4 .dump | cmp - one.sql'

# A v1 inbox; in a work tree as well.
inbox v1 old.git 0 20 4
status 0 $epistograph read --json -c v1 old.git
is 'of a v1 inbox every message is read, also one that was taken out' 20 "$(field counted)"
is 'its removal is told' '1 taken out by the list itself, and read all the same: 1 message' \
	"$(sqlite3 v1 "SELECT count(*), text FROM note WHERE kind = 'deleted'" | tr '|' ' ')"
is 'and is no file that could have been mail' 1 "$(field files_by_outcome.repeated)"
git clone -q old.git tree 2>/dev/null
status 0 $epistograph read --json -c work tree/.git
is 'a work tree has the same in .git' 20 "$(field counted)"
git -C tree checkout -q -b other HEAD~5
/usr/bin/python3 -c 'open("tree/README", "w").write("no mail\n")'
git -C tree add README
git -C tree -c user.name=a -c user.email=a@example.org commit -q -m notes
git -C tree checkout -q master
git -C tree -c user.name=a -c user.email=a@example.org merge -q -m both other
status 0 $epistograph read --json -c merged tree/.git
is 'a merge adds no message twice' '20 0' "$(field counted) $(field duplicates)"

# What is no mail.
git init -q code
printf 'int main(void) { return 0; }\n' >code/main.c
cp raw.eml code/m
git -C code add main.c m
git -C code -c user.name=a -c user.email=a@example.org commit -q -m first
status 0 $epistograph read --json -c code.case code raw.eml
is 'a repository of something else is one line' 'a git repository without mail' "$(reason code.case code/.git)"
is 'its work tree is read as files' '1 1 2' "$(field counted) $(field duplicates) $(field files_by_outcome.not_mail)"
tar -cf box.tar box/git/0.git
$epistograph read --list box.tar >list
ok 'in a container it is said to be readable only on disk' \
	grep -qE '\.pack .*not-mail.*part of a git repository, which can be read only as a folder on disk' list

# Without git, and what cannot be read.
mkdir empty
exits 'without git the repository is named' 3 'no mail' env PATH=$work/empty $epistograph read -c nogit box/git/0.git
exits 'and its mail beside other mail' 1 'unreadable +1' env PATH=$work/empty $epistograph read -c nogit box/git/0.git raw.eml
is 'with the reason' 'a git repository: git, which reads it, cannot be started (it is not installed)' \
	"$(reason nogit box/git/0.git)"
inbox v2 hurt.git 0 6
lost=$(git -C hurt.git rev-parse master~2:m)
chmod -R u+w hurt.git
printf 'rubbish' >"hurt.git/objects/${lost:0:2}/${lost:2}"
status 1 $epistograph read --json -c hurt hurt.git
is 'a damaged object costs its message' '5 1' "$(field counted) $(field files_by_outcome.unreadable)"
ok 'which is named with its commit' grep -q "$lost" <<<"$(reason hurt "hurt.git/$(git -C hurt.git rev-parse master~2):m")"
gone=$(git -C hurt.git rev-parse master~4)
rm "hurt.git/objects/${gone:0:2}/${gone:2}"
exits 'a broken history is said to be' 3 'no mail' $epistograph read -c broken hurt.git
ok 'damaged' grep -q 'damaged, or not whole' <<<"$(reason broken hurt.git)"
git clone -q --depth 3 "file://$work/box/git/0.git" shallow 2>/dev/null
status 0 $epistograph read --json -c shallow.case shallow/.git
is 'of a shallow clone what is there is read' 3 "$(field counted)"
is 'and that it is one is said' 1 "$(sqlite3 shallow.case "SELECT count(*) FROM note WHERE kind = 'shallow'")"

if git init -q --bare -b master --object-format=sha256 long.git 2>/dev/null; then
	inbox v2 long.git 0 3 1 >/dev/null 2>&1
	status 0 $epistograph read --json -c long long.git
	is 'objects named by SHA-256 are found' "$(commits long.git)" "$(field found)"
else
	skip 'objects named by SHA-256 are found' 'this git knows no SHA-256'
fi

# What a hostile repository would like to be done.
inbox v2 evil.git 0 4
printf '#!/bin/sh\ntouch %s/ran\n' "$work" >run
chmod +x run
for hook in post-checkout reference-transaction post-index-change pre-auto-gc; do
	cp run evil.git/hooks/$hook
done
cat >>evil.git/config <<END
[core]
	fsmonitor = $work/run
	sshCommand = $work/run
	pager = $work/run
	editor = $work/run
	alternateRefsCommand = $work/run
	hooksPath = $work/evil.git/hooks
[alias]
	log = !$work/run
	cat-file = !$work/run
[diff]
	external = $work/run
[gpg]
	program = $work/run
[log]
	showSignature = true
[include]
	path = $work/evil.git/more
[extensions]
	partialClone = origin
[remote "origin"]
	url = ext::$work/run
	promisor = true
	uploadpack = $work/run
[uploadpack]
	packObjectsHook = $work/run
END
printf '[core]\n\tattributesFile = %s/a\n' "$work" >evil.git/more
printf '* diff=x filter=x\n' >evil.git/info/attributes
chmod -R u+w evil.git
git -C box/git/0.git rev-parse master >evil.git/refs/heads/elsewhere
ln -s "$work/box/git/0.git/refs/heads" evil.git/refs/remotes
printf '%s\n' "$work/box/git/0.git" >evil.git/commondir
status 0 $epistograph read --json -c evil evil.git
is 'a hostile repository is read, by its own objects alone' 4 "$(field counted)"
ok 'nothing that it says is run' test ! -e ran
printf '%s\n' "$work/box/git/0.git/objects" >evil.git/objects/info/alternates
exits 'objects of other places are not followed' 3 'no mail' $epistograph read -c evil2 evil.git
ok 'which is said' grep -q 'borrows objects' <<<"$(reason evil2 evil.git)"
rm evil.git/objects/info/alternates
for odd in objects/pack/pack-0123456789012345678901234567890123456789.idx objects/ab/cdef shallow; do
	mkdir -p evil.git/objects/ab
	mkfifo evil.git/$odd
	exits "a FIFO as $odd holds nothing up" 3 'no mail' timeout 15 $epistograph read -c fifo evil.git
	rm evil.git/$odd
done
mv evil.git/objects/pack packs
ln -s "$work/box/git/0.git/objects/pack" evil.git/objects/pack
exits 'nor is a link to packs elsewhere followed' 3 'no mail' $epistograph read -c fifo evil.git
ok 'which is said, too' grep -q 'what is no file' <<<"$(reason fifo evil.git)"

is 'nothing is left in the folder for temporary files' '' "$(ls tmp)"

done_testing
