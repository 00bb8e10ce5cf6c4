package format

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// kopiaSnapshot is the object about one snapshot.
type kopiaSnapshot struct {
	ID     string `json:"id"`
	Source struct {
		Host string `json:"host"`
		User string `json:"userName"`
		Path string `json:"path"`
	} `json:"source"`
	Start      string          `json:"startTime"`
	End        string          `json:"endTime"`
	Incomplete string          `json:"incomplete"`
	Stats      json.RawMessage `json:"stats"`           // only the list has them,
	Reasons    []string        `json:"retentionReason"` // and why the snapshot is kept
	Root       struct {
		Summary struct {
			Size    *int64 `json:"size"`
			Files   *int64 `json:"files"`
			Failed  int    `json:"numFailed"`
			Ignored int    `json:"numIgnoredErrors"`
			Errors  []struct {
				Path  string `json:"path"`
				Error string `json:"error"`
			} `json:"errors"`
		} `json:"summ"`
	} `json:"rootEntry"`
}

// A checkpoint is saved while a run is at work; one that is left was cut off.
var kopiaIncomplete = map[string]backup.Outcome{
	"": backup.Success, "canceled": backup.Cancelled, "checkpoint": backup.Running, "limit": backup.Partial,
}

func (s kopiaSnapshot) source() string {
	return s.Source.User + "@" + s.Source.Host + ":" + s.Source.Path
}

func (s kopiaSnapshot) execution(line Line) (backup.Execution, error) {
	e := backup.Execution{
		Session: s.ID, Routine: s.source(), Client: s.Source.Host, Kind: backup.Data, NativeStatus: s.Incomplete, Absolute: true,
		Bytes: kopiaCount(s.Root.Summary.Size), Files: kopiaCount(s.Root.Summary.Files), Line: line.N, Offset: line.Offset,
	}
	if len(s.Stats) > 0 || len(s.Reasons) > 0 {
		e.Evidence = backup.Inventory
	}
	var err error
	if e.Start, err = time.Parse(time.RFC3339, s.Start); err != nil {
		return e, bad(line.N, say.Record("the snapshot's start %q is no time", s.Start))
	}
	e.Start = e.Start.UTC()
	if end, err := time.Parse(time.RFC3339, s.End); err == nil {
		e.End = end.UTC()
	}
	if e.Outcome = kopiaIncomplete[s.Incomplete]; e.Outcome == 0 {
		return e, unknownWord(line.N, say.Record("kopia's reason for an incomplete snapshot"), s.Incomplete)
	}
	if sum := s.Root.Summary; e.Outcome == backup.Success && sum.Failed+sum.Ignored > 0 {
		e.Outcome = backup.Partial
	}
	if !e.Outcome.Final() {
		e.End = time.Time{} // of the checkpoint
	}
	s.explain(&e)
	return e, nil
}

// explain lists what could not be saved; kopia names the first ten.
func (s kopiaSnapshot) explain(e *backup.Execution) {
	var lines []string
	for _, f := range s.Root.Summary.Errors {
		lines = append(lines, f.Path+": "+f.Error)
	}
	if e.Outcome == backup.Success || e.Outcome == backup.Running {
		return
	}
	e.Log = strings.Join(lines, "\n")
	why := map[string]string{"canceled": say.Record("interrupted"), "limit": say.Record("it came to its limit")}[s.Incomplete]
	e.Error = short(cmp.Or(why, strings.Join(lines[:min(len(lines), 1)], ""), say.Record("files could not be saved")))
}

func kopiaCount(n *int64) backup.Count {
	if n == nil || *n < 0 {
		return backup.Count{}
	}
	return backup.N(*n)
}
