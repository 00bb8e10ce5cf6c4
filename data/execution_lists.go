package data

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
)

// executionOrder is how a sort is read. An order with an index of its own is one walk along it; one by a name goes from routine to
// routine, one by a word from word to word, each along an index that gives the times. The others sort what they read.
type executionOrder struct {
	by      string // the whole order, ids last
	index   string // "" for none
	buckets func(ctx context.Context, s *Store, q desk.ExecutionQuery, desc bool) ([]bucket, error)
}

// bucket is a part of a list within which the time decides.
type bucket struct {
	condition string
	args      []any
}

var executionOrders = map[string]executionOrder{
	"":         {by: "e.at, e.routine, e.outcome, e.kind, e.id", index: "executions_by_time"},
	"start":    {by: "e.at, e.routine, e.outcome, e.kind, e.id", index: "executions_by_time"},
	"size":     {by: "e.bytes, e.at, e.routine, e.outcome, e.kind, e.id", index: "executions_by_size"},
	"routine":  {by: "r.name, r.client, r.tool, r.schedule, e.at, e.outcome, e.kind, e.id", index: "executions_by_routine", buckets: routinesBy("name, client, tool, schedule")},
	"client":   {by: "r.client, r.name, r.tool, r.schedule, e.at, e.outcome, e.kind, e.id", index: "executions_by_routine", buckets: routinesBy("client, name, tool, schedule")},
	"tool":     {by: "r.tool, r.name, r.client, r.schedule, e.at, e.outcome, e.kind, e.id", index: "executions_by_routine", buckets: routinesBy("tool, name, client, schedule")},
	"outcome":  {by: "e.outcome, e.kind, e.at, e.routine, e.id", index: "executions_by_result", buckets: results(true)},
	"kind":     {by: "e.kind, e.outcome, e.at, e.routine, e.id", index: "executions_by_result", buckets: results(false)},
	"end":      {by: "e.end, e.id"},
	"duration": {by: "e.end - e.start, e.id"},
	"files":    {by: "e.files, e.id"},
	"level":    {by: "e.level, e.id"},
	"session":  {by: "e.session, e.id"},
	"expiry":   {by: "e.expires, e.id"},
}

// ExecutionIDs gives the ids of all that match, sorted; with a Limit, the first of them.
func (s *Store) ExecutionIDs(ctx context.Context, _ desk.Scope, q desk.ExecutionQuery) ([]int64, error) {
	order, ok := executionOrders[q.Sort]
	if !ok {
		return nil, fmt.Errorf("executions cannot be sorted by %q; use one of %v", q.Sort, desk.ExecutionSorts)
	}
	limit := q.Limit
	if limit == 0 {
		limit = -1
	}
	from, w, err := s.executionSource(ctx, q)
	if err != nil {
		return nil, err
	}
	by := direct(order.by, q.Desc)
	switch {
	case from != "" || order.index == "": // few, or nothing to walk along
		if from == "" {
			from = "executions e"
		}
		return all(ctx, s.read, one[int64], "SELECT e.id FROM "+from+" JOIN routines r ON r.id = e.routine"+w.String()+" ORDER BY "+by+" LIMIT ?", append(w.args, limit)...)
	case order.buckets == nil:
		return all(ctx, s.read, one[int64], "SELECT e.id FROM executions e INDEXED BY "+order.index+w.String()+" ORDER BY "+by+" LIMIT ?", append(w.args, limit)...)
	}
	return s.inBuckets(ctx, q, order, w, limit)
}

// direct turns every part of an order round.
func direct(by string, desc bool) string {
	if !desc {
		return by
	}
	return strings.ReplaceAll(by, ",", " DESC,") + " DESC"
}

// inBuckets reads bucket after bucket until there are enough.
func (s *Store) inBuckets(ctx context.Context, q desk.ExecutionQuery, order executionOrder, w where, limit int) ([]int64, error) {
	buckets, err := order.buckets(ctx, s, q, q.Desc)
	if err != nil {
		return nil, err
	}
	by := direct("e.at, e.routine, e.outcome, e.kind, e.id", q.Desc)
	var ids []int64
	for _, b := range buckets {
		in := where{conditions: slices.Concat([]string{b.condition}, w.conditions), args: slices.Concat(b.args, w.args)}
		left := limit
		if limit >= 0 {
			left = limit - len(ids)
		}
		if left == 0 {
			break
		}
		part, err := all(ctx, s.read, one[int64], "SELECT e.id FROM executions e INDEXED BY "+order.index+in.String()+" ORDER BY "+by+" LIMIT ?", append(in.args, left)...)
		if err != nil {
			return nil, err
		}
		ids = append(ids, part...)
	}
	return ids, nil
}

// routinesBy has a bucket for each routine that the filter leaves, in an order.
func routinesBy(columns string) func(context.Context, *Store, desk.ExecutionQuery, bool) ([]bucket, error) {
	return func(ctx context.Context, s *Store, q desk.ExecutionQuery, desc bool) ([]bucket, error) {
		w := namesWhere(q)
		return all(ctx, s.read, func(rows *sql.Rows) (bucket, error) {
			var id int64
			err := rows.Scan(&id)
			return bucket{"e.routine = ?", []any{id}}, err
		}, "SELECT id FROM routines"+w.String()+" ORDER BY "+direct(columns, desc), w.args...)
	}
}

// results has a bucket for each outcome and kind, sorted by the outcome first or by the kind.
func results(outcomeFirst bool) func(context.Context, *Store, desk.ExecutionQuery, bool) ([]bucket, error) {
	return func(_ context.Context, _ *Store, q desk.ExecutionQuery, desc bool) ([]bucket, error) {
		var buckets []bucket
		outcomes, kinds := orAll(numbers(q.Outcomes), backup.Cancelled), orAll(numbers(q.Kinds), backup.Restore)
		if outcomeFirst {
			for _, o := range outcomes {
				for _, k := range kinds {
					buckets = append(buckets, bucket{"e.outcome = ? AND e.kind = ?", []any{o, k}})
				}
			}
		} else {
			for _, k := range kinds {
				for _, o := range outcomes {
					buckets = append(buckets, bucket{"e.outcome = ? AND e.kind = ?", []any{o, k}})
				}
			}
		}
		if desc {
			slices.Reverse(buckets)
		}
		return buckets, nil
	}
}

// orAll is what was chosen, in its order, or all words up to the last.
func orAll[T ~uint8](chosen []int64, last T) []int64 {
	if len(chosen) == 0 {
		for n := int64(1); n <= int64(last); n++ {
			chosen = append(chosen, n)
		}
	}
	slices.Sort(chosen)
	return chosen
}

// ExecutionRows gives the rows of the ids, in their order; ids that are gone are left out.
func (s *Store) ExecutionRows(ctx context.Context, _ desk.Scope, ids []int64) ([]desk.ExecutionRow, error) {
	found := make(map[int64]desk.ExecutionRow, len(ids))
	for part := range slices.Chunk(ids, 500) {
		var w where
		in(&w, "e.id", part)
		rows, err := executionRows(ctx, s.read, w.conditions[0], w.args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			found[r.ID] = r
		}
	}
	out := make([]desk.ExecutionRow, 0, len(ids))
	for _, id := range ids {
		if r, ok := found[id]; ok {
			out = append(out, r)
		}
	}
	return out, nil
}
