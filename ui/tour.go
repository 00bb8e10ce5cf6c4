package ui

import (
	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/say"
)

// tour is every page with all its parts, and the windows and dialogs that open from them, for pictures in which nothing may be cut off.
// The sizes and colours are those that the person set.
func (u *UI) tour(id int64) []shot {
	m := u.main
	var all []shot
	add := func(name string, show func() (fyne.Window, string)) { all = append(all, shot{name: name, show: show}) }
	inMain := func(name, word string, do func()) {
		add(name, func() (fyne.Window, string) { m.goTo(word); do(); return m.window, "" })
	}
	inWindow := func(name, key string, do func()) {
		add(name, func() (fyne.Window, string) { do(); return nil, key })
	}
	ids := []int64{id}
	act := func(do func(h *handling)) func() { return func() { do(u.handlingOf(m.window, id)) } }

	for _, p := range m.pages {
		if p.parts == nil {
			inMain("page "+p.word, p.word, func() {})
			continue
		}
		for i, one := range p.parts.all {
			inMain("page "+p.word+" "+one.word, p.word, func() { p.parts.turn(i) })
		}
	}
	for _, tab := range []string{tabFailure, tabTimeline, tabHistory} {
		inWindow("incident "+tab, incidentKind+idText(id), func() { u.openIncident(id, tab) })
	}
	inWindow("execution", executionKind+"1", func() { u.openExecution(1) })
	inWindow("hand-over", "hand-over", u.openHandOver)
	inWindow("close", "close "+idText(id)+" of 1", act(func(h *handling) { h.askClose(ids) }))
	inWindow("merge", "merge 1 of 5", act(func(h *handling) { h.askMerge([]int64{1, 2, 3, 4, 5}, say.T("selected")) }))
	inWindow("duplicates", "duplicates", act(func(h *handling) { h.askDuplicates() }))
	inWindow("learn", "proposals", func() { m.routines.askProposals(nil) })
	inWindow("judge again", "judge again all tools", func() { u.openRejudge("", 0, "") })
	inWindow("read again", "read again "+say.T("all sources"), func() { u.openReread(say.T("all sources"), desk.ReadAgainRequest{}, m.incidents.act.toast) })
	inWindow("rows", "rows "+openTitle(""), func() { u.openIncidents(openTitle(""), "", ids) })
	inMain("dialog status", "Incidents", act(func(h *handling) { h.updateStatus(ids) }))
	inMain("dialog note", "Incidents", act(func(h *handling) { h.addNote(ids) }))
	inMain("dialog edit", "Incidents", act(func(h *handling) { h.edit(ids) }))
	inMain("dialog assign", "Incidents", act(func(h *handling) { h.assign(ids) }))
	inMain("dialog menu", "Incidents", func() { m.incidents.act.menu(m.items[0]) })
	inMain("dialog palette", "Incidents", func() { u.openPalette(m.window) })
	inMain("dialog keys", "Incidents", m.showKeys)
	inMain("dialog formats", "Incidents", m.showFormats)
	inMain("dialog protected", "Incidents", m.showProtected)
	inMain("dialog about", "Incidents", m.showAbout)
	inMain("dialog diagnostics", "Incidents", func() { u.askDiagnostics(m.window) })
	inMain("dialog save list", "Incidents", m.incidents.save)
	inMain("dialog views", "Incidents", m.incidents.chooseView)
	inMain("dialog save view", "Incidents", m.incidents.saveView)
	inMain("dialog source", "Sources", m.sources.add)
	inMain("dialog expectation", "Routines", func() { m.routines.askExpectation([]int64{1}) })
	inMain("dialog routine", "Routines", func() { m.routines.askSettings([]int64{1}) })
	inMain("dialog template", "Reports", func() { m.reports.turn(0); m.reports.form.askTemplate() })
	inMain("dialog schedule", "Reports", func() { m.reports.turn(2); m.reports.schedules.openForm(desk.Schedule{}) })
	inMain("dialog add user", "Users", newUsersPart(u, m.window).askFirst)
	inMain("dialog lock", "Users", newUsersPart(u, m.window).askLock)
	inMain("dialog retention", "Settings", newRetentionPart(u, m.window, u.desk).askChange)
	inMain("dialog legal hold", "Settings", newRetentionPart(u, m.window, u.desk).askHold)
	inMain("dialog category", "Settings", newCategoriesPart(u, m.window, u.desk).askAdd)
	inMain("dialog client names", "Settings", newAliasesPart(u, m.window).add)
	add("sign in", func() (fyne.Window, string) {
		u.signedIn, u.role = true, people.Admin
		u.lock()
		return m.window, ""
	})
	return all
}
