package data

import (
	"context"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// executionOrder is how a sort is read. An order with an index of its own is one walk along it; one by a name goes from routine to
// routine, one by a word from word to word, each along an index that gives the times. The others sort what they read.
type executionOrder struct {
	by      string // the whole order, ids last
	index   string // "" for none
	named   string // by names: the routine's columns; its executions stand together
	buckets func(q desk.ExecutionQuery) []bucket
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
	"routine":  {by: "r.name, r.client, r.tool, r.schedule, e.at, e.outcome, e.kind, e.id", index: "executions_by_routine", named: "name, client, tool, schedule"},
	"client":   {by: "r.client, r.name, r.tool, r.schedule, e.at, e.outcome, e.kind, e.id", index: "executions_by_routine", named: "client, name, tool, schedule"},
	"tool":     {by: "r.tool, r.name, r.client, r.schedule, e.at, e.outcome, e.kind, e.id", index: "executions_by_routine", named: "tool, name, client, schedule"},
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
func (s *Store) ExecutionIDs(ctx context.Context, scope desk.Scope, q desk.ExecutionQuery) ([]int64, error) {
	s = s.within(scope)
	order, ok := executionOrders[q.Sort]
	if !ok {
		return nil, say.Error("executions cannot be sorted by %q; use one of %v", q.Sort, desk.ExecutionSorts)
	}
	limit := q.Limit
	if limit == 0 {
		limit = -1
	}
	from, w, words, err := s.executionSource(ctx, q)
	if err != nil {
		return nil, err
	}
	by := direct(order.by, q.Desc)
	switch {
	case from != "" || order.index == "": // few, or nothing to walk along
		if from == "" {
			from = "executions e"
		}
		if len(words) > 0 && order.index == "" { // all that match are sorted: they are asked for, not every row
			m := matching(words[0])
			w.add("e.id IN ("+m.conditions[0]+")", m.args...)
			words = words[1:]
		}
		if err := s.addWords(ctx, &w, words); err != nil {
			return nil, err
		}
		return all(ctx, s.read, one[int64], "SELECT e.id FROM "+from+" JOIN routines r ON r.id = e.routine"+w.String()+" ORDER BY "+by+" LIMIT ?", append(w.args, limit)...)
	case order.named != "":
		found, left, err := s.lookUp(ctx, words)
		if err != nil {
			return nil, err
		}
		buckets, err := s.routinesBy(ctx, order.named, q, found)
		if err != nil {
			return nil, err
		}
		if err := s.addWords(ctx, &w, left); err != nil {
			return nil, err
		}
		return s.inBuckets(ctx, buckets, order.index, w, q.Desc, limit)
	}
	if err := s.addWords(ctx, &w, words); err != nil {
		return nil, err
	}
	if order.buckets != nil {
		return s.inBuckets(ctx, order.buckets(q), order.index, w, q.Desc, limit)
	}
	return all(ctx, s.read, one[int64], "SELECT e.id FROM executions e INDEXED BY "+order.index+w.String()+" ORDER BY "+by+" LIMIT ?", append(w.args, limit)...)
}

// direct turns every part of an order round.
func direct(by string, desc bool) string {
	if !desc {
		return by
	}
	return strings.ReplaceAll(by, ",", " DESC,") + " DESC"
}

// inBuckets reads bucket after bucket until there are enough.
func (s *Store) inBuckets(ctx context.Context, buckets []bucket, index string, w where, desc bool, limit int) ([]int64, error) {
	by := direct("e.at, e.routine, e.outcome, e.kind, e.id", desc)
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
		part, err := all(ctx, s.read, one[int64], "SELECT e.id FROM executions e INDEXED BY "+index+in.String()+" ORDER BY "+by+" LIMIT ?", append(in.args, left)...)
		if err != nil {
			return nil, err
		}
		ids = append(ids, part...)
	}
	return ids, nil
}

// results has a bucket for each outcome and kind, sorted by the outcome first or by the kind.
func results(outcomeFirst bool) func(desk.ExecutionQuery) []bucket {
	return func(q desk.ExecutionQuery) []bucket {
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
		if q.Desc {
			slices.Reverse(buckets)
		}
		return buckets
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
func (s *Store) ExecutionRows(ctx context.Context, scope desk.Scope, ids []int64) ([]desk.ExecutionRow, error) {
	s = s.within(scope)
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
