package data

import (
	"context"
	"database/sql"
	"time"

	"backstop/app/desk"
	"backstop/app/incident"
)

// Deliveries tells of every source that was not removed when it last brought anything; of one that never did, since when its folder
// is looked into.
func (s *Store) Deliveries(ctx context.Context) ([]desk.Delivery, error) {
	return all(ctx, s.read, func(rows *sql.Rows) (desk.Delivery, error) {
		var d desk.Delivery
		var last sql.NullInt64
		err := rows.Scan(append(sourceTargets(&d.Source), &last, &d.State)...)
		d.Last = instant(last)
		return d, err
	}, "SELECT "+sourceColumns+", COALESCE(s.delivered, s.state_at), s.state FROM sources s WHERE s.removed IS NULL ORDER BY s.id")
}

// OpenSilence opens the incident of a silent source, unless it has one for this silence already.
func (s *Store) OpenSilence(ctx context.Context, judged time.Time, x incident.Silence, c incident.Change) (opened bool, err error) {
	var known bool
	const exists = "SELECT EXISTS (SELECT 1 FROM silences WHERE source = ? AND since = ?)"
	if err := s.read.QueryRowContext(ctx, exists, x.Source.ID, x.Since.UnixMilli()).Scan(&known); err != nil || known {
		return false, err
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, exists, x.Source.ID, x.Since.UnixMilli()).Scan(&known); err != nil || known {
			return err
		}
		saved, err := saveChanges(ctx, tx, judged, []incident.Change{c}, nil)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO silences (incident, source, since, every, late) VALUES (?,?,?,?,?)",
			saved[0].Incident.ID, x.Source.ID, x.Since.UnixMilli(), x.Every.Milliseconds(), x.Late); err != nil {
			return err
		}
		return s.indexText(ctx, tx, saved)
	})
	return err == nil && !known, err
}

// endSilence tells the incidents of a source that was silent that data has come.
func (g *ingest) endSilence(ctx context.Context) error {
	ids, err := all(ctx, g.tx, one[incident.ID], "SELECT incident FROM silences WHERE source = ? AND ended IS NULL", g.File.SourceID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := g.tx.ExecContext(ctx, "UPDATE silences SET ended = ?, file = ? WHERE incident = ?", g.Judged.UnixMilli(), g.file, id); err != nil {
			return err
		}
		if err := g.change(ctx, id, func(in incident.Incident) (incident.Change, bool) { return g.Rules.Spoke(in, id, g.File.Path) }); err != nil {
			return err
		}
	}
	return nil
}

// tellSource keeps when the source last brought anything, and up to where its data reaches.
func (g *ingest) tellSource(ctx context.Context) error {
	now := g.Judged.UnixMilli()
	if _, err := g.tx.ExecContext(ctx, "UPDATE sources SET delivered = MAX(COALESCE(delivered, 0), ?) WHERE id = ?", now, g.File.SourceID); err != nil {
		return err
	}
	_, err := g.tx.ExecContext(ctx, "UPDATE sources SET covered = ?1, covered_by = ?2 WHERE id = ?3 AND ?1 > COALESCE(covered, 0)", millis(g.st.covered), g.file, g.File.SourceID)
	return err
}
