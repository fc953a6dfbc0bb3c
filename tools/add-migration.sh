#!/usr/bin/env bash
# Makes the migration NAME for both databases at once: tools/add-migration.sh NAME
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: tools/add-migration.sh NAME" >&2; exit 2; }
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
project=src/Matchmaking.Matching
dotnet build "$project" -v q
for provider in Sqlite Postgres; do
  dotnet ef migrations add "$1" --no-build --project "$project" --startup-project "$project" \
    --context "${provider}MatchmakingDbContext" --output-dir "Data/Migrations/$provider"
done
