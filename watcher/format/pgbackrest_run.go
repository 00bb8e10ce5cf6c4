package format

import (
	"regexp"
	"strings"

	"backstop/app/backup"
)

// pgbackrestRun is one command while its lines are read.
type pgbackrestRun struct {
	line            Line
	start, stop     string // stamps
	command, stanza string
	process         string // its exec-id; older versions have none
	level, label    string
	kind            backup.Kind
	automatic       bool // it is part of the backup before it
	outcome         backup.Outcome
	status, code    string
	reason          string
	checksums       string // the first page that was read with a wrong checksum
	bytes, files    backup.Count
	log             logText
}

var (
	pgbackrestStanza   = regexp.MustCompile(`(?:^| )--stanza=(\S+)`)
	pgbackrestType     = regexp.MustCompile(`(?:^| )--type=(full|diff|incr)\b`)
	pgbackrestExec     = regexp.MustCompile(`(?:^| )--exec-id=(\S+)`)
	pgbackrestLabel    = regexp.MustCompile(`^new backup label = (\S+)$`)
	pgbackrestSize     = regexp.MustCompile(`^(?:full|diff|incr) backup size = ([\d.]+[KMGTP]?B), file total = (\d+)$`)
	pgbackrestChecksum = regexp.MustCompile(`^invalid (?:page )?checksums? found in file`)
	pgbackrestCode     = regexp.MustCompile(`^\[(\d+)\]: (.*)$`)
)

// The words of pgBackRest's options and labels.
var pgbackrestLevels = map[string]string{
	"full": "full", "diff": "differential", "incr": "incremental", "F": "full", "D": "differential", "I": "incremental",
}

func newPgbackrestRun(line Line, stamp, command, options string) *pgbackrestRun {
	option := func(re *regexp.Regexp) string {
		if m := re.FindStringSubmatch(options); m != nil {
			return m[1]
		}
		return ""
	}
	r := &pgbackrestRun{
		line: line, start: stamp, command: command, kind: pgbackrestKinds[command], outcome: backup.Running,
		stanza: option(pgbackrestStanza), process: option(pgbackrestExec),
	}
	if command == "backup" {
		r.level = pgbackrestLevels[option(pgbackrestType)]
	}
	r.log.add(line.Text)
	return r
}

// from is where the text first speaks of the run.
func (r *pgbackrestRun) from(line Line) {
	if r.line.N == 0 {
		r.line = line
	}
}

// goesOn tells whether an expire is run by the process of this backup. Before there was an exec-id it began in the same second.
func (r *pgbackrestRun) goesOn(expire *pgbackrestRun) bool {
	if r == nil || r.stanza != expire.stanza || r.outcome == backup.Failed {
		return false
	}
	const second = len("2006-01-02 15:04:05")
	return r.process == expire.process && (r.process != "" || r.stop[:second] == expire.start[:second])
}

func (r *pgbackrestRun) say(line, level, text string) {
	r.log.add(line)
	if m := pgbackrestLabel.FindStringSubmatch(text); m != nil {
		r.label = m[1]
	} else if m := pgbackrestSize.FindStringSubmatch(text); m != nil {
		r.bytes, _ = size(m[1]) // its KB are 1024
		r.files, _ = number(m[2])
	} else if level == "WARN" && r.checksums == "" && pgbackrestChecksum.MatchString(text) {
		r.checksums = text
	} else if level == "ERROR" {
		r.fail(text)
	}
}

// fail keeps the first error; others follow from it.
func (r *pgbackrestRun) fail(text string) {
	if r.reason != "" {
		return
	}
	if m := pgbackrestCode.FindStringSubmatch(text); m != nil {
		r.code, text = m[1], m[2]
	}
	r.reason = text
}

func (r *pgbackrestRun) close(stamp string, end []string) {
	r.stop, r.status = stamp, end[2]
	switch {
	case strings.HasPrefix(r.status, "completed"):
		r.outcome, r.status = backup.Success, "completed successfully"
		if r.checksums != "" {
			r.outcome = backup.Partial
		}
	case end[4] != "":
		r.outcome, r.status, r.code = backup.Failed, "aborted with exception", end[4]
	default:
		r.outcome = backup.Cancelled
	}
}

// execution knows a backup that was made by its label, as the inventory does; any other run by its begin.
func (r *pgbackrestRun) execution(in *Input) (backup.Execution, error) {
	e := backup.Execution{
		Routine: r.stanza, Kind: r.kind, Level: r.level, Outcome: r.outcome, NativeStatus: r.status, Code: r.code,
		StartText: r.start, EndText: r.stop, Bytes: r.bytes, Files: r.files, Line: r.line.N, Offset: r.line.Offset,
	}
	if r.kind != backup.Data {
		e.Routine = strings.TrimSpace(r.stanza + " " + r.command)
	}
	if r.label != "" && (r.outcome == backup.Success || r.outcome == backup.Partial) {
		e.Session, e.Level = pgbackrestSession(r.stanza, r.label), pgbackrestLevels[r.label[len(r.label)-1:]]
	}
	switch r.outcome {
	case backup.Failed, backup.Cancelled:
		e.Error = short(r.reason)
	case backup.Partial:
		e.Error = short(r.checksums)
	case backup.Running: // its label comes at the end
		e.Code, e.Text = "", r.line.Text
	default:
	}
	if r.outcome != backup.Success {
		e.Log = r.log.String()
	}
	var err error
	if r.start != "" {
		if e.Start, e.TimeNote, err = in.Wall(r.start); err != nil {
			return e, bad(r.line.N, err.Error())
		}
	}
	if r.stop == "" {
		return e, nil
	}
	if e.End, _, err = in.Wall(r.stop); err != nil {
		return e, bad(r.line.N, err.Error())
	}
	return e, nil
}

// pgbackrestSession: labels are unique within a stanza only.
func pgbackrestSession(stanza, label string) string { return stanza + "/" + label }
