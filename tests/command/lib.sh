# lib.sh - for command tests (bash): TAP, a folder of their own, mail written on the spot
# Source it first; the test ends with done_testing.
set -u
build=${BUILD:-build}
epistograph=$PWD/$build/epistograph
top=$PWD
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
count=0

# ok FACT COMMAND...: the fact holds if the command succeeds.
ok() {
	local fact=$1
	shift
	count=$((count + 1))
	if "$@" >"$work/.out" 2>&1; then
		echo "ok $count - $fact"
	else
		echo "not ok $count - $fact"
		sed 's/^/# /' "$work/.out" | head -20
	fi
}

# is FACT EXPECTED ACTUAL
is() {
	count=$((count + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		printf 'expected: %s\ngot: %s\n' "$2" "$3" | sed 's/^/# /'
	fi
}

# skip FACT REASON: it cannot be tried here.
skip() {
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

# sanitized: the program is watched by AddressSanitizer, which must be the first library and
# keeps freed memory.
sanitized() { grep -q __asan_init "$epistograph"; }

# status EXPECTED COMMAND...: runs it, keeps out and err in $work/out, $work/err.
status() {
	local expected=$1 got
	shift
	"$@" >"$work/out" 2>"$work/err"
	got=$?
	[ "$got" -eq "$expected" ] || {
		echo "exit status $got, expected $expected"
		head -5 "$work/err"
		return 1
	}
}

# exits FACT STATUS PATTERN COMMAND...: that status, and a line on stderr (or stdout) matching.
exits() {
	local fact=$1
	shift
	ok "$fact" exits_so "$@"
}
exits_so() {
	local expected=$1 pattern=$2
	shift 2
	status "$expected" "$@" || return 1
	cat "$work/out" "$work/err" | grep -qE -- "$pattern" && return 0
	echo "nothing matches $pattern in:"
	head -5 "$work/err" "$work/out"
	return 1
}

# mail FILE FROM TO SUBJECT DATE [EXTRA-HEADER...]: one message. The Message-ID is made of FILE.
mail() {
	local file=$1 from=$2 to=$3 subject=$4 date=$5 line
	shift 5
	mkdir -p "$(dirname "$file")"
	{
		printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\n' "$from" "$to" "$subject" "$date"
		printf 'Message-ID: <%s@test.example>\n' "$(echo "$file" | tr '/ ' '..')"
		for line; do printf '%s\n' "$line"; done
		printf '\nBody.\n'
	} >"$file"
}

# field NAME: a number of the account printed by read --json in $work/out.
field() {
	/usr/bin/python3 -c 'import json, sys
value = json.load(open(sys.argv[1]))
for key in sys.argv[2].split("."): value = value[key]
print(value)' "$work/out" "$1"
}

done_testing() { echo "1..$count"; }
