#!/bin/sh
# Writes src/generated/java/dev/trapgate/bindings from native-headers and the lists beside this file.
# Usage: jextract/generate.sh [OUTPUT-DIRECTORY]
# jextract is taken from the PATH, or from $JEXTRACT. See README.md.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C
jextract=${JEXTRACT:-jextract}
output=${1:-src/generated/java}
package=dev/trapgate/bindings

fail() {
    echo "generate.sh: $*" >&2
    exit 1
}

wanted() {
    sed -n "s/^$1=//p" jextract/VERSION
}

check_versions() {
    command -v "$jextract" > /dev/null ||
        fail "no jextract: put it on the PATH or name it in JEXTRACT (how to get it: jextract/README.md)"
    found=$("$jextract" --version 2>&1) || fail "$jextract --version failed: $found"
    echo "$found" | grep -q "^jextract $(wanted jextract)\$" ||
        fail "jextract/VERSION asks for jextract $(wanted jextract), $jextract says: $found"
    echo "$found" | grep -q "clang version $(wanted libclang)\." ||
        fail "jextract/VERSION asks for libclang $(wanted libclang), $jextract says: $found"
    [ "$(uname -m)" = "$(wanted architecture)" ] ||
        fail "the bindings are for $(wanted architecture), this machine is $(uname -m)"
}

# glibc declares socket addresses as transparent unions for any GCC newer than 2.7 under _GNU_SOURCE; jextract would
# pass those by value. To an older GCC they are plain pointers.
defines() {
    echo "--define-macro _GNU_SOURCE"
    [ "$1" != sockets ] || echo "--define-macro __GNUC__=1"
}

# One subject into a directory of its own: native-headers/files.h becomes files_h.java and its structures.
generate_subject() {
    "$jextract" @jextract/lists/"$1".args \
        $(defines "$1") \
        --target-package dev.trapgate.bindings \
        --header-class-name "$1_h" \
        --symbols-class-name linux_shared \
        --output "$scratch/$1" \
        "native-headers/$1.h" > "$scratch/log" 2>&1 || fail "native-headers/$1.h: $(cat "$scratch/log")"
    ! grep -q 'error: ' "$scratch/log" || fail "native-headers/$1.h: $(grep 'error: ' "$scratch/log")"
}

# A structure that two subjects share must come out the same, but for the class it takes C_INT and such from.
merge_subject() {
    for file in "$scratch/$1/$package"/*.java; do
        target=$scratch/all/$(basename "$file")
        if [ ! -e "$target" ]; then
            cp "$file" "$target"
        elif [ "$(without_class "$file")" != "$(without_class "$target")" ]; then
            fail "two subjects disagree about $(basename "$file"); the second is $1"
        fi
    done
}

without_class() {
    sed -E 's/\b[a-z]+_h\.//g' "$1" | cksum
}

check_versions
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/all"
for list in jextract/lists/*.args; do
    subject=$(basename "$list" .args)
    generate_subject "$subject"
    merge_subject "$subject"
done

rm -rf "${output:?}/$package"
mkdir -p "$output/$package"
cp "$scratch/all"/*.java "$output/$package/"
echo "$output/$package: $(find "$output/$package" -name '*.java' | wc -l) classes"
