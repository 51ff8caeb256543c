#!/bin/sh
# Installs what the tests drive: Chromium and Chinese fonts for the pages, LibreOffice and converters for the documents, a proxy.
# Elsewhere those tests skip and say why.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui libreoffice-calc-nogui"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v nginx >/dev/null 2>&1 || missing="$missing nginx-light"
command -v strace >/dev/null 2>&1 || missing="$missing strace"
command -v w3m >/dev/null 2>&1 || missing="$missing w3m"
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "not here, and no right to install:$missing; the tests that need them will skip"
    exit 0
fi
echo "installing$missing"
apt-get update -qq
# shellcheck disable=SC2086 # a list of packages
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
