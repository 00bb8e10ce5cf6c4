package timeline

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var monday = time.Date(2026, 3, 2, 8, 30, 0, int(250*time.Millisecond), time.UTC)

func anEntry() Entry {
	return Entry{
		Seq: 7, Subject: Incident, SubjectID: 1042, At: monday, Judged: monday.Add(-time.Hour), Actor: "rosa", Action: "renamed",
		Details: []Detail{Changed("title", "FS daily failed", "File server, \"old\" \\ share"), Said("note", "two\nlines")},
	}
}

// The bytes are spelled out once by hand: whoever changes the encoding must give it a new version.
func TestSeal_isTheDocumentedEncoding(t *testing.T) {
	e := Entry{Seq: 1, Subject: "user", SubjectID: 2, At: time.UnixMilli(3), Actor: "a", Action: "b", Details: []Detail{Said("n", "t")}}
	prev := Hash{0xaa}
	want := bytes.Join([][]byte{
		{1},
		prev[:],
		{0, 0, 0, 0, 0, 0, 0, 1},
		{0, 0, 0, 0, 0, 0, 0, 2},
		{0, 0, 0, 0, 0, 0, 0, 3},
		{0x80, 0, 0, 0, 0, 0, 0, 0},
		[]byte("\x00\x00\x00\x04user\x00\x00\x00\x01a\x00\x00\x00\x01b\x00\x00\x00\x17" + `[{"name":"n","to":"t"}]`),
	}, nil)
	if got := Seal(prev, e); got != sha256.Sum256(want) {
		t.Errorf("Seal = %s, want the hash of %x", got, want)
	}
}

func TestSeal_coversEveryField(t *testing.T) {
	changes := map[string]func(*Entry){
		"seq":         func(e *Entry) { e.Seq++ },
		"subject":     func(e *Entry) { e.Subject = Risk },
		"subject id":  func(e *Entry) { e.SubjectID++ },
		"at":          func(e *Entry) { e.At = e.At.Add(time.Millisecond) },
		"judged":      func(e *Entry) { e.Judged = time.Time{} },
		"actor":       func(e *Entry) { e.Actor = "Rosa" },
		"action":      func(e *Entry) { e.Action = "noted" },
		"detail name": func(e *Entry) { e.Details[0].Name = "team" },
		"detail from": func(e *Entry) { e.Details[0].From = "" },
		"detail to":   func(e *Entry) { e.Details[0].To += "." },
		"a detail":    func(e *Entry) { e.Details = e.Details[:1] },
		"their order": func(e *Entry) { slices.Reverse(e.Details) },
		"two fields":  func(e *Entry) { e.Actor, e.Action = e.Actor+e.Action[:1], e.Action[1:] },
	}
	seen := map[Hash]string{Seal(Hash{}, anEntry()): "nothing changed", Seal(Hash{1}, anEntry()): "the entry before"}
	for name, change := range changes {
		e := anEntry()
		change(&e)
		h := Seal(Hash{}, e)
		if other, ok := seen[h]; ok {
			t.Errorf("%s: same hash as %s", name, other)
		}
		seen[h] = name
	}
}

func TestSeal_knowsNoZone(t *testing.T) {
	e := anEntry()
	want := Seal(Hash{}, e)
	e.At = e.At.In(time.FixedZone("", 3600))
	if Seal(Hash{}, e) != want {
		t.Error("the same instant in another zone has another hash")
	}
}

func TestParseHash(t *testing.T) {
	h := Seal(Hash{}, anEntry())
	if got, err := ParseHash(h.String()); err != nil || got != h {
		t.Errorf("ParseHash(%s) = %s, %v", h, got, err)
	}
	for _, s := range []string{"", "abc", strings.Repeat("g", 64), h.String() + "00"} {
		if _, err := ParseHash(s); err == nil {
			t.Errorf("ParseHash(%q) succeeded", s)
		}
	}
}

func TestText(t *testing.T) {
	tests := []struct {
		details []Detail
		want    string
	}{
		{nil, `[]`},
		{[]Detail{Changed("a", "x", "")}, `[{"name":"a","from":"x"}]`},
		{[]Detail{Said("a", `<"\>`), Said("b", "1\n\t\x00")}, `[{"name":"a","to":"<\"\\>"},{"name":"b","to":"1\u000a\u0009\u0000"}]`},
		{[]Detail{Said("é", "\xff€")}, "[{\"name\":\"é\",\"to\":\"\uFFFD€\"}]"},
	}
	for _, tt := range tests {
		if got := Text(tt.details); got != tt.want {
			t.Errorf("Text(%q) = %s, want %s", tt.details, got, tt.want)
		}
	}
	if _, err := ParseText([]byte("{")); err == nil {
		t.Error("ParseText of half a text succeeded")
	}
}

// What was stored reads back and hashes as it did when it was written, whatever the words.
func TestText_comesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var details []Detail
		for range rapid.IntRange(0, 4).Draw(t, "details") {
			details = append(details, Changed(rapid.String().Draw(t, "name"), rapid.String().Draw(t, "from"), rapid.String().Draw(t, "to")))
		}
		text := Text(details)
		back, err := ParseText([]byte(text))
		if err != nil || len(details) > 0 && !slices.Equal(back, details) || Text(back) != text {
			t.Fatalf("%q came back as %q, %v", details, back, err)
		}
	})
}
