package data

import (
	"context"
	"database/sql"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/app/timeline"
)

// known is an execution in the store as weighing needs it.
type known struct {
	id      int64
	era     int
	file    int64
	routine int64

	own      bool // known under the record's own key
	line     int
	statedBy int64 // the file whose statement holds
	mixed    bool  // others have filled in what that leaves open
	backup.Stated
}

// staged is a record that was not inserted, because its identity is known.
type stagedRecord struct {
	rowid    int64
	line     int
	key      []byte
	otherKey []byte
	routine  int64
	log      []byte
	packed   bool
	backup.Stated
}

// weighKnown goes through the records whose identity was known, earlier or from this very file, and lets the stronger
// evidence win. It counts each execution once.
func (g *ingest) weighKnown(ctx context.Context) error {
	if g.result.New == g.st.records {
		return nil
	}
	if err := g.passUnchanged(ctx); err != nil {
		return err
	}
	quick := context.WithoutCancel(ctx) // many small statements; the driver starts a goroutine each to watch a context that can end
	for after := int64(0); ; {
		batch, err := g.knownRecords(ctx, after)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			break
		}
		for _, r := range batch {
			after = r.rowid
			if err := g.weigh(quick, r); err != nil {
				return err
			}
		}
	}
	// the next sweep looks again at what says something else now
	if _, err := g.tx.ExecContext(ctx, "INSERT OR IGNORE INTO risk_again SELECT id FROM staged.touched WHERE updated = 1"); err != nil {
		return err
	}
	return g.tx.QueryRowContext(ctx, "SELECT COALESCE(SUM(updated), 0), COUNT(*) - COALESCE(SUM(updated), 0) FROM staged.touched").
		Scan(&g.result.Updated, &g.result.Unchanged)
}

// knownRecords reads the next ones by their place in the file; a few at a time, since weighing writes.
func (g *ingest) knownRecords(ctx context.Context, after int64) ([]stagedRecord, error) {
	const most = 1000
	return all(ctx, g.tx, func(rows *sql.Rows) (stagedRecord, error) {
		var r stagedRecord
		var f factRow
		e := &f.e
		to := append([]any{&r.rowid, &r.line, &r.key, &r.otherKey, &r.routine, &r.log, &r.packed, &e.Tool, &e.Routine, &e.Client, &e.Schedule}, f.targets()...)
		if err := rows.Scan(to...); err != nil {
			return r, err
		}
		r.Stated = f.stated()
		return r, nil
	}, `SELECT s.rowid, s.line, s.key, s.other_key, r.id, s.log, s.packed, r.tool, r.name, r.client, r.schedule, `+factList("s.")+`
		FROM staged.records s JOIN routines r ON r.tool = s.tool AND r.name = s.name AND r.client = s.client AND r.schedule = s.schedule
		WHERE s.rowid > ? AND s.rowid NOT IN (SELECT record FROM staged.same)
			AND NOT EXISTS (SELECT 1 FROM executions e WHERE e.key = s.key AND e.file = ? AND e.record = s.rowid AND e.id > ?)
		ORDER BY s.rowid LIMIT ?`, after, g.file, g.high, most)
}

func (g *ingest) weigh(ctx context.Context, r stagedRecord) error {
	k, era, err := g.sameRun(ctx, r)
	if err != nil {
		return err
	}
	if k == nil {
		return g.addRestarted(ctx, r, era)
	}
	r.Execution = r.JudgedAs(k.Execution)
	merged, verdict := g.reread(k, r)
	takeOver := k.Instance == "" && r.Instance != "" || k.Session == "" && r.Session != ""
	ownFile := k.file == g.file && k.id > g.high
	switch {
	case verdict == backup.Change || takeOver:
		if takeOver {
			merged.Instance = orName(r.Instance, k.Instance)
		}
		if err := g.update(ctx, k, r, merged, takeOver, era); err != nil {
			return err
		}
	case verdict == backup.Older:
		g.older++
	case g.restates(k):
		if err := g.update(ctx, k, r, merged, false, era); err != nil {
			return err
		}
	default:
		if err := g.confirm(ctx, k, r, merged); err != nil {
			return err
		}
	}
	if ownFile {
		return nil // counted as new
	}
	if verdict == backup.Change {
		g.noteChanged(k, merged.Execution)
	}
	_, err = g.tx.ExecContext(ctx, "INSERT INTO staged.touched VALUES (?,?) ON CONFLICT (id) DO UPDATE SET updated = MAX(updated, excluded.updated)",
		k.id, verdict == backup.Change || takeOver)
	return err
}

// sameRun finds the execution that the record speaks of; nil when the server's ids started over. era is the next free one
// under the record's own key, where the first is always 0.
func (g *ingest) sameRun(ctx context.Context, r stagedRecord) (found *known, era int, err error) {
	err = each(ctx, g.tx, func(rows *sql.Rows) error {
		var k known
		var f factRow
		e := &f.e
		if err := rows.Scan(append([]any{&k.id, &k.era, &k.own, &k.file, &k.routine, &k.line, &k.statedBy, &k.mixed, &e.Tool, &e.Routine, &e.Client, &e.Schedule}, f.targets()...)...); err != nil {
			return err
		}
		k.Stated = f.stated()
		if k.own {
			era = max(era, k.era+1)
		}
		same := k.KeyKind() != backup.BySession || backup.SameRun(k.Execution, r.Execution)
		if g.sameRecord(&k, r) || found == nil && same {
			found = &k
		}
		return nil
	}, `SELECT e.id, e.era, e.key = ?, e.file, e.routine, e.line, COALESCE(e.stated_by, e.file), e.mixed, r.tool, r.name, r.client, r.schedule, `+factList("e.")+`
		FROM executions e JOIN routines r ON r.id = e.routine WHERE e.key = ? OR e.key = ? ORDER BY e.key = ? DESC, e.id`, r.key, r.key, r.otherKey, r.key)
	return found, era, err
}

// sameRecord tells whether a record read again is the one that the execution was first read from: then it is that run, wherever a
// corrected date may put it.
func (g *ingest) sameRecord(k *known, r stagedRecord) bool {
	return g.again != nil && g.chain[k.file] && k.id <= g.high && k.line == r.line && r.line > 0
}

// addRestarted inserts a run whose native id was used before by another one.
func (g *ingest) addRestarted(ctx context.Context, r stagedRecord, era int) error {
	_, err := g.tx.ExecContext(ctx, `INSERT INTO executions (key, era, routine, source, file, record, line, format, `+factList("")+`)
		SELECT s.key, ?, ?, ?, ?, s.rowid, s.line, ?, `+factList("s.")+` FROM staged.records s WHERE s.rowid = ?`,
		era, r.routine, g.File.SourceID, g.file, g.File.Format, r.rowid)
	g.result.New++
	return err
}

// update saves what the stronger evidence says, and notes a change of what was final.
func (g *ingest) update(ctx context.Context, k *known, r stagedRecord, merged backup.Stated, takeOver bool, era int) error {
	routine := k.routine
	if merged.Routine == r.Routine && merged.Client == r.Client && merged.Schedule == r.Schedule {
		routine = r.routine
	}
	statedBy, mixed := k.statedBy, k.mixed || !g.owns(k)
	if g.replaces(k, r) {
		statedBy = g.file
	}
	set := "routine = ?, stated_by = ?, mixed = ?"
	args := []any{routine, statedBy, mixed}
	if takeOver && !k.own {
		set += ", key = ?, era = ?"
		args = append(args, r.key, era)
	}
	for _, c := range factColumns {
		set += ", " + c + " = ?"
	}
	args = append(append(args, factValues(merged)...), k.id)
	if _, err := g.tx.ExecContext(ctx, "UPDATE executions SET "+set+" WHERE id = ?", args...); err != nil {
		return say.Error("execution %d: %w", k.id, err)
	}
	if merged.Outcome == r.Outcome && merged.Evidence == r.Evidence {
		if err := g.keepLog(ctx, k.id, r, "DO UPDATE SET packed = excluded.packed, body = excluded.body"); err != nil {
			return err
		}
	}
	if !k.Outcome.Final() || k.id > g.high {
		return nil
	}
	return g.noteChange(ctx, k.id, k.Execution, merged.Execution)
}

// confirm keeps what a record that says nothing new adds: a log where there is none, and that the evidence is stronger now.
func (g *ingest) confirm(ctx context.Context, k *known, r stagedRecord, merged backup.Stated) error {
	if r.Outcome == k.Outcome {
		if err := g.keepLog(ctx, k.id, r, "DO NOTHING"); err != nil {
			return err
		}
	}
	if merged.Evidence <= k.Evidence {
		return nil
	}
	_, err := g.tx.ExecContext(ctx, "UPDATE executions SET evidence = ?, exported = ?, stated_by = ?, mixed = ? WHERE id = ?",
		int64(merged.Evidence), merged.Exported.UnixMilli(), g.file, k.mixed || !g.owns(k), k.id)
	return err
}

func (g *ingest) keepLog(ctx context.Context, id int64, r stagedRecord, onConflict string) error {
	if r.log == nil {
		return nil
	}
	_, err := g.tx.ExecContext(ctx, "INSERT INTO logs VALUES (?,?,?) ON CONFLICT (execution) "+onConflict, id, r.packed, r.log)
	return err
}

// noteChanged remembers an execution for the rules. What several records of a file do to it is one change.
func (g *ingest) noteChanged(k *known, to backup.Execution) {
	if i, twice := g.changes[k.id]; twice {
		g.changed[i].to = to
		return
	}
	g.changes[k.id] = len(g.changed)
	g.changed = append(g.changed, changedExecution{k.id, k.Execution, to})
}

// noteChange is the entry for a change of an execution whose outcome was final.
func (g *ingest) noteChange(ctx context.Context, id int64, from, to backup.Execution) error {
	details := backup.Differences(from, to)
	if len(details) == 0 {
		return nil
	}
	entry := timeline.Entry{Subject: timeline.Execution, SubjectID: id, At: g.At, Judged: g.otherInstant(), Actor: g.Actor, Action: say.N("changed by evidence")}
	if g.again != nil {
		entry.Action = "read again"
	}
	for _, d := range details {
		entry.Details = append(entry.Details, timeline.Changed(d.Field, d.From, d.To))
	}
	entry.Details = append(entry.Details, timeline.Said(say.N("file"), g.File.Path), timeline.Said(say.N("sha256"), g.result.SHA256))
	return appendEntries(ctx, g.tx, []timeline.Entry{entry})
}
