package data

import (
	"context"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
)

// Routines are few beside executions: filters by names ask them first, and executions by their routine.

// namesWhere is the filter of routines by their names.
func namesWhere(q desk.ExecutionQuery) where {
	var w where
	in(&w, "tool", q.Tools)
	in(&w, "name", q.Routines)
	in(&w, "client", q.Clients)
	in(&w, "id", q.RoutineIDs)
	return w
}

// executionWhere is the filter, but for the text.
func executionWhere(q desk.ExecutionQuery) where {
	var w where
	if r := namesWhere(q); len(r.conditions) > 0 {
		w.add("e.routine IN (SELECT id FROM routines"+r.String()+")", r.args...)
	}
	in(&w, "e.outcome", numbers(q.Outcomes))
	in(&w, "e.kind", numbers(q.Kinds))
	if !q.From.IsZero() {
		w.add("e.at >= ?", q.From.UnixMilli())
	}
	if !q.To.IsZero() {
		w.add("e.at < ?", q.To.UnixMilli())
	}
	return w
}

// executionSource decides what a list is read from, and by which conditions; words are those left to look for. from is set where few
// rows match one of the filters: those are sorted in no time. Else many match, and a walk along the order's own index meets the
// first page soon.
func (s *Store) executionSource(ctx context.Context, q desk.ExecutionQuery) (from string, w where, words []string, err error) {
	w = executionWhere(q)
	words, few, err := s.rarest(ctx, &w, strings.Fields(q.Text))
	if err != nil {
		return "", w, nil, err
	}
	if few {
		from = "executions e"
	}
	if r := namesWhere(q); from == "" && len(r.conditions) > 0 {
		n, err := s.atMost(ctx, "SELECT 1 FROM executions WHERE routine IN (SELECT id FROM routines"+r.String()+")", r.args...)
		if err != nil {
			return "", w, nil, err
		}
		if n <= fewRows {
			from = "executions e INDEXED BY executions_by_routine"
		}
	}
	if from == "" && len(q.Outcomes)+len(q.Kinds) > 0 {
		from, err = s.fewResults(ctx, q, &w)
	}
	return from, w, words, err
}

// fewResults reads by outcome and kind where few have what was chosen.
func (s *Store) fewResults(ctx context.Context, q desk.ExecutionQuery, w *where) (string, error) {
	var r where
	in(&r, "outcome", orAll(numbers(q.Outcomes), backup.Cancelled))
	in(&r, "kind", orAll(numbers(q.Kinds), backup.Restore))
	n, err := s.atMost(ctx, "SELECT 1 FROM executions INDEXED BY executions_by_result"+r.String(), r.args...)
	if err != nil || n > fewRows {
		return "", err
	}
	in(w, "e.outcome", orAll(numbers(q.Outcomes), backup.Cancelled))
	in(w, "e.kind", orAll(numbers(q.Kinds), backup.Restore))
	return "executions e INDEXED BY executions_by_result", nil
}

// companyNames and branchNames are those of sources, and those that rules put routines in.
const (
	companyNames = "SELECT company FROM sources WHERE company <> '' UNION SELECT company FROM branches WHERE company <> '' AND id IN (SELECT placed FROM routines) ORDER BY 1"
	branchNames  = "SELECT branch FROM sources WHERE branch <> '' UNION SELECT name FROM branches WHERE name <> '' AND id IN (SELECT placed FROM routines) ORDER BY 1"
)

// ExecutionChoices lists what filters of executions can offer.
func (s *Store) ExecutionChoices(ctx context.Context, scope desk.Scope) (desk.ExecutionChoices, error) {
	s = s.within(scope)
	var c desk.ExecutionChoices
	for into, query := range map[*[]string]string{
		&c.Tools: "SELECT DISTINCT tool FROM routines ORDER BY tool", &c.Routines: "SELECT DISTINCT name FROM routines ORDER BY name LIMIT 2000",
		&c.Clients: "SELECT DISTINCT client FROM routines WHERE client <> '' ORDER BY client LIMIT 2000", &c.Branches: branchNames,
	} {
		var err error
		if *into, err = all(ctx, s.read, one[string], query); err != nil {
			return c, err
		}
	}
	return c, nil
}
