package format

import (
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// velero backup describe: one backup, or several after each other, as key and value. Lines of the client's own log may stand
// before the first.
var _ = register(Format{
	Name:     "velero_describe",
	Version:  2,
	Tool:     veleroTool,
	Title:    "velero backup describe",
	Export:   say.N("velero backup describe NAME > backup.txt, or without a name for all of them."),
	Evidence: backup.Report,
	Endings: func() []backup.Ending {
		return append(wordEndings(veleroPhases), backup.Ending{Word: "Completed", Told: backup.Partial})
	},
	Match: func(head []byte) bool {
		return veleroName.Match(head) && veleroPhase.Match(head) && veleroOfBackup.Match(head) && !veleroOther.Match(head)
	},
	Executions: veleroDescribed,
})

var (
	veleroName     = signOf(`(?m)^Name: {2,}\S+`, "Name:  ")
	veleroPhase    = signOf(`(?m)^Phase: +\w+`, "Phase: ")
	veleroOfBackup = regexp.MustCompile(`(?m)^(Backup Format Version|Storage Location|TTL|Expiration):`)
	veleroOther    = regexp.MustCompile(`(?m)^(Backup Template:|Backup: {2,}\S)`) // a schedule, a restore
	veleroField    = regexp.MustCompile(`^([A-Z][A-Za-z ]*):(?: +(.*))?$`)
	veleroUTC      = regexp.MustCompile(`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})\b`)
)

var _ = refuse(say.Record("it describes a Velero schedule or restore, not a backup; use: velero backup get -o json > backups.json"),
	func(head []byte) bool {
		return veleroName.Match(head) && veleroPhase.Match(head) && veleroOther.Match(head)
	})

func veleroDescribed(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		var d *veleroDescription
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if veleroName.MatchString(line.Text) {
				if d != nil && !yield(d.execution(in)) {
					return
				}
				d = &veleroDescription{line: line, fields: map[string]string{}}
			}
			if d != nil {
				d.read(line)
			}
		}
		if d != nil {
			yield(d.execution(in))
		}
	}
}

// veleroDescription is one backup while its lines are read.
type veleroDescription struct {
	line     Line
	fields   map[string]string // the first line of each that is wanted
	key      string            // whose indented lines follow
	trouble  string            // the first line below Errors or Failure reason
	warned   bool              // lines stand below Warnings
	complete bool              // a line behind the times was read
	log      logText
}

func (d *veleroDescription) read(line Line) {
	d.log.add(line.Text)
	m := veleroField.FindStringSubmatch(strings.TrimRight(line.Text, " "))
	switch text := strings.TrimSpace(line.Text); {
	case m != nil:
		d.field(line, m[1], m[2])
	case !strings.HasPrefix(line.Text, " ") || text == "" || strings.Contains(text, "<none>"):
	case d.key == "Errors" || d.key == "Validation errors" || d.key == "Failure Reason":
		if d.trouble == "" && !strings.HasSuffix(text, ":") {
			d.trouble = text
		}
	case d.key == "Warnings" && !strings.HasSuffix(text, ":"):
		d.warned = true
	}
}

func (d *veleroDescription) field(line Line, key, value string) {
	d.key = key
	switch key {
	case "Name", "Phase", "Errors", "Warnings", "Started", "Completed":
		if _, twice := d.fields[key]; !twice && !line.Open {
			d.fields[key] = value
		}
	case "Validation errors", "Failure Reason":
		if value != "" && value != "<none>" {
			d.trouble = value
		}
	case "Expiration":
		d.complete = true
		if !line.Open {
			d.fields[key] = value
		}
	}
}

// execution needs the times, which stand behind everything that judges the backup.
func (d *veleroDescription) execution(in *Input) (e backup.Execution, err error) {
	phase, _, _ := strings.Cut(d.fields["Phase"], " ")
	if _, timed := d.fields["Completed"]; !timed && !d.complete && phase != "FailedValidation" {
		return e, bad(d.line.N, say.Record("the description is cut before its times"))
	}
	errors, _ := strconv.Atoi(d.fields["Errors"])
	warnings, _ := strconv.Atoi(d.fields["Warnings"])
	if d.warned {
		warnings = max(warnings, 1)
	}
	if e, err = veleroExecution(d.line.N, d.fields["Name"], phase, errors, warnings); err != nil {
		return e, err
	}
	e.Offset, e.Absolute = d.line.Offset, true
	if d.trouble != "" && e.Outcome.Final() && e.Outcome != backup.Success {
		e.Error = short(strings.Join(strings.Fields(d.trouble), " "))
	}
	if e.Outcome != backup.Success {
		e.Log = d.log.String()
	}
	for key, to := range map[string]*time.Time{"Started": &e.Start, "Completed": &e.End, "Expiration": &e.Expires} {
		if m := veleroUTC.FindStringSubmatch(d.fields[key]); m != nil {
			if *to, _, err = in.Wall(m[1]); err != nil {
				return e, bad(d.line.N, err.Error())
			}
		}
	}
	return e, nil
}
