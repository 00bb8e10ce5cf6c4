package format

import (
	"cmp"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
)

// vzdumpGuest is one guest's backup as far as it has been read.
type vzdumpGuest struct {
	id, name string
	line     Line
	log      logText

	start, end string    // wall times as written; old logs leave the year out
	archived   string    // the local start within the archive's name, where it has one
	near       time.Time // when the job was at work, where the export tells; else zero
	took       string

	outcome   backup.Outcome // 0 while no line tells its end
	status    string
	why       string
	complaint string // its last ERROR line that does not end it
	warning   string

	size, written, moved backup.Count // of the archive; uploaded; read and sent
}

var (
	vzdumpStartedAt = regexp.MustCompile(`^Backup started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)`)
	vzdumpName      = regexp.MustCompile(`^(?:VM|CT) Name: (\S+)`)
	vzdumpArchive   = regexp.MustCompile(`vzdump-(?:qemu|lxc|openvz)-\d+-(\d{4})_(\d\d)_(\d\d)-(\d\d)_(\d\d)_(\d\d)`)
	vzdumpSize      = regexp.MustCompile(`^archive file size: (\S+)`)
	vzdumpUploaded  = regexp.MustCompile(`: had to (?:upload|backup) ([\d.]+ [KMGTP]?i?B) of `)
	vzdumpMoved     = regexp.MustCompile(`^transferred ([\d.]+ [KMGTP]?i?B) in `)
)

// say reads what may be of use in a line; most say how far it got.
func (g *vzdumpGuest) say(level, text string) {
	switch level {
	case "WARN":
		g.warning = cmp.Or(g.warning, text)
		return
	case "ERROR":
		g.complaint = text
		return
	}
	if m := vzdumpStartedAt.FindStringSubmatch(text); m != nil {
		g.start = m[1]
	}
	if m := vzdumpName.FindStringSubmatch(text); m != nil {
		g.name = m[1]
	}
	if strings.HasPrefix(text, "creating ") && g.archived == "" {
		g.archived = vzdumpArchived(text)
	}
	if m := vzdumpSize.FindStringSubmatch(text); m != nil {
		g.size, _ = size(m[1])
	}
	if m := vzdumpMoved.FindStringSubmatch(text); m != nil {
		g.moved, _ = size(m[1])
	}
	if m := vzdumpUploaded.FindStringSubmatch(text); m != nil {
		part, _ := size(m[1])
		sum, _ := g.written.Value()
		n, _ := part.Value()
		g.written = backup.N(sum + n)
	}
}

// vzdumpArchived is the local start that an archive's name tells: vzdump-qemu-101-2026_04_06-11_46_34.vma.zst.
func vzdumpArchived(text string) string {
	m := vzdumpArchive.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return strings.Join(m[1:4], "-") + " " + strings.Join(m[4:], ":")
}

func (g *vzdumpGuest) finish(outcome backup.Outcome, status, why, stamp string) {
	g.outcome, g.status, g.why, g.end = outcome, status, why, stamp
	if outcome == backup.Success && g.warning != "" {
		g.outcome, g.why = backup.Partial, g.warning
	}
}

func (g *vzdumpGuest) execution(in *Input, t *vzdumpTask) backup.Execution {
	e := backup.Execution{
		Instance:     t.node,
		Parent:       t.upid,
		Routine:      t.job,
		Client:       vzdumpClient(g.name, g.id),
		Kind:         backup.Data,
		Level:        "Full",
		Outcome:      g.outcome,
		NativeStatus: g.status,
		Error:        short(g.why),
		Line:         g.line.N,
		Offset:       g.line.Offset,
	}
	if e.Outcome == 0 {
		e.Outcome = backup.Running
	}
	if e.Outcome != backup.Success {
		e.Log = g.log.String()
	}
	for _, n := range []backup.Count{g.moved, g.written, g.size} { // the last that is known is the nearest to what was stored
		if _, known := n.Value(); known && e.Outcome.Final() {
			e.Bytes = n
		}
	}
	g.date(in, &e)
	return e
}

func vzdumpClient(name, id string) string {
	if name == "" {
		return "VM " + id
	}
	return name
}

// date fills in the times and, from the start on the node's clock, the run's id.
func (g *vzdumpGuest) date(in *Input, e *backup.Execution) {
	start, end := g.civil(in, cmp.Or(g.start, g.archived)), g.civil(in, g.end)
	if !start.IsZero() {
		e.Start, e.TimeNote = in.Place(start)
	}
	if !end.IsZero() {
		e.End, _ = in.Place(end)
	}
	if took, ok := clockDuration(g.took); ok && start.IsZero() && !end.IsZero() {
		start = end.Add(-took) // only for the id: an excerpt begins within this guest
	}
	switch {
	case g.archived != "":
		e.Session = vzdumpSession(g.id, g.archived)
	case !start.IsZero():
		e.Session = vzdumpSession(g.id, start.Format(time.DateTime))
	case !end.IsZero():
		e.EndText = g.end
	default:
		e.Text = g.log.String()
	}
}

// timed tells whether the guest's run can be known again when its log has grown.
func (g *vzdumpGuest) timed(in *Input) bool {
	for _, s := range []string{g.archived, g.start, g.end} {
		if !g.civil(in, s).IsZero() {
			return true
		}
	}
	return false
}

// vzdumpSession is the id of one guest's run: its number and its start on the node's clock.
func vzdumpSession(id, wall string) string { return id + "/" + strings.ReplaceAll(wall, " ", "T") }

// civil reads a wall time as if it were UTC. A year that is missing is the archive's, else the job's, else that of the file.
func (g *vzdumpGuest) civil(in *Input, s string) time.Time {
	if t, err := time.Parse(time.DateTime, s); err == nil {
		return t
	}
	near, err := time.Parse(time.DateTime, g.archived)
	if err != nil {
		near = g.near
	}
	if near.IsZero() {
		near = in.ModTime.AddDate(0, 0, 1).AddDate(0, -6, 0) // half a year round it reaches to a day behind the file's time
	}
	best := time.Time{}
	for year := near.Year() - 1; year <= near.Year()+1; year++ {
		t, err := time.Parse("2006 Jan _2 15:04:05", strings.TrimSpace(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006 ")+s))
		if err == nil && (best.IsZero() || t.Sub(near).Abs() < best.Sub(near).Abs()) {
			best = t
		}
	}
	return best
}
