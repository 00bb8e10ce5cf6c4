package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/data"
)

// Opening opens the database for the windows, which are there before it is. What keeps it from being opened is said there, and where a
// copy helps it is put in place.
type Opening struct {
	options Options
	folder  string
	ctx     context.Context // ends with the program
	cancel  context.CancelFunc
	called  func(shown func()) // a second start asks for the window; nil: it is told that this one is open

	mu   sync.Mutex // one step at a time; the program may be left during any
	lock *flock.Flock
	deaf func() error // ends hearing of second starts
	app  *App         // nil until it is open
}

func newOpening(ctx context.Context, o Options) *Opening {
	o.DB = placeOf(o.DB)
	p := &Opening{options: o, folder: o.DB + ".files"}
	p.ctx, p.cancel = context.WithCancel(ctx)
	if p.options.Log == nil && p.makeFolder() == nil { // else Open says why
		p.options.Log = logIn(p.folder)
	}
	return p
}

func (p *Opening) makeFolder() error {
	if err := data.RefuseNetwork(p.options.DB, p.options.Drive); err != nil {
		return err
	}
	if err := os.MkdirAll(p.folder, 0o700); err != nil {
		return say.Error("the data folder cannot be made: %w", err)
	}
	return nil
}

// logOr is the log, or something else where none can be written.
func (p *Opening) logOr(other io.Writer) io.Writer {
	if p.options.Log == nil {
		return other
	}
	return p.options.Log
}

var errSecond = say.Error("the desk is open already with this database; use the window that is there, or name another file with --db")

// prepare makes this the one desk over the database; commands work beside it.
func (p *Opening) prepare() error {
	if err := p.makeFolder(); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(p.folder, "desk.lock"), flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err != nil {
		return say.Error("the lock of the data folder: %w", err)
	}
	if !ok {
		return errSecond
	}
	p.lock = lock
	return nil
}

// hear listens to second starts.
func (p *Opening) hear() {
	if p.called == nil || p.deaf != nil {
		return
	}
	stop, err := hearCalls(p.folder, p.called)
	if err != nil {
		p.log(err) // a second start is told that this one is open
		return
	}
	p.deaf = stop
}

// raisesFirst tells whether the desk is open already with this database and shows its window now.
func (p *Opening) raisesFirst() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !errors.Is(p.prepare(), errSecond) {
		return false // this is the first; what else there is comes up when it opens the database
	}
	ctx, cancel := context.WithTimeout(p.ctx, answerWithin)
	defer cancel()
	answered, err := callFirst(ctx, p.folder)
	if err != nil {
		p.log(err)
	}
	return answered
}

// Open opens the database. A *desk.Damage says what is wrong with it and from which copy one can go on.
func (p *Opening) Open() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.app != nil { // what is open was found damaged
		said := p.app.Desk.FoundDamage()
		if err := p.closeApp(); err != nil {
			p.log(err)
		}
		return p.look(&desk.Damage{Said: say.T("a check found it damaged; SQLite says: %s", said)})
	}
	if p.lock == nil {
		if err := p.prepare(); err != nil {
			return err
		}
	}
	p.hear()
	known := readKnown(p.folder)
	a, err := New(p.ctx, p.options)
	if errors.Is(err, desk.ErrDamaged) {
		p.log(err)
		return p.look(&desk.Damage{Said: unreadable(p.options.DB), Last: contentsOf(known)})
	}
	if err != nil {
		return err
	}
	if lacks, err := a.missing(p.ctx, known); err != nil || lacks {
		err = errors.Join(err, a.Stop())
		return errors.Join(err, p.look(&desk.Damage{Said: say.N("what was written last is not in it"), Behind: true, Last: contentsOf(known)}))
	}
	a.known, a.unclean = known, known.Open
	p.app = a
	return nil
}

// unreadable says what is wrong with a file that cannot be opened.
func unreadable(path string) string {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return say.N("its file is gone")
	case err == nil && info.Size() == 0:
		return say.N("its file is empty")
	}
	return say.N("its file is damaged, or was replaced by something else")
}

func contentsOf(k lastKnown) desk.Contents {
	return desk.Contents{Entries: k.Entries, Head: k.Head, Newest: k.At}
}

func (p *Opening) log(err error) {
	slog.New(slog.NewTextHandler(p.logOr(io.Discard), nil)).Error("opening", "error", err)
}

func (p *Opening) now() time.Time {
	if p.options.Now != nil {
		return p.options.Now()
	}
	return time.Now()
}

func (p *Opening) recovery() data.Recovery {
	return data.Recovery{Path: p.options.DB, Staging: filepath.Join(p.folder, "staging"), Copies: filepath.Join(p.folder, "copies"), Aside: asideIn(p.folder)}
}

// asideIn is where what a copy replaced is kept.
func asideIn(folder string) string { return filepath.Join(folder, "damaged") }

func (p *Opening) look(d *desk.Damage) error {
	if err := p.recovery().Look(p.ctx, d); err != nil {
		return err
	}
	return d
}

// Restore puts the copy in the place of the database. Aside is the folder in which the damaged file is kept.
func (p *Opening) Restore(ctx context.Context, d *desk.Damage, progress desk.Progress) (aside string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	aside, err = p.recovery().Restore(ctx, d, userName(), p.now(), progress)
	if err != nil {
		return aside, err
	}
	return aside, forget(p.folder) // it knew of what is given up
}

// GoOn goes on with what the database holds, without what is missing, on record.
func (p *Opening) GoOn(d *desk.Damage) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	a, err := New(p.ctx, p.options)
	if err != nil {
		return err
	}
	actor := desk.System() // nobody can sign in yet
	actor.Name = userName()
	return errors.Join(a.Desk.GoOn(p.ctx, actor, d.Last), a.Stop(), forget(p.folder))
}

// Watch begins to look after folders and what comes due.
func (p *Opening) Watch() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.app == nil || p.ctx.Err() != nil {
		return nil // the program is being left
	}
	return p.app.Watch()
}

// Stop closes what was opened. A step under way is called off.
func (p *Opening) Stop() error {
	p.cancel()
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.closeApp()
	if p.deaf != nil {
		err = errors.Join(err, p.deaf())
	}
	if p.lock != nil {
		err = errors.Join(err, p.lock.Unlock())
	}
	if p.options.Log != nil {
		err = errors.Join(err, p.options.Log.Close())
	}
	return err
}

func (p *Opening) closeApp() error {
	if p.app == nil {
		return nil
	}
	a := p.app
	p.app = nil
	return a.Stop()
}
