package format

import (
	"iter"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// Arcserve UDP: the last run of each node, as a monitoring agent reads it out of the server's database. Two sections tell the
// same runs, one in the server's time, one in UTC, with different lists of states. The second counts; the first helps out for
// nodes of which the second knows no run.
var _ = register(Format{
	Name:       "arcserve_udp",
	Version:    2,
	Tool:       arcserveUDP,
	Title:      say.N("udp_backup and udp_jobs (agent output)"),
	Export:     say.N("Keep the sections udp_backup and udp_jobs of the monitoring agent's output on the UDP server in a file, every hour: each shows the last run of a node only."),
	Evidence:   backup.List,
	Endings:    func() []backup.Ending { return arcserveEndings() },
	Match:      func(head []byte) bool { return arcserveSection.Match(head) },
	Executions: arcserveRuns,
})

const arcserveUDP = "Arcserve UDP"

var arcserveSection = signOf(`(?m)^<<<(udp_backup|udp_jobs)\b`, "<<<udp_")

// arcserveRow is a line of a section: id, node, start, state, and two more that differ.
type arcserveRow struct {
	line    Line
	section string
	cells   []string
}

func arcserveRuns(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		section := ""
		backups := map[string]arcserveRow{} // by node id
		first, jobs := 0, false             // the first line that tells of a backup; whether the other section is there
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m := arcserveSection.FindStringSubmatch(line.Text); m != nil {
				section = m[1]
				jobs = jobs || section == "udp_jobs"
				continue
			}
			if strings.HasPrefix(line.Text, "<<<") {
				section = ""
			}
			if section == "" || strings.TrimSpace(line.Text) == "" {
				continue
			}
			row := arcserveRow{line, section, strings.Split(line.Text, "|")}
			switch {
			case len(row.cells) != 6:
				if !yield(backup.Execution{}, bad(line.N, say.Record("it has %d columns, not 6", len(row.cells)))) {
					return
				}
			case section == "udp_backup" && len(backups) < maxArcserveNodes:
				if backups[row.cells[0]] = row; first == 0 && row.cells[2] != "" {
					first = line.N
				}
			case section == "udp_jobs":
				for _, run := range row.runs(backups) {
					if !yield(run.execution(in)) {
						return
					}
				}
			}
		}
		if first > 0 && !jobs {
			yield(backup.Execution{}, bad(first, say.Record("section udp_jobs is missing, which tells the kind of these runs; keep both sections of the output")))
		}
	}
}

// maxArcserveNodes bounds what is held of the first section.
const maxArcserveNodes = 1 << 17

// runs are those of one node: the job's, and the other section's where it is another run.
func (r arcserveRow) runs(backups map[string]arcserveRow) (runs []arcserveRow) {
	if r.cells[2] != "" {
		runs = append(runs, r)
	}
	if b, ok := backups[r.cells[0]]; ok && b.cells[2] != "" && !sameArcserveRun(b.cells[2], r.cells[2]) {
		runs = append(runs, b)
	}
	return runs
}

const arcserveTime = "02.01.2006 15:04:05"

// sameArcserveRun tells a start in the server's time from another run: zones differ by quarters of an hour, up to 14 hours.
func sameArcserveRun(local, utc string) bool {
	a, err := time.Parse(arcserveTime, local)
	b, err2 := time.Parse(arcserveTime, utc)
	apart := a.Sub(b).Abs()
	return err == nil && err2 == nil && apart <= 14*time.Hour && apart%(15*time.Minute) == 0
}

func (r arcserveRow) execution(in *Input) (e backup.Execution, err error) {
	id, node, start, code := r.cells[0], r.cells[1], r.cells[2], strings.TrimSpace(r.cells[3])
	state, known := arcserveStates[r.section][code]
	if !known {
		return e, unknownWord(r.line.N, say.Record("the state of %s", r.section), code)
	}
	if node == "" {
		node = "node " + id
	}
	e = backup.Execution{
		Session: id + " @ " + start, Client: node, Outcome: state.outcome, NativeStatus: state.word, Code: code, Error: state.why,
		StartText: start, Line: r.line.N, Offset: r.line.Offset,
	}
	if r.section == "udp_jobs" {
		e.Kind, e.Level = arcserveMethod(in, strings.TrimSpace(r.cells[5]))
		e.Bytes, _ = number(r.cells[4])
		e.Absolute = true
		e.Start, err = time.Parse(arcserveTime, start)
	} else {
		e.Start, e.TimeNote, err = in.Wall(start)
	}
	if err != nil {
		return e, bad(r.line.N, say.Record("%q is no time", start))
	}
	if state.outcome != backup.Success && state.outcome != backup.Running {
		e.Log = r.line.Text
	}
	return e, nil
}
