#!/bin/bash
# A file is one file, however it is called; what epistograph writes is no mail
. "$(dirname "$0")/lib.sh"

mail A/mail/one.eml 'ann@a.example' 'bo@b.example' 'one' 'Mon, 1 Feb 2016 10:00:00 +0000'
mail A/mail/two.eml 'ann@a.example' 'cy@c.example' 'two' 'Tue, 2 Feb 2016 10:00:00 +0000'
mail B/mail/one.eml 'di@d.example' 'ed@e.example' 'three' 'Wed, 3 Feb 2016 10:00:00 +0000'

for way in A/mail ./A/mail "$work/A/mail" A/../A/mail A/mail/one.eml; do
	status 0 $epistograph read --json -c case "$way"
	is "called $way, the mail is the same two" '2 2' "$(field found) $(field files)"
done
(cd A/mail && $epistograph read -q -c ../../case .)
status 0 $epistograph read --json -c case A
is 'and from its own folder' '2 2' "$(field found) $(field files)"
(cd B && $epistograph read -q -c ../case mail)
status 0 $epistograph read --json -c case A
is 'a file of the same name elsewhere is another' '3 3' "$(field found) $(field files)"
ok 'files are named from the folder of the case' sh -c "$epistograph show files -c case --csv | grep -q '^B/mail/one.eml,'"

# The case and its mail move together.
mkdir moved && mv case A B moved/
status 0 $epistograph read --json -c moved/case moved/A moved/B
is 'a case moved with its mail knows it still' '3 3' "$(field found) $(field files)"

# Output among the mail.
cp -a moved/A here
cd here || exit 1
$epistograph -o . . >/dev/null 2>&1
$epistograph -o . . >/dev/null 2>&1
$epistograph read --json -c case.epistograph . >"$work/out"
cd "$work" || exit 1
is 'what was written into the folder of the mail is not read' '2 2' "$(field found) $(field files)"

done_testing
