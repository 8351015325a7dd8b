# 'make help' lists the targets.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
BINARY := .build/release/sms

# The only places of the version and its date, which is the timestamp of packaged files.
VERSION := $(shell sed -n 's/.* current = "\(.*\)"/\1/p' Sources/Application/Version.swift)
RELEASED := $(shell sed -n 's/.* date = "\(.*\)"/\1/p' Sources/Application/Version.swift)
MACHINE := $(shell uname -m)

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Most of the time of 'sms send' is startup, and most of that is loading libraries. So the C++ runtime used by Swift's
# runtime is also linked statically, if the compiler has it, and no symbols are exported. Metadata of types such as
# `Dictionary<String, Int>` is created directly, not looked up by name, which would search all conformances.
LEAN := -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
ifneq ($(shell uname),Darwin)
LEAN += -Xlinker --no-export-dynamic -Xlinker --as-needed -Xswiftc -Xclang-linker -Xswiftc -no-pie \
  -Xswiftc -Xclang-linker -Xswiftc -static-libgcc -Xlinker -z -Xlinker relro
STATIC_STDLIB := --static-swift-stdlib
STATIC_RUNTIME := -Xswiftc -L.build/static
endif

# Keeps the build directory out of the program: without debug information, two builds are identical once stripped.
PLACELESS := -Xswiftc -gnone -Xcc -g0 -Xswiftc -file-prefix-map -Xswiftc "$(CURDIR)=." -Xcc "-ffile-prefix-map=$(CURDIR)=."

# Additional flags for Swift, such as --disable-sandbox.
SWIFT_FLAGS ?=
RELEASE = build -c release $(STATIC_STDLIB) --disable-local-rpath --product sms $(SWIFT_FLAGS) $(LEAN) $(PLACELESS)

.PHONY: build
build: deps runtime ## Build the release binary, .build/release/sms
	$(SWIFT) $(RELEASE) $(STATIC_RUNTIME)

# The compiler that comes with Swift knows which C++ runtime it uses.
.PHONY: runtime
runtime:
	@mkdir -p .build/static && archive=$$("$$(dirname "$$(command -v $(SWIFT))")/clang" -print-file-name=libstdc++.a 2>/dev/null); \
	  if [ -e "$$archive" ]; then ln -sf "$$archive" .build/static/; fi

.PHONY: test
test: deps test-tools ## Run all tests
	$(SWIFT) test

# Excludes the end-to-end tests, which run the program in separate processes. Leaks are not detected, as memory that
# Swift's runtime keeps permanently would count.
.PHONY: test-asan
test-asan: deps test-tools ## Run the unit tests under the address sanitizer
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --sanitize=address --scratch-path .build/asan --skip EndToEndTests

.PHONY: bench
bench: build bench-tools ## Compare the speed with that of curl, xargs and wrk
	@sh Tests/Benchmarks/run.sh $(BINARY)

.PHONY: bench-instructions
bench-instructions: build instruction-tools ## Count instructions; fail if there are over 3 % more than recorded (RECORD=1 records)
	@sh Tests/Benchmarks/instructions.sh $(BINARY) $(RECORD)

.PHONY: fuzz
fuzz: deps ## Fuzz the readers of lists, numbers and times (SECONDS=20 each)
	@sh Tests/Fuzz/run.sh $(SECONDS)

.PHONY: demo
demo: build ## Send a CSV through all five providers of the sandbox
	@sh docs/examples/demo.sh $(BINARY)

.PHONY: picture
picture: build ## Draw the terminal session of the README anew
	sh docs/examples/picture.sh $(BINARY) > .build/session.svg && cp .build/session.svg docs/session.svg

.PHONY: lint
lint: ## Check the formatting of all sources
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

.PHONY: format
format: ## Format all sources in place
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

.PHONY: generate
generate: build ## Write completions, man pages and reference from the declarations
	rm -rf docs/man docs/commands && mkdir -p completions docs/man docs/commands
	$(BINARY) completions bash > completions/sms.bash
	$(BINARY) completions zsh > completions/_sms
	$(BINARY) completions fish > completions/sms.fish
	$(BINARY) __reference man > docs/man/sms.1
	$(BINARY) __reference markdown > docs/commands.md
	$(BINARY) commands -o csv --columns command --no-header | while read -r command; do \
	  page=$$(echo "$$command" | tr ' ' -) && \
	  $(BINARY) __reference man $$command > docs/man/sms-$$page.1 && \
	  $(BINARY) __reference markdown $$command > docs/commands/$$page.md || exit 1; \
	done
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

# Where shells look for completions, relative to PREFIX or absolute. Debian's zsh has a directory for packages, and
# fish looks in its own prefix and /etc.
BASHDIR ?= share/bash-completion/completions
ZSHDIR ?= share/zsh/$(if $(and $(filter /usr,$(PREFIX)),$(wildcard /etc/debian_version)),vendor-completions,site-functions)
FISHDIR ?= $(if $(and $(filter /usr/local,$(PREFIX)),$(filter Linux,$(shell uname))),/etc/fish/completions,share/fish/vendor_completions.d)

# Everything that is installed, as mode:file:destination. 'make generate' writes the man pages; all pages of the
# documentation and all examples are installed.
MANPAGES := $(sort $(wildcard docs/*.1 docs/man/*.1))
PAGES := $(sort $(shell find README.md CHANGELOG.md LICENSE docs -type f ! -name '*.1'))
INSTALLED := 755:$(BINARY):bin/sms \
  644:completions/sms.bash:$(BASHDIR)/sms \
  644:completions/_sms:$(ZSHDIR)/_sms \
  644:completions/sms.fish:$(FISHDIR)/sms.fish \
  $(foreach page,$(MANPAGES),644:$(page):share/man/man1/$(notdir $(page))) \
  $(foreach page,$(PAGES),644:$(page):share/doc/sms/$(page))

# Runs a command for each, with $mode, $file, and $to, the destination including DESTDIR and PREFIX.
for-all-installed = for entry in $(INSTALLED); do \
  mode=$${entry%%:*} file=$${entry\#*:} && to=$${file\#*:} file=$${file%%:*} && \
  case $$to in /*) to=$$DESTDIR$$to ;; *) to=$$DESTDIR$$PREFIX/$$to ;; esac && \
  $(1) || exit 1; done

export DESTDIR PREFIX

.PHONY: install
install: ## Install what 'make build' built below PREFIX (/usr/local), with man pages, completions and docs
	@[ -e $(BINARY) ] || { echo "make: there is no $(BINARY); run 'make build' first, without sudo" >&2; exit 1; }
	@umask 022; $(call for-all-installed,mkdir -p "$$(dirname "$$to")" && install -m $$mode $$file "$$to")
	@echo "Installed $$DESTDIR$$PREFIX/bin/sms"

.PHONY: install-strip
install-strip: install ## The same, with a smaller binary
	strip "$$DESTDIR$$PREFIX/bin/sms"

.PHONY: uninstall
uninstall: ## Remove what was installed below PREFIX
	@$(call for-all-installed,rm -f "$$to")
	@if [ -d "$$DESTDIR$$PREFIX/share/doc/sms" ]; then \
	  find "$$DESTDIR$$PREFIX/share/doc/sms" -depth -type d -exec rmdir {} + 2>/dev/null || true; fi

# Releases are built by the scripts in packaging: see docs/releasing.md.

dist package-check source-check: export SOURCE_DATE_EPOCH ?= $(shell date -ud "$(RELEASED)" +%s 2>/dev/null)
SYSROOT := .build/dist/sysroot
LIBRARIES := $(SYSROOT)/opt/sms
PORTABLE := .build/portable/release/sms

.PHONY: dist
dist: build build-portable ## Make all that is released, in dist (needs root on Debian; see docs/releasing.md)
	@sh packaging/dist.sh $(VERSION) $(MACHINE) $(BINARY) $(PORTABLE) $(LIBRARIES) $(SWIFT)

# With libcurl, OpenSSL and SQLite built in, for the oldest supported C library. The compiler treats the root as a
# Swift SDK.
.PHONY: build-portable
build-portable: dist-tools ## Build the binary that needs nothing but glibc 2.29, .build/portable/release/sms
	sh packaging/root.sh bullseye $(SYSROOT) dpkg-dev file g++ gcc libc6-dev make patch perl tcl xz-utils
	sh packaging/libraries.sh $(SYSROOT)
	runtime=$$(dirname "$$(dirname "$$(readlink -f "$$(command -v $(SWIFT))")")")/lib && \
	  ln -sfn "$$runtime/swift" "$$runtime/swift_static" $(SYSROOT)/usr/lib/
	PKG_CONFIG_PATH="$(CURDIR)/$(LIBRARIES)/lib/pkgconfig" $(SWIFT) $(RELEASE) --scratch-path .build/portable \
	  -Xswiftc -sdk -Xswiftc "$(CURDIR)/$(SYSROOT)" -Xcc "--sysroot=$(CURDIR)/$(SYSROOT)" \
	  -Xcc -DCCURL_LINKED -Xcc "-I$(CURDIR)/$(LIBRARIES)/include" -Xswiftc "-I$(CURDIR)/$(LIBRARIES)/include" \
	  -Xswiftc "-L$(CURDIR)/$(LIBRARIES)/lib" -Xlinker $(LIBRARIES)/lib/compat.o \
	  -Xlinker -lcurl -Xlinker -lssl -Xlinker -lcrypto -Xlinker -lpthread -Xlinker -ldl -Xlinker --gc-sections

.PHONY: reproducible
reproducible: build ## Build again in another folder, and compare
	@sh packaging/reproducible.sh $(BINARY)

.PHONY: dist-check
dist-check: ## Try what 'make dist' made in Debian 11, 12 and 13
	@sh packaging/check.sh $(VERSION) $(MACHINE)

.PHONY: package-check
package-check: dist-tools ## Make the .deb of what 'make build' built, and try it in a bare Debian 12
	@sh packaging/package-check.sh $(VERSION) $(BINARY)

.PHONY: source-check
source-check: dist-tools ## Build the Debian source package in Debian 13, with its own Swift
	@sh packaging/source-check.sh $(VERSION)

.PHONY: release-check
release-check: lint test test-asan demo bench-instructions reproducible dist dist-check source-check ## All that must pass before a release

.PHONY: dist-tools
dist-tools:
	@[ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || \
	  { echo "make: this needs root on Debian, with debootstrap" >&2; exit 1; }
	@set --; \
	command -v debootstrap >/dev/null || set -- "$$@" debootstrap; \
	command -v dh >/dev/null || set -- "$$@" debhelper dpkg-dev fakeroot; \
	command -v rpmbuild >/dev/null || set -- "$$@" rpm; \
	command -v lintian >/dev/null || set -- "$$@" lintian; \
	command -v strip >/dev/null || set -- "$$@" binutils; \
	command -v xz >/dev/null || set -- "$$@" xz-utils; \
	$(install-missing)

.PHONY: clean
clean: ## Remove what was built
	rm -rf .build dist

# Missing packages are installed with apt if possible, otherwise listed. On macOS, the headers come with the system.

.PHONY: deps
deps:
	@set --; \
	if [ "$$(uname)" != Darwin ]; then \
	  . /etc/os-release; \
	  case " $$ID $$ID_LIKE " in \
	    *" fedora "*|*" rhel "*) curl=libcurl-devel sqlite=sqlite-devel ;; \
	    *" alpine "*) curl=curl-dev sqlite=sqlite-dev ;; \
	    *suse*) curl=libcurl-devel sqlite=sqlite3-devel ;; \
	    *" arch "*) curl=curl sqlite=sqlite ;; \
	    *) curl=libcurl4-openssl-dev sqlite=libsqlite3-dev ;; \
	  esac; \
	  ls /usr/include/curl/curl.h /usr/include/*/curl/curl.h 2>/dev/null | grep -q . || set -- "$$@" $$curl; \
	  ls /usr/include/sqlite3.h 2>/dev/null | grep -q . || set -- "$$@" $$sqlite; \
	fi; \
	$(install-missing)

.PHONY: test-tools
test-tools:
	@set --; \
	for tool in curl jq mandoc openssl; do command -v $$tool >/dev/null || set -- "$$@" $$tool; done; \
	$(install-missing)
	@( set --; \
	for tool in parallel zsh fish; do command -v $$tool >/dev/null || set -- "$$@" $$tool; done; \
	[ "$$(uname)" != Linux ] || command -v strace >/dev/null || set -- "$$@" strace; \
	[ "$$(uname)" != Linux ] || [ -e /etc/ssl/certs ] || set -- "$$@" ca-certificates; \
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

# The programs that recipes use, for their tests. They are unpacked, not installed, so that nothing is started.
RECIPE_PACKAGES := fail2ban mdadm monit prometheus-alertmanager smartmontools webhook

.PHONY: recipe-tools
recipe-tools: ## Unpack the programs that recipes are about (apt), so that their tests run them
	rm -rf .build/recipe-tools && mkdir -p .build/recipe-tools/packages
	cd .build/recipe-tools/packages && apt-get download -qq $(RECIPE_PACKAGES)
	for package in .build/recipe-tools/packages/*.deb; do dpkg-deb -x "$$package" .build/recipe-tools; done

define install-missing
[ $$# -eq 0 ] && exit 0; \
if command -v apt-get >/dev/null && [ "$$(id -u)" -eq 0 ]; then root=; \
elif command -v apt-get >/dev/null && command -v sudo >/dev/null && sudo -n true 2>/dev/null; then root=sudo; \
else echo "make: these packages are missing and can't be installed from here: $$*" >&2; exit 1; fi; \
echo "Installing $$*"; \
$$root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$$@"' \
  sh "$$@" >/dev/null || { echo "make: apt-get could not install: $$*" >&2; exit 1; }
endef
