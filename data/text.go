package data

import (
	"context"
	"database/sql"
	"strings"
	"unicode/utf8"

	"backstop/app/incident"
)

// Text search uses SQLite's FTS5 with trigrams where the program was built with it (tag sqlite_fts5) and LIKE elsewhere. A
// program without it that opens the database marks the index as stale, and the next one with it builds it anew.

const (
	staleText = "text.stale"
	textWords = "title, policy, client, failure, session"
)

func (s *Store) prepareText(ctx context.Context) error {
	if err := s.write.QueryRowContext(ctx, "SELECT COUNT(*) > 0 FROM pragma_module_list WHERE name = 'fts5'").Scan(&s.textFind); err != nil {
		return err
	}
	var stale, made bool
	if err := s.write.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM settings WHERE name = ?), EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'incidents_text')", staleText).Scan(&stale, &made); err != nil {
		return err
	}
	switch {
	case s.textFind && (stale || !made):
		return s.inTx(ctx, func(tx *sql.Tx) error { return rebuildText(ctx, tx) })
	case !s.textFind && made && !stale:
		return s.SaveSetting(ctx, staleText, true, nil)
	}
	return nil
}

func rebuildText(ctx context.Context, tx *sql.Tx) error {
	for _, q := range []string{
		"DROP TABLE IF EXISTS incidents_text",
		"CREATE VIRTUAL TABLE incidents_text USING fts5(" + textWords + ", tokenize = 'trigram', content = '', contentless_delete = 1)",
		"INSERT INTO incidents_text (rowid, " + textWords + ") SELECT id, " + textWords + " FROM incidents",
		"DELETE FROM settings WHERE name = '" + staleText + "'",
	} {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// indexText keeps the index of incidents that changed.
func (s *Store) indexText(ctx context.Context, tx *sql.Tx, changes []incident.Change) error {
	if !s.textFind {
		return nil
	}
	for _, c := range changes {
		if _, err := tx.ExecContext(ctx, "DELETE FROM incidents_text WHERE rowid = ?", c.Incident.ID); err != nil {
			return err
		}
		if err := s.indexFrom(ctx, tx, "id = ?", int64(c.Incident.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) indexFrom(ctx context.Context, tx *sql.Tx, where string, id int64) error {
	if !s.textFind {
		return nil
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO incidents_text (rowid, "+textWords+") SELECT id, "+textWords+" FROM incidents WHERE "+where, id)
	return err
}

// addText filters by text: every word must occur, in any of the searched columns. Words are data, never a query language.
func addText(w *where, text string, indexed bool) {
	for _, word := range strings.Fields(text) {
		if indexed && longEnough(word) {
			w.add("(id IN (SELECT rowid FROM incidents_text WHERE incidents_text MATCH ?) OR id = CAST(? AS INTEGER) AND CAST(id AS TEXT) = ?)", phrase(word), word, word)
			continue
		}
		condition, args := anyLike(word, strings.Split(textWords, ", ")...)
		w.add("(CAST(id AS TEXT) = ? OR "+condition+")", append([]any{word}, args...)...)
	}
}

// anyLike finds a word in any of the columns, whatever its case. A word is data, never a pattern.
func anyLike(word string, columns ...string) (condition string, args []any) {
	like := likeWord(word)
	parts := make([]string, len(columns))
	for i, column := range columns {
		parts[i] = column + ` LIKE ? ESCAPE '\'`
		args = append(args, like)
	}
	return strings.Join(parts, " OR "), args
}

// matchAll is the search for all words that are long enough; "" when none is.
func matchAll(text string) string {
	var phrases []string
	for _, word := range strings.Fields(text) {
		if longEnough(word) {
			phrases = append(phrases, phrase(word))
		}
	}
	return strings.Join(phrases, " AND ")
}

// plain tells whether LIKE knows the letters' other case, as the index does.
func plain(text string) bool {
	for _, r := range text {
		if r >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// longEnough: trigrams know nothing shorter than three letters.
func longEnough(word string) bool { return utf8.RuneCountInString(word) >= 3 }

// phrase quotes a word for FTS5, whose query text is a language.
func phrase(word string) string { return `"` + strings.ReplaceAll(word, `"`, `""`) + `"` }
