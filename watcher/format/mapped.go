package format

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/say"
)

// MappedName is how a file read by a mapping names its format in the ledger.
func MappedName(mapping string) string { return "mapping: " + mapping }

// Mapped is the format that a person's mapping describes. It claims nothing: it reads what it is told to.
func Mapped(m backup.Mapping) (Format, error) {
	if err := m.Check(); err != nil {
		return Format{}, say.Error("mapping %q: %w", m.Name, err)
	}
	zone, err := mappedZone(m.Zone)
	if err != nil {
		return Format{}, err
	}
	return Format{
		Name: MappedName(m.Name), Version: max(m.Version, 1), Tool: m.Constants[backup.FieldTool], Title: m.Name, Evidence: backup.List,
		Match:      func([]byte) bool { return false },
		Executions: mappedReader{m, zone}.executions,
	}, nil
}

// Fitting is the mapping whose columns the head of a text has, the one that wants most of them where several fit.
func Fitting(head []byte, mappings []backup.Mapping) (backup.Mapping, bool) {
	best, found := backup.Mapping{}, false
	for _, m := range mappings {
		s, err := Look(head, backup.Mapping{Shape: m.Shape, Delimiter: m.Delimiter, List: m.List})
		if err != nil || isJSON(head) != (m.Shape == backup.JSON) || !fits(m, s) {
			continue
		}
		if !found || len(m.Wants()) > len(best.Wants()) {
			best, found = m, true
		}
	}
	return best, found
}

// fits wants every column; records of JSON leave out what is empty, so there the status has to be among them.
func fits(m backup.Mapping, s backup.Sample) bool {
	want := m.Wants()
	if m.Shape == backup.JSON {
		want = []string{m.Columns[backup.FieldStatus]}
	}
	return !slices.ContainsFunc(want, func(c string) bool { return !slices.Contains(s.Columns, c) })
}

func mappedZone(name string) (*time.Location, error) {
	if name == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, say.Error("time zone %q is not known; use a name such as Europe/Berlin", name)
	}
	return zone, nil
}

type mappedReader struct {
	backup.Mapping
	zone *time.Location // nil: the source's
}

func (m mappedReader) executions(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		own := *in
		if m.zone != nil {
			own.Zone = m.zone
		}
		for row, err := range tableRows(&own, m.Shape, m.Delimiter, m.List) {
			var e backup.Execution
			if err == nil {
				e, err = mappedRow{row, m.Mapping, &own}.execution()
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// mappedRow is one record under a mapping.
type mappedRow struct {
	tableRow
	backup.Mapping
	in *Input
}

// text is a field's cell, else what it is for every record.
func (r mappedRow) text(f backup.Field) string {
	if c := r.Columns[f]; c != "" {
		if s := r.cell(c); s != "" {
			return s
		}
	}
	return r.Constants[f]
}

func (r mappedRow) execution() (backup.Execution, error) {
	if missing := r.missing(); missing != "" {
		return backup.Execution{}, bad(r.line, say.Record("the record has no column %q", missing))
	}
	e := backup.Execution{
		Tool: r.text(backup.FieldTool), Instance: r.text(backup.FieldInstance), Routine: r.text(backup.FieldRoutine), Schedule: r.text(backup.FieldSchedule),
		Client: r.text(backup.FieldClient), Level: r.text(backup.FieldLevel), Code: r.text(backup.FieldCode), Error: short(r.text(backup.FieldError)),
		NativeStatus: r.text(backup.FieldStatus), Session: r.identity(), Line: r.line, Offset: r.offset,
	}
	var err error
	if e.Kind, err = r.kind(); err == nil {
		e.Outcome, err = r.outcome(e.NativeStatus)
	}
	if err == nil {
		err = r.times(&e)
	}
	if err == nil {
		err = r.counts(&e)
	}
	if e.Outcome != backup.Success && e.Outcome != backup.Running {
		e.Log = r.log()
	}
	return e, err
}

// missing is a column of the mapping that the file does not have: it is another export, or the columns were renamed. JSON
// leaves out what is empty, so only CSV is held to it.
func (r mappedRow) missing() string {
	if r.Shape != backup.CSV {
		return ""
	}
	for _, f := range backup.Fields {
		if c := r.Columns[f]; c != "" && !r.has(c) {
			return c
		}
	}
	i := slices.IndexFunc(r.Identity, func(c string) bool { return !r.has(c) })
	if i < 0 {
		return ""
	}
	return r.Identity[i]
}

// identity joins the columns that name one run; without any value there is none.
func (r mappedRow) identity() string {
	var parts []string
	for _, c := range r.Identity {
		parts = append(parts, r.cell(c))
	}
	if strings.Join(parts, "") == "" {
		return ""
	}
	return strings.Join(parts, "/")
}

func (r mappedRow) kind() (backup.Kind, error) {
	word := cmp.Or(r.text(backup.FieldKind), backup.Data.String())
	k, err := backup.ParseKind(word)
	if err != nil {
		return 0, bad(r.line, err.Error())
	}
	return k, nil
}

// UnknownStatus is a bad record whose status the mapping does not know.
type UnknownStatus struct {
	Line int
	Word string
}

func (u *UnknownStatus) Error() string {
	return say.Record("the mapping does not say what the status %q means", u.Word)
}

func (u *UnknownStatus) Unwrap() error { return &backup.BadRecord{Line: u.Line, Reason: u.Error()} }

// outcome is what the person said that the status means, whatever its case and blanks.
func (r mappedRow) outcome(status string) (backup.Outcome, error) {
	word, ok := r.Outcomes[status]
	for known, meant := range r.Outcomes {
		if !ok && strings.EqualFold(strings.TrimSpace(known), status) {
			word, ok = meant, true
		}
	}
	if !ok {
		return 0, &UnknownStatus{Line: r.line, Word: status}
	}
	return backup.ParseOutcome(word)
}

func (r mappedRow) times(e *backup.Execution) error {
	var err error
	if e.Start, e.StartText, e.TimeNote, e.Absolute, err = r.time(backup.FieldStart); err != nil {
		return err
	}
	end, text, note, absolute, err := r.time(backup.FieldEnd)
	if err != nil || e.Outcome == backup.Running {
		return err
	}
	e.End, e.EndText, e.TimeNote = end, text, cmp.Or(e.TimeNote, note)
	e.Absolute = e.Absolute || absolute && e.StartText == ""
	took, err := mappedDuration(r.text(backup.FieldDuration), r.DurationUnit, r.Decimal)
	switch {
	case err != nil:
		return bad(r.line, say.Record("%s: %v", r.Columns[backup.FieldDuration], err))
	case took > 0 && e.End.IsZero() && !e.Start.IsZero():
		e.End = e.Start.Add(took)
	case took > 0 && e.Start.IsZero() && !e.End.IsZero():
		e.Start = e.End.Add(-took)
	}
	return nil
}

// time reads a cell by its column's layout; an empty one is no time.
func (r mappedRow) time(f backup.Field) (t time.Time, text, note string, absolute bool, err error) {
	if text = r.text(f); text == "" {
		return t, "", "", false, nil
	}
	t, absolute, ok := backup.ReadLayout(text, r.Layouts[f])
	if !ok {
		return t, text, "", false, bad(r.line, say.Record("%s: %q is not written as %s", r.Columns[f], text, backup.LayoutWords(r.Layouts[f])))
	}
	if !absolute {
		t, note = r.in.Place(t)
	}
	return t, text, note, absolute, nil
}

func (r mappedRow) counts(e *backup.Execution) error {
	var err error
	if e.Bytes, err = mappedSize(r.text(backup.FieldBytes), r.SizeUnit, r.Decimal); err != nil {
		return bad(r.line, say.Record("%s: %v", r.Columns[backup.FieldBytes], err))
	}
	if s := r.text(backup.FieldFiles); s != "" {
		n, ok := number(s)
		if !ok {
			return bad(r.line, say.Record("%s: %q is no number", r.Columns[backup.FieldFiles], s))
		}
		e.Files = n
	}
	return nil
}
