#!/bin/sh
# Pins every requirement with its hashes, and writes no index address. Needs `uv`; only maintainers run it.
set -eu
cd "$(dirname "$0")"
for name in run embedded dev; do
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate "$@" "$name.in" -o "$name.txt"
done
