# Find the PostgreSQL of the tests: TEST_DATABASE_URL, or whichever answers on this machine; "" where none does.
find_postgresql() {
  postgresql="${TEST_DATABASE_URL:-}"
  [ -n "$postgresql" ] || postgresql=$(.venv/bin/python - <<'PY'
import psycopg
for url in ("postgresql:///postgres", "postgresql://postgres@127.0.0.1:5432/postgres"):
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.Error:
        continue
    print(url.replace("postgresql:///postgres", "postgres:///commun").replace("5432/postgres", "5432/commun"))
    break
PY
  )
}
