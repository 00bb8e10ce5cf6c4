package backup

import (
	"time"

	"backstop/app/say"
)

// DateOrder says how a date such as 03/04/2026 is read when the file itself does not tell.
type DateOrder uint8

// The two orders in use. The zero value asks for the machine's.
const (
	OrderUnset DateOrder = iota
	DayFirst
	MonthFirst
)

var orderWords = [...]string{DayFirst: say.Record("day/month"), MonthFirst: say.Record("month/day")}

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
	Rhythm   Rhythm
	Every    time.Duration // of a rhythm that is fixed or learned
}

// Rhythm says how a source's deliveries are expected.
type Rhythm uint8

// An unconfirmed rhythm judges misses by what the data covers, and no silence.
const (
	Unconfirmed   Rhythm = iota
	NoRhythm             // mails only on failure, say: neither silence nor misses can be noticed
	FixedRhythm          // set by a person
	LearnedRhythm        // proposed from history and confirmed by a person
)

var rhythmWords = [...]string{Unconfirmed: say.N("not confirmed"), NoRhythm: say.N("none"), FixedRhythm: say.N("fixed"), LearnedRhythm: say.N("learned")}

func (r Rhythm) String() string {
	if int(r) < len(rhythmWords) {
		return rhythmWords[r]
	}
	return ""
}

// Expects tells whether the source is silent when nothing comes for longer than Every.
func (s Source) Expects() bool {
	return (s.Rhythm == FixedRhythm || s.Rhythm == LearnedRhythm) && s.Every > 0
}

// After is what becomes of an original once it is imported and committed.
type After uint8

// Leave is the default; the others are chosen per source and never done to a file that has ever grown.
const (
	Leave After = iota
	Archive
	Delete
)

var afterWords = [...]string{Leave: say.N("leave it"), Archive: say.N("archive to a subfolder"), Delete: say.N("delete it")}

func (a After) String() string {
	if int(a) < len(afterWords) {
		return afterWords[a]
	}
	return ""
}

// FolderState says whether a source's folder can be looked into.
type FolderState string

// The states of DESIGN.md 8. A source with an unusable setting is paused too, and says why.
const (
	Watching FolderState = "watching"
	Offline  FolderState = "offline" // gone, or a share that does not answer
	Denied   FolderState = "denied"
	Paused   FolderState = "paused"
	Waiting  FolderState = "waiting" // its files cannot be taken in, by no fault of theirs: the disk is full, say
)

// File is one input file as it was read: its content is safe in the spool and no longer changes.
type File struct {
	SourceID int64
	Path     string   // of the original, as the person knows it
	SHA256   [32]byte // zero for a file whose content could not be read
	Size     int64
	ModTime  time.Time
	Format   string
	Version  int // of the format, when the file was read

	// A file that has grown begins with what was read under this path before: its first Prefix bytes hash to PrefixSHA256.
	// Its records begin where that reading said, or at the start of the file. Both are zero for any other file.
	Prefix       int64
	PrefixSHA256 [32]byte

	// Container says that what the file holds has rows of its own, so it has no records itself.
	Container bool

	// Reading is asked after the last record. Nil for a file that is refused.
	Reading func() Reading
}

// Reading is what is known about a file only once its records have been read.
type Reading struct {
	Notes  []string // what the reader had to decide: "dates are ambiguous; read as day/month, the source's setting"
	Resume Place    // where the file is read on should it grow; zero: from its start
}

// Place is a position in a file: bytes from its start, and the line there, from 1.
type Place struct {
	Offset int64
	Line   int
}

// Seen is what is known of a path from the last time that it was read or refused.
type Seen struct {
	Size    int64
	ModTime time.Time
	SHA256  [32]byte
	Format  string
	Version int
	Grown   bool // it has grown at least once, so it is never moved or deleted
	Resume  Place
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

	Holds  int  // of an archive, mail or mailbox: how many files in it were looked at; its counts are the sums of theirs
	Inside bool // it is one of those files
}

// FormatInfo describes an export format to people.
type FormatInfo struct {
	Name    string // "netbackup_bpdbjobs"
	Version int
	Tool    string
	Title   string // "bpdbjobs -report -most_columns"
	Export  string // how to make the export

	EndsOnly bool // it reports finished runs only: one that is at work is unknown until it is over

	Evidence Evidence
	Identity []string      // what a run is known by, in words
	Kinds    []string      // what it tells of, and what of that is vital
	Endings  []Ending      // the format's own map: the tool's words and codes that it knows, and what it makes of each
	Codes    []CodeMeaning // numbered ones
}

// CodeMeaning is a tool's code in our words.
type CodeMeaning struct{ Code, Meaning string }
