package data

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"time"

	"backstop/app/backup"
)

// intakeSource is a source as the identity of its executions needs it.
type intakeSource struct {
	backup.Source
	first  map[string]string   // tool → the first server that the source's files named
	known  map[string][]string // tool → every server that any file named; "" where some named none
	blocks map[[sha256.Size]byte][]block
	begun  map[int64]block // by where in the file: a record that was cut off there goes on now
	from   int64           // where reading on begins
}

// server stands in where a file names none.
func (src intakeSource) server(tool string, inFile map[string]string) string {
	for _, s := range []string{src.Instance, src.first[tool], inFile[tool]} {
		if s != "" {
			return s
		}
	}
	return ""
}

// otherServer gives the server under which the same run may be known already: one that was read with no server is taken
// over when it arrives under the only known one, and the other way round.
func (src intakeSource) otherServer(tool, server string) (string, bool) {
	var names []string
	nameless := false
	for _, k := range src.known[tool] {
		if k == "" {
			nameless = true
		} else {
			names = append(names, k)
		}
	}
	if server == "" {
		if len(names) == 1 {
			return names[0], true
		}
		return "", false
	}
	return "", nameless && (len(names) == 0 || len(names) == 1 && names[0] == server)
}

// blocksBefore counts the equal blocks in the part of a grown file that is not read again.
func (src intakeSource) blocksBefore(text [sha256.Size]byte) int {
	n := 0
	for _, b := range src.blocks[text] {
		if b.start < src.from {
			n++
		}
	}
	return n
}

func (src intakeSource) firstSeen(text [sha256.Size]byte, ordinal int) (time.Time, bool) {
	for _, b := range src.blocks[text] {
		if b.ordinal == ordinal {
			return b.seen, true
		}
	}
	return time.Time{}, false
}

func (s *Store) intakeSource(ctx context.Context, f backup.File) (intakeSource, error) {
	src := intakeSource{first: map[string]string{}, known: map[string][]string{}, blocks: map[[sha256.Size]byte][]block{}, begun: map[int64]block{}}
	var err error
	if src.Source, err = findSource(ctx, s.read, f.SourceID); err != nil {
		return src, err
	}
	var tool, server string
	if err := each(ctx, s.read, func(rows *sql.Rows) error {
		err := rows.Scan(&tool, &server)
		src.first[tool] = server
		return err
	}, "SELECT tool, server FROM source_servers WHERE source = ?", f.SourceID); err != nil {
		return src, err
	}
	if err := each(ctx, s.read, func(rows *sql.Rows) error {
		err := rows.Scan(&tool, &server)
		src.known[tool] = append(src.known[tool], server)
		return err
	}, "SELECT tool, server FROM servers"); err != nil || f.Prefix == 0 {
		return src, err
	}
	seen, _, err := s.Seen(ctx, f.SourceID, f.Path)
	if err != nil {
		return src, err
	}
	src.from = seen.Resume.Offset
	return src, s.loadBlocks(ctx, f, &src)
}

func (s *Store) loadBlocks(ctx context.Context, f backup.File, src *intakeSource) error {
	return each(ctx, s.read, func(rows *sql.Rows) error {
		var text, key []byte
		var b block
		var seen int64
		if err := rows.Scan(&text, &b.ordinal, &b.start, &seen, &key); err != nil {
			return err
		}
		copy(b.text[:], text)
		b.seen = time.UnixMilli(seen).UTC()
		copy(b.key[:], key)
		src.blocks[b.text] = append(src.blocks[b.text], b)
		src.begun[b.start] = b
		return nil
	}, "SELECT text, ordinal, start, seen, key FROM blocks WHERE source = ? AND path = ?", f.SourceID, f.Path)
}
