// Package desk is what may be asked of Backstop: one file per use case. It checks rights, calls the rules and hands changes
// to the store; windows, commands and the scheduler talk to nothing else.
package desk

import (
	"log/slog"
	"sync"
	"time"

	"backstop/app/backup"
	"backstop/app/people"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Desk answers questions and carries out actions. It is safe for use by several goroutines.
type Desk struct {
	store    Store
	reader   func(*FileIntake) Reader
	reporter Reporter
	kept     Attachments
	formats  []backup.FormatInfo
	meaning  func(format, code string) string
	now      func() time.Time
	log      *slog.Logger
	cost     people.Cost
	keeping  sync.Mutex // lists that are kept as settings are read, changed and written
	events   events

	signing   sync.Mutex
	strangers []time.Time // when names were tried that nobody has

	scanned  func(source int64) (time.Time, bool)
	uptime   func() time.Duration
	sweeping sync.Mutex // one sweep at a time; it guards the clock too
	clock    clockGuard
	zones    zones
	folders  folderStates
	forgot   forgotten

	copying    sync.Mutex
	copyFailed CopyStatus // of the last attempt to make a copy; its list is empty
	damage     string     // what a check found
}

// Parts are what a desk is made of.
type Parts struct {
	Store    Store
	Reader   func(to *FileIntake) Reader // makes what reads paths into an intake
	Reporter Reporter                    // writes files; nil where none are written
	Formats  []backup.FormatInfo
	Meaning  func(format, code string) string // a tool's code in our words; "" when the facts do not know it
	Now      func() time.Time                 // the machine's clock
	Log      *slog.Logger
	Cost     people.Cost // of guessing a password; zero is the usual one

	Attachments Attachments // kept copies of imported files; nil where there are none

	Scanned func(source int64) (time.Time, bool) // when the last look through a source's folder began that left nothing unread; nil where nothing watches
	Uptime  func() time.Duration                 // of the machine, its sleep too; nil where the clock is no real one
}

// New makes a desk.
func New(p Parts) *Desk {
	if p.Cost == (people.Cost{}) {
		p.Cost = people.Usual
	}
	return &Desk{
		store: p.Store, reader: p.Reader, reporter: p.Reporter, formats: p.Formats, meaning: p.Meaning, now: p.Now, log: p.Log, cost: p.Cost,
		scanned: p.Scanned, uptime: p.Uptime, kept: p.Attachments,
	}
}

// Formats lists every export format that is read.
func (d *Desk) Formats() []backup.FormatInfo { return d.formats }

// Meaning is a tool's code in our words; "" when nobody knows it.
func (d *Desk) Meaning(format, code string) string {
	if d.meaning == nil || code == "" {
		return ""
	}
	return d.meaning(format, code)
}

// Actor is who asks. It is passed to every use case and never read from a global.
type Actor struct {
	Name   string    // the operating system's user, or "cli:NAME"
	Judged time.Time // the instant to judge by, where a command was given another than the machine's; else zero

	user people.ID   // who signed in; 0 where nobody had to
	as   people.Role // of what is no person
}

// System is the actor of what happens by itself.
func System() Actor { return Actor{Name: timeline.System, as: people.System} }

// Typed is the actor of commands that a user of the operating system types.
func Typed(user string) Actor { return Actor{Name: "cli:" + user, as: people.CommandLine} }

// everything hides nothing: what the desk itself asks to know.
var everything = Everything()

// instant is when something happens: the machine's clock, to the millisecond, UTC.
func (d *Desk) instant() time.Time { return d.now().UTC().Truncate(time.Millisecond) }

// Now is the machine's clock.
func (d *Desk) Now() time.Time { return d.instant() }

// judged is the instant that rules judge by.
func (d *Desk) judged(a Actor) time.Time {
	if !a.Judged.IsZero() {
		return a.Judged
	}
	return d.instant()
}

// Errors that callers tell apart. Everything else is a fault of the machine.
var (
	ErrNotFound = say.Error("not found")
	ErrBusy     = say.Error("the database is busy")
	ErrFull     = say.Error("the disk of the database is full; nothing was changed: make room, and do it again")
	ErrReadOnly = say.Error("the database cannot be written to; nothing was changed: see to the rights of its folder, and do it again")
)
