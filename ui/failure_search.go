package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"backstop/app/say"
)

// searchKey is Enter for the next match, Escape for back to the log.
func (t *failureTab) searchKey(e *fyne.KeyEvent) {
	if e.Name != fyne.KeyEscape {
		t.step(1)
		return
	}
	t.focus()
}

// focus gives the keys to the log.
func (t *failureTab) focus() {
	if t.viewer == nil {
		t.window.Canvas().Unfocus()
		return
	}
	t.window.Canvas().Focus(t.viewer)
}

// typing searches when the person pauses.
func (t *failureTab) typing(text string) {
	t.ui.after(typingPause, func() {
		tell(func() {
			if text == t.search.Text {
				t.seek(text)
			}
		})
	})
}

// seek finds all lines with a text beside the windows and goes to the first in view or below.
func (t *failureTab) seek(text string) {
	if t.viewer == nil || text == t.sought {
		return
	}
	t.cancel()
	ctx, cancel := context.WithCancel(t.ui.ctx)
	t.cancel, t.sought = cancel, text
	epoch, lines := t.epoch, t.lines
	t.viewer.Mark(text)
	ask(t.ui.work, func() ([]int, error) { return lines.find(ctx, text) }, func(found []int, err error) {
		if epoch != t.epoch || text != t.sought || err != nil {
			return
		}
		t.matches = found
		t.at, _ = slices.BinarySearch(found, t.viewer.Top())
		t.goTo(t.at)
	})
}

// step goes to the next match or the one before, round the end.
func (t *failureTab) step(by int) {
	if t.search.Text != t.sought {
		t.seek(t.search.Text)
		return
	}
	t.goTo(t.at + by)
}

func (t *failureTab) goTo(at int) {
	n := len(t.matches)
	if n == 0 {
		t.count.SetText(map[bool]string{true: "", false: say.T("not found")}[t.sought == ""])
		return
	}
	t.at = (at%n + n) % n
	more := ""
	if n == mostMatches {
		more = "+"
	}
	t.count.SetText(say.T("%s of %s", countText(t.at+1), countText(n)+more))
	t.viewer.Reveal(t.matches[t.at])
}
