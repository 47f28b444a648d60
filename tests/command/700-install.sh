#!/bin/bash
# What is installed can be used, and goes away again
. "$(dirname "$0")/lib.sh"

target() { make -s -C "$top" BUILD="$build" DESTDIR="$work/stage" PREFIX=/opt/e "$@"; }

ok 'it installs' target install
ok 'the program' "$work/stage/opt/e/bin/epistograph" --version
is 'the prefix is the one given, not that of the last make' 'prefix=/opt/e' \
	"$(head -1 stage/opt/e/lib/pkgconfig/epistograph.pc)"

cat >program.c <<'END'
#include <epistograph/casefile.h>
#include <epistograph/error.h>

#include <stdio.h>

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct casefile_account account;
	struct casefile *casefile = casefile_open(argv[argc - 1], CASEFILE_READ, &err);

	if (!casefile || casefile_account(casefile, &account, &err) < 0)
		return fprintf(stderr, "%s\n", err.message), 1;
	printf("%d messages\n", (int)account.counted);
	casefile_close(casefile);
	return 0;
}
END
mail box/a.eml 'ann@a.example' 'bo@b.example' 'one' 'Mon, 1 Feb 2016 10:00:00 +0100'
$epistograph read -q -c case box
# Where it was staged is where this machine finds it.
sed -i "s|^prefix=.*|prefix=$work/stage/opt/e|" stage/opt/e/lib/pkgconfig/epistograph.pc
flags() { PKG_CONFIG_PATH=$work/stage/opt/e/lib/pkgconfig pkg-config "$@" epistograph; }
if [ "$build" = build ]; then           # a sanitized library wants sanitized programs
	ok 'a program is compiled by what pkg-config says' gcc -o program program.c $(flags --cflags --libs)
	exits 'and reads a case file' 0 '^1 messages' ./program case
fi
ok 'it is taken away' target uninstall
is 'without a rest' '' "$(find stage -type f)"
make -s -C "$top" BUILD="$build" "$build/epistograph.pc"
done_testing
