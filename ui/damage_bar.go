package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
)

// damageBar stands above all pages once the database was found damaged. It says so to everybody, whatever their role.
type damageBar struct {
	*strap
	ui   *UI
	said *widget.Label
}

func newDamageBar(u *UI) *damageBar {
	b := &damageBar{ui: u, said: widget.NewLabel("")}
	b.said.Wrapping = fyne.TextWrapWord
	next := newButton(say.T("What can be done…"), nil, u.giveUp)
	next.Importance = widget.HighImportance
	next.Hidden = u.recover == nil
	b.strap = newStrap(theme.ErrorIcon(), b.said, next)
	return b
}

func (b *damageBar) reload(e desk.Event) {
	if !e.Damage {
		return
	}
	b.said.SetText(say.T("The database is damaged. What you do now may be lost: go on from a copy instead. SQLite says: %s", b.ui.desk.FoundDamage()))
	b.show(true)
}
