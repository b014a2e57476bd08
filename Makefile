# Candor: `make demo` and `make test` do everything on a fresh Debian machine; `make help` lists the rest.
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
# The build whose compiled rules are embedded; another's where they need not be made again, as under the sanitizers.
PRECOMPILED ?= $(BUILD)
CC ?= cc
VERSION := 0.1.0
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc) --no-print-directory
endif

PKGS := glib-2.0 gio-2.0 libgit2 libcjson yaml-0.1 libhs libxml-2.0 ncursesw sqlite3
PACKAGES := build-essential pkg-config git libglib2.0-dev libgit2-dev libcjson-dev libyaml-dev libcmark-gfm-dev libcmark-gfm-extensions-dev \
  libxml2-dev libcurl4-openssl-dev libncurses-dev libsqlite3-dev libgmp-dev libmpfr-dev poppler-utils bubblewrap python3
TEST_PACKAGES := libcmocka-dev bats chromium clang libclang-rt-14-dev nodejs npm openssl nginx-light time tmux zsh fish man-db jq libxml2-utils
SLURM_PACKAGES := slurm-wlm munge
LINT_PACKAGES := clang-tidy cppcheck clang-format
# libhs comes from Hyperscan; from Vectorscan only where Debian has no Hyperscan (arm64): Vectorscan 5.4.9 misses matches, and not the same ones each time.
HS_PACKAGE := $(if $(filter amd64 i386,$(shell dpkg --print-architecture 2>/dev/null)),libhyperscan-dev libvectorscan-dev- libvectorscan5-,libvectorscan-dev)

WARNINGS := -Wall -Wextra -Wshadow -Wconversion
CPPFLAGS_ALL = -D_GNU_SOURCE -DCANDOR_VERSION='"$(VERSION)"' -Isrc $(shell pkg-config --cflags $(PKGS)) $(CPPFLAGS)
CFLAGS ?= -O2 -g
CFLAGS_ALL = -std=c17 $(WARNINGS) $(CFLAGS)
LIBS = -lcmark-gfm -lcmark-gfm-extensions $(shell pkg-config --libs $(PKGS)) -lmpfr -lgmp -lm

# Loading shared libraries takes longer than the rest of a start, so those that Debian also ships as archives (with what they need in turn) are
# linked in. Where one is absent the link fails, and the shared ones are taken; so they are under the sanitizers. (--wrap: see src/git/tls.c.)
ARCHIVED := cmark-gfm-extensions cmark-gfm yaml hs stdc++ xml2 icuuc icudata lzma git2 mbedtls mbedx509 mbedcrypto http_parser ssh2 crypto z \
  gio-2.0 gobject-2.0 gmodule-2.0 glib-2.0 ffi pcre2-8 mpfr gmp ncursesw tinfo sqlite3
LIBS_STATIC = -Wl,--wrap=git_mbedtls_stream_global_init -Wl,-Bstatic -Wl,--start-group $(ARCHIVED:%=-l%) -Wl,--end-group -Wl,-Bdynamic $(filter-out $(ARCHIVED:%=-l%),$(LIBS)) \
  $(patsubst %,-l:lib%,gssapi_krb5.so.2 mount.so.1 selinux.so.1)
LINK_SHARED = $(findstring -fsanitize,$(CFLAGS_ALL))

LIB_SRC := $(filter-out src/cli/%,$(wildcard src/*/*.c))
CLI_SRC := $(wildcard src/cli/*.c)
UNIT_SRC := $(wildcard tests/unit/test-*.c)
RULES := $(shell find rubrics schemas -type f ! -path 'rubrics/fit/*' | LC_ALL=C sort)
PAGE_FILES := $(sort $(wildcard src/page/*.css src/page/*.js src/site/*.js))

LIB_OBJ := $(LIB_SRC:src/%.c=$(BUILD)/%.o)
CLI_OBJ := $(CLI_SRC:src/%.c=$(BUILD)/%.o)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%) $(BUILD)/unit/test-pairs $(BUILD)/unit/pages

.PHONY: all demo test test-slurm reports bench lint check-layers deps deps-test deps-slurm deps-lint install uninstall dist clean help warnings  test-binaries fuzz
.DEFAULT_GOAL := all

all: $(BUILD)/candor

help:
	@echo "demo test test-slurm reports fuzz all bench lint check-layers deps install uninstall dist clean"

# --- packages: nothing is done when all are there ---
define install_packages
@missing=$$(for p in $(filter-out %-,$(1)); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
if [ -n "$$missing" ]; then \
  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
  echo "installing:" $$missing; \
  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing $(filter %-,$(1)) >/dev/null; \
fi
endef

deps:
	$(call install_packages,$(PACKAGES) $(HS_PACKAGE))
deps-test: deps
	$(call install_packages,$(filter-out $(if $(shell command -v npm),npm) $(if $(shell command -v node),nodejs),$(TEST_PACKAGES)))
deps-slurm: deps-test
	$(call install_packages,$(SLURM_PACKAGES))
deps-lint: deps
	$(call install_packages,$(LINT_PACKAGES))

# --- program ---
$(BUILD)/candor: $(CLI_OBJ) $(BUILD)/libcandor.a
	@$(if $(LINK_SHARED),false,$(CC) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $(CLI_OBJ) $(BUILD)/libcandor.a $(LIBS_STATIC) 2>/dev/null) \
	  || $(CC) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $(CLI_OBJ) $(BUILD)/libcandor.a $(LIBS)

$(BUILD)/libcandor.a: $(LIB_OBJ) $(BUILD)/embedded.o
	rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# --- rules and schemas embedded: one binary resource bundle, taken into the program by the assembler (a C array of 8 MB compiles slowly) ---
ifeq ($(PRECOMPILED),$(BUILD))
$(BUILD)/embedded.xml: $(RULES) $(PAGE_FILES) Makefile
	@mkdir -p $(@D)
	@sha256sum $(RULES) > $(BUILD)/digests
	@{ echo '<gresources><gresource prefix="/candor"><file alias="digests">$(BUILD)/digests</file>'; for f in $(RULES); do echo "<file>$$f</file>"; done; \
	  for f in $(filter %.yaml,$(RULES)); do echo "<file alias=\"trees/$$f\">$(BUILD)/trees/$$f</file>"; done; echo '</gresource><gresource prefix="/candor/page">'; \
	  for f in $(PAGE_FILES); do echo "<file alias=\"$${f##*/}\">$$f</file>"; done; echo '</gresource></gresources>'; } > $@
$(BUILD)/embedded.gresource: $(BUILD)/embedded.xml $(patsubst %,$(BUILD)/trees/%,$(filter %.yaml,$(RULES)))
	glib-compile-resources --sourcedir=. --target=$@ $<
# YAML is parsed and signals are compiled here, once and for every processor of the family. Should the latter not fit rules or library, the program
# ignores it.
PRECOMPILE_OBJ := $(BUILD)/precompile.o $(filter $(addprefix $(BUILD)/,base/% git/% documents/% signals/%),$(LIB_OBJ))
$(BUILD)/precompile: $(PRECOMPILE_OBJ)
	$(CC) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/signals.db: $(filter rubrics/signals/%,$(RULES)) $(wildcard src/signals/*.[ch]) | $(BUILD)/precompile
	$(BUILD)/precompile signals rubrics $@
$(BUILD)/trees/%.yaml: %.yaml $(wildcard src/base/yaml*.[ch]) | $(BUILD)/precompile
	@mkdir -p $(@D)
	@$(BUILD)/precompile tree $< $@
endif
$(BUILD)/embedded.o: src/embedded.S $(PRECOMPILED)/embedded.gresource $(PRECOMPILED)/signals.db
	@mkdir -p $(@D)
	$(CC) -c -Wa,-I$(PRECOMPILED) -o $@ $<

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(BUILD)/precompile.d $(wildcard $(BUILD)/unit/*.d)

# --- tests: everything once more with the sanitizers ---
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

test: deps-test
	@$(MAKE) check-layers
	@$(MAKE) all
	@$(MAKE) BUILD=$(BUILD)/san PRECOMPILED=$(BUILD) CFLAGS='-O1 -g $(SANITIZE)' test-binaries
	@tests/run.sh $(BUILD)/san

# On a Slurm cluster of this machine alone, made for it; as root, and with the optimised program, since a model is trained.
test-slurm: deps-slurm
	@$(MAKE) all
	@tests/run.sh $(BUILD) slurm

test-binaries: $(BUILD)/candor $(UNIT_BIN)

UNIT_SHARED := tests/unit/fixture.c tests/unit/rules.c
$(BUILD)/unit/%: tests/unit/%.c $(UNIT_SHARED) $(BUILD)/libcandor.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -Itests/unit $(CFLAGS_ALL) -MMD -MP -o $@ $< $(UNIT_SHARED) $(filter %.o,$^) $(BUILD)/libcandor.a $(LIBS) -lcmocka

# Random pairs of answers; with a number, that many.
$(BUILD)/unit/test-pairs: tests/fuzz/pairs.c $(BUILD)/libcandor.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -o $@ $< $(BUILD)/libcandor.a $(LIBS) -lcmocka

# Pages of audits that no repository yields, for the browser.
$(BUILD)/unit/pages: tests/browser/pages.c $(BUILD)/cli/embedded.o $(BUILD)/libcandor.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -o $@ $(filter %.c %.o,$^) $(BUILD)/libcandor.a $(LIBS)

# What the tests of the site share.
$(BUILD)/unit/site.o: tests/unit/site.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -Itests/unit $(CFLAGS_ALL) -MMD -MP -c -o $@ $<
$(BUILD)/unit/test-site $(BUILD)/unit/test-site-told: $(BUILD)/unit/site.o

# One verb is tested together with the table that it builds.
$(BUILD)/unit/test-upstream: $(addprefix $(BUILD)/cli/,cmd-upstream.o options.o progress.o)
# What the build embeds is tested as the program registers it, and used where all signals are.
$(foreach name,embedded graders report record rules session place stored work html site site-told,$(BUILD)/unit/test-$(name)): $(BUILD)/cli/embedded.o

# --- fuzzing: math equivalence for FUZZ_SECONDS, from the pairs of the table of cases ---
FUZZ_SECONDS ?= 60
FUZZ := $(BUILD)/fuzz
fuzz: deps-test
	@mkdir -p $(FUZZ)/seeds $(FUZZ)/corpus
	clang $(CPPFLAGS_ALL) -std=c17 $(WARNINGS) -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -o $(FUZZ)/math \
	  tests/fuzz/math.c $(wildcard src/grading/math*.c) $(shell pkg-config --libs glib-2.0) -lmpfr -lgmp
	@awk -F'\t' '/^(equal|differ)\t/ { file = "$(FUZZ)/seeds/" NR; printf "%s\n%s", $$2, $$3 > file; close (file) }' tests/grading/math-cases.tsv
	$(FUZZ)/math -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix=$(FUZZ)/ $(FUZZ)/corpus $(FUZZ)/seeds

# --- checks ---
check-layers:
	@tests/check-layers.sh

warnings:
	@$(MAKE) BUILD=$(BUILD)/gcc CC=gcc CFLAGS='-O2 -Werror' all
	@$(MAKE) BUILD=$(BUILD)/clang CC=clang CFLAGS='-O1 -Werror' all

lint: deps-lint all
	clang-format --dry-run --Werror $(LIB_SRC) $(CLI_SRC) $(wildcard src/*/*.h)
	cppcheck --quiet --std=c11 --error-exitcode=1 --enable=warning,portability --inline-suppr --suppress=normalCheckLevelMaxBranches -Isrc src
	clang-tidy --quiet $(LIB_SRC) $(CLI_SRC) -- $(CPPFLAGS_ALL) -std=c17

bench: all
	@tests/bench/run.sh $(BUILD)/candor
	@tests/bench/leaderboard.sh $(BUILD)/candor
	@tests/bench/contamination.sh $(BUILD)/candor
	@tests/bench/grading.sh $(BUILD)/candor

# The published audits, again: REPOSITORIES names a folder of clones; without it they are fetched.
REPOSITORIES ?=
reports: deps
	@$(MAKE) all
	$(BUILD)/candor leaderboard reports/works.yaml --out reports/site --store $(BUILD)/reports.sqlite $(REPOSITORIES:%=--repositories %)

demo: deps
	@$(MAKE) all
	@examples/demo.sh $(BUILD)/candor

# Manuals and completions are the program's own option tables, written by it.
SHARE = $(DESTDIR)$(PREFIX)/share
COMPLETIONS = bash-completion/completions/candor fish/vendor_completions.d/candor.fish zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)/_candor
install: all
	install -D -m 755 $(BUILD)/candor $(DESTDIR)$(PREFIX)/bin/candor
	@umask 022; mkdir -p $(SHARE)/man/man1 $(addprefix $(SHARE)/,$(dir $(COMPLETIONS)))
	umask 022; $(BUILD)/candor describe man >$(SHARE)/man/man1/candor.1
	umask 022; for verb in $$($(BUILD)/candor describe names VERB); do $(BUILD)/candor describe man $$verb >$(SHARE)/man/man1/candor-$$verb.1 || exit 1; done
	umask 022; for file in $(COMPLETIONS); do $(BUILD)/candor describe $${file%%[-/]*} >$(SHARE)/$$file || exit 1; done
uninstall:
	for verb in $$($(DESTDIR)$(PREFIX)/bin/candor describe names VERB); do rm -f $(SHARE)/man/man1/candor-$$verb.1; done
	rm -f $(DESTDIR)$(PREFIX)/bin/candor $(SHARE)/man/man1/candor.1 $(addprefix $(SHARE)/,$(COMPLETIONS))
dist:
	@mkdir -p $(BUILD)
	git archive --prefix=candor-$(VERSION)/ -o $(BUILD)/candor-$(VERSION).tar.gz HEAD
	@echo $(BUILD)/candor-$(VERSION).tar.gz
clean:
	rm -rf $(BUILD)
