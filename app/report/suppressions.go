package report

import "backstop/app/desk"

var suppressionsSheet = sheet{name: "Suppressions in force", list: func(m *maker) {
	r := m.list("Suppressions in force", "What keeps incidents from opening, or risks from being found, as it stood when this was made: settings, calendars, sources, and old failures that were left. Each was changed with a reason.", []desk.Column{
		textColumn("Setting", 20), textColumn("About", 26),
		{Title: "What does not happen", Kind: desk.Long, Width: 36},
		{Title: "From", Kind: desk.Clock},
		{Title: "Until", Kind: desk.Clock},
		{Title: "Set at", Kind: desk.Clock},
		textColumn("By", 12),
		{Title: "Reason", Kind: desk.Long, Width: 34},
	})
	rows, err := m.Suppressions()
	m.note(err)
	for _, x := range rows {
		r.add([]any{x.Setting, x.About, x.Effect, x.From, x.Until, x.Since, x.By, x.Reason}, "in force")
	}
	r.finish()
}}
