#!/bin/sh
# Writes lists/SUBJECT.args from selection.txt and the headers of this machine.
# Run it when a name is added to selection.txt or the headers become newer; then run generate.sh.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C
jextract=${JEXTRACT:-jextract}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p jextract/lists
# Names that are no constants: counters, which grow with every release of the headers, and what glibc asks at run time.
counters='constant [^_X].*_(LAST|MAX|TYPES|NLIMITS|LAST_CAP)$'
at_run_time='constant (MIN)?SIGSTKSZ$'

for header in native-headers/*.h; do
    subject=$(basename "$header" .h)
    "$jextract" -D _GNU_SOURCE --dump-includes "$scratch/all" "$header" > "$scratch/log" 2>&1 ||
        { cat "$scratch/log" >&2; exit 1; }
    awk -v subject="$subject" '$1 == subject { print "--include-" $2 " (" $3 ")" }' jextract/selection.txt \
        > "$scratch/patterns"
    sed 's/ *#.*//; /^$/d' "$scratch/all" |
        grep -E -x -f "$scratch/patterns" |
        grep -E -v -e "$counters" -e "$at_run_time" |
        sort -u > "jextract/lists/$subject.args"
    rm "$scratch/all"
done
wc -l jextract/lists/*.args
