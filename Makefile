# Everything happens in .venv/, from requirements.lock; nothing is asked and nothing outside this folder is changed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast format schema docs freeze compare-outputs lock bench peers trust mutants fuzz clean
.DELETE_ON_ERROR:

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The tool that writes requirements.lock. Pinned: another version may choose or print otherwise.
UV_VERSION := 0.13.9

# What an operator reads during set-up is in Japanese where the locale is.
IN_JAPANESE := $(filter ja%,$(firstword $(LC_ALL) $(LC_MESSAGES) $(LANG)))

# One process a processor; the tests of a file stay together, for they share what is costly to make.
IN_PARALLEL := -n auto --dist loadfile

# Sets $$python to the first interpreter that runs and is new enough. Running it is the
# test: a name on PATH may be a shim for a version that is not installed.
define find-python
python=; for candidate in python3.11 python3; do \
  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$candidate; break; fi; \
done; \
if [ -z "$$python" ]; then echo '$(if $(IN_JAPANESE),エラー：Python 3.11以上が必要だが、python3.11 も python3 も該当しない,error: Python 3.11 or newer is needed, and neither python3.11 nor python3 is that)' >&2; exit 1; fi
endef

# Installs what is in requirements.lock, which has all that is needed and no more, and says every ten seconds how far it has come. What pip says is kept in a file,
# and shown where it fails. The loop ends with the shell that started it, also where that is killed.
define install-libraries
count=$$(grep -c '^[a-z].*==' requirements.lock); log=.venv/install.log; : > $$log; \
echo "$(if $(IN_JAPANESE),2/3 ライブラリー（requirements.lock から、最大$${count}件）,2/3 up to $$count libraries, from requirements.lock)"; \
( while sleep 10 >/dev/null 2>&1 && kill -0 $$$$ 2>/dev/null; do echo "    $$(grep -cE '^(Collecting|Processing)' $$log) $(if $(IN_JAPANESE),件を確認,found)"; done ) & \
$(PIP) install --progress-bar off --no-deps --require-hashes -r requirements.lock > $$log 2>&1; code=$$?; kill $$!; \
if [ $$code != 0 ]; then tail -n 20 $$log >&2; exit $$code; fi
endef

help: ## list the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

# The stamp is written last, so an interrupted set-up is done again.
.venv/.ready: requirements.lock pyproject.toml
	@$(find-python); echo "$(if $(IN_JAPANESE),初回の準備：.venv/ を $$python で作成する。全3段階、1～3分,Setting up .venv/ with $$python: three steps, one to three minutes, once)"; \
	echo '$(if $(IN_JAPANESE),1/3 実行環境,1/3 the environment)'; "$$python" -m venv .venv
	@$(install-libraries)
	@echo '$(if $(IN_JAPANESE),3/3 extractor 本体,3/3 extractor itself)'; $(PIP) install --quiet --quiet --no-deps --no-build-isolation -e .
	@touch $@; echo '$(if $(IN_JAPANESE),準備完了：.venv/bin/extractor --help,Ready: .venv/bin/extractor --help)'

setup: .venv/.ready ## make the environment in .venv/

run: .venv/.ready ## read raw/ into output/
	@$(BIN)/extractor run

test: .venv/.ready ## all checks: ruff, mypy, import-linter, pytest
	@echo '== ruff check'
	@$(BIN)/ruff check .
	@echo '== ruff format --check'
	@$(BIN)/ruff format --check .
	@echo '== mypy'
	@$(BIN)/mypy
	@echo '== lint-imports'
	@$(BIN)/lint-imports --no-logo
	@echo '== pytest'
	@$(BIN)/python -m pytest -ra $(IN_PARALLEL)

test-fast: .venv/.ready ## the tests that take no long time, without the checks
	@$(BIN)/python -m pytest -q -m "not slow" $(IN_PARALLEL)

format: .venv/.ready ## format the code and mend what ruff can mend
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

schema: .venv/.ready ## write all JSON Schemas anew from the records
	@$(BIN)/python -m extractor.records.to_json

docs: .venv/.ready ## write the list of findings anew from their registry
	@$(BIN)/python tests/findings_list.py docs/findings.md

freeze: .venv/.ready ## keep the digests of all that the program says of fixed inputs
	@$(BIN)/python tests/frozen/outputs.py --write

compare-outputs: .venv/.ready ## show where that differs from what BASE=REVISION says
	@$(BIN)/python tests/frozen/outputs.py --base $(BASE)

# Versions already in the file stay where they can; `make lock UPGRADE=--upgrade` takes the newest.
# uv does not read pip's configuration: if yours names another index, set UV_DEFAULT_INDEX as well.
# No address is written into the file.
lock: ## write requirements.lock anew from pyproject.toml
	@$(find-python); echo "Writing requirements.lock with uv $(UV_VERSION)"; "$$python" -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip --disable-pip-version-check --no-input install --quiet --quiet uv==$(UV_VERSION)
	@.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --extra dev --extra ocr --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(UPGRADE) \
	  --output-file requirements.lock pyproject.toml
	@rm -rf .venv-lock

bench: .venv/.ready ## time the steps
	@$(BIN)/python bench/run.py

# Other programs have an environment of their own, from bench/peers.lock: nothing else needs them.
peers: .venv/.ready ## compare what is found in prose with what other programs find
	@$(find-python); "$$python" -m venv --clear .venv-peers
	@.venv-peers/bin/python -m pip --disable-pip-version-check --no-input install --quiet --no-deps --require-hashes -r bench/peers.lock
	@$(BIN)/python bench/peers.py .venv-peers/bin/python

trust: .venv/.ready ## measure what each proof is worth (docs/trust.md)
	@$(BIN)/python bench/trust.py

mutants: .venv/.ready ## read 300 mutants of each kind on the pages of three producers
	@$(BIN)/python tests/mutants/run.py

MINUTES := 10
fuzz: .venv/.ready ## damage reports by chance for MINUTES=10, and read them (docs/reliability.md)
	@$(BIN)/python tests/fuzz/run.py --minutes $(MINUTES)

clean: ## remove the environment and all caches; output/ stays
	@rm -rf .venv .venv-lock .venv-peers .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .extractor_cache .hypothesis build dist
	@find src tests -type d -name __pycache__ -prune -exec rm -rf {} +
