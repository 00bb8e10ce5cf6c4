package ui

import (
	"strings"

	"fyne.io/fyne/v2"
)

// notify shows a notification of the system. Its text is our own words and numbers only: the toolkit builds a PowerShell script
// of it on Windows, so never a name from a log. What is not a letter, a digit or plain punctuation is dropped all the same.
func (u *UI) notify(text string) {
	if !u.comfort.notifies() {
		return
	}
	u.app.SendNotification(fyne.NewNotification("Backstop", plainWords(text)))
}

func plainWords(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune(" .,:-", r):
			return r
		}
		return -1
	}, text)
}
