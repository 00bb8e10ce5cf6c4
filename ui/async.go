package ui

import (
	"sync/atomic"

	"fyne.io/fyne/v2"
)

// worker runs work beside the goroutine of the windows: `func(f func()) { go f() }` in the program, a queue in tests.
type worker func(func())

// ask runs work on w and hands the answer to done on the goroutine of the windows. Read widgets before asking, never inside
// the work.
func ask[T any](w worker, work func() (T, error), done func(T, error)) {
	w(func() {
		v, err := work()
		tell(func() { done(v, err) })
	})
}

// tell hands a change that came from elsewhere to the goroutine of the windows.
func tell(f func()) {
	onWindows(f)
	wake()
}

// ended is set when the windows are told to close. From then on the toolkit forgets what is queued, and in the end runs what it is given on the
// goroutine that asks.
var ended atomic.Bool

// End has nothing more shown: the program is told to end, which the toolkit sees to.
func End() { ended.Store(true) }

// onWindows has the goroutine of the windows do something when it comes to it, unless they close.
func onWindows(f func()) {
	fyne.Do(func() {
		if !ended.Load() {
			f()
		}
	})
}
