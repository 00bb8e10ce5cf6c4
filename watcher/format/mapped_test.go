package format_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"backstop/app/backup"
	"backstop/watcher/format"
)

// readMapped reads a file's bytes by a mapping, decoded as every file is.
func readMapped(t rapid.TB, m backup.Mapping, raw []byte) (es []backup.Execution, problems []string) {
	t.Helper()
	f, err := format.Mapped(m)
	if err != nil {
		t.Fatal(err)
	}
	in := &format.Input{Zone: time.UTC, Open: func() (io.ReadCloser, error) {
		r, err := format.Decode(bytes.NewReader(raw), raw[:min(len(raw), format.HeadSize)], "")
		return io.NopCloser(r), err
	}}
	for e, err := range f.Read(in) {
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		es = append(es, e)
	}
	return es, problems
}

func look(t rapid.TB, text string) backup.Sample {
	t.Helper()
	s, err := format.Look([]byte(text), backup.Mapping{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const germanExport = "sep=;\r\nAuftrag;Rechner;Startzeit;Dauer;Datenmenge;Ergebnis;Meldung\r\n" +
	"Nachtsicherung;fs-nord-01;31.03.2026 22:00;1:10:05;1,5 GB;Erfolgreich;\r\n" +
	"Nachtsicherung;db-süd-02;01.04.2026 22:00;0:02:00;0 B;Fehlgeschlagen;\"Pfad \"\"D:\\Daten\"\" fehlt\"\r\n"

func TestPropose_readsAnExportThatNobodyTaught(t *testing.T) {
	s := look(t, germanExport)
	if s.Delimiter != ";" || !s.SepLine || len(s.Columns) != 7 || len(s.Rows) != 2 {
		t.Fatalf("looked at as %+v", s)
	}
	m := format.Propose(s, backup.Mapping{Name: "night", Constants: map[backup.Field]string{backup.FieldTool: "Nachtwerk"}})
	es, problems := readMapped(t, m, []byte(germanExport))
	if len(problems) > 0 || len(es) != 2 {
		t.Fatalf("%d executions, problems %q, mapping %+v", len(es), problems, m)
	}
	want := backup.Execution{
		Tool: "Nachtwerk", Routine: "Nachtsicherung", Client: "db-süd-02", Kind: backup.Data, Outcome: backup.Failed, NativeStatus: "Fehlgeschlagen",
		Error: `Pfad "D:\Daten" fehlt`, StartText: "01.04.2026 22:00", Start: time.Date(2026, 4, 1, 22, 0, 0, 0, time.UTC), End: time.Date(2026, 4, 1, 22, 2, 0, 0, time.UTC), Bytes: backup.N(0),
	}
	got := es[1]
	got.Log, got.Line, got.Offset, got.Evidence = "", 0, 0, 0
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("read  %+v\nwant %+v", got, want)
	}
	if n, _ := es[0].Bytes.Value(); n != 3<<29 {
		t.Errorf("1,5 GB is %d", n)
	}
}

// Where no name helps, values do: the first times are the start's, a unit makes a size.
func TestPropose_goesByValuesWhereNoNameHelps(t *testing.T) {
	m := format.Propose(look(t, "Vorgang;Lief ab;Bis;Umfang;Befund\na;31.03.2026 22:00;31.03.2026 23:00;1,5 GB;Erfolg\nb;31.03.2026 22:00;;20 MB;Fehler\n"), backup.Mapping{})
	for field, want := range map[backup.Field]string{backup.FieldStart: "Lief ab", backup.FieldEnd: "Bis", backup.FieldBytes: "Umfang", backup.FieldStatus: "Befund", backup.FieldRoutine: ""} {
		if got := m.Columns[field]; got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
}

func TestPropose_leavesDayAndMonthToThePerson(t *testing.T) {
	s := look(t, "job,status,start\na,OK,03/04/2026 10:00\nb,OK,05/06/2026 10:00\n")
	m := format.Propose(s, backup.Mapping{})
	if m.Layouts[backup.FieldStart] != "" {
		t.Errorf("guessed %q", m.Layouts[backup.FieldStart])
	}
	fit := backup.Layouts(s.Column("start"))
	if !slices.Contains(fit, "2/1/2006 15:04") || !slices.Contains(fit, "1/2/2006 15:04") || !backup.AmbiguousLayouts(fit) {
		t.Errorf("offered %q", fit)
	}
	if fit := backup.Layouts([]string{"03/04/2026 10:00", "13/04/2026 10:00"}); !slices.Equal(fit, []string{"2/1/2006 15:04"}) {
		t.Errorf("one day above 12 leaves %q", fit)
	}
}

func TestLook_findsTheListOfRecords(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		list    string
		columns []string
	}{
		"lines":    {`{"job":"a","tags":[{"x":1},{"x":2},{"x":3}]}` + "\n" + `{"job":"b"}`, "", []string{"job", "tags"}},
		"list":     {`[{"job":"a"},{"job":"b","took":3}]`, "", []string{"job", "took"}},
		"deep":     {`{"page":1,"data":{"jobs":[{"job":"a","at":{"start":"x"}},{"job":"b"}]}}`, "data.jobs", []string{"at.start", "job"}},
		"cut head": {`{"runs":[{"job":"a"},{"job":"b"},{"jo`, "runs", []string{"job"}},
	} {
		s := look(t, c.text)
		if s.Shape != backup.JSON || s.List != c.list || !slices.Equal(s.Columns, c.columns) {
			t.Errorf("%s: list %q of %q, columns %q", name, s.List, s.Lists, s.Columns)
		}
	}
}

func TestMapped_saysWhatItCannotRead(t *testing.T) {
	m := format.Propose(look(t, "job,status,start,size\na,OK,2026-04-03 10:00,5 MB\n"), backup.Mapping{Name: "m", Constants: map[backup.Field]string{backup.FieldTool: "T"}})
	es, problems := readMapped(t, m, []byte("job,status,start,size\na,OK,2026-04-03 10:00,5 MB\nb,Strange,2026-04-03 10:00,5 MB\nc,OK,yesterday,5 MB\nd,OK,2026-04-03 10:00,much\ne,OK,2026-04-03 10:00,5 MB,more\n"))
	want := []string{
		`the mapping does not say what the status "Strange" means`, `start: "yesterday" is not written as 2026-12-31 18:05`, `size: "much" is no size`, `it has 5 columns, the header has 4`,
	}
	if len(es) != 1 || !slices.Equal(problems, want) {
		t.Errorf("%d executions, problems %q", len(es), problems)
	}
	if _, problems := readMapped(t, m, []byte("task,status,start,size\na,OK,2026-04-03 10:00,5 MB\n")); !slices.Equal(problems, []string{`the record has no column "job"`}) {
		t.Errorf("other columns: %q", problems)
	}
}

func TestMapping_saysWhatIsMissing(t *testing.T) {
	whole := func() backup.Mapping {
		return backup.Mapping{
			Name: "m", Shape: backup.CSV, Delimiter: ",", Columns: map[backup.Field]string{backup.FieldStatus: "s", backup.FieldRoutine: "r", backup.FieldStart: "t"},
			Constants: map[backup.Field]string{backup.FieldTool: "T"}, Outcomes: map[string]string{"OK": "success"}, Layouts: map[backup.Field]string{backup.FieldStart: "2006-1-2"},
		}
	}
	if err := whole().Check(); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[string]func(*backup.Mapping){
		"give the mapping a name":                                                        func(m *backup.Mapping) { m.Name = " " },
		"choose the one character that stands between the columns":                       func(m *backup.Mapping) { m.Delimiter = ", " },
		"choose the column that says how a run ended":                                    func(m *backup.Mapping) { delete(m.Columns, backup.FieldStatus) },
		"say what each status means":                                                     func(m *backup.Mapping) { m.Outcomes = nil },
		"name the backup tool":                                                           func(m *backup.Mapping) { m.Constants = nil },
		"choose the column of the routine or of the client":                              func(m *backup.Mapping) { delete(m.Columns, backup.FieldRoutine) },
		"choose how the start is written":                                                func(m *backup.Mapping) { m.Layouts = nil },
		`"GiB" is no unit of sizes; use one of B, KB, MB, GB, TB`:                        func(m *backup.Mapping) { m.SizeUnit = "GiB" },
		`"fortnight" is no unit of durations; use one of s, min, h, ms`:                  func(m *backup.Mapping) { m.DurationUnit = "fortnight" },
		`"'" separates no decimals; use a comma or a point`:                              func(m *backup.Mapping) { m.Decimal = "'" },
		"choose the column of the start or of the end, or the columns that name one run": func(m *backup.Mapping) { delete(m.Columns, backup.FieldStart) },
	} {
		m := whole()
		spoil(&m)
		if err := m.Check(); err == nil || err.Error() != want {
			t.Errorf("said %v, want %s", err, want)
		}
	}
}

// run is what a random export tells of one execution.
type run struct {
	routine, client, status, error string
	start                          time.Time
	took                           time.Duration
	bytes                          int64
}

var runs = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) run {
	word := rapid.StringMatching(`[A-Za-zäöüß][A-Za-z0-9äöüß_-]{0,12}`)
	return run{
		routine: word.Draw(t, "routine"), client: word.Draw(t, "client"), status: rapid.SampledFrom([]string{"Erfolg", "Warnung", "Fehler"}).Draw(t, "status"),
		error: strings.TrimSpace(rapid.StringMatching(`[A-Za-z;,"|\t\n üé'=+]{0,30}`).Draw(t, "error")),
		start: time.Unix(rapid.Int64Range(1_700_000_000, 1_790_000_000).Draw(t, "start"), 0).UTC(), took: time.Duration(rapid.IntRange(1, 90_000).Draw(t, "took")) * time.Second,
		bytes: rapid.Int64Range(0, 1<<50).Draw(t, "bytes"),
	}
}), 1, 20)

var columnsOf = map[string]func(r run, layout string) string{
	"Auftrag": func(r run, _ string) string { return r.routine }, "Rechner": func(r run, _ string) string { return r.client },
	"Ausgang": func(r run, _ string) string { return r.status }, "Text": func(r run, _ string) string { return r.error },
	"Von": func(r run, l string) string { return r.start.Format(l) }, "Bis": func(r run, l string) string { return r.start.Add(r.took).Format(l) },
	"Menge": func(r run, _ string) string { return fmt.Sprint(r.bytes) },
}

// Whatever the delimiter, the encoding, the layout of dates, the quoting and the order of the columns: mapped, a CSV gives the
// executions that it was written from.
func TestMapped_readsAnyCSVAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		written := runs.Draw(t, "runs")
		layout := rapid.SampledFrom([]string{"2006-01-02 15:04:05", "02.01.2006 15:04:05", "02/01/2006 15:04:05", "1/2/2006 3:04:05 PM", "2006-01-02T15:04:05Z07:00", "2 Jan 2006 15:04:05"}).Draw(t, "layout")
		delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter")
		order := rapid.Permutation([]string{"Auftrag", "Rechner", "Ausgang", "Text", "Von", "Bis", "Menge"}).Draw(t, "order")
		always := rapid.Bool().Draw(t, "quote all")
		var text strings.Builder
		line := func(cells []string) {
			for i, c := range cells {
				if always || strings.ContainsAny(c, delimiter+"\"\n") {
					c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
				}
				cells[i] = c
			}
			text.WriteString(strings.Join(cells, delimiter) + "\r\n")
		}
		line(slices.Clone(order))
		for _, r := range written {
			var cells []string
			for _, c := range order {
				cells = append(cells, columnsOf[c](r, layout))
			}
			line(cells)
		}
		raw := encode(t, text.String())
		m := backup.Mapping{
			Name: "any", Shape: backup.CSV, Delimiter: delimiter, Constants: map[backup.Field]string{backup.FieldTool: "T"},
			Columns: map[backup.Field]string{
				backup.FieldRoutine: "Auftrag", backup.FieldClient: "Rechner", backup.FieldStatus: "Ausgang", backup.FieldError: "Text",
				backup.FieldStart: "Von", backup.FieldEnd: "Bis", backup.FieldBytes: "Menge",
			},
			Outcomes: map[string]string{"Erfolg": "success", "Warnung": "partial", "Fehler": "failed"},
			Layouts:  map[backup.Field]string{backup.FieldStart: layout, backup.FieldEnd: layout},
		}
		es, problems := readMapped(t, m, raw)
		if len(problems) > 0 || len(es) != len(written) {
			t.Fatalf("%d of %d read, problems %q", len(es), len(written), problems)
		}
		for i, e := range es {
			w := written[i]
			bytes, _ := e.Bytes.Value()
			got := run{e.Routine, e.Client, e.NativeStatus, e.Error, e.Start, e.End.Sub(e.Start), bytes}
			if w.error = backup.Clean(w.error); got != w {
				t.Fatalf("read %+v\nwant %+v", got, w)
			}
		}
	})
}

func encode(t *rapid.T, s string) []byte {
	enc := rapid.SampledFrom([]string{"utf-8", "utf-8 with mark", "utf-16", "windows-1252"}).Draw(t, "encoding")
	var raw []byte
	var err error
	switch enc {
	case "utf-16":
		raw, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	case "windows-1252":
		raw, err = charmap.Windows1252.NewEncoder().Bytes([]byte(s))
	case "utf-8 with mark":
		raw = append([]byte{0xEF, 0xBB, 0xBF}, s...)
	default:
		raw = []byte(s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func FuzzMapped(f *testing.F) {
	f.Add([]byte(germanExport))
	f.Add([]byte(`{"data":[{"job":"a","status":"ok","start":"2026-01-02 03:04"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := format.Look(raw, backup.Mapping{})
		if err != nil {
			return
		}
		m := format.Propose(s, backup.Mapping{Name: "m", Constants: map[backup.Field]string{backup.FieldTool: "T"}})
		if m.Check() != nil {
			return
		}
		es, _ := readMapped(t, m, raw)
		for _, e := range es {
			if err := e.Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
