package report

import (
	"context"
	_ "embed"
	"io"

	"backstop/app/desk"
	"backstop/app/figure"
	"backstop/app/say"
)

//go:embed summary.html
var summaryPage string

// Summary writes the management page as one web page: no scripts, nothing that is loaded from elsewhere, fit for a mail.
func (Writer) Summary(_ context.Context, path string, w desk.Workbook) (string, error) {
	page, err := parsed("summary", summaryPage, nil)
	if err != nil {
		return "", err
	}
	return save(path, func(out io.Writer) error { return page.Execute(out, summarise(w)) })
}

type summary struct {
	Title, Span, Before, Scope, Made, By, Head string
	Figures                                    []summaryFigure
	Days                                       []summaryDay
	Clients, Ages                              []summaryBar
}

type summaryFigure struct{ Title, Now, Before, Word, Words string }

// summaryDay is a day as a bar: its parts are widths in hundredths of the busiest day.
type summaryDay struct {
	Day   string
	Parts []summaryPart
	Open  int
}

type summaryPart struct {
	Name   string
	Count  int
	Colour string
	Width  float64
}

type summaryBar struct {
	Name  string
	Count int
	Width float64
}

func summarise(w desk.Workbook) summary {
	m := &maker{Workbook: w}
	s := summary{Title: w.Title, Span: m.span(), Before: w.Figures.Prior.Words(), Scope: w.Scoped, By: w.By, Head: w.Head, Made: say.Minute(w.Made.In(w.Period.Zone)) + " " + w.Period.Zone.String()}
	if s.Title == "" {
		s.Title = say.T("Backup incidents")
	}
	if s.Scope == "" {
		s.Scope = say.T("Everything")
	}
	for _, d := range figure.Definitions {
		now, before := w.Figures.Now.Values[d.Key], w.Figures.Prior.Values[d.Key]
		_, word := d.Compare(now, before)
		s.Figures = append(s.Figures, summaryFigure{say.W(d.Title), d.Say(now), d.Say(before), word, say.W(d.Words)})
	}
	s.Days = m.summaryDays()
	s.Clients = bars(w.Figures.Now.Clients[:min(10, len(w.Figures.Now.Clients))], func(f figure.Failing) (string, int) { return unnamed(f.Client), f.Bad })
	names := make([]int, len(figure.AgeNames))
	for i := range names {
		names[i] = i
	}
	s.Ages = bars(names, func(i int) (string, int) { return say.W(figure.AgeNames[i]), w.Figures.Now.Ages[i] })
	return s
}

func (m *maker) summaryDays() []summaryDay {
	perDay, most := m.runsByDay(), 1
	for _, d := range perDay {
		sum := 0
		for _, n := range d {
			sum += n
		}
		most = max(most, sum)
	}
	var days []summaryDay
	for _, d := range m.Figures.Now.Days {
		day := summaryDay{Day: m.dayOf(d.From), Open: d.Open}
		for i, n := range perDay[day.Day] {
			if n > 0 {
				day.Parts = append(day.Parts, summaryPart{say.W(results[i].name), n, "#" + results[i].colour, float64(n) * 100 / float64(most)})
			}
		}
		days = append(days, day)
	}
	return days
}

func bars[T any](all []T, of func(T) (string, int)) []summaryBar {
	most := 1
	for _, v := range all {
		_, n := of(v)
		most = max(most, n)
	}
	var out []summaryBar
	for _, v := range all {
		name, n := of(v)
		out = append(out, summaryBar{name, n, float64(n) * 100 / float64(most)})
	}
	return out
}
