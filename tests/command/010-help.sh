#!/bin/bash
# What the README says of the command line is what the program says
. "$(dirname "$0")/lib.sh"

# The synopsis: the same commands with the same arguments.
$epistograph help | sed -n 's/^ *\(usage: \)\{0,1\}\(epistograph .*\)$/\2/p' | grep -v '^epistograph [0-9]' |
	sed 's/  */ /g; s/ *$//' | sort >program
sed -n '/^## What it reads/,/^## What the numbers/p' "$top/README.md" | grep '^epistograph ' |
	sed 's/\(MAIL\.\.\.\|\[-c CASE\]\|\.pdf\]\|FILE\]\|\[COMMAND\]\|\[WHO\.\.\.\]\)  *[a-z].*$/\1/; s/  */ /g; s/ *$//' | sort >readme
grep -v -- '--version' program >commands
ok 'the README has the synopsis of every command' diff commands readme

# Every option the README names exists, and every option has a line of help.
grep -oE -- '--[a-z][a-z-]+' "$top/README.md" | sort -u >named
for command in '' read people draw export alias show; do
	$epistograph help $command
done | grep -oE -- '--[a-z][a-z-]+' | sort -u >options
is 'the README names no option that is not there' '' "$(comm -23 named options | tr '\n' ' ')"
ok 'help of one option a line' sh -c "$epistograph help draw | grep -qE '^  --event DATE=TEXT +mark'"
is 'no line of help is wider than 100 columns' '' "$(for c in '' read people draw export alias show; do
	$epistograph help $c; done | awk 'length($0) > 100')"
done_testing
