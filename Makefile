# What is done with this tree, by a person or a machine. `make run` and `make test` need only Go, git and make.

TAGS := sqlite_fts5 migrated_fynedo
GO_TAGS := -tags "$(TAGS)"

# In a worktree of git, where .git is a file, the compiler does not name the commit.
COMMIT := $(shell test -f .git && git describe --always --abbrev=12 --exclude '*' --dirty=", changed")
NAMED := $(if $(COMMIT),-ldflags "-X 'main.worktree=$(COMMIT)'")

# The race detector looks at everything but the shaping of letters: pure computing, which took a third of the time of each story.
RACE := -race -gcflags=github.com/go-text/typesetting/...=-race=false

LINT_VERSION := v2.15.0
LINT := .bin/golangci-lint-$(LINT_VERSION)

# A virtual display, painted by the processor. macOS always has a real one.
ifeq ($(shell uname -s),Linux)
ON_DISPLAY := LIBGL_ALWAYS_SOFTWARE=1 xvfb-run -a -s "-screen 0 1600x1000x24"
endif

SAMPLES ?= ../shared

.DEFAULT_GOAL := help
.PHONY: help run build headless test lint unit window bench fuzz samples screenshots package install-deps clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install-deps build ## build and open the desk; without a display, leave screenshots in out/
	@if [ "$$(uname -s)" != Linux ] || [ -n "$${DISPLAY:-}" ]; then ./backstop; else \
		echo "There is no display here: the desk opens on a virtual one and leaves screenshots in out/."; \
		$(MAKE) --no-print-directory screenshots; fi

build: ## build ./backstop
	go build $(GO_TAGS) $(NAMED) -o backstop ./app

headless: ## build ./backstop-headless: the same commands without windows, for servers
	@.ci/install-system compile
	go build -tags "sqlite_fts5 headless" $(NAMED) -o backstop-headless ./app

test: install-deps lint unit window ## everything that must hold: lint, vet, all tests, a real window

lint: $(LINT)
	GOFLAGS="$$(go env GOFLAGS) $(RACE)" $(LINT) run ./...

$(LINT):
	GOBIN="$(CURDIR)/.bin" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv .bin/golangci-lint $(LINT)

# Everything is compiled once, with the race detector: vet, lint and the window test use the same build.
unit:
	go vet $(RACE) $(GO_TAGS) ./...
	go test $(RACE) -count=1 -timeout 40m $(GO_TAGS) ./...
	CGO_ENABLED=0 go test ./ui/... ./watcher/... ./app/incident/...

window:
	go test $(RACE) -count=1 -tags "$(TAGS) window" -run TestWindow -v ./app

bench: ## the ratios of speed and size
	go test -run '^$$' -bench . -benchmem -timeout 60m $(GO_TAGS) ./...

# What is new is made smaller for a few steps only: left alone, that takes all of the time. That Go calls the end of the time a failure is a fault
# of its own (go.dev/issue/75804, until 1.27), told by its words.
FUZZ_TIME ?= 30s
FUZZ_SHARED_TIME ?= 10m

fuzz: ## every fuzz target and every export format for 30 seconds, the readers that all formats share for ten minutes each
	@grep -rHoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' app data ui watcher | sort | while IFS=: read -r file func; do \
		name="$${func#func }"; time=$(FUZZ_TIME); only=any; said=$$(mktemp); \
		case "$$name" in \
		FuzzFormat) only=$$(ls watcher/format/testdata | grep -vxE 'fuzz|refused') ;; \
		FuzzReaders|FuzzMembers) time=$(FUZZ_SHARED_TIME) ;; \
		esac; \
		for format in $$only; do \
			echo "$$name $$format in $${file%/*}"; failed=no; \
			FUZZ_FORMAT=$$format go test -run '^$$' -fuzz "^$$name\$$" -fuzztime "$$time" -fuzzminimizetime 20x $(GO_TAGS) "./$${file%/*}" >"$$said" 2>&1 || failed=yes; \
			cat "$$said"; [ "$$failed" = no ] || grep -q 'context deadline exceeded' "$$said" || exit 1; \
		done; \
	done

samples: build ## hold imports of real exports against their counts; SAMPLES is the folder with samples/ and tools/
	@if [ -d "$(SAMPLES)/samples" ]; then \
		"$(SAMPLES)/tools/compare-samples" ./backstop "$(SAMPLES)/samples" "$(SAMPLES)/samples/EXPECTED.tsv"; \
	else echo "There are no real exports in $(SAMPLES)/samples; they are not shipped."; fi

screenshots: install-deps build ## paint every window with the sample exports into out/
	@rm -rf out && mkdir -p out
	$(ON_DISPLAY) ./backstop --db out/backstop.db --screenshots out
	@ls out

package: install-deps ## what people install, in dist/: Linux and Windows from Linux, macOS from a Mac
	@.ci/package

install-deps: ## install the system packages that are missing
	@.ci/install-system

clean: ## remove what was built
	rm -rf backstop backstop-headless out dist .bin
