#!/bin/sh
# Gives the connector's user, made by postgresql-cdc.sql, the password from the environment.
set -eu
echo "ALTER ROLE yardmaster PASSWORD :'password'" |
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
        --set password="$STORAGE_DB_PASSWORD"
