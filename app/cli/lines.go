package cli

import (
	"encoding/json"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

// print writes one JSON line. Names are a contract (DESIGN.md 10); empty values are left out.
func (c *call) print(v any) {
	e := json.NewEncoder(c.Out)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // output remembers
}

type problemJSON struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

type fileJSON struct {
	Path       string        `json:"path"`
	SHA256     string        `json:"sha256"`
	Format     string        `json:"format,omitempty"`
	Status     backup.Status `json:"status"`
	Reason     string        `json:"reason,omitempty"`
	Executions int           `json:"executions"`
	New        int           `json:"new"`
	Updated    int           `json:"updated"`
	Unchanged  int           `json:"unchanged"`
	Incidents  int           `json:"incidents"`
	Problems   []problemJSON `json:"problems"`
	Notes      []string      `json:"notes,omitempty"`
	Holds      int           `json:"holds,omitempty"`  // files in an archive, mail or mailbox; their lines follow, and the counts here are their sums
	Inside     bool          `json:"inside,omitempty"` // the line is of such a file
}

func fileLine(r backup.FileResult) fileJSON {
	line := fileJSON{r.Path, r.SHA256, r.Format, r.Status, r.Reason, r.Executions, r.New, r.Updated, r.Unchanged, r.Incidents, []problemJSON{}, r.Notes, r.Holds, r.Inside}
	for _, p := range r.Problems {
		line.Problems = append(line.Problems, problemJSON(p))
	}
	return line
}

type executionJSON struct {
	Tool         string `json:"tool"`
	Format       string `json:"format"`
	Instance     string `json:"instance,omitempty"`
	Session      string `json:"session,omitempty"`
	Routine      string `json:"routine,omitempty"`
	Client       string `json:"client,omitempty"`
	Kind         string `json:"kind"`
	Level        string `json:"level,omitempty"`
	Outcome      string `json:"outcome"`
	NativeStatus string `json:"native_status,omitempty"`
	Code         string `json:"code,omitempty"`
	Start        string `json:"start,omitempty"`
	End          string `json:"end,omitempty"`
	Bytes        *int64 `json:"bytes,omitempty"`
	Files        *int64 `json:"files,omitempty"`
	Error        string `json:"error,omitempty"`
	Company      string `json:"company,omitempty"`
	Branch       string `json:"branch,omitempty"`
}

func executionLine(e desk.ExecutionRow) executionJSON {
	return executionJSON{
		e.Tool, e.Format, e.Instance, e.Session, e.Routine, e.Client, e.Kind.String(), e.Level, e.Outcome.String(), e.NativeStatus, e.Code,
		instant(e.Start), instant(e.End), number(e.Bytes), number(e.Files), e.Error, e.Company, e.Branch,
	}
}

type incidentJSON struct {
	ID            int64  `json:"id"`
	Title         string `json:"title"`
	Opened        string `json:"opened"`
	Cause         string `json:"cause"`
	Vital         bool   `json:"vital,omitempty"`
	Due           string `json:"due,omitempty"`
	State         string `json:"state"`
	ClosingStatus string `json:"closing_status,omitempty"`
	Category      string `json:"category,omitempty"`
	Closed        string `json:"closed,omitempty"`
	MergedInto    int64  `json:"merged_into,omitempty"`
	Merged        int    `json:"merged,omitempty"`
	Assignee      string `json:"assignee,omitempty"`
	HoldUntil     string `json:"hold_until,omitempty"`
	Tool          string `json:"tool,omitempty"`
	Routine       string `json:"routine,omitempty"`
	Client        string `json:"client,omitempty"`
	Session       string `json:"session,omitempty"`

	Reported bool         `json:"reported,omitempty"` // of a run that did not start: the tool itself says so
	Miss     *missJSON    `json:"miss,omitempty"`     // why the sweep thinks that it did not start
	Silence  *silenceJSON `json:"silence,omitempty"`
	Stall    *stallJSON   `json:"stall,omitempty"`
}

func incidentLine(r desk.IncidentRow, why desk.Explanation) incidentJSON {
	return incidentJSON{
		r.ID, r.Title, instant(r.Opened), r.Cause.String(), r.Vital, instant(r.Due), r.State.String(), r.Closing.String(), r.Category, instant(r.ClosedAt),
		r.Into, r.Merged, r.Assignee, instant(r.Until), r.Tool, r.Routine, r.Client, r.Session,
		r.Cause == incident.CauseMissed && why.Miss == nil, missLine(why.Miss), silenceLine(why.Silence), stallLine(why.Stall),
	}
}

// instant is RFC 3339 in UTC, with milliseconds where there are any.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.999Z07:00")
}

func number(c backup.Count) *int64 {
	if n, ok := c.Value(); ok {
		return &n
	}
	return nil
}
