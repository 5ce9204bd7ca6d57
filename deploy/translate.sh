#!/usr/bin/env bash
# Brings the screens' texts into station/ui/translations: lupdate merges what is new into each .ts, lrelease makes the .qm.
# Texts that lack a translation are named at the end; write them with Qt Linguist (.venv/bin/pyside6-linguist) and run this again.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
folder=station/ui/translations

"$bin/pyside6-lupdate" -silent -extensions py station/ui -no-obsolete -locations none -pluralonly -ts "$folder/station_en.ts"
for ts in "$folder"/station_*.ts; do
  [ "$ts" = "$folder/station_en.ts" ] ||
    "$bin/pyside6-lupdate" -silent -extensions py station/ui -no-obsolete -locations none -disable-heuristic similartext -ts "$ts"
  "$bin/pyside6-lrelease" -silent "$ts"
done

if grep -c 'type="unfinished"' "$folder"/station_*.ts | grep -v ':0$'; then
  printf 'translate: so many texts of the files above are not translated yet\n' >&2
  exit 1
fi
