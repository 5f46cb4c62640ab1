# Every command of the project. Recipes stay short: what is longer lives in scripts/.

PREFIX ?= /usr/local
CC ?= cc
CFLAGS ?= -O2 -g

# What runs the programs of the workspace that are tools, not parts of the library.
TOOL = cargo run --quiet --package
DEMO = target/demo/exporter
SERVICE = examples/rust/http-service/Cargo.toml

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:

.PHONY: help demo demo-prometheus demo-firmware test lib bridge firmware size header check-header \
	bench bench-baseline bench-firmware lint test-rust test-layouts test-loom test-embedded \
	test-firmware test-c test-pages test-prometheus test-push test-examples \
	test-bridge test-bench wheel test-python proof-python bench-python exporter nginx-exporter \
	http-service plugins plugins-in-c install clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## build and serve the example page; PORT=8080 and SECONDS=20 are optional
	@scripts/setup demo
	@$(MAKE) exporter
	@scripts/demo $(DEMO) '$(PORT)' '$(SECONDS)'

demo-prometheus: ## the same under load, scraped by a real Prometheus: up, requests by status, p99 by endpoint
	@scripts/setup demo prometheus load
	@$(MAKE) exporter
	@scripts/demo-prometheus $(DEMO)

demo-firmware: ## a microcontroller in QEMU, scraped by a real Prometheus; SECONDS=20 is optional
	@scripts/setup firmware prometheus
	@scripts/firmware http
	@scripts/demo-firmware target/firmware/thumbv7m-none-eabi/release/http '$(SECONDS)'

test: ## everything below that tests, with its own set-up; stops at the first failure
	@scripts/test

lib: ## libnanoprom and libnanoprom_host, .a and .so, in target/release
	@scripts/lib

bridge: ## target/release/nanoprom-bridge, from serial devices to Prometheus
	cargo build --release --package nanoprom-bridge --target-dir target

firmware: ## all firmware examples, in Rust and C, for all machines
	@scripts/setup firmware
	@scripts/firmware

size: ## what the library costs in flash and RAM; also writes target/size.json
	@scripts/setup firmware
	@scripts/size

header: ## regenerate include/nprom_abi.h from the Rust sources
	$(TOOL) nanoprom-header -- include/nprom_abi.h

check-header: ## fail when include/nprom_abi.h is not what `make header` writes
	@scripts/check-header

bench: ## measure against the limits and the other crates; also writes target/bench.json
	cargo run --release --package nanoprom-bench --features peers -- run

bench-baseline: ## accept today's instruction counts and allocations as benches/baseline.json
	cargo run --release --package nanoprom-bench -- baseline

bench-firmware: ## instructions and stack of each operation, counted in QEMU
	@scripts/setup firmware
	@scripts/bench-firmware

lint: ## rustfmt, clippy and rustdoc, warnings are errors; tests that documents name exist
	scripts/check-docs
	cargo fmt --all --check
	cargo fmt --manifest-path tests/loom/Cargo.toml --check
	cargo fmt --manifest-path $(SERVICE) --check
	cargo clippy --workspace --exclude nanoprom-ffi --all-targets --all-features -- -D warnings
	cargo clippy --package nanoprom-ffi --lib -- -D warnings
	cargo clippy --manifest-path $(SERVICE) --target-dir target/http-service -- -D warnings
	cargo fmt --manifest-path python/Cargo.toml --check
	cargo clippy --manifest-path python/Cargo.toml --target-dir target/python -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --package nanoprom --all-features --no-deps

test-rust: ## unit, doc, golden-page and compile-fail tests of the whole workspace
	cargo test --workspace --exclude nanoprom-ffi --all-features

test-layouts: ## the core's tests with the value layouts of 32-bit cores, on this machine
	@scripts/test-layouts split32 locked

test-loom: ## exhaustive interleavings of the lock-free parts
	cargo test --release --manifest-path tests/loom/Cargo.toml --target-dir target/loom models

test-embedded: ## build core and ffi for five bare-metal targets and this machine
	@scripts/test-embedded

test-firmware: bridge ## run all firmware in QEMU: pages, interrupt storms, images, sizes
	@scripts/setup firmware push
	@scripts/firmware
	@tests/firmware/run

test-c: lib ## headers, linking, threads, misuse and sanitizers from C and C++
	tests/c/run

test-pages: ## every golden page against promtool, prometheus_client and our own checker
	scripts/check-pages $(addprefix --exact=shop_http_,frames_lost frames_seen sent_bytes port_frames) \
		testdata/pages/*.txt testdata/pages/*.om testdata/good-pages/*

test-prometheus: exporter ## the exporter scraped by a real Prometheus
	tests/prometheus/run $(DEMO)

test-push: lib ## pages pushed from Rust and C to a real Pushgateway, scraped by a real Prometheus
	@scripts/setup push
	cargo build --quiet --release --package push --target-dir target
	$(CC) -std=c11 $(CFLAGS) -Wall -Wextra -Iinclude -o target/push-in-c examples/c/push.c \
		target/release/libnanoprom.a $(LDFLAGS)
	tests/push/run target/release/push target/push-in-c

test-examples: exporter nginx-exporter http-service plugins plugins-in-c ## host examples under load, their rules and dashboard
	@scripts/setup examples
	tests/examples/run

test-bridge: bridge ## twenty devices behind the bridge, scraped by a real Prometheus
	tests/bridge/run

test-bench: ## instruction counts and allocations against benches/baseline.json
	cargo run --release --package nanoprom-bench -- guard

wheel: ## the Python package in target/wheels, for CPython 3.9 and all later versions
	@scripts/setup python
	@scripts/wheel

test-python: wheel ## the Python package, installed from its wheel into an empty environment
	@python/tests/run

proof-python: wheel ## the Python tests, and random calls, with the extension under AddressSanitizer
	@scripts/setup test
	@python/tests/asan

bench-python: wheel ## ratios to prometheus_client; also writes target/bench-python.json
	@python/tests/run --bench

install: ## headers, libraries and their pkg-config files below PREFIX (DESTDIR is respected)
	@test -f target/release/libnanoprom_host.a || $(MAKE) lib
	@scripts/install '$(DESTDIR)' '$(PREFIX)'

clean: ## remove everything that was built
	rm -rf target

exporter: lib
	@mkdir -p $(dir $(DEMO))
	$(CC) -std=c11 $(CFLAGS) -Wall -Wextra -pthread -Iinclude -o $(DEMO) \
		examples/c/exporter.c target/release/libnanoprom.a $(LDFLAGS)

nginx-exporter: lib
	@mkdir -p target/examples
	$(CC) -std=c11 $(CFLAGS) -Wall -Wextra -pthread -Iinclude -o target/examples/nginx-exporter \
		examples/c/nginx-exporter/*.c target/release/libnanoprom_host.a target/release/libnanoprom.a \
		-lm -ldl $(LDFLAGS)

http-service:
	cargo build --manifest-path $(SERVICE) --target-dir target/http-service

plugins:
	cargo build --package plugins --target-dir target

# Program and plugins share libnanoprom.so: what plugins come to need is there.
plugins-in-c: lib
	@mkdir -p target/examples/plugins
	for plugin in mail thumbnails; do \
		$(CC) -std=c11 $(CFLAGS) -Wall -Wextra -fPIC -shared -Iinclude -o target/examples/plugins/$$plugin.so \
			examples/c/plugins/$$plugin.c -Ltarget/release -lnanoprom $(LDFLAGS) || exit 1; done
	$(CC) -std=c11 $(CFLAGS) -Wall -Wextra -Iinclude -o target/examples/plugins/plugins \
		examples/c/plugins/main.c examples/c/plugins/loaded.c examples/c/plugins/jobs.c examples/c/plugins/network.c \
		-Ltarget/release -lnanoprom_host -lnanoprom -ldl '-Wl,-rpath,$$ORIGIN/../../release' $(LDFLAGS)
