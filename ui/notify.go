package ui

import (
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"backstop/app/people"
	"backstop/app/say"
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
		case unicode.IsLetter(r), r >= '0' && r <= '9', strings.ContainsRune(" .,:-", r):
			return r
		}
		return -1
	}, text)
}

// newsAfter is how long no more incidents may open before it is told how many did: a folder of many files is told of once.
const newsAfter = 10 * time.Second

// news are the incidents that opened by themselves and that nobody was told of yet.
type news struct{ opened, turn int }

func (n *news) hear(u *UI, opened int) {
	if opened == 0 || u.role == people.Client { // who sees only some of the routines is not told how many there are
		return
	}
	n.opened += opened
	n.turn++
	turn := n.turn
	u.after(newsAfter, func() {
		tell(func() {
			if turn == n.turn && u.ctx.Err() == nil {
				u.notify(say.Many(n.opened, "1 new incident", "%s new incidents"))
				n.opened = 0
			}
		})
	})
}
