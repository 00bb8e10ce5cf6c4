package ui

import (
	"strconv"
	"strings"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
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
	f.columns[1] = append(f.columns[1], fact{say.T("Due"), u.clockText(in.Due)}, fact{say.T("Opened"), u.clockText(in.Opened)})
	f.columns[2] = append(f.columns[2], fact{say.T("Cause"), causeWord(in.Cause)}, fact{say.T("Company"), row.Company}, fact{say.T("Branch"), row.Branch})
	f.lines = append([]fact{{say.T("Failure"), in.ShownFailure()}}, f.lines...)
	f.lines = append(f.lines, u.absenceFacts(d)...)
	f.lines = append(f.lines, fact{say.T("Source"), sourceText(d.Source, d.File)}, fact{say.T("Waits for"), u.waitText(in)}, fact{say.T("Closed"), u.closedText(in)}, fact{say.T("Description"), in.Description}, fact{say.T("Solution"), in.Solution})
	return f
}

// executionFacts are those of an execution, with where they are from.
func (u *UI) executionFacts(d desk.ExecutionDetail) facts {
	r, f := d.Row, u.runFacts(d.Row)
	f.columns[0] = append(f.columns[0], fact{say.T("Schedule"), r.Schedule})
	f.columns[1] = append(f.columns[1], fact{say.T("Server"), r.Instance}, fact{say.T("Parent"), r.Parent})
	f.columns[2] = append(f.columns[2], fact{say.T("First try"), outcomeWord(r.FirstOutcome)}, fact{say.T("Company"), r.Company}, fact{say.T("Branch"), r.Branch})
	f.lines = append([]fact{{say.T("Failure"), r.Error}}, f.lines...)
	f.lines = append(f.lines, fact{say.T("Retry"), retryText(r.Execution)}, fact{say.T("Source"), sourceText(d.Source, d.File)},
		fact{say.T("Evidence"), u.evidenceText(d)}, fact{"SHA-256", d.File.SHA256})
	return f
}

// evidenceText is where an execution was read; of a file that another branch's source brought, the line alone.
func (u *UI) evidenceText(d desk.ExecutionDetail) string {
	text := say.T("%s, line %s", d.Row.Format, countText(d.Row.Line))
	if d.File.Path == "" {
		return text
	}
	return say.T("%s, imported %s", text, u.clockText(d.File.Imported))
}

// retryText is what the tool said of repetitions.
func retryText(e backup.Execution) string {
	var said []string
	if e.Retry {
		said = append(said, say.T("repeats an earlier run"))
	}
	if e.WillRetry {
		said = append(said, say.T("the tool will try again"))
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
			{{say.T("Tool"), e.Tool}, {say.T("Routine"), e.Routine}, {say.T("Client"), e.Client}, {say.T("Level"), e.Level}, {say.T("Kind"), kindWord(e.Kind)}},
			{{say.T("Session"), e.Session}, {say.T("Start"), u.clockText(e.Start)}, {say.T("End"), u.clockText(e.End)}, {say.T("Duration"), tookText(e.Execution)}},
			{{say.T("Outcome"), outcomeWord(e.Outcome)}, {say.T("Size"), sizeText(e.Bytes)}, {say.T("Files"), numberText(e.Files)}, {say.T("Tries"), tries}},
		},
		lines: []fact{{say.T("Status"), u.statusText(e)}, {say.T("Times"), say.Again(e.TimeNote)}},
	}
}

// statusText is the tool's own word and code, with what the code means where that is known.
func (u *UI) statusText(e desk.ExecutionRow) string {
	text := e.NativeStatus
	switch {
	case text == "":
		text = e.Code
	case e.Code != "" && e.Code != text:
		text = say.T("%s, code %s", text, e.Code)
	}
	if m := u.desk.Meaning(e.Format, e.Code); m != "" {
		text += ": " + say.Again(m)
	}
	return text
}

func sourceText(source backup.Source, file desk.FileRow) string {
	switch {
	case source.ID == 0:
		return say.T("one of another branch")
	case file.Path == "":
		return desk.SourceWord(source.Name)
	}
	return desk.SourceWord(source.Name) + "  ·  " + file.Path
}

func (u *UI) waitText(in incident.Incident) string {
	if in.State != incident.OnHold {
		return ""
	}
	return say.T("%s, until %s", in.Team, u.clockText(in.Until))
}

func (u *UI) closedText(in incident.Incident) string {
	if in.Closing == incident.NotClosed {
		return ""
	}
	return closingWord(in.Closing) + ", " + u.clockText(in.ClosedAt) + ", " + desk.CategoryWord(in.Category)
}
