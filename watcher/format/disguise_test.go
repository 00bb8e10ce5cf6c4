package format

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"backstop/app/backup"
)

// disguises are the ways in which systems and editors write the same text.
var disguises = map[string]func(text string) string{
	"CRLF":     func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	"CR CR LF": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\r\n") },
	"mixed ends": func(s string) string {
		n := 0
		return regexp.MustCompile("\n").ReplaceAllStringFunc(s, func(end string) string {
			n++
			return []string{end, "\r" + end}[n%2]
		})
	},
	"with a mark": func(s string) string { return "\ufeff" + s },
	"UTF-16":      func(s string) string { return utf16(s, unicode.LittleEndian, unicode.UseBOM) },
	"UTF-16 unmarked": func(s string) string {
		return utf16(strings.ReplaceAll(s, "\n", "\r\n"), unicode.LittleEndian, unicode.IgnoreBOM)
	},
	"UTF-16 big":  func(s string) string { return utf16(s, unicode.BigEndian, unicode.UseBOM) },
	"blank lines": func(s string) string { return "\n \n" + s + "\n \n" },
}

func utf16(s string, order unicode.Endianness, mark unicode.BOMPolicy) string {
	out, err := unicode.UTF16(order, mark).NewEncoder().String(s)
	if err != nil {
		return s
	}
	return out
}

// TestFormats_readTheSameInAnyDisguise: line ends, marks and encodings change nothing of what a file tells.
func TestFormats_readTheSameInAnyDisguise(t *testing.T) {
	eachFile(t, disguiseFile, "testdata/*/*.log", realExports+"/*/*")
}

func disguiseFile(t *testing.T, path string, raw []byte) {
	begins := head(t, testInput(t, raw))
	form, err := detectOnce(begins)
	if err != nil || strings.Contains(path, "/hostile") || bytes.ContainsAny(raw, "\r\x00") {
		return
	}
	plain := outcomes(t, form, raw)
	turn, which := 0, len(raw)%len(disguises)
	for _, how := range slices.Sorted(maps.Keys(disguises)) {
		disguise := disguises[how]
		if turn++; stride > 1 && len(raw) > 4<<10 && turn%len(disguises) != which {
			continue // as with the cuts: the race detector has nothing to find in the others
		}
		if how == "blank lines" && raw[len(raw)-1] != '\n' {
			continue // they would end what is cut
		}
		disguised := []byte(disguise(string(raw)))
		if got, err := detectOnce(head(t, testInput(t, disguised))); err != nil || got.Name != form.Name {
			t.Errorf("%s, %s: %s %v, want %s", path, how, got.Name, err, form.Name)
			continue
		}
		if got := outcomes(t, form, disguised); got != plain {
			t.Errorf("%s, %s:\n%s\nwant\n%s", path, how, got, plain)
		}
	}
}

// outcomes is what a file tells, in short.
func outcomes(t *testing.T, form Format, raw []byte) string {
	t.Helper()
	var b strings.Builder
	for e, err := range form.Read(testInput(t, raw)) {
		if err != nil {
			b.WriteString("bad\n")
			continue
		}
		by := e.Session
		if e.KeyKind() == backup.ByText {
			by = strings.TrimSpace(e.Text)
		}
		size, _ := e.Bytes.Value()
		files, _ := e.Files.Value()
		b.WriteString(strings.Join([]string{e.Outcome.String(), e.Kind.String(), e.Routine, e.Client, by, e.Start.UTC().String(), e.End.UTC().String(), e.Code, strings.TrimSpace(e.Error), e.Level}, "|"))
		b.WriteString(" " + backup.N(size).String() + " " + backup.N(files).String() + "\n")
	}
	return b.String()
}
