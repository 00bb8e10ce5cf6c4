package data

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"io"
	"iter"
	"strings"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
)

const executionColumns = "e.id, e.routine, " + rowsCompany + ", " + rowsBranch + ", e.format, COALESCE(i.id, 0), l.execution IS NOT NULL, e.line, r.tool, r.name, r.client, r.schedule, "

const executionTables = ` FROM executions e JOIN routines r ON r.id = e.routine LEFT JOIN sources s ON s.id = e.source ` + placedIn + `
	LEFT JOIN incidents i ON i.execution = e.id LEFT JOIN logs l ON l.execution = e.id`

func scanExecution(rows *sql.Rows) (desk.ExecutionRow, error) {
	var row desk.ExecutionRow
	var f factRow
	e := &f.e
	err := rows.Scan(append([]any{&row.ID, &row.RoutineID, &row.Company, &row.Branch, &row.Format, &row.Incident, &row.HasLog, &e.Line, &e.Tool, &e.Routine, &e.Client, &e.Schedule}, f.targets()...)...)
	row.Execution = f.stated().Execution
	return row, err
}

// Executions yields executions sorted by start (else end), then id; those without either come last. They are read as they are
// asked for, so the memory does not grow with their number.
func (s *Store) Executions(ctx context.Context, scope desk.Scope, q desk.ExecutionQuery) iter.Seq2[desk.ExecutionRow, error] {
	s = s.within(scope)
	return func(yield func(desk.ExecutionRow, error) bool) {
		w := executionWhere(q)
		if err := s.addWords(ctx, &w, strings.Fields(q.Text)); err != nil {
			yield(desk.ExecutionRow{}, err)
			return
		}
		stop := say.Error("enough")
		for _, part := range []string{"e.at IS NOT NULL", "e.at IS NULL"} {
			p := w
			p.add(part)
			err := each(ctx, s.read, func(rows *sql.Rows) error {
				row, err := scanExecution(rows)
				if !yield(row, err) || err != nil {
					return stop
				}
				return nil
			}, "SELECT "+executionColumns+factList("e.")+executionTables+p.String()+" ORDER BY e.at, e.id", p.args...)
			if err != nil {
				if !errors.Is(err, stop) {
					yield(desk.ExecutionRow{}, err)
				}
				return
			}
		}
	}
}

func executionRows(ctx context.Context, q querier, where string, args ...any) ([]desk.ExecutionRow, error) {
	return all(ctx, q, scanExecution, "SELECT "+executionColumns+factList("e.")+executionTables+" WHERE "+where, args...)
}

// Log gives the tool's own lines about an execution; nothing when none were kept.
func (s *Store) Log(ctx context.Context, scope desk.Scope, id incident.ExecutionID) ([]byte, error) {
	s = s.within(scope)
	var packed bool
	var body []byte
	err := s.read.QueryRowContext(ctx, "SELECT packed, body FROM logs WHERE execution = ?", id).Scan(&packed, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil || !packed {
		return body, err
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
