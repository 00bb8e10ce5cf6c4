package ui

import (
	"strconv"
	"strings"

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
	if in.Cause == incident.CauseSilent {
		e.Kind = 0 // it is about no run
	}
	row := desk.ExecutionRow{Execution: e, Company: d.Company, Branch: d.Branch}
	if d.Execution != nil {
		row = *d.Execution
	}
	f := u.runFacts(row)
	f.columns[1] = append(f.columns[1], fact{"Due", u.clockText(in.Due)}, fact{"Opened", u.clockText(in.Opened)})
	f.columns[2] = append(f.columns[2], fact{"Cause", causeWord(in.Cause)}, fact{"Company", row.Company}, fact{"Branch", row.Branch})
	f.lines = append([]fact{{"Failure", in.Failure}}, f.lines...)
	f.lines = append(f.lines, u.absenceFacts(d)...)
	f.lines = append(f.lines, fact{"Source", sourceText(d.Source, d.File)}, fact{"Waits for", u.waitText(in)}, fact{"Closed", u.closedText(in)}, fact{"Description", in.Description}, fact{"Solution", in.Solution})
	return f
}

// executionFacts are those of an execution, with where they are from.
func (u *UI) executionFacts(d desk.ExecutionDetail) facts {
	r, f := d.Row, u.runFacts(d.Row)
	f.columns[0] = append(f.columns[0], fact{"Schedule", r.Schedule})
	f.columns[1] = append(f.columns[1], fact{"Server", r.Instance}, fact{"Parent", r.Parent})
	f.columns[2] = append(f.columns[2], fact{"First try", outcomeWord(r.FirstOutcome)}, fact{"Company", r.Company}, fact{"Branch", r.Branch})
	f.lines = append([]fact{{"Failure", r.Error}}, f.lines...)
	f.lines = append(f.lines, fact{"Retry", retryText(r.Execution)}, fact{"Source", sourceText(d.Source, d.File)},
		fact{"Evidence", u.evidenceText(d)}, fact{"SHA-256", d.File.SHA256})
	return f
}

// evidenceText is where an execution was read; of a file that another branch's source brought, the line alone.
func (u *UI) evidenceText(d desk.ExecutionDetail) string {
	text := d.Row.Format + ", line " + countText(d.Row.Line)
	if d.File.Path == "" {
		return text
	}
	return text + ", imported " + u.clockText(d.File.Imported)
}

// retryText is what the tool said of repetitions.
func retryText(e backup.Execution) string {
	var said []string
	if e.Retry {
		said = append(said, "repeats an earlier run")
	}
	if e.WillRetry {
		said = append(said, "the tool will try again")
	}
	return strings.Join(said, ", ")
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

func sourceText(source backup.Source, file desk.FileRow) string {
	switch {
	case source.ID == 0:
		return "one of another branch"
	case file.Path == "":
		return source.Name
	}
	return source.Name + "  ·  " + file.Path
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
