#!/bin/sh
# Find the Chromium that the tests open pages in; where there is none, install Debian's, if that is allowed here.
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

found && chinese_font && exit 0

as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1 && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    echo "Installing chromium and fonts-noto-cjk for the browser tests" >&2
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null
fi

if ! found; then
    echo "The tests need a Chromium. Install one (Debian: apt-get install chromium fonts-noto-cjk)," >&2
    echo "or name one: GKSSG_CHROMIUM=/path/to/chromium make test" >&2
    exit 1
fi
