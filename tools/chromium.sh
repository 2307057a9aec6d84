# Find or install a headless Chromium for the browser tests; sourced by tools/test.
# Debian's package where apt works and one is root, else Playwright's own, else the tests that need it say so.
ensure_chromium() {
  local found
  found=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
  if [ -z "$found" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "tests: installing Debian's chromium"
    { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1 || true
    found=$(command -v chromium || true)
  fi
  if [ -z "$found" ] && .venv/bin/python -m playwright install chromium >/dev/null 2>&1; then
    found=playwright
  fi
  if [ -z "$found" ]; then
    echo "tests: no Chromium could be had; the tests marked 'browser' are skipped"
  fi
  export CHROMIUM="$found"
}
