# SPDX-License-Identifier: Apache-2.0
# Sourced by ./vigil and ./verify: finds a JDK 25, and says plainly what is missing.

# Whether $1 is the home of a JDK 25 that can compile.
is_jdk25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    grep -q '^JAVA_VERSION="25[."]' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -q 'version "25[."]'
  fi
}

# Prints the home of a JDK 25, or nothing.
find_jdk25() {
  local on_path home
  on_path=$(command -v java || true)
  [ -n "$on_path" ] && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for home in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/* /opt/*/* "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/*; do
    if [ -n "$home" ] && is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

# Sets JAVA_HOME, or ends with an explanation.
need_jdk25() {
  if ! JAVA_HOME=$(find_jdk25); then
    cat >&2 <<'TEXT'
A JDK 25 is needed and none was found in JAVA_HOME, on the PATH, in /usr/lib/jvm, /opt, ~/.sdkman or ~/.jdks.
Install one, for example from your distribution (openjdk-25-jdk), from adoptium.net (Temurin 25),
or with SDKMAN (sdk install java 25-tem), or point JAVA_HOME to one.
TEXT
    exit 69
  fi
  export JAVA_HOME
}

need_maven() {
  if ! command -v mvn >/dev/null; then
    echo "Maven 3.8 or later is needed to build and is not on the PATH; install your distribution's package maven." >&2
    exit 69
  fi
}

# Turns Maven's log into one line per module.
progress() {
  sed -nu -E "s/^.*Building ([^ ]+) [^ ]+ +\[([0-9]+)\/([0-9]+)\].*$/$1: module \2 of \3 (\1)/p"
}
