package report

import (
	"fmt"
	"html/template"

	"backstop/app/say"
)

// parsed is a page's template with what says its words.
func parsed(name, page string, more template.FuncMap) (*template.Template, error) {
	return template.New(name).Funcs(template.FuncMap{
		"say":  func(sentence string, filled ...any) string { return fmt.Sprintf(say.W(sentence), filled...) },
		"word": say.W,
		"lang": func() string { return say.Chosen().Tag },
	}).Funcs(more).Parse(page)
}

// The sentences of the pages are marked for the catalogue here: templates cannot.
var _ = []string{
	say.N("Hand-over"),
	say.N("%s %s, by %s · since %s"),
	say.N("Last taken over by %s, %s."),
	say.N("Never taken over so far."),
	say.N("What"),
	say.N("Owner"),
	say.N("State"),
	say.N("Next"),
	say.N("Last note"),
	say.N("What was tried"),
	say.N("Vital"),
	say.N("nothing yet"),
	say.N("None."),
	say.N("Holds that end within 12 hours"),
	say.N("Open, by owner"),
	say.N("New since %s"),
	say.N("Closed since %s"),
	say.N("Taken over by ______________________ at ______________"),
	say.N("Made %s by %s; compared with %s."),
	say.N("Figures"),
	say.N("Figure"),
	say.N("This period"),
	say.N("The one before"),
	say.N("Runs by day and result"),
	say.N("No day in this period."),
	say.N("Clients with most runs without success"),
	say.N("None: every run was a success."),
	say.N("Open incidents by age"),
	say.N("A success says that a job finished, not that its data can be restored: only a restore proves that."),
	say.N("Head of the timeline:"),
}
