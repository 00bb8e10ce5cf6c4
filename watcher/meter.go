package watcher

import (
	"context"
	"sync"
	"time"

	"backstop/app/backup"
)

// meter tells how far an import is, ten times a second at most.
type meter struct {
	tell func(backup.Progress)
	mu   sync.Mutex // a copy that was given up may still be at work
	at   backup.Progress
	told time.Time
}

const tellEvery = 100 * time.Millisecond

// newMeter makes nil of nothing to tell.
func newMeter(tell func(backup.Progress)) *meter {
	if tell == nil {
		return nil
	}
	return &meter{tell: tell}
}

func (m *meter) next(path string, n, of int) {
	m.say(func(p *backup.Progress) { *p = backup.Progress{Path: path, File: n, Files: of} })
}

// The copy into the spool and the reading of it are half the work each.
func (m *meter) copied(ctx context.Context, n, size int64) { m.move(ctx, n/2, size) }
func (m *meter) parsed(ctx context.Context, n, size int64) { m.move(ctx, size/2+n/2, size) }

func (m *meter) move(ctx context.Context, done, size int64) {
	if ctx.Err() == nil {
		m.say(func(p *backup.Progress) { p.Done, p.Size = done, size })
	}
}

func (m *meter) say(change func(*backup.Progress)) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	change(&m.at)
	if now := time.Now(); now.Sub(m.told) >= tellEvery {
		m.told = now
		m.tell(m.at)
	}
}
