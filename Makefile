# Territoires en Commun. Each target does everything it needs from nothing.
PY := .venv/bin/python
SHELL := /bin/bash
# Compiled modules are kept, whatever the environment says: commands and tests start sooner.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help install demo test databases format check requirements bench lighthouse open-check clients fuzz torture nu letter-audit deploy-check two-machines clean

help:  ## what one can ask
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

.venv/.base: requirements/base.txt
	@test -x $(PY) || "$$(tools/python)" -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

install: .venv/.dev  ## virtual environment with the development tools

demo: .venv/.base  ## everything from nothing, then http://localhost:8000 (SERVE=no PORT=… RESET=yes)
	@SERVE="$(SERVE)" PORT="$(PORT)" RESET="$(RESET)" $(PY) -m commun.demo

test: .venv/.dev  ## everything from nothing, then the whole suite, on SQLite and on PostgreSQL where one answers (T=tests/votes: one room, on SQLite)
	@tools/test $(T)

databases: .venv/.dev  ## the migrated databases that the tests clone, made before they wait for them
	@tools/databases

format: .venv/.dev  ## put code and templates in form
	$(PY) -m tools.spaces ; $(PY) -m ruff format -q . && $(PY) -m ruff check -q --fix . ; $(PY) -m djlint templates --reformat --quiet

check: .venv/.dev  ## format, spaces of French, lint, types, templates, layers, migrations, deployment checks
	$(PY) -m ruff format --check .
	$(PY) -m tools.spaces --check
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m djlint templates --check --lint --quiet
	.venv/bin/lint-imports
	SECRET_KEY=$$(printf 'k%.0s' {1..60})AbC9+ $(PY) manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') SITE_URL=https://lettre.example.org \
	  SMTP_URL=smtp://127.0.0.1:25 TRUSTED_PROXIES=1 $(PY) manage.py check --deploy --fail-level WARNING

requirements: .venv/.dev  ## compile requirements/*.in to hash-pinned files
	cd requirements && for name in base dev open clients; do \
	  ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header --output-file $$name.txt $$name.in; done; \
	for name in several machines; do \
	  ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header --constraint base.txt --output-file $$name.txt $$name.in; done

BENCHES := $(sort $(patsubst benchmarks/bench_%.py,%,$(wildcard benchmarks/bench_*.py)))
bench: $(BENCHES:%=bench-%)  ## every benchmark; one alone: bench-import, bench-send…

bench-%: .venv/.dev
	@$(PY) -m benchmarks.$(subst -,_,bench-$*)

guide: .venv/.dev  ## the pictures of docs/guide, taken from the demonstration while its next letter is made (Chromium)
	@$(PY) -m tests.journeys.pictures

lighthouse: .venv/.dev  ## what Lighthouse says of five public pages, on a telephone (RUNS=3; npm and Chromium)
	@$(PY) -m benchmarks.lighthouse

open-check: .venv/.dev  ## whatever is asked of /api/v1/, it answers as it says (EXAMPLES=60)
	@$(PY) -m benchmarks.open_check

clients: .venv/.dev  ## the demonstration's agenda and feeds in khal, newsboat (Debian) and feedparser
	@$(PY) -m benchmarks.clients

fuzz: .venv/.dev  ## damaged messages, calendars, feeds, envelopes and files (SECONDS=60 SEED=…)
	@SECONDS="$(SECONDS)" SEED="$(SEED)" $(PY) -m benchmarks.fuzz

torture: .venv/.dev  ## kill the sending engine at random and count who received what (ROUNDS=200)
	@ROUNDS="$(ROUNDS)" SEED="$(SEED)" $(PY) -m benchmarks.torture

nu: .venv/.dev  ## every kind of public page of the demonstration under the Nu Html Checker (npm and Java)
	@$(PY) -m benchmarks.nu

letter-audit: .venv/.dev  ## the demonstration's letter under Nu, axe, SpamAssassin and what mailboxes drop
	@$(PY) -m benchmarks.letter_audit

deploy-check: .venv/.base  ## the files of deploy/, installed on a machine of their own (root, Debian): mail out, bounce, mail in
	@$(PY) -m benchmarks.deploy_check

two-machines: .venv/.base  ## one machine of two is lost in the middle of a send (RECIPIENTS=2000); files on S3, counters on Redis
	@$(PY) -m benchmarks.two_machines

clean:  ## forget the demonstration and caches; the virtual environment stays
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
