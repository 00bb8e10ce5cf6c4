package ui

import (
	"maps"
	"strings"

	"fyne.io/fyne/v2"
)

// sizes are those that windows had when they were last closed, by what they show: "incident", "timeline".
type sizes map[string]fyne.Size

const (
	sizesPreference = "sizes"
	mainKind        = "main"
)

// leastSize keeps a window usable that was made very small before it was closed.
var leastSize = fyne.NewSize(640, 420)

// kindOf is the kind of a window by its key.
func kindOf(key string) string {
	kind, _, _ := strings.Cut(key, " ")
	return kind
}

// of is the size for a window of a key.
func (s sizes) of(key string, first fyne.Size) fyne.Size {
	if size, ok := s[kindOf(key)]; ok {
		return size.Max(leastSize)
	}
	return first
}

func (u *UI) recallSizes() {
	ask(u.work, func() (sizes, error) {
		var s sizes
		err := u.desk.Preference(u.ctx, sizesPreference, &s)
		return s, err
	}, func(s sizes, err error) {
		if err == nil && u.sizes == nil {
			if u.sizes = s; s[mainKind] != (fyne.Size{}) {
				u.main.window.Resize(s.of(mainKind, fyne.Size{}))
			}
		}
	})
}

// keepSize remembers the size of a window that is being closed.
func (u *UI) keepSize(key string, size fyne.Size) {
	kept := u.withSize(key, size)
	ask(u.work, func() (struct{}, error) { return struct{}{}, u.desk.SavePreference(u.ctx, sizesPreference, kept) }, func(struct{}, error) {})
}

// withSize are the sizes known, and that of a window.
func (u *UI) withSize(key string, size fyne.Size) sizes {
	kept := maps.Clone(u.sizes)
	if kept == nil {
		kept = sizes{}
	}
	kept[kindOf(key)] = size
	u.sizes = kept
	return kept
}
