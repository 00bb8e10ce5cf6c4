package data

import (
	"context"
	"database/sql"
	"encoding/json"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/timeline"
)

// A row belongs to the branch that the rules put its routine r in, else to that of its source s.
const (
	placedIn     = "LEFT JOIN branches placed ON placed.id = r.placed"
	rowsCompany  = "COALESCE(placed.company, s.company, '')"
	rowsBranch   = "COALESCE(placed.name, s.branch, '')"
	placedByRule = "SELECT id FROM routines WHERE placed IS NOT NULL"
)

func placings(ctx context.Context, q querier) ([]backup.Placing, error) {
	return all(ctx, q, func(rows *sql.Rows) (backup.Placing, error) {
		var p backup.Placing
		return p, rows.Scan(&p.Client, &p.Pattern, &p.Branch)
	}, "SELECT client, pattern, branch FROM placings ORDER BY position")
}

// Placings are the rules that put routines in branches, and how far what is known follows them.
func (s *Store) Placings(ctx context.Context) (desk.Placings, error) {
	var p desk.Placings
	var err error
	if p.Rules, err = placings(ctx, s.read); err != nil {
		return p, err
	}
	stray, err := straying(ctx, s.read)
	if err != nil {
		return p, err
	}
	p.Elsewhere = len(stray)
	return p, s.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM moved_from").Scan(&p.Moved)
}

// SavePlacings replaces the rules by what a rule makes of them, with its entries.
func (s *Store) SavePlacings(ctx context.Context, change func([]backup.Placing) ([]backup.Placing, []timeline.Entry, error)) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		before, err := placings(ctx, tx)
		if err != nil {
			return err
		}
		rules, entries, err := change(before)
		if err != nil {
			return err
		}
		do := []statement{{"DELETE FROM placings", nil}}
		for i, r := range rules {
			do = append(do, statement{"INSERT INTO placings VALUES (?, ?, ?, ?)", []any{i + 1, r.Client, r.Pattern, r.Branch}})
		}
		if err := execAll(ctx, tx, do); err != nil {
			return err
		}
		return appendEntries(ctx, tx, entries)
	})
}

// placement is where a routine goes; 0 is where its source belongs.
type placement struct{ routine, to int64 }

// straying are the routines that stand elsewhere than the rules say, with where they say. Those after one alone, where it is not 0.
func straying(ctx context.Context, q querier) ([]placement, error) { return strayingAfter(ctx, q, 0) }

func strayingAfter(ctx context.Context, q querier, after int64) ([]placement, error) {
	rules, err := placings(ctx, q)
	if err != nil {
		return nil, err
	}
	of := "id > ?"
	if len(rules) == 0 {
		of += " AND placed IS NOT NULL"
	}
	var stray []placement
	return stray, each(ctx, q, func(rows *sql.Rows) error {
		var id, placed int64
		var name, client string
		if err := rows.Scan(&id, &name, &client, &placed); err != nil {
			return err
		}
		if to := backup.BranchOf(rules, name, client); to != placed {
			stray = append(stray, placement{id, to})
		}
		return nil
	}, "SELECT id, name, client, COALESCE(placed, 0) FROM routines WHERE "+of+" ORDER BY id", after)
}

// placeNew puts the routines after one in their branches.
func placeNew(ctx context.Context, tx *sql.Tx, after int64) error {
	stray, err := strayingAfter(ctx, tx, after)
	if err != nil {
		return err
	}
	return place(ctx, tx, stray)
}

func place(ctx context.Context, tx *sql.Tx, all []placement) error {
	for _, p := range all {
		if _, err := tx.ExecContext(ctx, "UPDATE routines SET placed = ? WHERE id = ?", orNull(p.to), p.routine); err != nil {
			return err
		}
	}
	return nil
}

// MoveRoutines moves the routines that stand elsewhere than the rules say, or those that were moved last back, and tells what went along.
func (s *Store) MoveRoutines(ctx context.Context, m desk.Move) ([]desk.Moved, error) {
	if m.Preview {
		moves, err := movesOf(ctx, s.read, m.Back)
		if err != nil {
			return nil, err
		}
		return countMoves(ctx, s.read, moves)
	}
	var moved []desk.Moved
	return moved, s.inTx(ctx, func(tx *sql.Tx) error {
		moves, err := movesOf(ctx, tx, m.Back)
		if err != nil || len(moves) == 0 {
			return err
		}
		if moved, err = countMoves(ctx, tx, moves); err != nil {
			return err
		}
		if err := remember(ctx, tx, moves, m.Back); err != nil {
			return err
		}
		if err := place(ctx, tx, moves); err != nil {
			return err
		}
		return appendEntries(ctx, tx, m.Entries(moved))
	})
}

func movesOf(ctx context.Context, q querier, back bool) ([]placement, error) {
	if !back {
		return straying(ctx, q)
	}
	return all(ctx, q, func(rows *sql.Rows) (placement, error) {
		var p placement
		return p, rows.Scan(&p.routine, &p.to)
	}, "SELECT routine, COALESCE(placed, 0) FROM moved_from ORDER BY routine")
}

// remember keeps where routines were, so that they can go back; what was moved back is not moved forth again.
func remember(ctx context.Context, tx *sql.Tx, moves []placement, back bool) error {
	do := []statement{{"DELETE FROM moved_from", nil}}
	if !back {
		for _, p := range moves {
			do = append(do, statement{"INSERT INTO moved_from SELECT id, placed FROM routines WHERE id = ?", []any{p.routine}})
		}
	}
	return execAll(ctx, tx, do)
}

// countMoves tells what belongs to another branch after moves, by branches. A routine that several sources report is counted for each.
func countMoves(ctx context.Context, q querier, moves []placement) ([]desk.Moved, error) {
	pairs := make([][2]int64, len(moves))
	for i, m := range moves {
		pairs[i] = [2]int64{m.routine, m.to}
	}
	list, err := json.Marshal(pairs)
	if err != nil {
		return nil, err
	}
	return all(ctx, q, func(rows *sql.Rows) (desk.Moved, error) {
		var m desk.Moved
		return m, rows.Scan(&m.From.Company, &m.From.Name, &m.To.Company, &m.To.Name, &m.Routines, &m.Executions, &m.Incidents)
	}, `SELECT company, name, to_company, to_name, COUNT(*), SUM(executions), SUM(incidents) FROM (
			SELECT `+rowsCompany+` AS company, `+rowsBranch+` AS name, COALESCE(n.company, s.company) AS to_company, COALESCE(n.name, s.branch) AS to_name,
				(SELECT COUNT(*) FROM executions e WHERE e.routine = r.id AND e.source = s.id) AS executions,
				(SELECT COUNT(*) FROM incidents i WHERE i.routine = r.id AND i.source = s.id) AS incidents
			FROM json_each(?) m JOIN routines r ON r.id = m.value ->> 0 JOIN routine_sources rs ON rs.routine = r.id JOIN sources s ON s.id = rs.source
			`+placedIn+` LEFT JOIN branches n ON n.id = m.value ->> 1)
		WHERE (company, name) <> (to_company, to_name) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`, string(list))
}
