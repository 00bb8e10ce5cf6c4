package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/thlib/go-timezone-local/tzlocal"
	"gopkg.in/natefinch/lumberjack.v2"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/report"
	"backstop/app/say"
	"backstop/app/sched"
	"backstop/data"
	"backstop/watcher"
	"backstop/watcher/format"
)

// Options say where an App keeps things and how it waits.
type Options struct {
	DB    string        // the database; "" is in the user's data folder
	Wait  time.Duration // for another program's write
	Now   func() time.Time
	Cost  people.Cost            // of guessing a password; zero is the usual one
	Log   io.WriteCloser         // that is open already, and stays so; nil opens one beside the database
	Zone  func() (string, error) // the name of the machine's time zone; nil asks the system
	Drive data.Drive             // likewise
}

// App is the program without its windows: a database, a desk over it, and what reads files.
type App struct {
	Desk     *desk.Desk
	Log      *slog.Logger
	folder   string
	ctx      context.Context // ends with the program
	files    *watcher.Reader
	watcher  *watcher.Watcher
	known    lastKnown // what is remembered outside of the database
	unclean  bool      // nobody closed the database last time
	zone     func() (string, error)
	cleanups []func() error // run last-in-first-out
}

// New opens the database and wires the desk. What was opened is closed again on an error.
func New(ctx context.Context, o Options) (a *App, err error) {
	a = &App{ctx: ctx}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Stop())
		}
	}()
	o.DB = placeOf(o.DB)
	var up func() time.Duration // a clock that is given runs by itself
	if o.Now == nil {
		o.Now, up = time.Now, uptime
	}
	if a.zone = o.Zone; a.zone == nil {
		a.zone = tzlocal.RuntimeTZ
	}
	a.folder = o.DB + ".files"
	staging := filepath.Join(a.folder, "staging")
	store, err := data.Open(ctx, data.Options{Path: o.DB, Staging: staging, Copies: filepath.Join(a.folder, "copies"), Aside: asideIn(a.folder), Wait: o.Wait, Drive: o.Drive})
	if err != nil {
		return a, err
	}
	a.later(store.Close)
	if err := a.openLog(o.Log); err != nil {
		return a, err
	}
	a.Desk = desk.New(desk.Parts{
		Store: store, Reader: a.reader, Reporter: report.Writer{Temporary: staging}, Formats: format.Infos(), Meaning: format.Meaning, Now: o.Now, Log: a.Log, Cost: o.Cost,
		Scanned: a.scanned, Uptime: up, Attachments: attachments{a},
	})
	a.files, err = watcher.NewReader(a.Desk.Intake(desk.System(), desk.ImportRules{}), watcher.Settings{Folder: a.folder, Log: a.Log, Now: o.Now, Order: dateOrder()})
	return a, err
}

// reader gives what reads paths into an intake.
func (a *App) reader(to *desk.FileIntake) desk.Reader { return a.files.For(to) }

// attachments are the kept files of an App, whose reader is made after its desk.
type attachments struct{ app *App }

func (a attachments) Each(ctx context.Context, use func(string, int64, io.Reader) error) error {
	return a.app.files.Kept().Each(ctx, use)
}

func (a attachments) Take(ctx context.Context, name string, content io.Reader) error {
	return a.app.files.Kept().Take(ctx, name, content)
}

func (a attachments) Copies(ctx context.Context, pass func([32]byte) bool, use func(backup.KeptCopy) error) error {
	return a.app.files.Kept().Copies(ctx, pass, use)
}

func (a attachments) Size(sum [32]byte) (int64, bool) { return a.app.files.Kept().Size(sum) }
func (a attachments) Remove(sum [32]byte) error       { return a.app.files.Kept().Remove(sum) }

// scanned is when the last look through a source's folder began that left nothing unread. A command watches nothing: what is in the
// database is all there is.
func (a *App) scanned(source int64) (time.Time, bool) {
	if a.watcher == nil {
		return time.Time{}, true
	}
	return a.watcher.Scanned(source)
}

// placeOf is where a database is; "" is in the user's data folder.
func placeOf(db string) string {
	if db == "" {
		return filepath.Join(xdg.DataHome, "Backstop", "backstop.db")
	}
	return db
}

// openLog writes the program's own log beside the database; the user's record is the timeline.
func (a *App) openLog(out io.WriteCloser) error {
	if out == nil {
		if err := os.MkdirAll(a.folder, 0o700); err != nil {
			return say.Error("the data folder cannot be made: %w", err)
		}
		out = logIn(a.folder)
		a.later(out.Close)
	}
	a.Log = slog.New(slog.NewTextHandler(out, nil))
	a.Log.Info("started", "version", versionLine())
	return nil
}

const logName = "backstop.log"

// logIn is the log in a data folder; it begins anew when it is large, and the three before are kept.
func logIn(folder string) io.WriteCloser {
	return &lumberjack.Logger{Filename: filepath.Join(folder, logName), MaxSize: 5, MaxBackups: 3}
}

// Watch begins to look after the sources' folders, after what comes due, and after the database itself. It is for the one desk over it.
func (a *App) Watch() error {
	if err := a.rememberHead(context.Background(), true); err != nil {
		a.Log.Error("what the desk remembers cannot be written", "error", err) // a full disk keeps nobody from looking
	}
	a.later(func() error { return a.rememberHead(context.Background(), false) })
	if err := a.watchFolders(); err != nil {
		return err
	}
	return a.schedule()
}

// watchFolders looks after the sources' folders, once it is said what becomes of files that a restore forgot.
func (a *App) watchFolders() error {
	a.watcher = watcher.New(a.files)
	a.later(func() error { a.watcher.Stop(); return nil })
	stop := a.Desk.Listen(func(e desk.Event) {
		if e.Forgotten {
			a.watcher.Start()
		}
		if e.Folders {
			a.watcher.Reload()
		}
	})
	a.later(func() error { stop(); return nil })
	wait, err := a.Desk.FoldersWait(a.ctx, desk.System())
	if err != nil {
		a.Log.Error("what a restore forgot cannot be found", "error", err) // the folders are looked into all the same
	}
	if !wait {
		a.watcher.Start()
	}
	return nil
}

// othersEvery is how soon the windows show what another program wrote; one look costs some microseconds.
const othersEvery = 5 * time.Second

// schedule starts the heartbeat, after one sweep for what came due while the program was closed.
func (a *App) schedule() error {
	s, err := sched.New(a.Log)
	if err != nil {
		return err
	}
	a.later(s.Shutdown)
	ctx, cancel := context.WithCancel(a.ctx)
	a.later(func() error { cancel(); return nil }) // runs before the shutdown, which waits for the jobs
	sweep := func(ctx context.Context) error {
		_, err := a.Desk.Sweep(ctx, desk.System())
		return quietClock(err)
	}
	first := sweep(ctx) // what is wrong now may be right at the next heartbeat
	reports := func(ctx context.Context) error {
		return a.Desk.MakeDueReports(ctx, desk.System())
	}
	copies := func(ctx context.Context) error {
		err := a.Desk.CopyDaily(ctx, desk.System())
		return errors.Join(err, quietClock(a.Desk.PruneDue(ctx, desk.System())))
	}
	headOnce := a.once("remembering the newest entry")
	head := func(ctx context.Context) error { return headOnce(a.rememberHead(ctx, true)) }
	if a.unclean {
		a.beside(func(ctx context.Context) error { return a.Desk.Check(ctx, desk.System()) })
	}
	zone := func(context.Context) error { a.lookAtZone(); return nil }
	a.lookAtZone() // this is that of the start
	others := func(ctx context.Context) error { return a.Desk.NoticeOthers(ctx, desk.System()) }
	for _, job := range []sched.Job{
		{Name: "sweep", Every: sched.Heartbeat, Run: sweep},
		{Name: "others", Every: othersEvery, Run: others},
		{Name: "head", Every: othersEvery, Run: head},
		{Name: "zone", Every: sched.Heartbeat, Run: zone},
		{Name: "reports", Every: sched.Heartbeat, Run: reports}, // beside the sweep: a large one takes its time
		{Name: "copies", Every: sched.Heartbeat, Run: copies},   // likewise
	} {
		run := job.Run
		job.Run = func(ctx context.Context) error {
			err := run(ctx)
			return errors.Join(err, a.Desk.Doubt(ctx, err))
		}
		if err := sched.Add(ctx, s, a.Log, job); err != nil {
			return err
		}
	}
	s.Start()
	return first
}

// lookAtZone has a change of the machine's time zone noticed. A machine that tells no name has none to compare.
func (a *App) lookAtZone() {
	if name, err := a.zone(); err == nil {
		a.Desk.NoticeZone(name)
	}
}

// quietClock leaves out the question about the clock: it waits for a person's answer.
func quietClock(err error) error {
	var odd *desk.ClockQuestion
	if errors.As(err, &odd) {
		return nil
	}
	return err
}

// beside does work that is called off with the program.
func (a *App) beside(work func(context.Context) error) {
	ctx, cancel := context.WithCancel(a.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := work(ctx); err != nil && ctx.Err() == nil {
			a.Log.Error("work beside the desk failed", "error", err)
		}
	}()
	a.later(func() error { cancel(); <-done; return nil })
}

func (a *App) later(f func() error) { a.cleanups = append(a.cleanups, f) }

// Stop closes what New and Watch opened, newest first.
func (a *App) Stop() error {
	var errs []error
	for i := len(a.cleanups) - 1; i >= 0; i-- {
		errs = append(errs, a.cleanups[i]())
	}
	a.cleanups = nil
	return errors.Join(errs...)
}

// commandWait is how long a command waits for another program's write.
const commandWait = 30 * time.Second

// openForCommand opens the desk for one command.
func openForCommand(ctx context.Context, db string) (*desk.Desk, func() error, error) {
	a, err := New(ctx, Options{DB: db, Wait: commandWait})
	if err != nil {
		return nil, nil, err
	}
	return a.Desk, a.Stop, nil
}
