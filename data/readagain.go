package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// KeptFiles lists imported files that may be read again, in the order of their import.
func (s *Store) KeptFiles(ctx context.Context, scope desk.Scope, q desk.KeptQuery) ([]desk.KeptFile, error) {
	s = s.within(scope)
	var w where
	w.add("f.status = ? AND f.grew_into IS NULL AND f.dropped IS NULL", backup.Imported)
	if q.Source != 0 {
		w.add("f.source = ?", q.Source)
	}
	in(&w, "f.id", q.Files)
	return all(ctx, s.read, scanKept, `SELECT f.id, f.source, f.path, f.sha256, f.size, f.modified, f.format, f.version,
		f.zone_given = 0 AND f.zone <> s.zone OR f.code_page <> s.code_page OR f.date_order <> s.date_order, IIF(f.zone_given, f.zone, ''),
		f.timeless AND `+overtaken+` AND EXISTS (SELECT 1 FROM files g WHERE g.grew_into = f.id)
		FROM files f JOIN sources s ON s.id = f.source`+w.String()+` ORDER BY f.id`, w.args...)
}

// overtaken tells a file f in whose place another one was imported later.
const overtaken = "EXISTS (SELECT 1 FROM files l WHERE l.source = f.source AND l.path = f.path AND l.id > f.id AND l.status = 'imported')"

func scanKept(rows *sql.Rows) (f desk.KeptFile, err error) {
	var hash []byte
	var modified int64
	var settings sql.NullBool
	err = rows.Scan(&f.ID, &f.SourceID, &f.Path, &hash, &f.Size, &modified, &f.Format, &f.Version, &settings, &f.Zone, &f.Lost)
	copy(f.SHA256[:], hash)
	f.ModTime, f.Settings = time.UnixMilli(modified).UTC(), settings.Bool
	return f, err
}

// ReadAgain takes what another reading of an imported file states in place of what was read from it before, in one transaction. A
// preview is the same work, taken back.
func (s *Store) ReadAgain(ctx context.Context, in desk.Intake, file int64, preview bool, records iter.Seq2[backup.Execution, error]) (desk.Reread, error) {
	a := &readAgain{id: file, preview: preview}
	src, err := s.intakeSource(ctx, in.File)
	if err == nil {
		a.newest, err = s.newestOfPath(ctx, in.File, file)
	}
	if err == nil && a.newest {
		err = s.loadBlocks(ctx, in.File, &src)
	}
	if err != nil {
		return desk.Reread{}, err
	}
	st, err := s.newStage(ctx)
	if err != nil {
		return desk.Reread{}, err
	}
	defer st.remove()
	if err := st.fill(ctx, in, src, records); err != nil {
		return desk.Reread{}, err
	}
	res, err := s.commit(ctx, in, st, a)
	a.done.FileResult, a.done.ID = res, file
	return a.done, err
}

func (s *Store) newestOfPath(ctx context.Context, f backup.File, id int64) (newest bool, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM files WHERE source = ? AND path = ? AND id > ? AND status = ?)", f.SourceID, f.Path, id, backup.Imported).Scan(&newest)
	return newest, err
}

// readAgain is what differs when a file is read that is in the ledger already.
type readAgain struct {
	id      int64
	preview bool
	newest  bool // no later file was imported from its path, so blocks tells of this one
	before  readWith
	done    desk.Reread
}

// readWith is what a file was read with.
type readWith struct {
	format   string
	version  int
	zone     sql.NullString
	codePage sql.NullString
	order    sql.NullInt64
}

// beginAgain is addFile for a file that has its row.
func (g *ingest) beginAgain(ctx context.Context) error {
	g.file = g.again.id
	g.result.Problems = g.st.problems
	if g.File.Reading != nil {
		g.result.Notes = g.File.Reading().Notes
	}
	was := &g.again.before
	if err := g.tx.QueryRowContext(ctx, "SELECT format, version, zone, code_page, date_order FROM files WHERE id = ?", g.file).
		Scan(&was.format, &was.version, &was.zone, &was.codePage, &was.order); err != nil {
		return say.Error("file %d: %w", g.file, err)
	}
	if err := g.bounds(ctx); err != nil {
		return err
	}
	if err := g.loadChain(ctx); err != nil {
		return err
	}
	return g.rekey(ctx)
}

// loadChain finds the shorter files that this one begins with: what they stated it states too.
func (g *ingest) loadChain(ctx context.Context) error {
	ids, err := all(ctx, g.tx, one[int64], `WITH RECURSIVE chain(id) AS (VALUES (?) UNION SELECT f.id FROM files f JOIN chain c ON f.grew_into = c.id)
		SELECT id FROM chain`, g.file)
	g.chain = map[int64]bool{}
	for _, id := range ids {
		g.chain[id] = true
	}
	return err
}

// owns tells whether what is known of an execution is this file's own statement.
func (g *ingest) owns(k *known) bool { return k.statedBy == g.file || g.chain[k.statedBy] }

// restates tells whether this is another reading of the statement that holds.
func (g *ingest) restates(k *known) bool { return g.again != nil && g.owns(k) }

// replaces tells whether the record's statement holds from now on.
func (g *ingest) replaces(k *known, r stagedRecord) bool { return g.restates(k) || r.Beats(k.Stated) }

// rekey finds the executions that this file brought and that this reading knows under another identity: a record of the same line is
// the same run, if it is known by nothing else. Without that a better reading would double what it reads.
func (g *ingest) rekey(ctx context.Context) error {
	if _, err := g.tx.ExecContext(ctx, "CREATE INDEX staged.records_by_key ON records(key)"); err != nil {
		return err
	}
	fresh, err := g.byLine(ctx, "SELECT MIN(s.line), s.key FROM staged.records s WHERE NOT EXISTS (SELECT 1 FROM executions e WHERE e.key = s.key OR e.key = s.other_key) GROUP BY s.key ORDER BY MIN(s.rowid)")
	if err != nil {
		return err
	}
	left, err := g.byLine(ctx, `SELECT e.line, e.id FROM executions e
		WHERE e.id BETWEEN (SELECT MIN(first_run) FROM files WHERE id IN (`+g.chainIDs()+`))
			AND (SELECT MAX(IIF(last_run = 0, 9223372036854775807, last_run)) FROM files WHERE id IN (`+g.chainIDs()+`))
		AND e.file IN (`+g.chainIDs()+`) AND COALESCE(e.stated_by, e.file) IN (`+g.chainIDs()+`) AND e.mixed = 0
		AND NOT EXISTS (SELECT 1 FROM staged.records s WHERE s.key = e.key) AND NOT EXISTS (SELECT 1 FROM staged.records s WHERE s.other_key = e.key) ORDER BY e.record`)
	if err != nil {
		return err
	}
	for line, ids := range left {
		keys := fresh[line]
		if line == 0 || len(keys) != len(ids) {
			g.again.done.Missing += len(ids)
			continue
		}
		for i, id := range ids {
			if _, err := g.tx.ExecContext(ctx, "UPDATE executions SET key = ?, era = 0 WHERE id = ?", keys[i], id); err != nil {
				return err
			}
		}
	}
	return nil
}

// chainIDs lists the chain for a query; they are numbers of ours.
func (g *ingest) chainIDs() string {
	list := fmt.Sprint(g.file)
	for id := range g.chain {
		if id != g.file {
			list += fmt.Sprint(",", id)
		}
	}
	return list
}

// byLine gathers the second column under the line of the first.
func (g *ingest) byLine(ctx context.Context, query string) (map[int64][]any, error) {
	found := map[int64][]any{}
	return found, each(ctx, g.tx, func(rows *sql.Rows) error {
		var line int64
		var v any
		err := rows.Scan(&line, &v)
		found[line] = append(found[line], v)
		return err
	}, query)
}

// reread weighs what another reading of the same file says of its own execution.
func (g *ingest) reread(k *known, r stagedRecord) (backup.Stated, backup.Verdict) {
	if !g.restates(k) || k.Outcome.Final() != r.Outcome.Final() && k.mixed {
		return backup.Weigh(k.Stated, r.Stated)
	}
	return backup.Reread(k.Stated, r.Stated, !k.mixed)
}

// listChanges keeps the first changes for the person who looks before.
func (g *ingest) listChanges() {
	for _, c := range g.changed {
		if !c.from.Start.Equal(c.to.Start) || !c.from.End.Equal(c.to.End) {
			g.again.done.Moved++
		}
		if len(g.again.done.Changes) < desk.MostRereadChanges {
			g.again.done.Changes = append(g.again.done.Changes, desk.RereadChange{
				ID: c.id, Tool: c.to.Tool, Routine: c.to.Routine, Client: c.to.Client, Session: c.to.Session, At: c.to.At(), Differences: backup.Differences(c.from, c.to),
			})
		}
	}
}

// finishAgain brings the file's row, and those of the shorter ones in it, up to what it was read with now.
func (g *ingest) finishAgain(ctx context.Context) error {
	g.listChanges()
	res := &g.result
	g.notePruned()
	res.Executions = res.New + res.Updated + res.Unchanged
	if n := g.again.done.Missing; n > 0 {
		res.Notes = append(res.Notes, say.Record("%d of the executions read from it before are not found in it any more; they stay", n))
	}
	notes, err := json.Marshal(append([]string{}, res.Notes...))
	if err != nil {
		return err
	}
	resume := backup.Place{}
	if g.File.Reading != nil {
		resume = g.File.Reading().Resume
	}
	if _, err := g.tx.ExecContext(ctx, `UPDATE files SET executions = ?, new = new + ?, incidents = incidents + ?, timeless = ?, notes = ?, read_again = ?,
		resume_at = ?, resume_line = ?, last_run = IIF(?2 > 0, (SELECT MAX(id) FROM executions), last_run) WHERE id = ?`,
		res.Executions, res.New, res.Incidents, g.st.timeless, string(notes), g.At.UnixMilli(), resume.Offset, resume.Line, g.file); err != nil {
		return err
	}
	if err := g.noteSettings(ctx); err != nil {
		return err
	}
	if _, err := g.tx.ExecContext(ctx, "DELETE FROM problems WHERE file = ?", g.file); err != nil {
		return err
	}
	if err := insertProblems(ctx, g.tx, g.file, g.st.problems); err != nil {
		return err
	}
	return appendEntries(ctx, g.tx, []timeline.Entry{g.entryAgain()})
}

func (g *ingest) entryAgain() timeline.Entry {
	res := g.result
	details := []timeline.Detail{timeline.Said(say.N("path"), g.File.Path), timeline.Said(say.N("sha256"), res.SHA256)}
	was, src := g.again.before, g.st.source
	if g.Zone != "" {
		src.Zone = g.Zone
	}
	for _, f := range []struct{ name, from, to string }{
		{"format", fmt.Sprint(was.format, " ", was.version), fmt.Sprint(g.File.Format, " ", g.File.Version)},
		{"zone", was.zone.String, src.Zone},
		{"code page", was.codePage.String, src.CodePage},
		{"date order", backup.DateOrder(was.order.Int64).String(), src.Order.String()},
	} {
		if f.from != f.to {
			details = append(details, timeline.Changed(f.name, f.from, f.to))
		}
	}
	details = append(details, timeline.Said(say.N("executions"), fmt.Sprint(res.Executions)), timeline.Said(say.N("new"), fmt.Sprint(res.New)), timeline.Said(say.N("updated"), fmt.Sprint(res.Updated)),
		timeline.Said(say.N("moved"), fmt.Sprint(g.again.done.Moved)), timeline.Said(say.N("incidents"), fmt.Sprint(res.Incidents)))
	return timeline.Entry{Subject: timeline.File, SubjectID: g.file, At: g.At, Judged: g.otherInstant(), Actor: g.Actor, Action: say.N("read again"), Details: details}
}
