package backup

import (
	"maps"
	"slices"
	"strings"

	"backstop/app/say"
)

// Shape is how a file that is mapped by hand lays out its records.
type Shape string

// The shapes that can be mapped. A sheet of a workbook comes as CSV.
const (
	CSV  Shape = "csv"
	JSON Shape = "json" // one list of objects, wherever it stands, or one object a line
)

// Field is a part of an execution that a column can be assigned to.
type Field string

// The fields of a mapping, in the order in which people are asked for them.
const (
	FieldStatus   Field = "status"
	FieldRoutine  Field = "routine"
	FieldClient   Field = "client"
	FieldStart    Field = "start"
	FieldEnd      Field = "end"
	FieldDuration Field = "duration"
	FieldBytes    Field = "bytes"
	FieldFiles    Field = "files"
	FieldLevel    Field = "level"
	FieldSchedule Field = "schedule"
	FieldCode     Field = "code"
	FieldError    Field = "error"
	FieldInstance Field = "instance"
	FieldTool     Field = "tool"
	FieldKind     Field = "kind"
)

// Fields are all of them.
var Fields = []Field{
	FieldStatus, FieldRoutine, FieldClient, FieldStart, FieldEnd, FieldDuration, FieldBytes, FieldFiles, FieldLevel, FieldSchedule, FieldCode,
	FieldError, FieldInstance, FieldTool, FieldKind,
}

// Mapping is how a person taught Backstop to read an export that no format knows. It is plain data, so that it can be handed
// to somebody else as a file.
type Mapping struct {
	Name      string `json:"name"`
	Version   int    `json:"-"` // counts the changes made here
	Shape     Shape  `json:"shape"`
	Delimiter string `json:"delimiter,omitempty"` // of a CSV: one character
	List      string `json:"list,omitempty"`      // of JSON: the path of the list of records, such as "data.jobs"; "" at the top

	Columns   map[Field]string  `json:"columns"`             // the column of a field, as the file names it
	Constants map[Field]string  `json:"constants,omitempty"` // what a field is for every record, where no column says it
	Identity  []string          `json:"identity,omitempty"`  // columns that together name one run; none: routine, client, level and start do
	Outcomes  map[string]string `json:"outcomes"`            // the tool's word → ours

	Layouts      map[Field]string `json:"layouts,omitempty"` // of FieldStart and FieldEnd: a layout of Go's time package, UnixSeconds or UnixMillis
	Zone         string           `json:"zone,omitempty"`    // of times that name none; "" is the source's
	Decimal      string           `json:"decimal,omitempty"` // "," or "."; "" takes the last of the two in a number
	SizeUnit     string           `json:"size_unit,omitempty"`
	DurationUnit string           `json:"duration_unit,omitempty"`
}

// Layouts that count from 1970.
const (
	UnixSeconds = "unix seconds"
	UnixMillis  = "unix milliseconds"
)

// SizeUnits of a size without one, in units of 1024; the first is meant where a mapping names none.
var SizeUnits = []string{"B", "KB", "MB", "GB", "TB"}

// DurationUnits of a bare number; the first is meant where a mapping names none.
var DurationUnits = []string{"s", "min", "h", "ms"}

// Check says what is missing before the mapping can be used, as a sentence for the person who makes it.
func (m Mapping) Check() error {
	has := func(f Field) bool { return m.Columns[f] != "" || m.Constants[f] != "" }
	switch {
	case strings.TrimSpace(m.Name) == "":
		return say.Error("give the mapping a name")
	case m.Shape != CSV && m.Shape != JSON:
		return say.Error("the shape %q cannot be mapped; use csv or json", m.Shape)
	case m.Shape == CSV && len([]rune(m.Delimiter)) != 1:
		return say.Error("choose the one character that stands between the columns")
	case m.Columns[FieldStatus] == "":
		return say.Error("choose the column that says how a run ended")
	case len(m.Outcomes) == 0:
		return say.Error("say what each status means")
	case !has(FieldTool):
		return say.Error("name the backup tool")
	case !has(FieldRoutine) && !has(FieldClient):
		return say.Error("choose the column of the routine or of the client")
	case m.Columns[FieldStart] == "" && m.Columns[FieldEnd] == "" && len(m.Identity) == 0:
		return say.Error("choose the column of the start or of the end, or the columns that name one run")
	}
	return m.checkWords()
}

func (m Mapping) checkWords() error {
	for _, word := range slices.Sorted(maps.Keys(m.Outcomes)) {
		if _, err := ParseOutcome(m.Outcomes[word]); err != nil {
			return say.Error("status %q: %w", word, err)
		}
	}
	for _, f := range []Field{FieldStart, FieldEnd} {
		if m.Columns[f] != "" && m.Layouts[f] == "" {
			return say.Error("choose how the %s is written", f)
		}
	}
	if k := m.Constants[FieldKind]; k != "" {
		if _, err := ParseKind(k); err != nil {
			return err
		}
	}
	switch {
	case m.Decimal != "" && m.Decimal != "," && m.Decimal != ".":
		return say.Error("%q separates no decimals; use a comma or a point", m.Decimal)
	case m.SizeUnit != "" && !slices.Contains(SizeUnits, m.SizeUnit):
		return say.Error("%q is no unit of sizes; use one of %s", m.SizeUnit, strings.Join(SizeUnits, ", "))
	case m.DurationUnit != "" && !slices.Contains(DurationUnits, m.DurationUnit):
		return say.Error("%q is no unit of durations; use one of %s", m.DurationUnit, strings.Join(DurationUnits, ", "))
	}
	return nil
}

// OutcomeWords tells what each status means, for the record.
func (m Mapping) OutcomeWords() string {
	var parts []string
	for _, word := range slices.Sorted(maps.Keys(m.Outcomes)) {
		parts = append(parts, word+" = "+m.Outcomes[word])
	}
	return strings.Join(parts, ", ")
}

// Wants are the columns that a file must have to be read by the mapping.
func (m Mapping) Wants() []string {
	var want []string
	for _, f := range Fields {
		if c := m.Columns[f]; c != "" {
			want = append(want, c)
		}
	}
	return append(want, m.Identity...)
}

// Trial is what a file comes to when it is read by a mapping, and nothing of it kept.
type Trial struct {
	Executions int
	Outcomes   map[Outcome]int
	First      []Execution // some of them, to look at
	Problems   []BadRecord // the first ones
	Bad        int         // how many records could not be read
	Unknown    []string    // statuses that the mapping does not know, the first ones
	Notes      []string
}

// Sample is the beginning of a file as a table, for the person who maps it.
type Sample struct {
	Path   string   // of the text that was looked at: inside a container the path of one file in it
	Beside []string // the paths of all that the container holds: a workbook's sheets, an archive's files

	Shape     Shape
	Delimiter string // of a CSV
	SepLine   bool   // a line such as "sep=;" names the delimiter
	Encoding  string // as it was found: "UTF-8", "UTF-16", "windows-1252"
	List      string // of JSON
	Lists     []string
	Columns   []string
	Rows      [][]string          // a cell for each column
	Layouts   map[string][]string // of columns that hold times: the layouts that read all of their values
}

// Column gives the values of a column; nil for one that is not there.
func (s Sample) Column(name string) []string {
	at := slices.Index(s.Columns, name)
	if at < 0 {
		return nil
	}
	values := make([]string, 0, len(s.Rows))
	for _, r := range s.Rows {
		values = append(values, r[at])
	}
	return values
}
