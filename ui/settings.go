package ui

import (
	"fyne.io/fyne/v2"

	"backstop/app/desk"
)

// settingsPage holds what is set for everybody, a part below each word of its first row.
type settingsPage struct {
	*parts
}

func newSettingsPage(u *UI, w fyne.Window) *settingsPage {
	categories := newCategoriesPart(u, w, u.desk)
	mappings := newMappingsPart(u, w, u.desk)
	statuses := newStatusesPart(u, w, u.desk)
	return &settingsPage{newParts(
		part{"Categories", categories.object, categories.reload, categories.focus},
		part{"Status map", statuses.object, statuses.reload, statuses.focus},
		part{"Mappings", mappings.object, mappings.reload, mappings.focus},
	)}
}

func (p *settingsPage) start() { p.reload(desk.Event{Settings: true, Routines: true}) }
