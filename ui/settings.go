package ui

import (
	"fyne.io/fyne/v2"

	"backstop/app/desk"
	"backstop/app/say"
)

// settingsPage holds what is set, a part below each word of its first row: for everybody, and last for this computer.
type settingsPage struct {
	*parts
}

func newSettingsPage(u *UI, w fyne.Window) *settingsPage {
	categories, mappings := newCategoriesPart(u, w, u.desk), newMappingsPart(u, w, u.desk)
	tools, calendars, aliases := newToolsPart(u, w), newCalendarsPart(u, w), newAliasesPart(u, w)
	ignored := newIgnoredPart(u, w, u.desk)
	safety, retention := newSafetyPart(u, w, u.desk), newRetentionPart(u, w, u.desk)
	statuses, computer := newStatusesPart(u, w, u.desk), newComputerPart(u, w)
	return &settingsPage{newParts(
		part{say.N("Categories"), categories.object, categories.reload, categories.focus},
		part{say.N("Status map"), statuses.object, statuses.reload, statuses.focus},
		part{say.N("Tools"), tools.object, tools.reload, tools.focus},
		part{say.N("Calendars"), calendars.object, calendars.reload, calendars.focus},
		part{say.N("Client names"), aliases.object, aliases.reload, aliases.focus},
		part{say.N("Mappings"), mappings.object, mappings.reload, mappings.focus},
		part{say.N("Ignored files"), ignored.object, ignored.reload, ignored.focus},
		part{say.N("Safety"), safety.object, safety.reload, safety.focus},
		part{say.N("Retention"), retention.object, retention.reload, retention.focus},
		part{say.N("This computer"), computer.object, computer.reload, computer.focus},
	)}
}

func (p *settingsPage) start() { p.reload(desk.Event{Settings: true, Routines: true, Copies: true}) }
