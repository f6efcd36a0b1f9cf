#!/bin/sh
# Find the Chromium that the tests open pages in, and the Java for the HTML checker; where there is none, install
# Debian's, if that is allowed here.
set -eu

found() {
    if [ -n "${GKSSG_CHROMIUM:-}" ]; then
        [ -x "$GKSSG_CHROMIUM" ]
        return
    fi
    for name in chromium chromium-browser google-chrome-stable google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}

chinese_font() {
    ! command -v fc-list >/dev/null 2>&1 || [ -n "$(fc-list :lang=zh-cn family | head -n 1)" ]
}

java_found() {
    # macOS has a command that only says that there is none.
    java -version >/dev/null 2>&1
}

found && chinese_font && java_found && exit 0

as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1 && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    echo "Installing chromium, fonts-noto-cjk and a Java for the browser tests" >&2
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig default-jre-headless >/dev/null
fi

if ! found; then
    echo "The tests need a Chromium. Install one (Debian: apt-get install chromium fonts-noto-cjk)," >&2
    echo "or name one: GKSSG_CHROMIUM=/path/to/chromium make test" >&2
    exit 1
fi
if ! java_found; then
    echo "The HTML checker of the tests needs a Java. Install one (Debian: apt-get install default-jre-headless)" >&2
    exit 1
fi
