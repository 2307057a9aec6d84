# Find or install a headless Chromium for the browser tests; sourced by tools/test.
# The headless shell first: the same engine without the windows' half of it, at half the processor's time.
# Debian's package where apt works and one is root, else Playwright's own, else the tests that need it say so.
ensure_chromium() {
  local found program
  found=$(command -v chromium-headless-shell || true)
  if [ -z "$found" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "tests: installing Debian's chromium-headless-shell"
    {
      apt-get update -qq
      apt-get install -y -qq chromium-headless-shell || apt-get install -y -qq chromium
    } >/dev/null 2>&1 || true
  fi
  for program in chromium-headless-shell chromium chromium-browser google-chrome; do
    found=$(command -v "$program") && break
  done
  if [ -z "$found" ] && .venv/bin/python -m playwright install chromium >/dev/null 2>&1; then
    found=playwright
  fi
  if [ -z "$found" ]; then
    echo "tests: no Chromium could be had; the tests marked 'browser' are skipped"
  fi
  export CHROMIUM="$found"
}
