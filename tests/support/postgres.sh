#!/usr/bin/env bash
# A private, throw-away PostgreSQL for tests.
#
#   postgres.sh start STATE_DIR   start an instance, print its URL (also in STATE_DIR/url)
#   postgres.sh halt STATE_DIR    stop it, keeping its data
#   postgres.sh resume STATE_DIR  start it again, at the same port
#   postgres.sh stop STATE_DIR    end it and delete its data
#   postgres.sh bin               print the folder of the installed server binaries
#
# It is made with the installed binaries, listens on 127.0.0.1 at a random port with a random
# password, and trades durability for speed. A shared server is never touched. initdb refuses to
# run as root, so root hands over to the user `postgres` (or `nobody`). The data lies under TMPDIR
# and not beneath the checkout, because that user may not be allowed to walk into the checkout.
set -euo pipefail

die() { echo "postgres.sh: $*" >&2; exit 1; }

find_bin() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) \
    "$(pg_config --bindir 2>/dev/null || true)" \
    "$(dirname "$(command -v initdb 2>/dev/null || echo /nonexistent/initdb)")"; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then echo "$folder"; return; fi
  done
  die "no PostgreSQL server binaries found: install the package postgresql"
}

server_user() {
  local name
  for name in postgres nobody; do
    if id -u "$name" >/dev/null 2>&1; then echo "$name"; return; fi
  done
  die "no user postgres or nobody to run the server as"
}

# Runs a command as the server's user; unchanged when we are not root.
as_server() {
  if [ "$(id -u)" -ne 0 ]; then "$@"; return; fi
  local user; user=$(server_user)
  (cd / && setpriv --reuid="$(id -u "$user")" --regid="$(id -g "$user")" --clear-groups \
    env HOME="$data_root" "$@")
}

start() {
  local state=$1 bin port attempt password
  [ ! -e "$state/root" ] || die "$state already holds a running instance: stop it first"
  bin=$(find_bin)
  mkdir -p "$state"
  data_root=$(mktemp -d "${TMPDIR:-/tmp}/backbone-pg.XXXXXX")
  echo "$data_root" >"$state/root"
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "$password" >"$data_root/password"
  if [ "$(id -u)" -eq 0 ]; then chown -R "$(server_user)" "$data_root"; fi

  as_server "$bin/initdb" -D "$data_root/data" -U backbone --pwfile="$data_root/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync >"$state/initdb.log" 2>&1 ||
    { cat "$state/initdb.log" >&2; stop "$state"; die "initdb failed"; }
  as_server tee -a "$data_root/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$data_root'
max_connections = 300
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = on
timezone = 'UTC'
lc_messages = 'C'
CONF
  for attempt in 1 2 3 4 5 6 7 8; do
    # Below the range from which the kernel gives out ports, so that nobody takes it in between.
    port=$((20000 + (RANDOM % 12000)))
    if as_server "$bin/pg_ctl" -D "$data_root/data" -w -t 60 -l "$data_root/server.log" \
      -o "-p $port" start >"$state/start.log" 2>&1 </dev/null; then
      echo "postgres://backbone:$password@127.0.0.1:$port/postgres" >"$state/url"
      head -1 "$data_root/data/postmaster.pid" >"$state/pid"
      cat "$state/url"
      return
    fi
  done
  cat "$state/start.log" "$data_root/server.log" >&2 || true
  stop "$state"
  die "the server did not start (see above)"
}

stop() {
  local state=$1 bin
  [ -f "$state/root" ] || return 0
  data_root=$(cat "$state/root")
  case "$data_root" in */backbone-pg.*) ;; *) die "$state/root does not name a folder of ours" ;; esac
  bin=$(find_bin)
  if [ -f "$data_root/data/postmaster.pid" ]; then
    as_server "$bin/pg_ctl" -D "$data_root/data" -w -t 30 -m immediate stop >/dev/null 2>&1 ||
      echo "postgres.sh: the server had already ended" >&2
  fi
  rm -rf "$data_root" "$state"
}

# Stops or starts the instance in STATE_DIR without making or deleting anything.
again() {
  local state=$1 verb=$2
  data_root=$(cat "$state/root")
  case "$verb" in
    stop) as_server "$(find_bin)/pg_ctl" -D "$data_root/data" -w -t 30 -m fast stop >/dev/null ;;
    start) as_server "$(find_bin)/pg_ctl" -D "$data_root/data" -w -t 60 -l "$data_root/server.log" \
      -o "-p $(sed 's/.*:\([0-9]*\)\/postgres$/\1/' "$state/url")" start >/dev/null 2>&1 </dev/null ;;
  esac
}

case "${1:-}" in
  start) [ $# -eq 2 ] || die "usage: postgres.sh start STATE_DIR"; start "$2" ;;
  halt) [ $# -eq 2 ] || die "usage: postgres.sh halt STATE_DIR"; again "$2" stop ;;
  resume) [ $# -eq 2 ] || die "usage: postgres.sh resume STATE_DIR"; again "$2" start ;;
  stop) [ $# -eq 2 ] || die "usage: postgres.sh stop STATE_DIR"; stop "$2" ;;
  bin) find_bin ;;
  *) die "usage: postgres.sh start|halt|resume|stop STATE_DIR, or postgres.sh bin" ;;
esac
