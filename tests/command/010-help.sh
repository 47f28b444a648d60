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

# One chart: what it is, an example that can be copied, and no option that it would refuse.
charts=$($epistograph help draw | sed -n '/^Charts/,/^Options/s/^  \([a-z][a-z-]*\)  .*/\1/p')
ok 'there are charts' test -n "$charts"
for chart in $charts; do
	$epistograph help draw $chart >help
	ok "help of $chart has an example" grep -q "^  epistograph draw $chart" help
	ok "and is no wider than 100 columns" sh -c "! awk 'length(\$0) > 100' help | grep ."
	for option in labels=3 split=kind unit=day zone=UTC event=2016=x top=3; do
		named=${option%%=*}
		grep -q "^  --$named " help && said=yes || said=no
		# What a chart does not heed is refused before anything is read.
		$epistograph draw $chart $(grep -oE "^usage: .* draw $chart( WHO)*" help | grep -o WHO) --$option -c none 2>&1 |
			grep -qE "belongs? to|choose ties" && heeded=no || heeded=yes
		is "help of $chart says whether it takes --$named" "$heeded" "$said"
	done
done
ok 'draw CHART --help is the same' sh -c "$epistograph draw timeline --help >other; $epistograph help draw timeline | cmp - other"
done_testing
