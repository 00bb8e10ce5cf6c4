package ui

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/ui/look"
)

// queue holds the work that windows ask for until the test does it.
type queue struct{ work []func() }

func (q *queue) add(f func()) { q.work = append(q.work, f) }

// run does all of it, and what it asks for in turn.
func (q *queue) run() {
	for len(q.work) > 0 {
		f := q.work[0]
		q.work = slices.Delete(q.work, 0, 1)
		f()
	}
}

// later holds what was asked for after a time.
type later struct{ due []func() }

func (l *later) after(_ time.Duration, f func()) { l.due = append(l.due, f) }

func (l *later) run() {
	for len(l.due) > 0 {
		f := l.due[0]
		l.due = slices.Delete(l.due, 0, 1)
		f()
	}
}

// newTestUI is what windows need around them, without a desk: each test fakes the little that its window asks for.
func newTestUI(t *testing.T) (*UI, *queue, *later) {
	t.Helper()
	q, l := &queue{}, &later{}
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme{})
	now := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	return &UI{
		app: app, actor: desk.Actor{Name: "ines"}, work: q.add, after: l.after, zone: time.UTC, now: func() time.Time { return now },
		role: people.Admin, ctx: t.Context(), windows: map[string]*openWindow{}, comfort: comfort{app.Preferences()},
	}, q, l
}
