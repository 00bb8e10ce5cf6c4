package backup

import "time"

// DateOrder says how a date such as 03/04/2026 is read when the file itself does not tell.
type DateOrder uint8

// The two orders in use. The zero value asks for the machine's.
const (
	OrderUnset DateOrder = iota
	DayFirst
	MonthFirst
)

var orderWords = [...]string{DayFirst: "day/month", MonthFirst: "month/day"}

func (o DateOrder) String() string { return word(orderWords[:], int(o)) }

// Source is one watched folder and what is known about the exports in it.
type Source struct {
	ID       int64
	Name     string
	Folder   string // "" for a source that is only imported by hand
	Tool     string // hint shown to people
	Instance string // stands in where a file names no server
	Zone     string // IANA name for wall times without a zone of their own; "" is the machine's
	CodePage string // for text that is neither marked nor UTF-8; "" is windows-1252
	Order    DateOrder
	Company  string
	Branch   string
	After    After
	Paused   bool
}

// After is what becomes of an original once it is imported and committed.
type After uint8

// Leave is the default; the others are chosen per source and never done to a file that has ever grown.
const (
	Leave After = iota
	Archive
	Delete
)

var afterWords = [...]string{Leave: "leave it", Archive: "archive to a subfolder", Delete: "delete it"}

func (a After) String() string {
	if int(a) < len(afterWords) {
		return afterWords[a]
	}
	return ""
}

// File is one input file as it was read: its content is safe in the spool and no longer changes.
type File struct {
	SourceID int64
	Path     string // of the original, as the person knows it
	SHA256   [32]byte
	Size     int64
	ModTime  time.Time
	Format   string
	Version  int      // of the format, when the file was read
	Notes    []string // what the reader had to decide: "dates are ambiguous; read as day/month, the source's setting"

	// Where a grown file is read on: the first Prefix bytes were read before and hash to PrefixSHA256. Both zero for a file read whole.
	Prefix       int64
	PrefixSHA256 [32]byte
}

// Status says what became of a file.
type Status string

// The words of `import --json`.
const (
	Imported  Status = "imported"
	Duplicate Status = "duplicate"
	Rejected  Status = "rejected"
)

// FileResult is what an import says about one file.
type FileResult struct {
	Path       string
	SHA256     string // hex
	Format     string
	Status     Status
	Reason     string // of a rejection, in words a person understands
	Executions int    // distinct ones in the file = New + Updated + Unchanged
	New        int
	Updated    int
	Unchanged  int
	Incidents  int // opened by this file
	Problems   []BadRecord
	Notes      []string
}

// FormatInfo describes an export format to people.
type FormatInfo struct {
	Name    string // "netbackup_bpdbjobs"
	Version int
	Tool    string
	Title   string // "bpdbjobs -report -most_columns"
	Export  string // how to make the export
}
