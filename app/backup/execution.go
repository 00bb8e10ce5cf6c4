// Package backup holds the facts that logs state: executions, their outcomes, and the sources they come from.
// It knows no incident, no database, no window and no clock.
package backup

import (
	"strconv"
	"time"
)

// Count is a size in bytes or a number of files that may be unknown. The zero value is unknown; a true 0 is N(0).
type Count struct {
	n     int64
	known bool
}

// N is a known count.
func N(n int64) Count { return Count{n, true} }

// Value gives the number and whether it is known.
func (c Count) Value() (int64, bool) { return c.n, c.known }

// Execution is one run of one routine, as a tool reported it.
type Execution struct {
	Tool     string // the product: "NetBackup", "Veeam", "restic"
	Instance string // the server that counts the session ids: primary server, cell manager, director; "" when the export names none
	Session  string // the tool's own id of the run; "" when it has none
	Parent   string // Session of the coordinator that started this one; "" for none
	Routine  string // policy or job name
	Schedule string // only where the tool separates routines by schedule
	Client   string
	Kind     Kind
	Vital    bool // the format knows it is a catalog, configuration or database backup of the backup system itself
	Level    string

	Outcome      Outcome
	Told         Outcome // what the format makes of the tool's words, where a person's status map says otherwise; 0 is the same as Outcome
	NativeStatus string  // the tool's own word
	Code         string  // the tool's own code
	Error        string  // the short error text that a person reads first
	Log          string  // the tool's own lines about this run, as written; kept for those that did not succeed

	Start, End           time.Time // UTC; zero is unknown
	StartText, EndText   string    // as written, for the identity of a run without a native id: a corrected zone re-dates it, never re-keys it
	Absolute             bool      // Start and End are epochs or name their offset; they win over wall times
	FromFile             bool      // it has no time of its own and takes its file's
	TimeNote             string    // what a person must know about the times: "02:30 occurs twice that night; the first is taken"
	Expires              time.Time // UTC; from when on its copy may be overwritten; zero is unknown
	Bytes, Files         Count     // Bytes is what was written by the run, in bytes
	Tries                int       // how often the tool tried under this one id; 0 is unknown
	FirstOutcome         Outcome   // of the first try, where Tries > 1 and the export tells; 0 is the same as Outcome
	Retry                bool      // the tool's mark: this execution repeats an earlier one of its routine
	WillRetry            bool      // the tool says that it will try again
	Evidence             Evidence  // 0: the format's
	Line                 int       // where its record starts in the file, from 1
	Offset, RecordLength int64     // where its record starts in the decoded text, and how long it is; 0 length is unknown

	// Text is the record as written. A record with neither id nor time is keyed by it (DESIGN.md 2); others may leave it empty.
	Text string
}

// At is the instant by which an execution is sorted and judged: its start, else its end. Zero when it has neither.
func (e Execution) At() time.Time {
	if !e.Start.IsZero() {
		return e.Start
	}
	return e.End
}

// BadRecord is a record that could not be read. The rest of its file is kept.
type BadRecord struct {
	Line   int // from 1; 0 when it is the file as a whole
	Reason string
}

func (b *BadRecord) Error() string { return b.Reason }

// beyondYears tells a time that no backup tool can mean; 0 and 1/1/1900 stand for "none" and are dropped by the formats.
func beyondYears(t time.Time) bool { return !t.IsZero() && (t.Year() < 1980 || t.Year() > 2200) }

// String is the number, or nothing when it is unknown.
func (c Count) String() string {
	if !c.known {
		return ""
	}
	return strconv.FormatInt(c.n, 10)
}
