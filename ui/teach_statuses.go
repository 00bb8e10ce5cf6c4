package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/say"
	"backstop/ui/look"
)

// teachStatuses is the step that says what the tool's words mean.
type teachStatuses struct {
	t      *teachWizard
	object *container.Scroll
	more   []string // words that only a trial of the whole file met
	words  []string
	chosen []*choice
}

var outcomeChoices = []backup.Outcome{backup.Success, backup.Partial, backup.Failed, backup.Missed, backup.Cancelled, backup.Running}

// outcomeMeans explains our words to the person who assigns them.
var outcomeMeans = map[backup.Outcome]string{
	backup.Success: say.N("success: all that was asked for was saved"), backup.Partial: say.N("partial: saved with warnings, or only some of it"),
	backup.Failed: say.N("failed: nothing usable was saved"), backup.Missed: say.N("missed: it did not start"), backup.Cancelled: say.N("cancelled: somebody or a rule ended it"),
	backup.Running: say.N("running: it is still at work"),
}

func newTeachStatuses(t *teachWizard) *teachStatuses {
	return &teachStatuses{t: t, object: container.NewVScroll(widget.NewLabel(""))}
}

func (s *teachStatuses) first() fyne.Focusable {
	for i, c := range s.chosen {
		if s.t.mapping.Outcomes[s.words[i]] == "" {
			return c
		}
	}
	return s.t.next
}

// show lists every word of the status column, those that mean nothing yet first.
func (s *teachStatuses) show() {
	m := s.t.mapping
	s.words = s.t.distinct(m.Columns[backup.FieldStatus])
	for _, w := range s.more {
		if !slices.Contains(s.words, w) {
			s.words = append(s.words, w)
		}
	}
	slices.SortStableFunc(s.words, func(a, b string) int { return open(m.Outcomes[b]) - open(m.Outcomes[a]) })
	var options []string
	for _, o := range outcomeChoices {
		options = append(options, say.W(outcomeMeans[o]))
	}
	form := container.New(layout.NewFormLayout())
	s.chosen = nil
	for _, w := range s.words {
		c := newChoice(options, nil)
		if o, err := backup.ParseOutcome(m.Outcomes[w]); err == nil {
			c.SetSelected(say.W(outcomeMeans[o]))
		}
		c.OnChanged = func(string) {
			s.t.touched = true
			m.Outcomes[w] = outcomeChoices[c.SelectedIndex()].String()
		}
		s.chosen = append(s.chosen, c)
		form.Add(widget.NewLabel(shorten(look.Printable(w), 60)))
		form.Add(c)
	}
	about := mutedText(say.T("What do the words of %s mean? A word that is not told here is listed as a problem, never guessed.", m.Columns[backup.FieldStatus]))
	s.object.Content = container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Gap), container.NewVBox(about, form))
	s.object.Refresh()
}

func open(outcome string) int {
	if outcome == "" {
		return 1
	}
	return 0
}

func (s *teachStatuses) ready() error {
	for _, w := range s.words {
		if s.t.mapping.Outcomes[w] == "" {
			return say.Error("say what %q means", w)
		}
	}
	return nil
}
