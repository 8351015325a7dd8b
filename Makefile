# 'make help' lists the targets.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
BINARY := .build/release/sms

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Starting is most of what 'sms send' does, and loading libraries most of starting. So the C and C++ runtimes that Swift's
# brings along are linked statically as well, where the compiler's folder has them, and no symbols are exported. Types such
# as `Dictionary<String, Int>` are made directly, not looked up by name, for which all conformances would be gone through.
LEAN := -Xswiftc -L.build/static \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
ifneq ($(shell uname),Darwin)
LEAN += -Xlinker --no-export-dynamic -Xswiftc -Xclang-linker -Xswiftc -static-libgcc -Xswiftc -Xclang-linker -Xswiftc -no-pie
endif

.PHONY: build
build: deps ## Build the release binary, .build/release/sms
	@mkdir -p .build/static && for archive in /usr/lib/gcc/*/*/libstdc++.a; do \
	  if [ -e "$$archive" ]; then ln -sf "$$archive" .build/static/; fi; done
	$(SWIFT) build -c release --static-swift-stdlib --disable-local-rpath --product sms $(LEAN)

.PHONY: test
test: deps test-tools ## Run all tests
	$(SWIFT) test

.PHONY: bench
bench: build bench-tools ## Compare the speed with that of curl, xargs and wrk
	@sh Tests/Benchmarks/run.sh $(BINARY)

.PHONY: bench-instructions
bench-instructions: build instruction-tools ## Count instructions; fail if there are over 3 % more than recorded (RECORD=1 records)
	@sh Tests/Benchmarks/instructions.sh $(BINARY) $(RECORD)

.PHONY: demo
demo: build ## Send a CSV through all five providers of the sandbox
	@sh docs/examples/demo.sh $(BINARY)

.PHONY: lint
lint: ## Check the formatting of all sources
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

.PHONY: format
format: ## Format all sources in place
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

.PHONY: generate
generate: build ## Write completions, man page and reference from the declarations
	mkdir -p completions
	$(BINARY) completions bash > completions/sms.bash
	$(BINARY) completions zsh > completions/_sms
	$(BINARY) completions fish > completions/sms.fish
	$(BINARY) __reference man > docs/sms.1
	$(BINARY) __reference markdown > docs/commands.md
	for file in capabilities:providers.md fields:output.md; do \
	  $(BINARY) __reference "$${file%:*}" > .build/table.md && \
	  awk -v table=.build/table.md ' \
	    /^<!-- end of generated/ { inside = 0 } \
	    !inside { print } \
	    /^<!-- generated: / { inside = 1; print ""; while ((getline line < table) > 0) print line; print "" }' \
	    "docs/$${file#*:}" > .build/page.md && cp .build/page.md "docs/$${file#*:}"; \
	done

.PHONY: numbering-plans
numbering-plans: ## Write the table of numbering plans anew from the PyPI package phonenumbers
	python3 -m pip install --quiet --upgrade --target .build/phonenumbers phonenumbers
	PYTHONPATH=.build/phonenumbers python3 Tests/NumberingPlans/generate.py > .build/NumberingPlanTable.swift
	cp .build/NumberingPlanTable.swift Sources/Messaging/Numbers/

.PHONY: install
install: build ## Install binary, man page and completions below PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/sms
	install -m 644 docs/sms.1 $(DESTDIR)$(PREFIX)/share/man/man1/sms.1
	install -m 644 completions/sms.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/sms
	install -m 644 completions/_sms $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sms
	install -m 644 completions/sms.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sms.fish

.PHONY: clean
clean: ## Remove what was built
	rm -rf .build

# What the machine lacks is installed through apt where that is possible, else named. On macOS the headers come with
# the system.

.PHONY: deps
deps:
	@set --; \
	if [ "$$(uname)" != Darwin ]; then \
	  ls /usr/include/curl/curl.h /usr/include/*/curl/curl.h 2>/dev/null | grep -q . || set -- "$$@" libcurl4-openssl-dev; \
	  ls /usr/include/sqlite3.h 2>/dev/null | grep -q . || set -- "$$@" libsqlite3-dev; \
	fi; \
	$(install-missing)

.PHONY: test-tools
test-tools:
	@set --; \
	for tool in curl jq mandoc openssl; do command -v $$tool >/dev/null || set -- "$$@" $$tool; done; \
	$(install-missing)
	@( set --; \
	command -v parallel >/dev/null || set -- "$$@" parallel; \
	[ "$$(uname)" != Linux ] || command -v strace >/dev/null || set -- "$$@" strace; \
	$(install-missing) ) || echo "make: the tests that need them are skipped" >&2

.PHONY: bench-tools
bench-tools:
	@set --; \
	for tool in curl wrk; do command -v $$tool >/dev/null || set -- "$$@" $$tool; done; \
	command -v cc >/dev/null || set -- "$$@" gcc libc6-dev; \
	command -v xargs >/dev/null || set -- "$$@" findutils; \
	$(install-missing)
	@( set --; \
	command -v openssl >/dev/null || set -- "$$@" openssl; \
	[ "$$(uname)" != Linux ] || [ -e /usr/include/openssl/ssl.h ] || set -- "$$@" libssl-dev; \
	$(install-missing) ) || echo "make: what needs them is skipped" >&2

.PHONY: instruction-tools
instruction-tools:
	@set --; \
	command -v valgrind >/dev/null || set -- "$$@" valgrind; \
	command -v strip >/dev/null || set -- "$$@" binutils; \
	command -v cc >/dev/null || set -- "$$@" gcc libc6-dev; \
	$(install-missing)

define install-missing
[ $$# -eq 0 ] && exit 0; \
if command -v apt-get >/dev/null && [ "$$(id -u)" -eq 0 ]; then root=; \
elif command -v apt-get >/dev/null && command -v sudo >/dev/null && sudo -n true 2>/dev/null; then root=sudo; \
else echo "make: these packages are missing and can't be installed from here: $$*" >&2; exit 1; fi; \
echo "Installing $$*"; \
$$root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$$@"' \
  sh "$$@" >/dev/null || { echo "make: apt-get could not install: $$*" >&2; exit 1; }
endef
