# The two commands a newcomer needs are `make demo` and `make test`.
BIN := .venv/bin
export LC_ALL := C.UTF-8

.PHONY: help setup demo test check unit bench elpv anomaly-peers patch-head formats formats-speed model-exporters export-memory camera-returns camera-endurance kill-1000 translate format clean
help: ## list the targets
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## make .venv and install what the system lacks (quick when nothing changed)
	@deploy/setup.sh

demo: setup ## run the whole virtual line
	@$(BIN)/station demo

test: check unit ## everything that must be green

check: setup ## lint, types, floors and spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

unit: setup ## every test: the ratios alone, then the rest on two cores
	$(BIN)/python -m pytest tests/bench
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --ignore tests/bench

bench: setup ## the performance table of this machine, beside the raw loops
	$(BIN)/station bench

elpv: setup ## learn and inspect real solar cells, from good ones and from verdicts, beside simple floors
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python tests/bench/elpv.py
	$(BIN)/python tests/bench/elpv_verdicts.py

anomaly-peers: setup ## the station's anomaly models beside anomalib's, in an environment of their own (some 6 GB)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python tests/bench/anomaly_peers.py

patch-head: setup ## what outlines are worth on the virtual line
	$(BIN)/python tests/bench/patch_head.py

formats: setup ## open every export with readers nobody here wrote, in an environment of their own
	$(BIN)/python tests/formats/check.py

formats-speed: setup ## how fast datasets are exported, beside datumaro and a bare writer
	$(BIN)/python tests/formats/speed.py

model-exporters: setup ## models as their exporters write them, beside what those find themselves (some 7 GB, half an hour)
	$(BIN)/python tests/exporters/check.py

export-memory: setup ## how much memory an export takes as a dataset grows
	$(BIN)/python tests/bench/export_memory.py

camera-returns: setup ## take cameras away a thousand times and see them come back
	PYTHONPATH=. $(BIN)/python tests/support/camera_returns.py --times 1000 --network-times 100

camera-endurance: setup ## stream 5 MP at 120 fps for ten minutes and account for every frame
	PYTHONPATH=. $(BIN)/python tests/support/camera_endurance.py --seconds 600

kill-1000: setup ## kill engine and workers a thousand times, and the journal's writer as often
	$(BIN)/python tests/support/kill_line.py --kills 1000
	OPCUA_KILLS=1000 $(BIN)/python -m pytest tests/system/test_opcua_station.py -k killed
	DELIVERY_KILLS=1000 $(BIN)/python -m pytest tests/system/test_delivery.py -k killed --timeout 3600
	JOURNAL_KILLS=1000 $(BIN)/python -m pytest tests/system/test_journal_kill.py --timeout 3600

translate: setup ## refresh the screens' texts in every language; fails while one is not translated
	deploy/translate.sh

format: setup ## let the formatter have its way
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove what can be made again
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis
