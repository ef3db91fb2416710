#!/usr/bin/env bash
# The programs by which the tests look at documents: LibreOffice, Chromium, Poppler, a typeface; and those on which they
# compute records: PostgreSQL, and Java for Spark. Orientir itself works without them.
# Installs what is missing where it may (root on Debian), otherwise says what to run.
set -euo pipefail

packages=()
command -v soffice >/dev/null || packages+=(libreoffice-writer libreoffice-calc)
command -v chromium >/dev/null || packages+=(chromium)
command -v pdftoppm >/dev/null || packages+=(poppler-utils)
# A face of the widths of Times New Roman: without one LibreOffice breaks pages elsewhere than Word.
[[ $(fc-list : family 2>/dev/null) == *"Liberation Serif"* ]] || packages+=(fonts-liberation)
command -v java >/dev/null || [[ -n ${JAVA_HOME:-} && -x $JAVA_HOME/bin/java ]] || packages+=(default-jre-headless)
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || packages+=(postgresql)
[[ ${#packages[@]} -eq 0 ]] && exit 0

install=(apt-get install --yes --no-install-recommends "${packages[@]}")

if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
    echo "The tests need programs that are not installed here. Run:" >&2
    echo "    sudo apt-get update && sudo ${install[*]}" >&2
    command -v apt-get >/dev/null || echo "(on systems other than Debian, their own packages of the same programs)" >&2
    exit 1
fi

echo "Installing for the tests: ${packages[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update && "${install[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
