package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/app/timeline"
)

const sourceColumns = "s.id, s.name, s.folder, s.tool, s.instance, s.zone, s.code_page, s.date_order, s.company, s.branch, s.after, s.paused, s.rhythm, s.every"

func sourceTargets(s *backup.Source) []any {
	return []any{&s.ID, &s.Name, &s.Folder, &s.Tool, &s.Instance, &s.Zone, &s.CodePage, &s.Order, &s.Company, &s.Branch, &s.After, &s.Paused, &s.Rhythm, (*span)(&s.Every)}
}

// Sources lists those that were not removed, by name.
func (s *Store) Sources(ctx context.Context) ([]backup.Source, error) {
	var found []backup.Source
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var src backup.Source
		err := rows.Scan(sourceTargets(&src)...)
		found = append(found, src)
		return err
	}, "SELECT "+sourceColumns+" FROM sources s WHERE removed IS NULL ORDER BY name")
	return found, err
}

func findSource(ctx context.Context, q querier, id int64) (backup.Source, error) {
	var src backup.Source
	err := q.QueryRowContext(ctx, "SELECT "+sourceColumns+" FROM sources s WHERE id = ?", id).Scan(sourceTargets(&src)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = desk.ErrNotFound
	}
	if err != nil {
		return src, say.Error("source %d: %w", id, err)
	}
	return src, nil
}

// sourceSeen is a source as far as somebody may see it: the rules can put a routine in their branch that a source of another one reports,
// of which they see nothing.
func sourceSeen(ctx context.Context, q querier, id int64) (backup.Source, error) {
	src, err := findSource(ctx, q, id)
	if errors.Is(err, desk.ErrNotFound) {
		err = nil
	}
	return src, err
}

// SaveSource adds a source (ID 0) or changes one, with its entries.
func (s *Store) SaveSource(ctx context.Context, src backup.Source, entries []timeline.Entry) (backup.Source, error) {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		values := []any{src.Name, src.Folder, src.Tool, src.Instance, src.Zone, src.CodePage, int64(src.Order), src.Company, src.Branch, int64(src.After), src.Paused, int64(src.Rhythm), src.Every.Milliseconds()}
		if src.ID == 0 {
			r, err := tx.ExecContext(ctx, "INSERT INTO sources (name, folder, tool, instance, zone, code_page, date_order, company, branch, after, paused, rhythm, every) VALUES ("+marks(len(values))+")", values...)
			if err != nil {
				return err
			}
			if src.ID, err = r.LastInsertId(); err != nil {
				return err
			}
		} else if err := changeSource(ctx, tx, src.ID, "name=?, folder=?, tool=?, instance=?, zone=?, code_page=?, date_order=?, company=?, branch=?, after=?, paused=?, rhythm=?, every=?", values...); err != nil {
			return err
		}
		return appendEntries(ctx, tx, about(entries, src.ID))
	})
	return src, err
}

// RemoveSource stops a source; what it brought stays.
func (s *Store) RemoveSource(ctx context.Context, id int64, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		// its name becomes free for another source
		if err := changeSource(ctx, tx, id, "removed = ?, paused = 1, name = name || ' (removed ' || id || ')'", time.Now().UnixMilli()); err != nil {
			return err
		}
		return appendEntries(ctx, tx, about(entries, id))
	})
}

// changeSource changes one that was not removed.
func changeSource(ctx context.Context, tx *sql.Tx, id int64, set string, values ...any) error {
	r, err := tx.ExecContext(ctx, "UPDATE sources SET "+set+" WHERE id = ? AND removed IS NULL", append(values, id)...)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(say.Error("source %d: %w", id, desk.ErrNotFound), err)
	}
	return nil
}

// about fills in the subject of entries that were made before it had an id.
func about(entries []timeline.Entry, id int64) []timeline.Entry {
	for i := range entries {
		if entries[i].SubjectID == 0 {
			entries[i].SubjectID = id
		}
	}
	return entries
}

// note writes entries that belong to no other change.
func (s *Store) note(ctx context.Context, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error { return appendEntries(ctx, tx, entries) })
}

// Record writes entries that belong to no other change.
func (s *Store) Record(ctx context.Context, entries []timeline.Entry) error {
	return s.note(ctx, entries)
}

// SetFolderState keeps what the watcher last saw of a folder.
func (s *Store) SetFolderState(ctx context.Context, id int64, state backup.FolderState, said string, at time.Time) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE sources SET state = ?, state_said = ?, state_at = ? WHERE id = ?", state, said, at.UnixMilli(), id)
		return err
	})
}

// SourceStates lists the sources with what each has brought.
func (s *Store) SourceStates(ctx context.Context, scope desk.Scope) ([]desk.SourceState, error) {
	s = s.within(scope)
	var found []desk.SourceState
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var st desk.SourceState
		var last, delivered sql.NullInt64
		to := append(sourceTargets(&st.Source), &st.State, &st.Said, &delivered, &st.LastFile, &last, &st.Files, &st.Executions, &st.Rejected, &st.Questions)
		err := rows.Scan(to...)
		st.LastAt, st.Delivered = instant(last), instant(delivered)
		found = append(found, st)
		return err
	}, `SELECT `+sourceColumns+`, s.state, s.state_said, s.delivered,
		COALESCE((SELECT path FROM files f WHERE f.source = s.id ORDER BY id DESC LIMIT 1), ''),
		(SELECT MAX(imported) FROM files f WHERE f.source = s.id),
		(SELECT COUNT(*) FROM files f WHERE f.source = s.id AND f.status = 'imported'),
		(SELECT COALESCE(SUM(new), 0) FROM files f WHERE f.source = s.id),
		(SELECT COUNT(*) FROM files f WHERE f.source = s.id AND `+stillRejected+`),
		(SELECT COUNT(*) FROM questions q WHERE q.source = s.id AND q.answered IS NULL)
		FROM sources s WHERE s.removed IS NULL ORDER BY s.name`)
	return found, err
}

// Setting reads a setting into value, which keeps what it holds where nothing was set.
func (s *Store) Setting(ctx context.Context, name string, value any) error {
	var text string
	err := s.read.QueryRowContext(ctx, "SELECT value FROM settings WHERE name = ?", name).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return say.Error("setting %s: %w", name, err)
	}
	return json.Unmarshal([]byte(text), value)
}

// SaveSetting keeps a setting with the entries that say why it was changed; nil forgets it.
func (s *Store) SaveSetting(ctx context.Context, name string, value any, entries []timeline.Entry) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := saveSetting(ctx, tx, name, value); err != nil {
			return err
		}
		return appendEntries(ctx, tx, entries)
	})
}

func saveSetting(ctx context.Context, tx *sql.Tx, name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return say.Error("setting %s: %w", name, err)
	}
	query, args := "INSERT INTO settings VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", []any{name, string(text)}
	if value == nil {
		query, args = "DELETE FROM settings WHERE name = ?", []any{name}
	}
	_, err = tx.ExecContext(ctx, query, args...)
	return err
}
