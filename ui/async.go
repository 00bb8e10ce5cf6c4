package ui

import "fyne.io/fyne/v2"

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

// onWindows has the goroutine of the windows do something when it comes to it.
func onWindows(f func()) { fyne.Do(f) }
