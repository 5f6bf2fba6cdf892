#!/usr/bin/env bash
# Installs the Debian programs that test/interop and test/browser drive. Where that cannot be done, those tests say what they skipped.
set -u
wanted=(vdirsyncer khard khal todoman cadaver litmus python3-caldav chromium chromium-headless-shell thunderbird zbar-tools evolution-data-server gir1.2-ebook-1.2 python3-gi dbus gnome-keyring postgresql-15 pgbouncer)
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "clients: not a Debian system or not root; tests with real clients are skipped where the client is missing"
  exit 0
fi
missing=()
for package in "${wanted[@]}"; do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done
[ ${#missing[@]} -eq 0 ] && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >/dev/null 2>&1 || true
for package in "${missing[@]}"; do
  apt-get install -y -q --no-install-recommends "$package" >/dev/null 2>&1 || echo "clients: $package could not be installed; its tests are skipped"
done
exit 0
