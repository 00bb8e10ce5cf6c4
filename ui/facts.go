package ui

import (
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/ui/look"
)

// fact is a value with its name. One without a value is not shown: unknown is not zero.
type fact struct{ name, value string }

// facts are three columns of short ones, and those that take a whole line.
type facts struct {
	columns [3][]fact
	lines   []fact
}

// text is all of them for the clipboard.
func (f facts) text() string {
	var b strings.Builder
	for _, list := range append(f.columns[:], f.lines) {
		for _, one := range list {
			if one.value != "" {
				b.WriteString(one.name + ": " + look.Printable(one.value) + "\n")
			}
		}
	}
	return b.String()
}

// incidentFacts are those of an incident and of the execution that opened it.
func (u *UI) incidentFacts(d desk.Detail) facts {
	in, e := d.Incident, backup.Execution{Tool: d.Incident.Tool, Routine: d.Incident.Policy, Client: d.Incident.Client, Kind: d.Incident.Kind, Code: d.Incident.Code, Session: d.Incident.Session}
	row := desk.ExecutionRow{Execution: e, Company: d.Source.Company, Branch: d.Source.Branch}
	if d.Execution != nil {
		row = *d.Execution
	}
	f := u.runFacts(row)
	f.columns[1] = append(f.columns[1], fact{"Due", u.clockText(in.Due)}, fact{"Opened", u.clockText(in.Opened)})
	f.columns[2] = append(f.columns[2], fact{"Cause", causeWord(in.Cause)}, fact{"Company", row.Company}, fact{"Branch", row.Branch})
	f.lines = append([]fact{{"Failure", in.Failure}}, f.lines...)
	f.lines = append(f.lines, fact{"Source", sourceText(d)}, fact{"Waits for", u.waitText(in)}, fact{"Closed", u.closedText(in)}, fact{"Description", in.Description}, fact{"Solution", in.Solution})
	return f
}

// runFacts are those of one run.
func (u *UI) runFacts(e desk.ExecutionRow) facts {
	tries := ""
	if e.Tries > 1 {
		tries = strconv.Itoa(e.Tries)
	}
	return facts{
		columns: [3][]fact{
			{{"Tool", e.Tool}, {"Routine", e.Routine}, {"Client", e.Client}, {"Level", e.Level}, {"Kind", e.Kind.String()}},
			{{"Session", e.Session}, {"Start", u.clockText(e.Start)}, {"End", u.clockText(e.End)}, {"Duration", tookText(e.Execution)}},
			{{"Outcome", outcomeWord(e.Outcome)}, {"Size", sizeText(e.Bytes)}, {"Files", numberText(e.Files)}, {"Tries", tries}},
		},
		lines: []fact{{"Status", u.statusText(e)}, {"Times", e.TimeNote}},
	}
}

// statusText is the tool's own word and code, with what the code means where that is known.
func (u *UI) statusText(e desk.ExecutionRow) string {
	text := e.NativeStatus
	switch {
	case text == "":
		text = e.Code
	case e.Code != "" && e.Code != text:
		text += ", code " + e.Code
	}
	if m := u.desk.Meaning(e.Format, e.Code); m != "" {
		text += ": " + m
	}
	return text
}

func sourceText(d desk.Detail) string {
	if d.File.Path == "" {
		return d.Source.Name
	}
	return d.Source.Name + "  ·  " + d.File.Path
}

func (u *UI) waitText(in incident.Incident) string {
	if in.State != incident.OnHold {
		return ""
	}
	return in.Team + ", until " + u.clockText(in.Until)
}

func (u *UI) closedText(in incident.Incident) string {
	if in.Closing == incident.NotClosed {
		return ""
	}
	return closingWord(in.Closing) + ", " + u.clockText(in.ClosedAt) + ", " + in.Category
}

// factSheet shows facts in aligned columns.
type factSheet struct {
	object *fyne.Container
}

func newFactSheet() *factSheet { return &factSheet{container.NewVBox()} }

func (s *factSheet) show(f facts) {
	columns := container.NewGridWithColumns(len(f.columns))
	for _, list := range f.columns {
		columns.Add(factColumn(list))
	}
	all := container.New(layout.NewCustomPaddedLayout(0, 0, factIndent, factIndent), container.NewVBox(columns, factColumn(f.lines)))
	s.object.Objects = []fyne.CanvasObject{container.NewThemeOverride(all, tight{})}
	s.object.Refresh()
}

func factColumn(list []fact) *fyne.Container {
	c := container.New(&factLayout{})
	for _, f := range list {
		if f.value == "" {
			continue
		}
		name := widget.NewLabel(f.name)
		name.Importance = widget.LowImportance
		value := widget.NewLabel(look.Printable(f.value))
		value.Truncation = fyne.TextTruncateEllipsis
		c.Add(name)
		c.Add(value)
	}
	return c
}

// The names of all columns and lines are as wide as the longest there can be, so that all values stand below each other.
const (
	factName   = 96
	factRow    = 22
	factIndent = look.Gap - tightPadding // puts the names below the first letter of labels with the usual room around them
)

// factLayout places names and values in turn.
type factLayout struct{}

func (*factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for i, o := range objects {
		x, width := float32(0), float32(factName)
		if i%2 == 1 {
			x, width = factName, size.Width-factName
		}
		o.Move(fyne.NewPos(x, float32(i/2)*factRow))
		o.Resize(fyne.NewSize(max(width, 0), factRow))
	}
}

func (*factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(2*factName, float32(len(objects)/2)*factRow)
}

// wide gives one object a width of its own.
type wide struct{ width float32 }

func (l *wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(l.width, height))
	objects[0].Move(fyne.NewPos(0, (size.Height-height)/2))
}

func (l *wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, objects[0].MinSize().Height)
}

const tightPadding = look.Gap / 4

// tight is the theme of the day with less room around labels: facts stand line below line.
type tight struct{}

// Color implements fyne.Theme.
func (tight) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return ofTheDay().Color(name, v)
}

// Font implements fyne.Theme.
func (tight) Font(style fyne.TextStyle) fyne.Resource { return ofTheDay().Font(style) }

// Icon implements fyne.Theme.
func (tight) Icon(name fyne.ThemeIconName) fyne.Resource { return ofTheDay().Icon(name) }

// Size implements fyne.Theme.
func (tight) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNameInnerPadding {
		return tightPadding
	}
	return ofTheDay().Size(name)
}

func ofTheDay() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }
