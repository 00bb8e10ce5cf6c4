package format

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzFormats: whatever the bytes, the format that claims them reads to the end without a crash, and what it yields can be kept.
func FuzzFormats(f *testing.F) {
	samples, _ := filepath.Glob("testdata/*/*.log")
	for _, path := range samples {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in := testInput(t, raw)
		form, err := Detect(head(t, in))
		if err != nil {
			return
		}
		for e, err := range form.Read(in) {
			if err != nil {
				continue
			}
			if err := e.Check(); err != nil {
				t.Errorf("%s yields what cannot be kept: %v", form.Name, err)
			}
		}
	})
}
