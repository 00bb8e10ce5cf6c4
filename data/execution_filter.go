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

// executionSource decides what a list is read from, and by which conditions. from is set where few rows match one of the
// filters: those are sorted in no time. Else many match, and a walk along the order's own index meets the first page soon.
func (s *Store) executionSource(ctx context.Context, q desk.ExecutionQuery) (from string, w where, err error) {
	w = executionWhere(q)
	words := strings.Fields(q.Text)
	if len(words) > 0 {
		m := matching(words[0])
		n, err := s.atMost(ctx, m.conditions[0], m.args...)
		if err != nil {
			return "", w, err
		}
		if n <= fewRows {
			w.add("e.id IN ("+m.conditions[0]+")", m.args...)
			from, words = "executions e", words[1:]
		}
	}
	for _, word := range words {
		if err := s.addWord(ctx, &w, word); err != nil {
			return "", w, err
		}
	}
	if r := namesWhere(q); from == "" && len(r.conditions) > 0 {
		n, err := s.atMost(ctx, "SELECT 1 FROM executions WHERE routine IN (SELECT id FROM routines"+r.String()+")", r.args...)
		if err != nil {
			return "", w, err
		}
		if n <= fewRows {
			from = "executions e INDEXED BY executions_by_routine"
		}
	}
	if from == "" && len(q.Outcomes)+len(q.Kinds) > 0 {
		from, err = s.fewResults(ctx, q, &w)
	}
	return from, w, err
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

// ExecutionChoices lists what filters of executions can offer.
func (s *Store) ExecutionChoices(ctx context.Context, _ desk.Scope) (desk.ExecutionChoices, error) {
	var c desk.ExecutionChoices
	for into, query := range map[*[]string]string{
		&c.Tools: "SELECT DISTINCT tool FROM routines ORDER BY tool", &c.Routines: "SELECT DISTINCT name FROM routines ORDER BY name LIMIT 2000",
		&c.Clients: "SELECT DISTINCT client FROM routines WHERE client <> '' ORDER BY client LIMIT 2000", &c.Branches: "SELECT DISTINCT branch FROM sources WHERE branch <> '' ORDER BY branch",
	} {
		var err error
		if *into, err = all(ctx, s.read, one[string], query); err != nil {
			return c, err
		}
	}
	return c, nil
}

const (
	withError = `SELECT id FROM executions INDEXED BY executions_by_error WHERE error <> '' AND error LIKE ? ESCAPE '\'`
	bySession = `SELECT id FROM executions WHERE session COLLATE NOCASE >= ? AND session COLLATE NOCASE < ?`
)

// matching selects the executions that a word finds: in the names of their routine, in the error, or at the beginning of the
// session.
func matching(word string) where {
	var w where
	of, args := namedLike(word)
	w.add("SELECT id FROM executions WHERE "+of+" UNION ALL "+withError+" UNION ALL "+bySession, append(args, likeWord(word), word, word+lastLetter)...)
	return w
}

// namedLike finds a word in the names of the routine.
func namedLike(word string) (condition string, args []any) {
	like, args := anyLike(word, "name", "client", "tool")
	return "routine IN (SELECT id FROM routines WHERE " + like + ")", args
}

// lastLetter sorts behind whatever a session goes on with.
const lastLetter = "\U0010FFFF"

// manySessions are too many to remember while a list is walked; among so many a look at each row soon finds one.
const manySessions = 50_000

// addWord is what matching selects as a condition on each row.
func (s *Store) addWord(ctx context.Context, w *where, word string) error {
	var n int
	if err := s.count(ctx, &n, "SELECT COUNT(*) FROM ("+bySession+" LIMIT ?)", word, word+lastLetter, manySessions+1); err != nil {
		return err
	}
	session := "e.id IN (" + bySession + ")"
	if n > manySessions {
		session = "e.session COLLATE NOCASE >= ? AND e.session COLLATE NOCASE < ?"
	}
	of, args := namedLike(word)
	w.add("(e."+of+" OR e.id IN ("+withError+") OR "+session+")", append(args, likeWord(word), word, word+lastLetter)...)
	return nil
}

// likeWord finds a word anywhere; its letters are no wildcards.
func likeWord(word string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(word) + "%"
}
