# Anwen. `make demo` shows it, `make test` proves it, `make help` lists the rest.

SHELL   := /bin/bash
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
DATA    ?= data/demo
ADDR    ?= 127.0.0.1:8080

# The dependencies that a target needs leave a stamp, so that a second run is
# quick and works without a network.
NODE := frontend/node_modules/.package-lock.json
FONTS := internal/typeset/fonts/.stamp
FETCHED := $(addprefix internal/typeset/fonts/noto-serif-,sc.ttf tc.ttf jp.ttf) internal/typeset/fonts/source-serif.ttf
CLIENT := frontend/dist/index.html

.PHONY: help demo build test check bench clean fonts client postgres api go-test client-test browser-test

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

demo: build postgres ## build and run the sample institution
	@bin/anwen demo --addr $(ADDR) --data $(DATA)

# How the program is built. Whatever runs without the race detector is built alike, so
# that no dependency is compiled a second time.
BUILD := env CGO_ENABLED=0 GOFLAGS=-trimpath

build: $(FONTS) $(CLIENT) ## build bin/anwen with client and fonts inside
	@scripts/step program $(BUILD) go build -ldflags "-s -w -X main.version=$(VERSION)" -o bin/anwen ./cmd/anwen

test: ## everything that proves the product
	@$(MAKE) --no-print-directory -j2 -Oline go-test client-test
	@$(MAKE) --no-print-directory browser-test

# Pure work on texts: no goroutine, so the race detector would only make it slow
# (a house test holds this).
SEQUENTIAL = . ./items/... ./policies/clauses ./internal/markdownx

go-test: $(FONTS) $(NODE) ## Go tests with the race detector on real PostgreSQL
	scripts/need postgresql pdftotext
	$(BUILD) go test -timeout 20m $(SEQUENTIAL)
	go test -race -timeout 20m $$(go list ./... | grep -vxFf <(go list $(SEQUENTIAL)))

client-test: $(NODE) ## type check and tests of the client
	cd frontend && npm run --silent check && npm run --silent test

browser-test: build ## the real binary in headless Chromium
	scripts/need chromium pdftotext
	cd frontend && npm run --silent e2e

check: $(NODE) ## format, vet, linters, tidy, generated files unchanged
	scripts/need postgresql
	scripts/check

bench: $(FONTS) ## speed as a ratio to the floor, in the same run
	scripts/need postgresql
	GOFLAGS= go test -run "^$$" -bench . -benchtime 1x -timeout 30m ./cmd/anwen

api: $(NODE) ## write the OpenAPI document and the client's types from it
	$(BUILD) go run ./cmd/anwen openapi > frontend/openapi.json
	cd frontend && npm run --silent api

fonts: $(FONTS)
client: $(CLIENT)

postgres: $(NODE) ## binaries of PostgreSQL for the demo, if the system has none
	@scripts/step PostgreSQL scripts/postgres

$(NODE): frontend/package.json frontend/package-lock.json
	@cd frontend && ../scripts/step "packages of the client" npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(FONTS): $(NODE) internal/typeset/fonts/fetch
	@scripts/step fonts internal/typeset/fonts/fetch
	@touch $@

$(CLIENT): $(NODE) $(shell find frontend/src frontend/index.html frontend/public frontend/vite.config.ts -type f 2>/dev/null)
	@cd frontend && ../scripts/step client npm run --silent build
	@touch $@

clean: ## remove what was built; data stays
	rm -rf bin frontend/dist/* $(FETCHED) $(FONTS)
