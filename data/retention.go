package data

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// What is never pruned, whatever its age, is decided here, in one condition for each kind of thing.

// heldRoutines are the routines under legal hold, by name or by their client under any of its host's names.
const heldRoutines = `held(id) AS (SELECT r.id FROM routines r WHERE EXISTS (SELECT 1 FROM legal_holds h WHERE h.kind = 'routine' AND h.ref = r.name)
	OR EXISTS (SELECT 1 FROM legal_holds h WHERE h.kind = 'client' AND (h.ref = r.client COLLATE NOCASE
		OR r.host <> '' AND r.host IN (SELECT o.host FROM routines o WHERE o.client = h.ref COLLATE NOCASE))))`

// good are the newest good copies of each routine: of successes and of partials, expired or not, since it is a setting what counts.
var good = fmt.Sprintf(`kinds(outcome) AS (VALUES (%[1]d), (%[2]d)), good(id) AS (
	SELECT (SELECT e.id FROM executions e WHERE e.routine = r.id AND e.outcome = k.outcome AND e.kind IN (%[3]d, %[4]d) AND e.at IS NOT NULL ORDER BY e.at DESC, e.id DESC LIMIT 1) FROM routines r, kinds k
	UNION SELECT (SELECT e.id FROM executions e WHERE e.routine = r.id AND e.outcome = k.outcome AND e.kind IN (%[3]d, %[4]d) AND e.at IS NOT NULL AND (e.expires IS NULL OR e.expires > @now)
		ORDER BY e.at DESC, e.id DESC LIMIT 1) FROM routines r, kinds k)`, int64(backup.Success), int64(backup.Partial), int64(backup.Data), int64(backup.Log))

// oldRuns are the executions that go: old ones that are no evidence, not among the last thirty of their routine, and not its last good copy.
var oldRuns = "WITH " + heldRoutines + ", " + good + fmt.Sprintf(`
	SELECT e.id FROM executions e WHERE e.at < @before AND e.outcome <> %d
	AND e.at < (SELECT n.at FROM executions n WHERE n.routine = e.routine AND n.at IS NOT NULL ORDER BY n.at DESC LIMIT 1 OFFSET 29)
	AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.execution = e.id)
	AND NOT EXISTS (SELECT 1 FROM links l WHERE l.session = e.id)
	AND NOT EXISTS (SELECT 1 FROM risk_runs k WHERE k.execution = e.id)
	AND e.id NOT IN (SELECT mark FROM risks)
	AND e.id NOT IN (SELECT execution FROM waiting)
	AND e.id NOT IN (SELECT execution FROM presences)
	AND e.id NOT IN (SELECT id FROM good WHERE id IS NOT NULL)
	AND e.routine NOT IN (SELECT id FROM held)`, int64(backup.Running))

// cases are the executions and incidents whose logs and files stay: of open incidents, and of those under legal hold.
var cases = fmt.Sprintf(`cases(id) AS (SELECT i.id FROM incidents i LEFT JOIN incidents d ON d.id = i.into_id WHERE COALESCE(d.state, i.state) <> %d
		OR EXISTS (SELECT 1 FROM legal_holds h WHERE h.kind = 'incident' AND h.ref IN (CAST(i.id AS TEXT), CAST(i.into_id AS TEXT)))),
	proof(id) AS (SELECT i.execution FROM incidents i JOIN cases c ON c.id = i.id WHERE i.execution IS NOT NULL
		UNION SELECT l.session FROM links l JOIN cases c ON c.id = l.incident)`, int64(incident.Closed))

// oldLogs are the raw logs that go, also those of executions that stay.
var oldLogs = "WITH " + heldRoutines + ", " + cases + `
	SELECT l.execution FROM logs l JOIN executions e ON e.id = l.execution
	WHERE e.at < @files AND e.id NOT IN (SELECT id FROM proof) AND e.routine NOT IN (SELECT id FROM held)`

// oldFiles are the contents whose kept copy goes: every import of them is old, and none is the proof of an open incident or held.
var oldFiles = "WITH " + heldRoutines + ", " + cases + fmt.Sprintf(`, needed(file) AS (
		SELECT e.file FROM executions e WHERE e.id IN (SELECT id FROM proof) OR e.routine IN (SELECT id FROM held)
		UNION SELECT e.stated_by FROM executions e WHERE (e.id IN (SELECT id FROM proof) OR e.routine IN (SELECT id FROM held)) AND e.stated_by IS NOT NULL
		UNION SELECT m.file FROM misses m WHERE m.incident IN (SELECT id FROM cases)
		UNION SELECT s.file FROM silences s WHERE s.incident IN (SELECT id FROM cases) AND s.file IS NOT NULL)
	SELECT f.sha256 FROM files f WHERE f.status = '%s' AND f.dropped IS NULL GROUP BY f.sha256
	HAVING MAX(f.imported) < @files AND MAX(f.id IN (SELECT file FROM needed)) = 0`, backup.Imported)

func ruleArgs(r desk.PruneRule) []any {
	return []any{sql.Named("before", r.Before.UnixMilli()), sql.Named("files", r.FilesBefore.UnixMilli()), sql.Named("now", r.Now.UnixMilli())}
}

// argsIn leaves out what a query does not name, which SQLite would refuse.
func argsIn(query string, args []any) []any {
	var used []any
	for _, a := range args {
		if n, ok := a.(sql.NamedArg); ok && strings.Contains(query, "@"+n.Name) {
			used = append(used, a)
		}
	}
	return used
}

// Prunable counts what a rule drops. Nothing is changed.
func (s *Store) Prunable(ctx context.Context, r desk.PruneRule, kept desk.Attachments) (p desk.Pruned, err error) {
	var first, last sql.NullInt64
	args := ruleArgs(r)
	if err := s.read.QueryRowContext(ctx, "SELECT COUNT(*), MIN(at), MAX(at) FROM executions WHERE id IN ("+oldRuns+")", argsIn(oldRuns, args)...).Scan(&p.Executions, &first, &last); err != nil {
		return p, err
	}
	p.First, p.Last = instant(first), instant(last)
	both := "SELECT COUNT(*), COALESCE(SUM(LENGTH(body)), 0) FROM logs WHERE execution IN (" + oldLogs + ") OR execution IN (" + oldRuns + ")"
	if err := s.read.QueryRowContext(ctx, both, args...).Scan(&p.Logs, &p.LogBytes); err != nil {
		return p, err
	}
	sums, err := s.oldFiles(ctx, args)
	for _, sum := range sums {
		if size, there := kept.Size(sum); there {
			p.Files++
			p.FileBytes += size
		}
	}
	return p, err
}

func (s *Store) oldFiles(ctx context.Context, args []any) ([][32]byte, error) {
	return all(ctx, s.read, func(rows *sql.Rows) (sum [32]byte, err error) {
		var raw []byte
		err = rows.Scan(&raw)
		copy(sum[:], raw)
		return sum, err
	}, oldFiles, argsIn(oldFiles, args)...)
}

// pruneBatch is how many executions go in one transaction, so that nobody waits for long.
const pruneBatch = 2000

// Prune drops what a rule drops: executions leave a tombstone each. It ends with one entry, which tells of all that has gone since the last
// one, so that a pruning that was cut short is told by the next.
func (s *Store) Prune(ctx context.Context, r desk.PruneRule, kept desk.Attachments, progress desk.Progress, entry func(p desk.Pruned, keys string) []timeline.Entry) (p desk.Pruned, err error) {
	args := ruleArgs(r)
	ids, err := all(ctx, s.read, one[int64], oldRuns, argsIn(oldRuns, args)...)
	if err != nil {
		return p, err
	}
	var logs int64
	for from := 0; from < len(ids) && err == nil; from += pruneBatch {
		part := ids[from:min(from+pruneBatch, len(ids))]
		var gone int64
		gone, err = s.pruneRuns(ctx, r, args, part)
		if logs += gone; progress != nil {
			progress(from+len(part), len(ids))
		}
	}
	if err == nil {
		var gone int64
		gone, err = s.pruneLogs(ctx, args)
		logs += gone
	}
	var files int64
	if err == nil {
		files, err = s.pruneFiles(ctx, r, args, kept)
	}
	told, tellErr := s.tellPruning(context.WithoutCancel(ctx), r, logs, files, entry) // also of what went before a cancel
	if err == nil {
		err = tellErr
	}
	return told, err
}

// pruneRuns drops executions that are still prunable: what became evidence meanwhile stays.
func (s *Store) pruneRuns(ctx context.Context, r desk.PruneRule, args []any, ids []int64) (logs int64, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		list := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(ids)), ","), "[]")
		which := "(" + oldRuns + " AND e.id IN (" + list + "))"
		if _, err := tx.ExecContext(ctx, "CREATE TEMP TABLE going AS SELECT id FROM main.executions WHERE id IN "+which, argsIn(oldRuns, args)...); err != nil {
			return err
		}
		for _, q := range []string{
			`INSERT OR IGNORE INTO tombstones (key, at, routine, source, outcome, kind, bytes) SELECT key, at, routine, source, outcome, kind, bytes FROM executions WHERE id IN (SELECT id FROM going)`,
			`DELETE FROM risk_again WHERE execution IN (SELECT id FROM going)`,
			`DELETE FROM logs WHERE execution IN (SELECT id FROM going)`,
			`DELETE FROM executions WHERE id IN (SELECT id FROM going)`,
			`DROP TABLE going`,
		} {
			res, err := tx.ExecContext(ctx, q)
			if err != nil {
				return err
			}
			if strings.HasPrefix(q, "DELETE FROM logs") {
				if logs, err = res.RowsAffected(); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return logs, err
}

func (s *Store) pruneLogs(ctx context.Context, args []any) (gone int64, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM logs WHERE execution IN ("+oldLogs+")", argsIn(oldLogs, args)...)
		if err == nil {
			gone, err = res.RowsAffected()
		}
		return err
	})
	return gone, err
}

// pruneFiles marks contents as dropped before their copies go: a copy that a crash leaves behind takes room and nothing else.
func (s *Store) pruneFiles(ctx context.Context, r desk.PruneRule, args []any, kept desk.Attachments) (files int64, err error) {
	sums, err := s.oldFiles(ctx, args)
	for _, sum := range sums {
		if err := ctx.Err(); err != nil {
			return files, err
		}
		if err := s.inTx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE files SET dropped = ? WHERE sha256 = ?", r.Now.UnixMilli(), sum[:])
			return err
		}); err != nil {
			return files, err
		}
		_, there := kept.Size(sum)
		if err := kept.Remove(sum); err != nil {
			return files, err
		}
		if there {
			files++
		}
	}
	return files, err
}

// tellPruning writes the entry for all tombstones that none tells of yet.
func (s *Store) tellPruning(ctx context.Context, r desk.PruneRule, logs, files int64, entry func(desk.Pruned, string) []timeline.Entry) (p desk.Pruned, err error) {
	p.Logs, p.Files = logs, files
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		keys := sha256.New()
		if err := each(ctx, tx, func(rows *sql.Rows) error {
			var key []byte
			err := rows.Scan(&key)
			keys.Write(key)
			p.Executions++
			return err
		}, "SELECT key FROM tombstones WHERE pruning IS NULL ORDER BY key, at"); err != nil || p.Nothing() {
			return err
		}
		var first, last sql.NullInt64
		if err := tx.QueryRowContext(ctx, "SELECT MIN(at), MAX(at) FROM tombstones WHERE pruning IS NULL").Scan(&first, &last); err != nil {
			return err
		}
		p.First, p.Last = instant(first), instant(last)
		res, err := tx.ExecContext(ctx, "INSERT INTO prunings (at, before) VALUES (?, ?)", r.Now.UnixMilli(), r.Before.UnixMilli())
		if err != nil {
			return err
		}
		id, err := res.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE tombstones SET pruning = ? WHERE pruning IS NULL", id); err != nil {
			return err
		}
		return appendEntries(ctx, tx, entry(p, hex.EncodeToString(keys.Sum(nil))))
	})
	return p, err
}

// Pruned counts what retention has ever dropped: executions, and kept files.
func (s *Store) Pruned(ctx context.Context) (p desk.Pruned, err error) {
	var first, last sql.NullInt64
	err = s.read.QueryRowContext(ctx, "SELECT COUNT(*), MIN(at), MAX(at), (SELECT COUNT(DISTINCT sha256) FROM files WHERE dropped IS NOT NULL) FROM tombstones").
		Scan(&p.Executions, &first, &last, &p.Files)
	p.First, p.Last = instant(first), instant(last)
	return p, err
}

// dropPruned passes over records of executions that retention has dropped: an old file brings none of them again. A record is that of a
// tombstone under the rules by which it would be that of an execution.
func (g *ingest) dropPruned(ctx context.Context) error {
	match := fmt.Sprintf("EXISTS (SELECT 1 FROM tombstones t WHERE t.key IN (s.key, s.other_key) AND (s.at IS NULL OR ABS(s.at - t.at) <= %d))", backup.Restart.Milliseconds())
	var any bool
	if err := g.tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM tombstones)").Scan(&any); err != nil || !any {
		return err
	}
	if err := g.tx.QueryRowContext(ctx, "SELECT COUNT(DISTINCT s.key) FROM staged.records s WHERE "+match).Scan(&g.pruned); err != nil || g.pruned == 0 {
		return err
	}
	_, err := g.tx.ExecContext(ctx, "DELETE FROM staged.records AS s WHERE "+match)
	return err
}

// notePruned counts what was passed over.
func (g *ingest) notePruned() {
	if g.pruned == 0 {
		return
	}
	g.result.Unchanged += g.pruned
	g.result.Notes = append(g.result.Notes, say.Record("%d of its executions were pruned by retention, and stay so", g.pruned))
}

// LegalHolds lists what is held, the newest first.
func (s *Store) LegalHolds(ctx context.Context) ([]desk.LegalHold, error) {
	return all(ctx, s.read, func(rows *sql.Rows) (h desk.LegalHold, err error) {
		var since sql.NullInt64
		err = rows.Scan(&h.ID, &h.Kind, &h.Ref, &since, &h.By, &h.Reason)
		h.Since = instant(since)
		return h, err
	}, "SELECT id, kind, ref, since, who, reason FROM legal_holds ORDER BY id DESC")
}

// Holdable tells whether there is such an incident, routine or client.
func (s *Store) Holdable(ctx context.Context, kind desk.HoldKind, ref string) (known bool, err error) {
	query := map[desk.HoldKind]string{
		desk.HoldIncident: "SELECT EXISTS (SELECT 1 FROM incidents WHERE CAST(id AS TEXT) = ?)",
		desk.HoldRoutine:  "SELECT EXISTS (SELECT 1 FROM routines WHERE name = ?)",
		desk.HoldClient:   "SELECT EXISTS (SELECT 1 FROM routines WHERE client = ? COLLATE NOCASE)",
	}[kind]
	if query == "" {
		return false, say.Error("%q cannot be held", kind)
	}
	return known, s.read.QueryRowContext(ctx, query, ref).Scan(&known)
}

// SaveLegalHold adds a hold; one that is there is refused by the table.
func (s *Store) SaveLegalHold(ctx context.Context, h desk.LegalHold, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO legal_holds (kind, ref, since, who, reason) VALUES (?,?,?,?,?)", h.Kind, h.Ref, h.Since.UnixMilli(), h.By, h.Reason)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return say.Error("%s %s is held already", h.Kind, h.Ref)
		}
		return appendEntries(ctx, tx, entries)
	})
}

// RemoveLegalHold ends a hold.
func (s *Store) RemoveLegalHold(ctx context.Context, id int64, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM legal_holds WHERE id = ?", id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return say.Error("the hold: %w", desk.ErrNotFound)
		}
		return appendEntries(ctx, tx, entries)
	})
}
