package look

import (
	"sort"

	"fyne.io/fyne/v2"
)

// Shortened is a text as it can be shown in a width: all of it, or its beginning and an ellipsis. It measures; a grid, which cuts thousands of
// texts, has ways of its own.
func Shortened(text string, size, width float32) string {
	text = Printable(text)
	if fyne.MeasureText(text, size, fyne.TextStyle{}).Width <= width {
		return text
	}
	letters := []rune(text)
	tooMany := sort.Search(len(letters), func(n int) bool {
		return fyne.MeasureText(string(letters[:n])+"…", size, fyne.TextStyle{}).Width > width
	})
	return string(letters[:max(0, tooMany-1)]) + "…"
}
