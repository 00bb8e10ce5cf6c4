package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
)

// The desk refuses what a role may not do; here is where windows ask it beforehand, to grey what would be refused and to say why.

// whyNot says why the person at the desk may not do something; nothing where they may.
func (u *UI) whyNot(r desk.Right) string {
	_, why := desk.Allows(u.role, r)
	return why
}

// only greys buttons for those who may not do what they do. Pressing one says why.
func (u *UI) only(r desk.Right, w fyne.Window, buttons ...*button) {
	if u.whyNot(r) == "" {
		return
	}
	for _, b := range buttons {
		b.forbidden = func() { u.permit(r, w) }
		b.Disable()
	}
}

// permit tells whether the person may go on; if not, it says why.
func (u *UI) permit(r desk.Right, w fyne.Window) bool {
	why := u.whyNot(r)
	if why != "" {
		u.showText(w, say.T("Not for your role"), sentence(why))
	}
	return why == ""
}

// onlyItem greys an entry of a menu, and says why, for those who may not do what it does.
func (u *UI) onlyItem(r desk.Right, item *fyne.MenuItem) *fyne.MenuItem {
	if why := u.whyNot(r); why != "" {
		item.Label, item.Disabled = fmt.Sprintf("%s (%s)", item.Label, why), true
	}
	return item
}

// whoText names the person at the desk, and where people sign in, what they are.
func (u *UI) whoText() string {
	if !u.signedIn {
		return u.actor.Name
	}
	return u.actor.Name + " · " + say.W(u.role.String())
}

var _ fyne.Tappable = (*button)(nil)

// Tapped implements fyne.Tappable.
func (b *button) Tapped(at *fyne.PointEvent) {
	if b.forbidden != nil {
		b.forbidden()
		return
	}
	b.Button.Tapped(at)
}

// Enable implements fyne.Disableable: what a role may not do stays greyed.
func (b *button) Enable() {
	if b.forbidden == nil {
		b.Button.Enable()
	}
}

// aboutProtection says what signing in is good for, and what not.
const aboutProtection = `Names, roles and branches keep people apart who work honestly with one program, and put on record who did what. What a role may not do is refused, and what a branch hides is in no list, count, search, export or report.

They are no lock on the file. Who can open the database file can read it, also with the command line, which asks for no password; who can write it can change it with other programs. Decide with the rights of the operating system who may open the data folder.

The chain of the timeline shows tampering, it does not prevent it: who can write the file can rebuild the chain. Only a head that was kept elsewhere proves it. Every report prints the head.

Forgotten passwords: an Admin gives a new first one under Users. Where no Admin is left who knows theirs, backstop password --user NAME --reason WHY does, for who can write the file. Both are on the timeline.`

// showProtected says what is protected.
func (m *mainWindow) showProtected() {
	words := widget.NewLabel(say.T(aboutProtection))
	words.Wrapping = fyne.TextWrapWord
	p := m.ui.newPrompt(m.window, say.T("What is protected"), words, say.T("OK"), justClose)
	p.cancel.Hide()
	p.show(fyne.NewSize(640, 0), p.ok)
}

// roleText says in a line what a role may do.
var roleText = map[string]string{
	"Admin":    say.N("does everything, and decides who else may do what"),
	"Operator": say.N("handles incidents and risks; no settings, sources or users"),
	"Manager":  say.N("sees everything and changes nothing"),
	"Client":   say.N("sees executions and the panel of the virtual locations they belong to, and nothing else"),
}
