package format

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// FuzzFormats: whatever the bytes, the format that claims them reads to the end without a crash, and what it yields can be kept.
func FuzzFormats(f *testing.F) {
	addSamples(f, "*")
	f.Fuzz(func(t *testing.T, raw []byte) {
		in := testInput(t, raw)
		form, err := Detect(head(t, in))
		if err != nil {
			return
		}
		readAnything(t, form, in)
	})
}

// FuzzFormat does the same with one format alone, whether or not it claims the bytes: FUZZ_FORMAT names it.
func FuzzFormat(f *testing.F) {
	name := os.Getenv("FUZZ_FORMAT")
	if name == "" {
		name = "netbackup_bpdbjobs"
	}
	var form Format
	for _, one := range formats {
		if one.Name == name {
			form = one
		}
	}
	if form.Executions == nil {
		f.Fatalf("there is no format %s", name)
	}
	addSamples(f, name)
	f.Fuzz(func(t *testing.T, raw []byte) { readAnything(t, form, testInput(t, raw)) })
}

// FuzzReaders: what formats are built on ends with any bytes, gives lines that lie where they say, and keeps to its bounds.
func FuzzReaders(f *testing.F) {
	addSamples(f, "*")
	f.Fuzz(func(t *testing.T, raw []byte) {
		in := testInput(t, raw)
		at := int64(-1)
		for line, err := range in.Lines() {
			if err != nil || line.Offset <= at || len(line.Text) > MaxLine {
				t.Fatalf("line %d at %d of %d bytes: %v", line.N, line.Offset, len(line.Text), err)
			}
			at = line.Offset
		}
		for row, err := range csvRows(in) {
			if err == nil && len(row.Cells()) > maxLog+1000 {
				t.Errorf("a row of %d bytes", len(row.Cells()))
			}
		}
		for record, err := range jsonRecords(in, "jobs", "data.list", "*") {
			if err == nil && len(record.json) > maxJSON {
				t.Errorf("a record of %d bytes", len(record.json))
			}
		}
		for range mixedLines(in) {
		}
		for range pveElements(in) {
		}
		in.dateOrder()
	})
}

func readAnything(t *testing.T, form Format, in *Input) {
	for e, err := range form.Read(in) {
		if err != nil {
			continue
		}
		if err := e.Check(); err != nil {
			t.Errorf("%s yields what cannot be kept: %v", form.Name, err)
		}
	}
}

// addSamples begins the fuzzing with the samples. As a plain test it runs what fuzzing once found: the samples are read by TestFormats.
func addSamples(f *testing.F, folder string) {
	if flag.Lookup("test.fuzz").Value.String() == "" {
		return
	}
	samples, _ := filepath.Glob(filepath.Join("testdata", folder, "*.log"))
	for _, path := range samples {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
}
