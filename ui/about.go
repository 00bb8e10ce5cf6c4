package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
)

// showAbout tells which program this is, and where it keeps what it knows.
func (m *mainWindow) showAbout() {
	text := widget.NewLabel(say.T("%s\n\nAn incident desk for people who run backups. MIT licence; no server, no account, and nothing leaves this machine.\n\nEverything is kept in %s", m.ui.system.Version, m.ui.system.Folder))
	text.Wrapping = fyne.TextWrapWord
	text.Selectable = true
	p := m.ui.newPrompt(m.window, say.T("About Backstop"), text, say.T("OK"), justClose)
	p.cancel.Hide()
	p.show(fyne.NewSize(560, 0), p.ok)
}

const diagnosticsText = "They tell whoever maintains Backstop about this program, not about your backups: versions, how many rows each table has, what is set, " +
	"the program's own log, and the versions of the formats. Names, addresses and numbers in settings and log are folded to their shape: x and #."

// askDiagnostics asks whether names may stand in them, then where to write them.
func (u *UI) askDiagnostics(w fyne.Window) {
	if !u.permit(desk.ToCopy, w) {
		return
	}
	label := widget.NewLabel(say.T(diagnosticsText))
	label.Wrapping = fyne.TextWrapWord
	names := newTick(say.T("Leave settings and log as they are: with names of hosts, jobs, clients and people"), false)
	p := u.newPrompt(w, say.T("Diagnostics"), container.NewVBox(label, names), say.T("Choose a file…"), justClose)
	p.accepted = func() { u.saveDiagnostics(w, names.Checked) }
	p.show(fyne.NewSize(640, 0), p.ok)
}

func (u *UI) saveDiagnostics(w fyne.Window, names bool) {
	u.askFile(w, saving{title: say.T("Save diagnostics"), name: say.T("Backstop diagnostics %s", u.now().In(u.zone).Format(time.DateOnly)), kinds: []string{".zip"}, write: func(ctx context.Context, path string, _ func(string)) (string, error) {
		return path, u.system.Diagnose(ctx, u.actor, Diagnostics{Path: path, Own: u.comfort.words(), Names: names})
	}})
}

// openComputer shows what is set for this computer in a window of its own, for those who see no settings.
func (u *UI) openComputer() {
	if u.whyNot(desk.ToSeeAll) == "" {
		u.main.goTo("Settings")
		u.main.settings.turnTo("This computer")
		return
	}
	u.open("computer", say.T("This computer"), func(w *openWindow) content {
		p := newComputerPart(u, w.Window)
		u.simpleKeys(w)
		return content{object: p.object, size: fyne.NewSize(880, 520), reload: p.reload}
	})
}
