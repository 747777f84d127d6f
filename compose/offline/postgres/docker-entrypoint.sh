#!/bin/bash
# When PGDATA is empty, makes the database by POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB, and runs the files in
# /docker-entrypoint-initdb.d. Then becomes the server.
set -euo pipefail

if [ "${1-}" != postgres ]; then
    exec "$@"
fi
if [ "$(id -u)" = 0 ]; then
    chown postgres "$PGDATA"
    chmod 700 "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ -s "$PGDATA/PG_VERSION" ]; then
    exec "$@"
fi

: "${POSTGRES_PASSWORD:?must be set}"
export POSTGRES_USER=${POSTGRES_USER:-postgres}
export POSTGRES_DB=${POSTGRES_DB:-$POSTGRES_USER}
initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") --auth-local=trust \
    --auth-host=scram-sha-256
printf 'host all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"

# Opens no port: nobody may take this server for the final one.
pg_ctl -w -o "$(printf '%q ' "${@:2}" -c "listen_addresses=")" start
sql() {
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" "$@"
}
if [ "$POSTGRES_DB" != postgres ]; then
    echo 'CREATE DATABASE :"db"' | sql --dbname postgres --set db="$POSTGRES_DB"
fi
for file in /docker-entrypoint-initdb.d/*; do
    case $file in
        *.sh) if [ -x "$file" ]; then "$file"; else source "$file"; fi ;;
        *.sql) sql --dbname "$POSTGRES_DB" --file "$file" ;;
    esac
done
pg_ctl -w -m fast stop
exec "$@"
