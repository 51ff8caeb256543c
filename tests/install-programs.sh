#!/bin/sh
# Installs what the site and rendering tests drive: Chromium and Chinese fonts. Elsewhere those tests skip and say why.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "no Chromium here and no right to install it: the browser tests will skip"
    exit 0
fi
echo "installing Chromium and Chinese fonts"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
