package data

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Ingest keeps a file's executions, its ledger row and the incidents it opens, in one transaction. Content that is known
// already is a duplicate: nothing is read and no row is written.
func (s *Store) Ingest(ctx context.Context, in desk.Intake, records iter.Seq2[backup.Execution, error]) (backup.FileResult, error) {
	if dup, err := duplicate(ctx, s.read, in.File); dup || err != nil {
		return result(in.File, backup.Duplicate, ""), err
	}
	src, err := s.intakeSource(ctx, in.File)
	if err != nil {
		return backup.FileResult{}, err
	}
	st, err := s.newStage(ctx)
	if err != nil {
		return backup.FileResult{}, err
	}
	defer st.remove()
	if err := st.fill(ctx, in, src, records); err != nil {
		return backup.FileResult{}, err
	}
	if st.records == 0 && in.File.Prefix == 0 && !in.File.Container {
		return s.Reject(ctx, in, noExecutions(st.problems), st.problems)
	}
	return s.commit(ctx, in, st, nil)
}

func noExecutions(problems []backup.BadRecord) string {
	if len(problems) == 0 {
		return say.Record("it is an export that is known, but holds no execution")
	}
	return say.Record("none of its records can be read; the first: line %d: %s", problems[0].Line, problems[0].Reason)
}

// Reject notes that a file was refused and why. The same refusal twice is one row.
func (s *Store) Reject(ctx context.Context, in desk.Intake, reason string, problems []backup.BadRecord) (backup.FileResult, error) {
	res := result(in.File, backup.Rejected, reason)
	res.Problems = problems
	return res, s.inTx(ctx, func(tx *sql.Tx) error {
		var known int64
		err := tx.QueryRowContext(ctx, "SELECT id FROM files WHERE source = ? AND path = ? AND sha256 = ? AND modified = ? AND status = ? AND reason = ?",
			in.File.SourceID, in.File.Path, in.File.SHA256[:], in.File.ModTime.UnixMilli(), backup.Rejected, reason).Scan(&known)
		if err == nil {
			return nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		id, err := insertFile(ctx, tx, in, res, nil)
		if err != nil {
			return err
		}
		return insertProblems(ctx, tx, id, problems)
	})
}

// ingest is one file's commit while it runs.
type ingest struct {
	desk.Intake
	store   *Store
	tx      *sql.Tx
	st      *stage
	file    int64
	high    int64 // the newest execution before this file
	newest  int64 // the newest incident before it
	result  backup.FileResult
	changed []changedExecution
	changes map[int64]int // execution → its place in changed
	pruned  int           // executions that retention has dropped
	older   int           // records that say less than what is known
	before  int           // executions that opened no incident because they are from before Since
	again   *readAgain    // nil for a file that is read for the first time
	chain   map[int64]bool
}

// changedExecution was known before and says something else now.
type changedExecution struct {
	id   int64
	from backup.Execution
	to   backup.Execution
}

func (s *Store) commit(ctx context.Context, in desk.Intake, st *stage, again *readAgain) (res backup.FileResult, err error) {
	if err := st.db.Close(); err != nil {
		return backup.FileResult{}, say.Error("what was parsed cannot be read: %w", err)
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return backup.FileResult{}, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "ATTACH ? AS staged", st.path); err != nil {
		return backup.FileResult{}, say.Error("what was parsed cannot be read: %w", err)
	}
	defer func() {
		_, detached := conn.ExecContext(context.WithoutCancel(ctx), "DETACH staged")
		err = errors.Join(err, detached)
	}()
	// A transaction whose own context ends is rolled back behind our back, and takes the connection with it. The statements
	// end by ctx, and so does what they are part of.
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return backup.FileResult{}, busy(err)
	}
	defer tx.Rollback() // no effect after Commit
	g := &ingest{Intake: in, store: s, tx: tx, st: st, again: again, changes: map[int64]int{}, result: result(in.File, backup.Imported, "")}
	for _, step := range g.steps() {
		if err := step(ctx); err != nil {
			if errors.Is(err, errDuplicate) {
				return result(in.File, backup.Duplicate, ""), nil
			}
			return backup.FileResult{}, busy(err)
		}
	}
	if again != nil && again.preview {
		return g.result, nil // and it is taken back
	}
	return g.result, busy(tx.Commit())
}

// steps are the work of the transaction, in its order.
func (g *ingest) steps() []func(context.Context) error {
	if g.again != nil {
		return []func(context.Context) error{
			g.dropPruned, g.addRoutines, g.beginAgain, g.addServers, g.addExecutions, g.weighKnown, g.addLogs, g.addBlocks, g.tellRoutines, g.judgeLate, g.judge, g.indexText, g.finishAgain,
		}
	}
	return []func(context.Context) error{
		g.checkDuplicate, g.addFile, g.dropPruned, g.addServers, g.addRoutines, g.addExecutions, g.weighKnown, g.addLogs, g.addBlocks,
		g.tellRoutines, g.tellSource, g.judgeLate, g.judge, g.endSilence, g.indexText, g.finish,
	}
}

var errDuplicate = say.Error("duplicate")

func (g *ingest) checkDuplicate(ctx context.Context) error {
	dup, err := duplicate(ctx, g.tx, g.File)
	if err == nil && dup {
		return errDuplicate
	}
	return err
}

// duplicate tells whether the content was imported before. A file with records that are known only by their text and the
// file's time is one only if that time agrees too.
func duplicate(ctx context.Context, q querier, f backup.File) (bool, error) {
	var one int
	err := q.QueryRowContext(ctx, "SELECT 1 FROM files WHERE sha256 = ? AND status = ? AND (timeless = 0 OR modified = ?) LIMIT 1",
		f.SHA256[:], backup.Imported, f.ModTime.UnixMilli()).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func result(f backup.File, status backup.Status, reason string) backup.FileResult {
	return backup.FileResult{Path: f.Path, SHA256: hex.EncodeToString(f.SHA256[:]), Format: f.Format, Status: status, Reason: reason}
}

func (g *ingest) addFile(ctx context.Context) (err error) {
	reading := backup.Reading{}
	if g.File.Reading != nil {
		reading = g.File.Reading()
	}
	g.result.Problems, g.result.Notes = g.st.problems, reading.Notes
	if g.file, err = insertFile(ctx, g.tx, g.Intake, g.result, &reading); err != nil {
		return err
	}
	if err := insertProblems(ctx, g.tx, g.file, g.st.problems); err != nil {
		return err
	}
	if err := g.bounds(ctx); err != nil {
		return err
	}
	return g.growFrom(ctx)
}

// bounds notes what was there before this file.
func (g *ingest) bounds(ctx context.Context) error {
	return g.tx.QueryRowContext(ctx, "SELECT (SELECT COALESCE(MAX(id), 0) FROM executions), (SELECT COALESCE(MAX(id), 0) FROM incidents)").Scan(&g.high, &g.newest)
}

// growFrom ties a file that has grown to the shorter one that it begins with, whose statements are its own.
func (g *ingest) growFrom(ctx context.Context) error {
	if g.File.Prefix == 0 {
		return nil
	}
	shorter, err := all(ctx, g.tx, one[int64], `UPDATE files SET grew_into = ? WHERE id = (SELECT MAX(id) FROM files
		WHERE source = ? AND path = ? AND sha256 = ? AND status = ? AND id < ?) RETURNING id`,
		g.file, g.File.SourceID, g.File.Path, g.File.PrefixSHA256[:], backup.Imported, g.file)
	g.chain = map[int64]bool{}
	for _, id := range shorter {
		g.chain[id] = true
	}
	return err
}

func insertFile(ctx context.Context, tx *sql.Tx, in desk.Intake, res backup.FileResult, reading *backup.Reading) (int64, error) {
	f := in.File
	resume := backup.Place{}
	if reading != nil {
		resume = reading.Resume
	}
	grown := f.Prefix > 0
	r, err := tx.ExecContext(ctx, `INSERT INTO files (source, path, sha256, size, modified, status, reason, format, version, grown, resume_at, resume_line, imported, importer)
		VALUES (?,?,?,?,?,?,?,?,?, ? + (SELECT COALESCE(MAX(grown), 0) FROM files WHERE source = ? AND path = ?), ?,?,?,?)`,
		f.SourceID, f.Path, f.SHA256[:], f.Size, f.ModTime.UnixMilli(), res.Status, res.Reason, f.Format, f.Version,
		grown, f.SourceID, f.Path, resume.Offset, resume.Line, in.At.UnixMilli(), in.Actor)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func insertProblems(ctx context.Context, tx *sql.Tx, file int64, problems []backup.BadRecord) error {
	for _, p := range problems {
		if _, err := tx.ExecContext(ctx, "INSERT INTO problems VALUES (?,?,?)", file, p.Line, p.Reason); err != nil {
			return err
		}
	}
	return nil
}

func (g *ingest) addServers(ctx context.Context) error {
	if _, err := g.tx.ExecContext(ctx, "INSERT OR IGNORE INTO servers SELECT DISTINCT tool, instance FROM staged.records"); err != nil {
		return err
	}
	for tool, server := range g.st.servers {
		if _, err := g.tx.ExecContext(ctx, "INSERT OR IGNORE INTO source_servers VALUES (?,?,?)", g.File.SourceID, tool, server); err != nil {
			return err
		}
	}
	return nil
}

func (g *ingest) addRoutines(ctx context.Context) error {
	var newest int64
	if err := g.tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM routines").Scan(&newest); err != nil {
		return err
	}
	if _, err := g.tx.ExecContext(ctx, "INSERT OR IGNORE INTO routines (tool, name, client, schedule) SELECT DISTINCT tool, name, client, schedule FROM staged.records"); err != nil {
		return err
	}
	if err := nameHosts(ctx, g.tx, newest); err != nil {
		return err
	}
	return placeNew(ctx, g.tx, newest)
}

// addExecutions inserts all records with a new identity in one statement; the first of several with one identity goes in.
func (g *ingest) addExecutions(ctx context.Context) error {
	r, err := g.tx.ExecContext(ctx, `INSERT INTO executions (key, era, routine, source, file, record, line, format, `+factList("")+`)
		SELECT s.key, 0, r.id, ?, ?, s.rowid, s.line, ?, `+factList("s.")+`
		FROM staged.records s JOIN routines r ON r.tool = s.tool AND r.name = s.name AND r.client = s.client AND r.schedule = s.schedule
		WHERE s.other_key IS NULL OR NOT EXISTS (SELECT 1 FROM executions x WHERE x.key = s.other_key)
		ORDER BY s.rowid ON CONFLICT (key, era) DO NOTHING`, g.File.SourceID, g.file, g.File.Format)
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	g.result.New = int(n)
	return err
}

// addLogs keeps the logs of what was inserted, unless a stronger record of this file brought another.
func (g *ingest) addLogs(ctx context.Context) error {
	_, err := g.tx.ExecContext(ctx, `INSERT INTO logs (execution, packed, body)
		SELECT e.id, s.packed, s.log FROM staged.records s JOIN executions e ON e.key = s.key AND e.file = ? AND e.record = s.rowid AND e.id > ?
		WHERE s.log IS NOT NULL ON CONFLICT (execution) DO NOTHING`, g.file, g.high)
	return err
}

// addBlocks remembers this file's blocks in place of those that the path held from where it was read.
func (g *ingest) addBlocks(ctx context.Context) error {
	if g.again != nil && !g.again.newest {
		return nil // they are those of a later file
	}
	if _, err := g.tx.ExecContext(ctx, "DELETE FROM blocks WHERE source = ? AND path = ? AND start >= ?", g.File.SourceID, g.File.Path, g.st.from); err != nil {
		return err
	}
	for _, b := range g.st.blocks {
		if _, err := g.tx.ExecContext(ctx, "INSERT OR REPLACE INTO blocks VALUES (?,?,?,?,?,?,?)",
			g.File.SourceID, g.File.Path, b.text[:], b.ordinal, b.start, b.seen.UnixMilli(), b.key[:]); err != nil {
			return err
		}
	}
	return nil
}

// indexText makes the new incidents searchable, all in one statement.
func (g *ingest) indexText(ctx context.Context) error {
	return g.store.indexFrom(ctx, g.tx, "id > ?", g.newest)
}

// finish writes the counts that are known only now, and the file's own entry.
func (g *ingest) finish(ctx context.Context) error {
	res := &g.result
	g.notePruned()
	res.Executions = res.New + res.Updated + res.Unchanged
	if g.older > 0 {
		res.Notes = append(res.Notes, say.Record("older evidence, ignored: %d of its records say less than what is known", g.older))
	}
	notes, err := json.Marshal(append([]string{}, res.Notes...))
	if err != nil {
		return err
	}
	if _, err := g.tx.ExecContext(ctx, "UPDATE files SET executions=?, new=?, updated=?, unchanged=?, incidents=?, timeless=?, notes=? WHERE id=?",
		res.Executions, res.New, res.Updated, res.Unchanged, res.Incidents, g.st.timeless, string(notes), g.file); err != nil {
		return err
	}
	if _, err := g.tx.ExecContext(ctx, "UPDATE files SET first_run = ?, last_run = (SELECT COALESCE(MAX(id), 0) FROM executions) WHERE id = ?", g.high+1, g.file); err != nil {
		return err
	}
	if err := g.noteSettings(ctx); err != nil {
		return err
	}
	return appendEntries(ctx, g.tx, []timeline.Entry{g.entry()})
}

// noteSettings keeps what the file was read with, and with it what it begins with.
func (g *ingest) noteSettings(ctx context.Context) error {
	src := g.st.source
	if g.Zone != "" {
		src.Zone = g.Zone
	}
	_, err := g.tx.ExecContext(ctx, "UPDATE files SET format = ?, version = ?, zone = ?, zone_given = ?, code_page = ?, date_order = ? WHERE id IN ("+g.chainIDs()+")",
		g.File.Format, g.File.Version, src.Zone, g.Zone != "", src.CodePage, int64(src.Order))
	return err
}

// entry is the file's own. What kept incidents from opening is on record with its reason.
func (g *ingest) entry() timeline.Entry {
	res := g.result
	details := []timeline.Detail{
		timeline.Said(say.N("path"), g.File.Path), timeline.Said(say.N("sha256"), res.SHA256), timeline.Said(say.N("format"), res.Format),
		timeline.Said(say.N("executions"), fmt.Sprint(res.Executions)), timeline.Said(say.N("new"), fmt.Sprint(res.New)),
		timeline.Said(say.N("updated"), fmt.Sprint(res.Updated)), timeline.Said(say.N("incidents"), fmt.Sprint(res.Incidents)),
	}
	if !g.Since.IsZero() {
		details = append(details, timeline.Said(say.N("incidents since"), g.Since.UTC().Format(time.RFC3339)),
			timeline.Said(say.N("not opened"), fmt.Sprint(g.before)), timeline.Said(say.N("reason"), g.Reason))
	}
	return timeline.Entry{
		Subject: timeline.File, SubjectID: g.file, At: g.At, Judged: g.otherInstant(), Actor: g.Actor, Action: say.N("imported"), Details: details,
	}
}
