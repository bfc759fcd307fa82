#!/usr/bin/env bash
# Runs one of the benchmarks; prints a table and ends with one line of figures.
#
#   ./bench.sh flood|instrument [MODULE...]|observe|system|wasi
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. standins/choose.sh

choose_standins
dotnet build Benchmarks -c Release --nologo -v quiet
exec dotnet run --project Benchmarks -c Release --no-build -- "$@"
