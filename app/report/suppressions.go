package report

import (
	"backstop/app/desk"
	"backstop/app/say"
)

var suppressionsSheet = sheet{name: say.N("Suppressions in force"), list: func(m *maker) {
	r := m.list("Suppressions in force", say.T("What keeps incidents from opening, or risks from being found, as it stood when this was made: settings, calendars, sources, and old failures that were left. Each was changed with a reason."), []desk.Column{
		textColumn(say.T("Setting"), 20), textColumn(say.T("About"), 26),
		{Title: say.T("What does not happen"), Kind: desk.Long, Width: 36},
		{Title: say.T("From"), Kind: desk.Clock},
		{Title: say.T("Until"), Kind: desk.Clock},
		{Title: say.T("Set at"), Kind: desk.Clock},
		textColumn(say.T("By"), 12),
		{Title: say.T("Reason"), Kind: desk.Long, Width: 34},
	})
	rows, err := m.Suppressions()
	m.note(err)
	for _, x := range rows {
		r.add([]any{x.Setting, x.About, x.Effect, x.From, x.Until, x.Since, x.By, x.Reason}, say.T("in force"))
	}
	r.finish()
}}
