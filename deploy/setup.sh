#!/usr/bin/env bash
# Makes .venv in the checkout and installs what the system lacks. Quick when nothing changed; says what it did.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

wanted_packages() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' deploy/packages.txt deploy/packages-test.txt; }

installed() { dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

# On newer releases a library carries the suffix of the 64-bit time transition (libglib2.0-0t64).
present() { installed "$1" || installed "$1t64"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 127; fi
}

install_packages() {
  local missing=("$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing system packages: ${missing[*]}"
  if as_root true; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
  else
    fail "these system packages are missing and may not be installed from here; run: sudo apt-get install ${missing[*]}"
  fi
}

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      command -v "$candidate"
      return 0
    fi
  done
  return 1
}

system_packages() {
  command -v dpkg-query >/dev/null || { say "no dpkg here: make sure the libraries of deploy/packages.txt are installed"; return 0; }
  local missing=() name
  for name in $(wanted_packages); do present "$name" || missing+=("$name"); done
  install_packages ${missing[@]+"${missing[@]}"}
}

python_packages() {
  local python
  if ! python=$(find_python); then
    install_packages python3 python3-venv
    python=$(find_python) || fail "no CPython 3.11, 3.12 or 3.13 found; install one and name it: make setup PYTHON=/path/to/python3.11"
  fi
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    install_packages "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
  fi
  # GenTL's Python binding is linked against libpython.
  local version; version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  if command -v dpkg-query >/dev/null && ! ldconfig -p | grep -q "libpython$version.so.1.0" && apt-cache show "libpython$version" >/dev/null 2>&1; then
    install_packages "libpython$version"
  fi
  [ -x .venv/bin/python ] || { say "making .venv with $("$python" --version)"; "$python" -m venv .venv; }
  say "installing Python packages at the versions of constraints.txt"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
}

# The tests' OPC UA client, at the versions and hashes of its lock file; Node.js itself is a Python package of the tests.
node_packages() {
  say "installing the tests' OPC UA client"
  rm -rf build/opcua
  mkdir -p build/opcua
  cp tests/opcua/package.json tests/opcua/package-lock.json build/opcua/
  (cd build/opcua && PATH="$OLDPWD/.venv/bin:$PATH" npm ci --silent --no-audit --no-fund --ignore-scripts) ||
    fail "npm could not install the tests' OPC UA client; check the network, or npm's own settings, and run make setup again"
}

stamp=.venv/.setup-stamp
wanted=$(cat pyproject.toml constraints.txt deploy/packages*.txt deploy/setup.sh tests/opcua/package-lock.json | sha256sum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi
system_packages
python_packages
node_packages
printf '%s\n' "$wanted" > "$stamp"
say "ready: .venv/bin/station"
