#!/usr/bin/env python3
"""Kills the demonstration with SIGKILL in the middle of its work and looks at what is left.

    dotnet build src/Matchmaking.Web && python3 tests/kill.py [--times 10] [--kinds publishing,indexing,matching]

publishing  a fresh folder each time, killed during the first start, in which the lists of 2024 and 2025 are made, signed and published;
            how long that takes is measured by a start that is let through, and the kills are spread over that time
indexing    one folder, killed while listings are indexed and encoded
matching    one folder, killed while matches are stored
After each kill the database must be sound and hold no half list; after the last one the system is started again and must finish:
every published record found, encoded and matched, and the list published exactly once. Ends only processes it started.
"""
import argparse, json, os, pathlib, random, shutil, signal, sqlite3, subprocess, sys, tempfile, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = next(iter(sorted(ROOT.glob("src/Matchmaking.Web/bin/*/net10.0/Matchmaking.Web.dll"))), None)
ADDRESS = "http://localhost:5080"


def start(folder):
    return subprocess.Popen(["dotnet", str(PROGRAM), "--demo", f"--Data:Folder={folder}"], cwd=ROOT / "src/Matchmaking.Web",
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def query(folder, sql):
    path = pathlib.Path(folder) / "demo" / "matchmaking.db"
    if not path.exists():
        return None
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30) as db:
        try:
            return db.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            # Killed in the middle of the migrations: what is asked about is not there yet.
            if "no such table" in str(error) or "no such column" in str(error):
                return None
            raise


def check(folder, when):
    sound = query(folder, "PRAGMA integrity_check")
    assert sound is None or sound == [("ok",)], f"{when}: database not sound: {sound}"
    # A published list has its hash and all entries frozen and numbered; any other list has none of it.
    half = query(folder, """SELECT l.Id FROM AnnualLists l WHERE
        (l.State = 'Published') <> (l.ContentHash IS NOT NULL)
        OR (l.State = 'Published' AND EXISTS (SELECT 1 FROM AnnualListEntries e WHERE e.ListId = l.Id AND e.State = 'In' AND e.FrozenJson IS NULL))
        OR (l.State <> 'Published' AND EXISTS (SELECT 1 FROM AnnualListEntries e WHERE e.ListId = l.Id AND e.FrozenJson IS NOT NULL))""")
    assert not half, f"{when}: half-published lists {half}"
    twice = query(folder, "SELECT Year, Kind, Edition, COUNT(*) FROM AnnualLists GROUP BY Year, Kind, Edition HAVING COUNT(*) > 1")
    assert not twice, f"{when}: lists twice {twice}"
    bulletins = query(folder, "SELECT Quarter FROM PlanBulletins GROUP BY Quarter HAVING COUNT(*) > 1 OR MIN(LENGTH(ContentHash)) <> 64")
    assert not bulletins, f"{when}: bulletins twice or half {bulletins}"
    reported = query(folder, """SELECT COUNT(*) FROM IndicatorReports UNION ALL SELECT COUNT(*) FROM AuditEntries WHERE Action = 'indicator.report'""")
    assert not reported or reported[0] == reported[1], f"{when}: reported values without their entry in the log {reported}"
    numbers = query(folder, "SELECT Number, COUNT(*) FROM Listings WHERE Number IS NOT NULL GROUP BY Number HAVING COUNT(*) > 1")
    assert not numbers, f"{when}: numbers twice {numbers}"


def ready(timeout=120):
    end = time.time() + timeout
    while time.time() < end:
        try:
            urllib.request.urlopen(ADDRESS + "/health/live", timeout=2)
            return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the site does not answer")


def finish(folder, timeout=900):
    """Starts once more and waits until no work is left; returns what there is."""
    process = start(folder)
    try:
        ready()
        end = time.time() + timeout
        while time.time() < end:
            row = query(folder, """SELECT
                (SELECT COUNT(*) FROM Listings WHERE IndexedVersion < SearchVersion),
                (SELECT COUNT(*) FROM Listings l WHERE State = 'Published' AND NOT EXISTS (SELECT 1 FROM ListingVectors v WHERE v.ListingId = l.Id AND v.SearchVersion = l.SearchVersion)),
                (SELECT COUNT(*) FROM Listings WHERE State = 'Published' AND MatchedVersion < SearchVersion),
                (SELECT COUNT(*) FROM Listings WHERE State = 'Published')""")
            if row and row[0][:3] == (0, 0, 0) and row[0][3] > 2000:
                break
            time.sleep(2)
        else:
            raise AssertionError(f"work left after {timeout} s: {row}")
        published = dict(query(folder, "SELECT Side, COUNT(*) FROM Listings WHERE State IN ('Published', 'InTalks', 'SecondDiagnosis', 'Tracked') GROUP BY Side"))
        for kind, side in (("need", "Need"), ("achievement", "Achievement")):
            found = json.load(urllib.request.urlopen(f"{ADDRESS}/api/v1/search?kind={kind}&size=1", timeout=20))["total"]
            assert found == published[side], f"{kind}: {found} found, {published[side]} published"
        lists = query(folder, "SELECT COUNT(*) FROM AnnualLists WHERE Year < 2026 AND State = 'Published'")
        doubled = query(folder, "SELECT NeedId, AchievementId, COUNT(*) FROM Matches GROUP BY 1, 2 HAVING COUNT(*) > 1")
        assert not doubled, f"matches twice {doubled}"
        return published, lists[0][0]
    finally:
        kill(process)
        check(folder, "at the end")


def begin(folder, sql, least, timeout=120):
    """Waits until so many are there, and returns the time."""
    end = time.time() + timeout
    while time.time() < end and (query(folder, sql) or [(0,)])[0][0] < least:
        time.sleep(0.02)
    return time.time()


RECORDS = "SELECT COUNT(*) FROM Listings"
PUBLISHED = "SELECT COUNT(*) FROM AnnualLists WHERE State = 'Published'"
LISTS = 4


def publishing_takes():
    """Seconds from the first record to the last list published, in a start that nobody kills."""
    folder = tempfile.mkdtemp(prefix="matchmaking-kill-")
    process = start(folder)
    try:
        first = begin(folder, RECORDS, 1)
        return begin(folder, PUBLISHED, LISTS) - first
    finally:
        kill(process)
        shutil.rmtree(folder, ignore_errors=True)


def run(kind, times):
    folder = tempfile.mkdtemp(prefix="matchmaking-kill-")
    begun = unpublished = 0
    takes = publishing_takes() if kind == "publishing" else 0
    try:
        for i in range(times):
            if kind == "publishing":
                shutil.rmtree(folder)
                os.mkdir(folder)
            process = start(folder)
            if kind == "publishing":
                # Every fifth wherever it is, in the migrations too; the others once the records come in, from when on lists are made.
                if i % 5 == 4:
                    time.sleep(random.uniform(3, 14))
                else:
                    begin(folder, RECORDS, 1)
                    time.sleep(random.uniform(0, takes))
            else:
                ready()
                if kind == "matching" and i > 0:
                    with sqlite3.connect(pathlib.Path(folder) / "demo" / "matchmaking.db", timeout=30) as db:
                        db.execute("UPDATE Listings SET MatchedVersion = 0 WHERE Side = 'Need'")
                time.sleep(random.uniform(1, 12))
            kill(process)
            check(folder, f"{kind} {i + 1}")
            stage = query(folder, "SELECT (SELECT COUNT(*) FROM Listings), (SELECT COUNT(*) FROM AnnualLists WHERE State = 'Published')")
            begun += stage is not None and stage[0][0] > 0
            unpublished += stage is not None and 0 < stage[0][0] and stage[0][1] < LISTS
            print(f"{kind} {i + 1}: sound, killed at (listings, published lists) {stage[0] if stage else 'before the database'}", flush=True)
        # Kills before the database exists show nothing; most must have hit the work itself.
        assert begun * 2 > times, f"{kind}: only {begun} of {times} kills hit the work"
        assert kind != "publishing" or unpublished * 2 > times, f"only {unpublished} of {times} kills came before the last list was published"
        print(kind, "finished after the restart:", finish(folder), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


parser = argparse.ArgumentParser()
parser.add_argument("--times", type=int, default=10)
parser.add_argument("--kinds", default="publishing,indexing,matching")
options = parser.parse_args()
if PROGRAM is None:
    sys.exit("Build first: dotnet build src/Matchmaking.Web")
for kind in options.kinds.split(","):
    run(kind, options.times)
