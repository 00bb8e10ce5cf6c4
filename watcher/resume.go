package watcher

import (
	"backstop/app/backup"
	"backstop/watcher/format"
)

// growth tells whether the file begins with all that was read of its path before. After a rotation it does not, and is new.
func growth(s *spooled, seen backup.Seen) bool {
	return seen.Size > 0 && s.size > seen.Size && s.prefix == seen.SHA256
}

// resumeAt is where a file is read from: where the last reading said, if the file has grown and is still read in the same way.
func resumeAt(f format.Format, s *spooled, seen backup.Seen) backup.Place {
	if !f.Append || !s.plain || !growth(s, seen) || seen.Format != f.Name || seen.Version != f.Version {
		return backup.Place{}
	}
	return seen.Resume
}

// places finds where a file would be read on: at its earliest record that may still change, at the latest at its last one,
// which may have been cut. Reading a record twice is harmless, for it is known again.
type places struct {
	open, last *backup.Place
	never      bool
}

func (p *places) pass(e backup.Execution) {
	at := backup.Place{Offset: e.Offset, Line: e.Line}
	if at.Offset == 0 && at.Line > 1 || e.KeyKind() == backup.ByText {
		p.never = true // its place is unknown; or it is counted among its equals, which takes the whole file
	}
	if p.last == nil || at.Offset > p.last.Offset {
		p.last = &at
	}
	if mayChange := !e.Outcome.Final() || e.WillRetry; mayChange && (p.open == nil || at.Offset < p.open.Offset) {
		p.open = &at
	}
}

// resume falls back on from, where this reading began.
func (p *places) resume(from backup.Place) backup.Place {
	switch {
	case p.never:
		return backup.Place{}
	case p.open != nil:
		return *p.open
	case p.last != nil:
		return *p.last
	}
	return from
}
