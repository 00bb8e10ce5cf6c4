package format

import (
	"cmp"
	"iter"
	"net/mail"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Proxmox VE: the mail about a backup job. Its table holds a line for each guest; the guests' logs follow, unless they are long.
var _ = register(Format{
	Name:       "vzdump_mail",
	Version:    2,
	Tool:       vzdumpTool,
	Title:      say.N("vzdump backup status (mail)"),
	Export:     say.N("Save the notification mail of the backup job as .eml or text; set the job's notifications to always, or successes are not told."),
	Evidence:   backup.Report,
	EndsOnly:   true,
	Header:     true,
	Match:      vzdumpTableHead.Match,
	Executions: vzdumpMails,
})

var (
	vzdumpTableHead = regexp.MustCompile(`(?im)^\s*VMID\s+(NAME\s+)?STATUS\s+TIME\s+SIZE\b`)
	vzdumpRowBegins = regexp.MustCompile(`^\s*\d`)
	vzdumpRow       = regexp.MustCompile(`^\s*(\d+)\s+(?:(.+?)\s+)?(?i:(ok|err|failed|todo))\s+` +
		`(\d+:\d\d:\d\d|<?[\d.]+[a-z]+(?: [\d.]+[a-z]+)*)(?:\s+(-|[\d.]+ ?[KMGTP]?i?B))?(?:\s+(.*))?$`)
	vzdumpSnapshot = regexp.MustCompile(`\b(?:vm|ct)/\d+/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)`)
	vzdumpHost     = regexp.MustCompile(`vzdump backup status \(([^)\s.]+)[^)]*\)`)
	vzdumpBroken   = regexp.MustCompile(`^Subject: .*vzdump backup status \([^)]*\) ?: ?backup failed(?:: (.+))?$`)
)

// cutLogs marks a mail that ends before a guest's log, or of which the logs were left out.
const cutLogs = "the mail lacks the log of a guest that was begun, so its end may be cut off"

// todo: the job ended before the guest's turn came.
var vzdumpStates = map[string]backup.Outcome{"ok": backup.Success, "err": backup.Failed, "failed": backup.Failed, "todo": backup.Missed}

func vzdumpMails(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		m := vzdumpMail{in: in, yield: yield}
		m.begin()
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m.read(line); m.stopped {
				return
			}
		}
		m.end()
	}
}

// vzdumpMail holds the rows of one table until the guests' logs behind it are read.
type vzdumpMail struct {
	in      *Input
	yield   func(backup.Execution, error) bool
	stopped bool

	header  vzdumpHeader
	node    string
	inTable bool
	none    bool // the table ended without a line about any guest
	rows    []vzdumpMailRow
	logs    map[string]*vzdumpGuest
	task    vzdumpTask
}

// vzdumpHeader is what the mail's header says: when it was sent, and that the job failed.
type vzdumpHeader struct {
	line      Line
	sent, why string
	at        time.Time
	failed    bool
}

func (h *vzdumpHeader) read(line Line) {
	if s, ok := strings.CutPrefix(line.Text, "Date: "); ok {
		if at, err := mail.ParseDate(s); err == nil {
			h.sent, h.at = s, at.UTC()
		}
	}
	if s := vzdumpBroken.FindStringSubmatch(line.Text); s != nil {
		h.line, h.failed, h.why = line, true, s[1]
	}
}

// vzdumpMailRow is one guest's line of the table.
type vzdumpMailRow struct {
	line                       Line
	id, name, state, took, why string
	size                       string
	archived                   string    // the start on the node's clock, by the archive's name
	snapshot                   time.Time // the same in UTC, by the name of a snapshot on a backup server
}

func (m *vzdumpMail) begin() {
	m.rows, m.none, m.logs = nil, false, map[string]*vzdumpGuest{}
	m.task = vzdumpTask{
		guestOver: func(_ *vzdumpTask, g *vzdumpGuest) { m.logs[g.id] = g },
		jobFailed: func(*vzdumpTask, backup.Execution) {},
	}
}

func (m *vzdumpMail) read(line Line) {
	m.header.read(line)
	if host := vzdumpHost.FindStringSubmatch(line.Text); host != nil {
		m.node = host[1]
	}
	switch {
	case vzdumpTableHead.MatchString(line.Text):
		m.end()
		m.begin()
		m.inTable = true
	case m.inTable && vzdumpRowBegins.MatchString(line.Text):
		m.row(line)
	default:
		m.none = m.none || m.inTable && len(m.rows) == 0 && strings.TrimSpace(line.Text) != "" && !line.Open
		m.inTable = m.inTable && strings.TrimSpace(line.Text) == "" && len(m.rows) == 0
		m.task.read(line)
	}
}

func (m *vzdumpMail) row(line Line) {
	c := vzdumpRow.FindStringSubmatch(line.Text)
	if c == nil {
		m.give(backup.Execution{}, bad(line.N, say.Record("%q is no line about one guest", line.Text)))
		return
	}
	row := vzdumpMailRow{line: line, id: c[1], name: c[2], state: strings.ToLower(c[3]), took: c[4], size: c[5], archived: vzdumpArchived(c[6])}
	if s := vzdumpSnapshot.FindStringSubmatch(c[6]); s != nil {
		row.snapshot, _ = time.Parse(time.RFC3339, s[1])
	}
	switch {
	case row.state == "ok" && line.Open && row.archived == "" && row.snapshot.IsZero():
		m.give(backup.Execution{}, bad(line.N, say.Record("the line is cut before the name of the archive")))
		return
	case row.state == "todo":
		row.why = cmp.Or(strings.TrimSpace(c[6]), say.Record("not begun: the job ended before this guest's turn"))
	case row.state != "ok":
		row.why = strings.TrimSpace(c[6])
	}
	m.rows = append(m.rows, row)
}

func (m *vzdumpMail) give(e backup.Execution, err error) {
	m.stopped = m.stopped || !m.yield(e, err)
}

func (m *vzdumpMail) end() {
	m.task.close()
	var begun vzdumpMailRow // the first guest that tells its start tells the job's
	for _, row := range m.rows {
		if row.archived != "" || !row.snapshot.IsZero() {
			begun = row
			break
		}
	}
	if m.none && m.header.failed {
		m.give(m.header.job(m.node), nil)
	}
	for _, row := range m.rows {
		e := m.execution(row, begun)
		if e.Session == "" && e.EndText == "" {
			m.undated(&e, row, begun)
			if row.state != "todo" && !strings.HasPrefix(row.took, "<") {
				m.in.note(say.Record(cutLogs))
			}
		}
		m.give(e, nil)
	}
}

// job is one that failed before it came to any guest: its storage was away, for one.
func (h *vzdumpHeader) job(node string) backup.Execution {
	return backup.Execution{
		Instance: node, Kind: backup.Data, Outcome: backup.Failed, NativeStatus: "backup failed", Error: short(cmp.Or(h.why, "backup failed")),
		End: h.at, EndText: h.sent, Absolute: !h.at.IsZero(), Log: h.line.Text, Text: h.line.Text, Line: h.line.N, Offset: h.line.Offset,
	}
}

// execution joins a row with the guest's log. The row has the last word, except on warnings, which only the log shows.
func (m *vzdumpMail) execution(row, begun vzdumpMailRow) backup.Execution {
	m.task.node = m.node
	guest := m.logs[row.id]
	if guest == nil {
		guest = &vzdumpGuest{id: row.id}
	}
	guest.name, guest.line = cmp.Or(guest.name, row.name), row.line
	guest.archived = cmp.Or(guest.archived, row.archived)
	if guest.near = m.header.at; begun.archived != "" {
		guest.near, _ = time.Parse(time.DateTime, begun.archived)
	}
	e := guest.execution(m.in, &m.task)
	if outcome := vzdumpStates[row.state]; outcome != backup.Success || e.Outcome != backup.Partial {
		e.Outcome, e.NativeStatus, e.Error = outcome, row.state, short(cmp.Or(row.why, e.Error))
	}
	if e.Outcome == backup.Success {
		e.Log, e.Error = "", ""
		e.Bytes, _ = size(row.size)
	} else if e.Log == "" {
		e.Log = row.line.Text
	}
	m.date(&e, row)
	return e
}

// date fills in the times that the row tells.
func (m *vzdumpMail) date(e *backup.Execution, row vzdumpMailRow) {
	if wall, err := time.Parse(time.DateTime, row.archived); err == nil && e.Start.IsZero() {
		e.Start, e.TimeNote = m.in.Place(wall)
	}
	if !row.snapshot.IsZero() {
		e.Start, e.Absolute = row.snapshot, true
	}
	if e.Session == "" && e.Absolute {
		e.Session = vzdumpSession(row.id, m.local(row.snapshot))
	}
	if took, ok := vzdumpTook(row.took); ok && !e.Start.IsZero() && (e.End.IsZero() || e.Absolute) {
		e.End = e.Start.Add(took)
	}
}

// undated is a guest whose start is nowhere told: its turn never came, or its log was left out. It takes the job's.
func (m *vzdumpMail) undated(e *backup.Execution, row, begun vzdumpMailRow) {
	switch wall, err := time.Parse(time.DateTime, begun.archived); {
	case err == nil:
		e.Start, _ = m.in.Place(wall)
		e.Session = vzdumpSession(row.id, begun.archived)
	case !begun.snapshot.IsZero():
		e.Start, e.Absolute = begun.snapshot, true
		e.Session = vzdumpSession(row.id, m.local(begun.snapshot))
	default:
		e.Text = row.line.Text
		return
	}
	e.TimeNote = say.Record("the mail does not tell when this guest was begun; the time is that of the job's first guest")
}

// local is the wall time on the node's clock, by which logs know a guest's run.
func (m *vzdumpMail) local(t time.Time) string {
	if m.in.Zone != nil {
		t = t.In(m.in.Zone)
	}
	return t.Format(time.DateTime)
}

// vzdumpTook reads "2m 41s", "<0.1s", "00:12:39".
func vzdumpTook(s string) (time.Duration, bool) {
	if d, ok := clockDuration(s); ok {
		return d, true
	}
	d, err := time.ParseDuration(strings.ReplaceAll(strings.TrimPrefix(s, "<"), " ", ""))
	return d, err == nil
}
