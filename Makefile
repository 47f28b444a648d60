# epistograph: make demo | make check | make | make install | see README.md

VERSION  = 0.1.0
PREFIX   = /usr/local
CC       = gcc
CFLAGS   = -O2 -g

# Which library is spoken to where: src/source libarchive, libpff and libgsf, src/message GMime, OpenSSL and
# libopendkim, src/store SQLite,
# src/graph igraph, src/draw cairo, Pango and libpng; GLib everywhere.
PACKAGES = glib-2.0 gmime-3.0 libarchive libcrypto sqlite3 igraph cairo cairo-pdf pango pangocairo libpng

# Optional: used if they are there; make WITHOUT="pff gsf dkim" leaves them out.
HAVE     = $(if $(filter $(1),$(WITHOUT)),,$(shell pkg-config --exists $(2) 2>/dev/null && echo $(2)))
PFF     := $(call HAVE,pff,libpff libbfio)
GSF     := $(call HAVE,gsf,libgsf-1)
DKIM    := $(call HAVE,dkim,opendkim)
PACKAGES += $(PFF) $(GSF) $(DKIM)

BUILD    = build
Q        = $(if $(V),,@echo '  $(notdir $@)';)      # make V=1 shows whole commands
ALL_CPPFLAGS = -Iinclude -D_GNU_SOURCE -DEPISTOGRAPH_VERSION='"$(VERSION)"' \
               $(if $(PFF),-DHAVE_PFF) $(if $(GSF),-DHAVE_GSF) $(if $(DKIM),-DHAVE_DKIM) $(CPPFLAGS)
ALL_CFLAGS   = -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
               -Wmissing-prototypes -Wvla -Wwrite-strings $(if $(CI),-Werror) \
               $(PKG_CFLAGS) $(CFLAGS)
LIBS         = $(PKG_LIBS) -lgomp -lm
PKG_CFLAGS  := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS    := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

ifdef SANITIZE                          # make check-unit SANITIZE=address,undefined
BUILD        = build-sanitize
CFLAGS       = -O1 -g -Wno-format-truncation    # at -O1 gcc takes less for impossible
ALL_CFLAGS  += -fsanitize=$(SANITIZE) -fno-sanitize-recover=all
endif

MODULES  = base source message identity store graph draw export
LIB_SRC  = $(foreach m,$(MODULES),$(wildcard src/$(m)/*.c))
PROG_SRC = $(wildcard src/command/*.c)
UNIT_SRC = $(wildcard tests/unit/test_*.c)
TOOL_SRC = $(wildcard tests/demo/*.c tests/bench/*.c tests/oracle/*.c tests/render/*.c)

LIB      = $(BUILD)/libepistograph.a
PROG     = $(BUILD)/epistograph
UNITS    = $(UNIT_SRC:%.c=$(BUILD)/%)
TOOLS    = $(TOOL_SRC:%.c=$(BUILD)/%)

all: $(PROG) $(LIB) $(BUILD)/epistograph.pc

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Tables of C, sorted for looking up, of the words that the rules on names know; and the file
# itself line by line.
$(BUILD)/src/identity/words.inc: src/identity/words.txt Makefile
	@mkdir -p $(@D)
	$(Q){ awk '/^\[/ { table = substr($$0, 2, length - 2); gsub(/ /, "_", table); next } \
		!/^#/ && NF { print table "\t" $$0 }' $< | LC_ALL=C sort | \
	awk -F '\t' '$$1 != table { if (table) print "};"; table = $$1; \
		print "static const " (table == "same_domains" ? "struct same_domain " : "char *const ") table "[] = {" } \
		{ words = $$2; gsub(/ /, "\", \"", words); \
		print "\t" (table == "same_domains" ? "{ \"" words "\" }," : "\"" words "\",") } \
		END { print "};" }'; \
	sed 's/[\\"]/\\&/g; s/.*/\t"&",/; 1i static const char *const words_lines[] = {' $<; echo '};'; } >$@
$(BUILD)/src/identity/word_tables.o: $(BUILD)/src/identity/words.inc
$(BUILD)/src/identity/word_tables.o: ALL_CPPFLAGS += -I$(BUILD)/src/identity

$(LIB): $(LIB_SRC:%.c=$(BUILD)/%.o)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(PROG): $(PROG_SRC:%.c=$(BUILD)/%.o) $(LIB)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(UNITS): $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(LIB)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

# Programs of one file each: the archive's generator, plain-cost loops, oracles.
$(TOOLS): $(BUILD)/%: $(BUILD)/%.o $(LIB)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

tools: $(TOOLS)

# A library that crashes on request, for the test that a crash costs one message.
$(BUILD)/tests/command/crash_preload.so: tests/command/crash_preload.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -shared -fPIC -o $@ $< -ldl

# Fuzz targets: clang's sanitizers in the modules that read bytes, compiled once for all targets.
FUZZ_SRC      = $(patsubst %,src/base/%.c,error text calendar) $(wildcard src/source/*.c src/message/*.c)
FUZZERS       = $(patsubst tests/fuzz/%.c,build-fuzz/%.bin,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_PACKAGES := glib-2.0 gmime-3.0 libarchive libcrypto $(DKIM)
FUZZ_CFLAGS  := -g -O1 -std=c17 -fsanitize=address,undefined -fno-sanitize-recover=all -D_GNU_SOURCE \
                $(if $(DKIM),-DHAVE_DKIM) -Iinclude -Isrc/source -Isrc/message $(shell pkg-config --cflags $(FUZZ_PACKAGES))
build-fuzz/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(Q)clang $(FUZZ_CFLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
build-fuzz/%.bin: build-fuzz/tests/fuzz/%.o $(FUZZ_SRC:%.c=build-fuzz/%.o)
	$(Q)clang $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $^ $(shell pkg-config --libs $(FUZZ_PACKAGES)) -lm

# The mail that they start from: small, of every kind, made by our own generators.
build-fuzz/seeds: $(BUILD)/tests/demo/make_archive tests/data/make_archives.py tests/data/make_signed.py
	@rm -rf $@ && mkdir -p $@/signed
	@$< --messages 300 --attachments 0 --format mixed $@/demo
	@/usr/bin/python3 tests/data/make_archives.py $@/archives 2>/dev/null
	@/usr/bin/python3 tests/data/make_signed.py $@/signed; touch $@
fuzzers: $(FUZZERS) build-fuzz/seeds

# Made anew each time, since PREFIX may have changed. The library is static only:
# who links it needs all that it uses.
$(BUILD)/epistograph.pc: always
	@mkdir -p $(@D)
	@printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$${prefix}/lib' 'includedir=$${prefix}/include' '' \
		'Name: epistograph' 'Description: who wrote to whom, and when, from e-mail archives' \
		'Version: $(VERSION)' 'Requires: $(PACKAGES)' \
		'Libs: -L$${libdir} -lepistograph -lgomp -lm' \
		'Cflags: -I$${includedir}' > $@

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
		$(DESTDIR)$(PREFIX)/include/epistograph
	install -m 755 $(PROG) $(DESTDIR)$(PREFIX)/bin/epistograph
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib/libepistograph.a
	install -m 644 $(BUILD)/epistograph.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/epistograph.pc
	install -m 644 include/epistograph/*.h $(DESTDIR)$(PREFIX)/include/epistograph/

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/epistograph $(DESTDIR)$(PREFIX)/lib/libepistograph.a \
		$(DESTDIR)$(PREFIX)/lib/pkgconfig/epistograph.pc
	rm -rf $(DESTDIR)$(PREFIX)/include/epistograph

clean:
	rm -rf build build-sanitize build-fuzz

# ---- checks ----

check-layers:                           # each library is spoken to in one folder
	@! grep -rlE '<gmime' include src tests/unit | grep -vE '^(src/message/|tests/unit/test_(message|headers|addresses|dates))'
	@! grep -rlE '<(archive|libpff|libbfio|gsf)' include src | grep -v '^src/source/'
	@! grep -rlE '<(openssl|opendkim)' include src | grep -v '^src/message/'
	@! grep -rlE '<sqlite3' include src | grep -v '^src/store/'
	@! grep -rlE '<igraph' include src | grep -v '^src/graph/'
	@! grep -rlE '<(cairo|pango)' include src | grep -v '^src/draw/'

check-headers:                          # every public header compiles on its own
	@for h in include/epistograph/*.h; do \
		$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -fsyntax-only -x c $$h || exit 1; done

check-unit: $(UNITS)
	@tests/run $(UNITS)

check-sanitized:                        # the unit tests again, watched
	@$(MAKE) --no-print-directory -j2 SANITIZE=address,undefined check-unit

SCRIPTS  = $(sort $(wildcard tests/command/[0-9]*.sh tests/render/*.sh tests/oracle/*.sh))

check-all: all tools $(UNITS) fuzzers $(BUILD)/tests/command/crash_preload.so check-layers check-headers
	@BUILD=$(BUILD) tests/run $(SCRIPTS) $(patsubst build-fuzz/%.bin,"tests/fuzz/run.sh %",$(FUZZERS)) $(UNITS)

check:                                  # gets the packages, builds, tests
	@.ci/packages test
	@$(MAKE) --no-print-directory -j2 all tools
	@$(MAKE) --no-print-directory -j2 check-all

CORPORA  = ../shared/corpora
check-corpora: all tools                # real archives against an independent reading
	@BUILD=$(BUILD) tests/run "tests/corpora/run $(CORPORA)" "tests/corpora/persons $(CORPORA)"

bench:                                  # BENCH="--messages 5000 --no-indexers" for a short one
	@.ci/packages bench
	@$(MAKE) --no-print-directory -j2 all tools
	@BUILD=$(BUILD) tests/bench/run $(BENCH)

GRAPHML  =                              # more graphs than the planted ones
bench-layout: all tools                 # is the layout readable, beside those of others
	@.ci/packages bench
	@BUILD=$(BUILD) /usr/bin/python3 tests/bench/layout.py --csv $(BUILD)/layout.csv $(GRAPHML)

bench-drawing: all tools                # how fast is a network drawn
	@.ci/packages bench
	@BUILD=$(BUILD) /usr/bin/python3 tests/bench/drawing.py

# ---- the demonstration ----

MAIL     =
# Invented mail is never mixed with real mail.
OUT      = $(if $(MAIL),output,output/demo)
demo:                                   # gets the packages, builds, runs the main job
	@.ci/packages build
	@$(MAKE) --no-print-directory -j2 all $(BUILD)/tests/demo/make_archive
	@$(MAKE) --no-print-directory run-demo

# Of invented mail the case file is made anew: it may be an older program's.
run-demo: $(if $(MAIL),,$(BUILD)/demo/made)
	@$(if $(MAIL),,rm -f $(OUT)/case.epistograph*)
	@mail="$(MAIL)"; case "$$mail" in '~/'*) mail="$$HOME/$${mail#??}";; esac; \
		$(PROG) -o "$(OUT)" "$${mail:-$(BUILD)/demo/mail}"; status=$$?; \
		[ $$status -le 1 ] && echo "Open $(OUT)/network.png, $(OUT)/timeline.png and $(OUT)/lifelines.png first."

$(BUILD)/demo/made: $(BUILD)/tests/demo/make_archive
	@rm -rf $(BUILD)/demo && $(BUILD)/tests/demo/make_archive $(BUILD)/demo && touch $@

# Every chart for the made-up archive; with CORPORA=DIR for three real ones as well.
gallery: all $(BUILD)/demo/made
	@tests/demo/gallery $(CURDIR)/$(PROG) output/gallery demo=$(BUILD)/demo/mail \
		$(if $(filter command line,$(origin CORPORA)),$(foreach a,$(GALLERY),$(notdir $(a))=$(CORPORA)/$(a)))
GALLERY  = enron/allen-p lists/gpsd-dev lists/fetchmail-users

-include $(LIB_SRC:%.c=$(BUILD)/%.d) $(PROG_SRC:%.c=$(BUILD)/%.d) \
	$(UNIT_SRC:%.c=$(BUILD)/%.d) $(TOOL_SRC:%.c=$(BUILD)/%.d) $(FUZZ_SRC:%.c=build-fuzz/%.d)

.PHONY: always all tools fuzzers install uninstall clean check-layers check-headers check-unit \
	check-sanitized check-all check check-corpora bench bench-layout bench-drawing demo run-demo gallery
.SECONDARY:
