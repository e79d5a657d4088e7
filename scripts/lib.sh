# Shared by the scripts beside it: what a machine needs, and how to ask for it.
#
# 1. Nothing is installed without a question, except as root or with CI=true.
# 2. What is there is used; only what is missing is installed.
# 3. On systems without apt the script says what is needed and goes on.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

RUST_AT_LEAST=1.92
# To build: a C compiler for SQLite, and WebKitGTK with what it brings.
BUILD_PACKAGES=(gcc g++ libc6-dev pkg-config libwebkit2gtk-4.1-dev)
# To test the real window without a screen: a screen in memory, its driver, a window manager, a mouse.
TEST_PACKAGES=(xvfb webkit2gtk-driver fonts-dejavu-core openbox xdotool wmctrl)

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

stop() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

unattended() { [ "$(id -u)" = 0 ] || [ "${CI:-}" = true ]; }

# agree QUESTION: whether to go on; without a person to ask, yes only where nobody need be asked.
agree() {
    unattended && return 0
    [ -t 0 ] || return 1
    local answer
    read -r -p "$1 [Y/n] " answer
    [[ "$answer" =~ ^([Yy].*)?$ ]]
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# need_packages PACKAGE…: installs those that are missing.
need_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    if ! command -v dpkg-query >/dev/null; then
        echo "Not a Debian or Ubuntu system. Needed, under the names of Debian: $*"
        return 0
    fi
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return 0
    say "System packages that are missing: ${missing[*]}"
    agree "Install them now with apt-get (sudo may ask for your password)?" ||
        stop "Install them, then start this again:
    sudo apt-get install --no-install-recommends ${missing[*]}"
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# at_least HAVE WANTED: whether a version is not older.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# need_rust [COMPONENT…]: Rust, new enough, with those components.
need_rust() {
    # A fresh rustup is on the path only after the next login.
    command -v cargo >/dev/null || [ ! -f "$HOME/.cargo/env" ] || . "$HOME/.cargo/env"
    local found=""
    command -v rustc >/dev/null && found=$(rustc --version | cut -d ' ' -f 2)
    if [ -z "$found" ]; then
        say "Rust is not installed; $RUST_AT_LEAST or newer is needed."
        offer_rustup
    elif ! at_least "$found" "$RUST_AT_LEAST"; then
        say "Rust $found is too old; $RUST_AT_LEAST or newer is needed."
        if command -v rustup >/dev/null; then
            agree "Update it now with 'rustup update stable'?" || stop "Run 'rustup update stable', then start this again."
            rustup update stable
        else
            offer_rustup
        fi
    fi
    local component
    for component in "$@"; do
        case $component in rustfmt) cargo fmt --version ;; clippy) cargo clippy --version ;; esac >/dev/null 2>&1 && continue
        command -v rustup >/dev/null || stop "The Rust component $component is missing; install it with the Rust you have."
        rustup component add "$component"
    done
}

# Rust is never installed unasked: it is the one thing that a machine must bring.
offer_rustup() {
    local command="curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile default"
    echo "rustup installs it for you alone, without root:"
    echo "    $command"
    [ -t 0 ] && [ "${CI:-}" != true ] || stop "Run that command, then start this again."
    local answer
    read -r -p "Run it now? [y/N] " answer
    [[ "$answer" =~ ^[Yy] ]] || stop "Run that command, then start this again."
    command -v curl >/dev/null || need_packages curl ca-certificates
    bash -c "$command"
    . "$HOME/.cargo/env"
}

# need_node: Node and npm, for the type check of the page; nothing of them is shipped.
need_node() {
    if command -v npm >/dev/null && at_least "$(node --version | tr -d v)" 18; then return 0; fi
    need_packages nodejs npm
    command -v npm >/dev/null || stop "Node 18 or newer with npm is needed for the type check of the page."
}
