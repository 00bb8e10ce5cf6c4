package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"backstop/app/desk"
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
		u.showText(w, "Not for your role", sentence(why))
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
	return u.actor.Name + " · " + u.role.String()
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

// roleText says in a line what a role may do.
var roleText = map[string]string{
	"Admin":    "does everything, and decides who else may do what",
	"Operator": "handles incidents and risks; no settings, sources or users",
	"Manager":  "sees everything and changes nothing",
	"Client":   "sees executions and the panel of the virtual locations they belong to, and nothing else",
}
