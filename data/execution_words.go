package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"backstop/app/desk"
)

const (
	withError = `SELECT id FROM executions INDEXED BY executions_by_error WHERE error <> '' AND error LIKE ? ESCAPE '\'`
	bySession = `SELECT id FROM executions INDEXED BY executions_by_session WHERE session COLLATE NOCASE >= ? AND session COLLATE NOCASE < ?`
)

// lastLetter sorts behind whatever a session goes on with.
const lastLetter = "\U0010FFFF"

// manyFound are too many to remember while a list is walked; among so many a look at each row soon finds one.
const manyFound = 50_000

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

// rarest takes the word that finds few executions, if one does, as the condition to begin with.
func (s *Store) rarest(ctx context.Context, w *where, words []string) (left []string, few bool, err error) {
	for i, word := range words {
		m := matching(word)
		n, err := s.atMost(ctx, m.conditions[0], m.args...)
		if err != nil {
			return nil, false, err
		}
		if n <= fewRows {
			w.add("e.id IN ("+m.conditions[0]+")", m.args...)
			return slices.Concat(words[:i], words[i+1:]), true, nil
		}
	}
	return words, false, nil
}

// addWords makes each word a condition on each row.
func (s *Store) addWords(ctx context.Context, w *where, words []string) error {
	for _, word := range words {
		found, err := s.beside(ctx, word, manyFound+1)
		if err != nil {
			return err
		}
		of, args := namedLike(word)
		if len(found) > manyFound {
			w.add(`(e.`+of+` OR e.error LIKE ? ESCAPE '\' OR e.session COLLATE NOCASE >= ? AND e.session COLLATE NOCASE < ?)`, append(args, likeWord(word), word, word+lastLetter)...)
		} else {
			w.add("(e."+of+" OR e.id IN (SELECT value FROM json_each(?)))", append(args, idArray(found))...)
		}
	}
	return nil
}

// beside are the executions that a word finds by something else than the names of their routine.
func (s *Store) beside(ctx context.Context, word string, most int) ([]int64, error) {
	return all(ctx, s.read, one[int64], withError+" UNION ALL "+bySession+" LIMIT ?", likeWord(word), word, word+lastLetter, most)
}

// idArray is a list of ids as one value for json_each.
func idArray(ids []int64) string {
	text, err := json.Marshal(ids)
	if err != nil || ids == nil {
		return "[]"
	}
	return string(text)
}

// foundWord is what one word finds, looked up once: the routines whose names hold it, and by their routine the executions that it
// finds otherwise.
type foundWord struct {
	named  map[int64]bool
	beside map[int64][]int64
}

// lookUp looks words up for lists that go from routine to routine. Words that find too many are left for a look at each row.
func (s *Store) lookUp(ctx context.Context, words []string) (found []foundWord, left []string, err error) {
	for _, word := range words {
		like, args := anyLike(word, "name", "client", "tool")
		named, err := all(ctx, s.read, one[int64], "SELECT id FROM routines WHERE "+like, args...)
		if err != nil {
			return nil, nil, err
		}
		f, n := foundWord{map[int64]bool{}, map[int64][]int64{}}, 0
		for _, id := range named {
			f.named[id] = true
		}
		if err := each(ctx, s.read, func(rows *sql.Rows) error {
			var id, routine int64
			err := rows.Scan(&id, &routine)
			f.beside[routine] = append(f.beside[routine], id)
			n++
			return err
		}, asRoutine(withError)+" UNION "+asRoutine(bySession)+" LIMIT ?", likeWord(word), word, word+lastLetter, manyFound+1); err != nil {
			return nil, nil, err
		}
		if n > manyFound {
			left = append(left, word)
			continue
		}
		found = append(found, f)
	}
	return found, left, nil
}

// asRoutine has a query tell the routine beside the execution.
func asRoutine(query string) string {
	return strings.Replace(query, "SELECT id", "SELECT id, routine", 1)
}

// ofRoutine are the executions of a routine that all words find; whole tells that they are all of its executions.
func ofRoutine(found []foundWord, routine int64) (ids []int64, whole bool) {
	whole = true
	for _, f := range found {
		switch {
		case f.named[routine]:
		case whole:
			ids, whole = f.beside[routine], false
		default:
			ids = slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return !slices.Contains(f.beside[routine], id) })
		}
	}
	return ids, whole
}

// routinesBy has a bucket for each routine that the filter and the words leave, in an order.
func (s *Store) routinesBy(ctx context.Context, columns string, q desk.ExecutionQuery, found []foundWord) ([]bucket, error) {
	w := namesWhere(q)
	routines, err := all(ctx, s.read, one[int64], "SELECT id FROM routines"+w.String()+" ORDER BY "+direct(columns, q.Desc), w.args...)
	if err != nil {
		return nil, err
	}
	var buckets []bucket
	for _, id := range routines {
		switch ids, whole := ofRoutine(found, id); {
		case whole:
			buckets = append(buckets, bucket{"e.routine = ?", []any{id}})
		case len(ids) > 0:
			buckets = append(buckets, bucket{"e.routine = ? AND e.id IN (SELECT value FROM json_each(?))", []any{id, idArray(ids)}})
		}
	}
	return buckets, nil
}

// likeWord finds a word anywhere; its letters are no wildcards.
func likeWord(word string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(word) + "%"
}
