package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"backstop/app/desk"
)

// Explanations tell why incidents were opened by the sweep; those that have none are left out.
func (s *Store) Explanations(ctx context.Context, scope desk.Scope, ids []int64) (map[int64]desk.Explanation, error) {
	s = s.within(scope)
	found := map[int64]desk.Explanation{}
	for _, part := range []struct {
		scan  func(*sql.Rows) (int64, desk.Explanation, error)
		query string
	}{
		{scanMiss, `SELECT m.incident, m.due, m.latest, m.opens, m.closes, m.starts, m.covered, m.file, m.late, COALESCE(f.path, ''), lower(hex(f.sha256))
			FROM misses m LEFT JOIN files f ON f.id = m.file WHERE m.incident IN (` + fromJSON + ")"},
		{scanSilence, `SELECT x.incident, x.since, x.every, x.ended, COALESCE(f.path, ''), x.late
			FROM silences x LEFT JOIN files f ON f.id = x.file WHERE x.incident IN (` + fromJSON + ")"},
		{scanStall, "SELECT incident, since, most, usual, late FROM stalls WHERE incident IN (" + fromJSON + ")"},
	} {
		if err := each(ctx, s.read, func(rows *sql.Rows) error {
			id, x, err := part.scan(rows)
			found[id] = x
			return err
		}, part.query, jsonOf(ids)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func scanMiss(rows *sql.Rows) (id int64, x desk.Explanation, err error) {
	var m desk.Miss
	var due, latest, opens, closes, covered int64
	var starts string
	if err := rows.Scan(&id, &due, &latest, &opens, &closes, &starts, &covered, &m.File, &m.Late, &m.Path, &m.SHA256); err != nil {
		return 0, x, err
	}
	for to, ms := range map[*time.Time]int64{&m.Due: due, &m.Latest: latest, &m.Opens: opens, &m.Closes: closes, &m.Covered: covered} {
		*to = time.UnixMilli(ms).UTC()
	}
	var list []int64
	err = json.Unmarshal([]byte(starts), &list)
	for _, ms := range list {
		m.Starts = append(m.Starts, time.UnixMilli(ms).UTC())
	}
	return id, desk.Explanation{Miss: &m}, err
}

func scanSilence(rows *sql.Rows) (id int64, x desk.Explanation, err error) {
	var s desk.Silenced
	var since, ended sql.NullInt64
	err = rows.Scan(&id, &since, (*span)(&s.Every), &ended, &s.File, &s.Late)
	s.Since, s.Ended = instant(since), instant(ended)
	return id, desk.Explanation{Silence: &s}, err
}

func scanStall(rows *sql.Rows) (id int64, x desk.Explanation, err error) {
	var s desk.Stall
	var since int64
	err = rows.Scan(&id, &since, (*span)(&s.Limit), (*span)(&s.Usual), &s.Late)
	s.Since = time.UnixMilli(since).UTC()
	return id, desk.Explanation{Stall: &s}, err
}
