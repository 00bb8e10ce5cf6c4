package format

import (
	"bufio"
	"encoding/json"
	"errors"
	"iter"
	"regexp"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// The inventory: what is in the repository. A snapshot says that a backup ended, not that it saved everything.
var _ = register(Format{
	Name:       "restic_snapshots",
	Version:    1,
	Tool:       resticTool,
	Title:      "restic snapshots --json",
	Export:     "restic snapshots --json > snapshots.json",
	Evidence:   backup.Inventory,
	EndsOnly:   true,
	Match:      resticSnapshotsMatch,
	Executions: resticSnapshots,
})

var resticTable = regexp.MustCompile(`(?m)^ID +Time +Host +Tags +(?:Reasons +)?Paths`)

var _ = refuse(say.Record("a table of restic's snapshots is no list of runs; export the inventory with: restic snapshots --json > snapshots.json"), func(head []byte) bool {
	return resticTable.Match(head)
})

func resticSnapshotsMatch(head []byte) bool {
	return strings.HasPrefix(strings.TrimSpace(string(head)), "[") && holds(head, `"short_id"`, `"tree"`, `"paths"`) && !holds(head, `"keep"`)
}

type resticSnapshot struct {
	Time     string        `json:"time"`
	Parent   string        `json:"parent"`
	Paths    []string      `json:"paths"`
	Hostname string        `json:"hostname"`
	ID       string        `json:"id"`
	Original string        `json:"original"` // of a snapshot that was tagged or copied
	Summary  resticSummary `json:"summary"`  // since 0.17
}

func resticSnapshots(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		r, err := in.Open()
		if err != nil {
			yield(backup.Execution{}, err)
			return
		}
		defer r.Close()
		l := resticList{yield: yield}
		if err := l.read(bufio.NewReader(r)); err != nil {
			yield(backup.Execution{}, bad(0, say.Record("the list ends behind snapshot %d, in the middle or in what is no JSON", l.n)))
		}
	}
}

// resticList decodes one snapshot after the other.
type resticList struct {
	dec     *json.Decoder
	yield   func(backup.Execution, error) bool
	n       int // snapshots so far
	stopped bool
}

var resticGroups = regexp.MustCompile(`^\s*\[\s*\{\s*"group_key"`)

// read walks to the arrays of snapshots: the list itself, or with --group-by one in each group.
func (l *resticList) read(r *bufio.Reader) error {
	start, _ := r.Peek(256)
	within := 1
	if resticGroups.Match(start) {
		within = 3
	}
	l.dec = json.NewDecoder(r)
	for depth := 0; !l.stopped; {
		token, err := l.dec.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			if depth++; depth != within || token != json.Delim('[') {
				continue
			}
			if err := l.snapshots(); err != nil {
				return err
			}
		case json.Delim(']'), json.Delim('}'):
			if depth--; depth == 0 {
				return nil
			}
		}
	}
	return nil
}

func (l *resticList) snapshots() error {
	for !l.stopped && l.dec.More() {
		var s resticSnapshot
		err := l.dec.Decode(&s)
		var mistyped *json.UnmarshalTypeError
		if err != nil && !errors.As(err, &mistyped) {
			return err
		}
		l.n++
		e, ok := s.execution()
		if !ok || err != nil {
			l.stopped = !l.yield(e, bad(0, say.Record("snapshot %d has no id or no time, or is not as restic writes it", l.n)))
			continue
		}
		l.stopped = !l.yield(e, nil)
	}
	return nil
}

// execution is the backup that made the snapshot: one that was tagged or copied keeps the id of the first.
func (s resticSnapshot) execution() (e backup.Execution, ok bool) {
	at, err := time.Parse(time.RFC3339, s.Time)
	id := s.ID
	if s.Original != "" {
		id = s.Original
	}
	e = backup.Execution{
		Session:   resticID(id),
		Routine:   strings.Join(s.Paths, ", "),
		Client:    s.Hostname,
		Level:     "full",
		Outcome:   backup.Success,
		Start:     at.UTC(),
		StartText: s.Time,
		Absolute:  true,
	}
	if s.Parent != "" {
		e.Level = "incremental"
	}
	s.Summary.fill(&e)
	return e, err == nil && e.Session != ""
}
