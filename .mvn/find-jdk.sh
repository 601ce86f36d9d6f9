#!/bin/sh
# Prints the home of a JDK 25, or says how to get one and exits with 1.
# Both the build (pom.xml, before it selects a toolchain) and the launcher (./trapgate) ask this script.
# Looks at JAVA_HOME, the java and javac on the PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks, /Library/Java and /opt, in that order.
wanted=25

is_wanted() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${version:-0}" -eq "$wanted" ]
}

home_of() {
    tool=$(command -v "$1" 2>/dev/null) && tool=$(readlink -f "$tool") && dirname "$(dirname "$tool")"
}

for home in "${JAVA_HOME:-}" "$(home_of javac)" "$(home_of java)" \
    /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/*; do
    if [ -n "$home" ] && is_wanted "$home"; then
        printf '%s\n' "$home"
        exit 0
    fi
done

# A toolchain that somebody has described to Maven may lie anywhere: the build will find it.
if [ "${1:-}" = build ] && grep -qs '<jdkHome>' "${HOME:-}/.m2/toolchains.xml"; then
    exit 0
fi

cat >&2 <<MESSAGE
Trapgate needs JDK $wanted, and found none in JAVA_HOME, on the PATH, in /usr/lib/jvm, ~/.sdkman or ~/.jdks.
Install one, for example by one of:
    apt-get install openjdk-$wanted-jdk          (Debian, Ubuntu)
    dnf install java-$wanted-openjdk-devel       (Fedora)
    sdk install java $wanted-tem                 (SDKMAN, any Linux or macOS)
or unpack a build from https://adoptium.net and set JAVA_HOME to it.
MESSAGE
exit 1
